// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/timetext.h"

#include <QDateTime>

#include <charconv>
#include <chrono>
#include <cstdio>

namespace tdengine::server {

namespace {

std::int64_t floorDiv(std::int64_t value, std::int64_t by)
{
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

struct CivilTime {
    std::int64_t year = 1970;
    unsigned month = 1;
    unsigned day = 1;
    std::int64_t secondOfDay = 0;
};

CivilTime civilOf(std::int64_t seconds)
{
    const std::int64_t days = floorDiv(seconds, 86400);
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    return {int(date.year()), unsigned(date.month()), unsigned(date.day()), seconds - days * 86400};
}

std::int64_t secondsOf(const CivilTime &time)
{
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(time.year)),
        std::chrono::month(time.month), std::chrono::day(time.day)};
    return std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t(86400) + time.secondOfDay;
}

bool isCivil(const CivilTime &time)
{
    return std::chrono::year_month_day{std::chrono::year(static_cast<int>(time.year)), std::chrono::month(time.month),
        std::chrono::day(time.day)}
        .ok();
}

void appendPadded(std::string &out, std::int64_t value, int width)
{
    char digits[20];
    int at = 20;
    for (int i = 0; i < width || value > 0; ++i) {
        digits[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits + at, static_cast<std::size_t>(20 - at));
}

// Reads fixed forms from the front of a text.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }
    bool atEnd() const { return m_text.empty(); }
    char peek() const { return m_text.empty() ? '\0' : m_text.front(); }
    bool skip(char c)
    {
        if (peek() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    // Between one digit and that many.
    std::optional<std::int64_t> number(std::size_t maxDigits)
    {
        std::int64_t value = 0;
        std::size_t digits = 0;
        while (digits < maxDigits && peek() >= '0' && peek() <= '9') {
            value = value * 10 + (peek() - '0');
            m_text.remove_prefix(1);
            ++digits;
        }
        return digits ? std::optional(value) : std::nullopt;
    }
    // The fraction of a second in nanoseconds; digits beyond the ninth are dropped.
    std::int64_t fraction()
    {
        std::int64_t value = 0;
        std::int64_t unit = 100'000'000;
        for (; peek() >= '0' && peek() <= '9'; m_text.remove_prefix(1)) {
            value += (peek() - '0') * unit;
            unit /= 10;
        }
        return value;
    }

private:
    std::string_view m_text;
};

bool scanDate(Scanner &scan, CivilTime &time)
{
    const auto year = scan.number(4);
    if (!year || !scan.skip('-'))
        return false;
    const auto month = scan.number(2);
    if (!month || !scan.skip('-'))
        return false;
    const auto day = scan.number(2);
    if (!day)
        return false;
    time = {*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day), 0};
    return isCivil(time);
}

bool scanClock(Scanner &scan, CivilTime &time, std::int64_t &nanos)
{
    const auto hour = scan.number(2);
    if (!hour || *hour > 23 || !scan.skip(':'))
        return false;
    const auto minute = scan.number(2);
    if (!minute || *minute > 59)
        return false;
    std::int64_t second = 0;
    if (scan.skip(':')) {
        const auto read = scan.number(2);
        if (!read || *read > 59)
            return false;
        second = *read;
        if (scan.skip('.'))
            nanos = scan.fraction();
    }
    time.secondOfDay = *hour * 3600 + *minute * 60 + second;
    return true;
}

// The offset in seconds; nothing where none is written, failed where it is broken.
std::optional<std::int64_t> scanOffset(Scanner &scan, bool &failed)
{
    if (scan.skip('Z') || scan.skip('z'))
        return 0;
    const bool east = scan.peek() == '+';
    if (!scan.skip('+') && !scan.skip('-'))
        return std::nullopt;
    const auto hour = scan.number(2);
    scan.skip(':');
    const auto minute = scan.number(2);
    failed = !hour || *hour > 14;
    const std::int64_t seconds = hour.value_or(0) * 3600 + minute.value_or(0) * 60;
    return east ? seconds : -seconds;
}

} // namespace

std::optional<Zone> Zone::named(std::string_view name)
{
    Zone zone;
    if (name.empty() || name == "UTC")
        return zone;
    if (name == "Local")
        return local();
    const QByteArray id(name.data(), static_cast<qsizetype>(name.size()));
    if (!QTimeZone::isTimeZoneIdAvailable(id) || name.starts_with("UTC+") || name.starts_with("UTC-"))
        return std::nullopt;
    zone.m_zone = QTimeZone(id);
    if (!zone.m_zone.isValid())
        return std::nullopt;
    zone.m_isUtc = false;
    return zone;
}

Zone Zone::local()
{
    Zone zone;
    zone.m_zone = QTimeZone::systemTimeZone();
    zone.m_isUtc = !zone.m_zone.isValid() || zone.m_zone.id() == "UTC" || zone.m_zone.id() == "Etc/UTC";
    return zone;
}

std::int64_t Zone::offsetAt(std::int64_t utcSeconds) const
{
    if (m_isUtc)
        return 0;
    if (utcSeconds >= m_from && utcSeconds < m_to)
        return m_offset;
    const QDateTime when = QDateTime::fromSecsSinceEpoch(utcSeconds, Qt::UTC);
    m_offset = m_zone.offsetFromUtc(when);
    // An hour at a time: no zone changes twice within one, and its changes fall on quarters of hours.
    m_from = floorDiv(utcSeconds, 900) * 900;
    m_to = m_from + 900;
    if (m_zone.hasTransitions()) {
        const QTimeZone::OffsetData next = m_zone.nextTransition(when);
        const QTimeZone::OffsetData last = m_zone.previousTransition(when);
        if (next.atUtc.isValid() && last.atUtc.isValid()) {
            m_from = last.atUtc.toSecsSinceEpoch() + 1;
            m_to = next.atUtc.toSecsSinceEpoch();
            if (utcSeconds < m_from || utcSeconds >= m_to)
                m_to = m_from;
        }
    }
    return m_offset;
}

std::int64_t Zone::utcOf(std::int64_t localSeconds) const
{
    const std::int64_t guess = localSeconds - offsetAt(localSeconds);
    const std::int64_t better = localSeconds - offsetAt(guess);
    return better;
}

void appendTimestamp(std::string &out, std::int64_t ticks, Precision precision, const Zone &zone)
{
    const std::int64_t perSecond = ticksPerSecond(precision);
    const std::int64_t seconds = floorDiv(ticks, perSecond);
    const std::int64_t offset = zone.offsetAt(seconds);
    const CivilTime time = civilOf(seconds + offset);
    if (time.year < 0)
        out += '-';
    appendPadded(out, time.year < 0 ? -time.year : time.year, 4);
    out += '-';
    appendPadded(out, time.month, 2);
    out += '-';
    appendPadded(out, time.day, 2);
    out += 'T';
    appendPadded(out, time.secondOfDay / 3600, 2);
    out += ':';
    appendPadded(out, time.secondOfDay / 60 % 60, 2);
    out += ':';
    appendPadded(out, time.secondOfDay % 60, 2);
    out += '.';
    appendPadded(out, ticks - seconds * perSecond, precision == Precision::Milli ? 3 : precision == Precision::Micro ? 6 : 9);
    if (offset == 0) {
        out += 'Z';
        return;
    }
    const std::int64_t minutes = (offset < 0 ? -offset : offset) / 60;
    out += offset < 0 ? '-' : '+';
    appendPadded(out, minutes / 60, 2);
    out += ':';
    appendPadded(out, minutes % 60, 2);
}

std::optional<std::int64_t> parseTimestamp(std::string_view text, Precision precision, const Zone &zone)
{
    Scanner scan(text);
    CivilTime time;
    std::int64_t nanos = 0;
    if (!scanDate(scan, time))
        return std::nullopt;
    std::optional<std::int64_t> offset;
    if (!scan.atEnd()) {
        bool failed = false;
        if ((!scan.skip(' ') && !scan.skip('T') && !scan.skip('t')) || !scanClock(scan, time, nanos))
            return std::nullopt;
        scan.skip(' ');
        offset = scanOffset(scan, failed);
        if (failed || !scan.atEnd())
            return std::nullopt;
    }
    const std::int64_t local = secondsOf(time);
    const std::int64_t seconds = offset ? local - *offset : zone.utcOf(local);
    const std::int64_t perSecond = ticksPerSecond(precision);
    std::int64_t ticks = 0;
    if (__builtin_mul_overflow(seconds, perSecond, &ticks))
        return std::nullopt;
    return ticks + nanos / (1'000'000'000 / perSecond);
}

std::int64_t Duration::ticks(Precision precision) const
{
    const std::int64_t second = ticksPerSecond(precision);
    switch (unit) {
    case 'b': return precision == Precision::Nano ? count : count * second / 1'000'000'000;
    case 'u': return second >= 1'000'000 ? count * (second / 1'000'000) : count * second / 1'000'000;
    case 'a': return count * (second / 1000);
    case 's': return count * second;
    case 'm': return count * second * 60;
    case 'h': return count * second * 3600;
    case 'd': return count * second * 86400;
    case 'w': return count * second * 86400 * 7;
    case 'n': return count * second * 86400 * 30;
    case 'y': return count * second * 86400 * 365;
    default: return count;
    }
}

std::optional<Duration> parseDuration(std::string_view text)
{
    Duration duration;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), duration.count);
    if (error != std::errc() || end + 1 != text.data() + text.size())
        return std::nullopt;
    duration.unit = *end >= 'A' && *end <= 'Z' ? static_cast<char>(*end - 'A' + 'a') : *end;
    if (std::string_view("buasmhdwny").find(duration.unit) == std::string_view::npos)
        return std::nullopt;
    return duration;
}

std::int64_t moved(std::int64_t ticks, const Duration &by, std::int64_t times, Precision precision, const Zone &zone)
{
    if (!by.isCalendar())
        return ticks + times * by.ticks(precision);
    const std::int64_t perSecond = ticksPerSecond(precision);
    const std::int64_t seconds = floorDiv(ticks, perSecond);
    CivilTime time = civilOf(seconds + zone.offsetAt(seconds));
    const std::int64_t months = time.year * 12 + (time.month - 1) + times * by.months();
    time.year = floorDiv(months, 12);
    time.month = static_cast<unsigned>(months - time.year * 12) + 1;
    while (!isCivil(time) && time.day > 28)
        --time.day;
    return zone.utcOf(secondsOf(time)) * perSecond + (ticks - seconds * perSecond);
}

std::int64_t WindowSpec::lastStart(std::int64_t ticks) const
{
    const std::int64_t perSecond = ticksPerSecond(precision);
    if (interval.isCalendar()) {
        const std::int64_t shifted = offset.count ? moved(ticks, offset, -1, precision, zone) : ticks;
        const std::int64_t seconds = floorDiv(shifted, perSecond);
        const CivilTime time = civilOf(seconds + zone.offsetAt(seconds));
        const std::int64_t step = interval.months();
        const std::int64_t months = floorDiv((time.year - 1970) * 12 + (time.month - 1), step) * step;
        CivilTime start;
        start.year = 1970 + floorDiv(months, 12);
        start.month = static_cast<unsigned>(months - floorDiv(months, 12) * 12) + 1;
        const std::int64_t at = zone.utcOf(secondsOf(start)) * perSecond;
        return offset.count ? moved(at, offset, 1, precision, zone) : at;
    }
    const Duration &step = sliding.count > 0 ? sliding : interval;
    const std::int64_t width = step.ticks(precision);
    const bool followsDays = interval.unit == 'd' || interval.unit == 'w';
    const std::int64_t shift
        = (followsDays ? zone.offsetAt(floorDiv(ticks, perSecond)) * perSecond : 0) - offset.ticks(precision);
    return floorDiv(ticks + shift, width) * width - shift;
}

std::int64_t WindowSpec::nextStart(std::int64_t start) const
{
    return moved(start, sliding.count > 0 ? sliding : interval, 1, precision, zone);
}

std::int64_t WindowSpec::firstStart(std::int64_t ticks) const
{
    const std::int64_t last = lastStart(ticks);
    if (!overlaps())
        return last;
    const std::int64_t step = sliding.ticks(precision);
    const std::int64_t width = interval.ticks(precision);
    return last - floorDiv(width - (ticks - last) - 1, step) * step;
}

std::int64_t WindowSpec::end(std::int64_t start) const
{
    return moved(start, interval, 1, precision, zone);
}

std::int64_t nowTicks(Precision precision)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return scaled(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count(), Precision::Nano, precision);
}

std::int64_t scaled(std::int64_t ticks, Precision from, Precision to)
{
    const std::int64_t a = ticksPerSecond(from);
    const std::int64_t b = ticksPerSecond(to);
    return b >= a ? ticks * (b / a) : floorDiv(ticks, a / b);
}

} // namespace tdengine::server
