// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/ticks.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace chart {

namespace {

struct TimeTr {
    Q_DECLARE_TR_FUNCTIONS(chart::TimeTicks)
};

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86400;
// Years that Qt's calendar and zones are sure of.
constexpr long double kEarliest = -62135596800.0L; // 0001-01-01
constexpr long double kLatest = 253402300800.0L; // 10000-01-01

struct Step {
    enum class Unit { Nanosecond, Second, Day, Month, Year };
    Unit unit = Unit::Second;
    std::int64_t count = 1;
};

std::int64_t power(int exponent)
{
    std::int64_t value = 1;
    for (; exponent > 0; --exponent)
        value *= 10;
    return value;
}

// The smallest step of the ladder that is at least that many seconds long.
Step stepFor(long double seconds)
{
    if (seconds < 0.5L) {
        for (std::int64_t decade = 1; decade < 1000000000; decade *= 10) {
            for (const int mantissa : {1, 2, 5}) {
                if (static_cast<long double>(decade * mantissa) * 1e-9L >= seconds)
                    return {Step::Unit::Nanosecond, decade * mantissa};
            }
        }
    }
    for (const std::int64_t step : {std::int64_t(1), std::int64_t(2), std::int64_t(5), std::int64_t(10), std::int64_t(15),
             std::int64_t(30), kMinute, 2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, kHour,
             2 * kHour, 3 * kHour, 6 * kHour, 12 * kHour}) {
        if (static_cast<long double>(step) >= seconds)
            return {Step::Unit::Second, step};
    }
    for (const int days : {1, 2, 5, 10, 15}) {
        if (static_cast<long double>(days) * kDay >= seconds)
            return {Step::Unit::Day, days};
    }
    for (const int months : {1, 2, 3, 6}) {
        if (static_cast<long double>(months) * 30 * kDay >= seconds)
            return {Step::Unit::Month, months};
    }
    for (std::int64_t decade = 1;; decade *= 10) {
        for (const int mantissa : {1, 2, 5}) {
            if (static_cast<long double>(decade * mantissa) * 365 * kDay >= seconds)
                return {Step::Unit::Year, decade * mantissa};
        }
    }
}

std::int64_t floorDiv(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

int offsetAt(const QTimeZone &zone, std::int64_t second)
{
    return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(second, Qt::UTC));
}

QDateTime localTime(const QTimeZone &zone, std::int64_t second)
{
    return QDateTime::fromSecsSinceEpoch(second, zone);
}

QString dayText(const QDate &date)
{
    return QLocale::c().toString(date, TimeTr::tr("d MMM", "a day on a time axis, in the letters of QLocale::toString"));
}

// Everything in seconds since the epoch, wherever x may count in.
struct Seconds {
    long double low = 0;
    long double high = 0;
    std::int64_t perSecond = 1; // counts of x
    const QTimeZone &zone;

    Seconds(const XRange &range, const TimeAxis &axis)
        : perSecond(power(axis.unitDigits))
        , zone(axis.zone)
    {
        low = range.low / static_cast<long double>(perSecond);
        high = range.high / static_cast<long double>(perSecond);
    }
    long double count(std::int64_t second) const { return static_cast<long double>(second) * perSecond; }
};

void addDate(TimeTicks &ticks, const Seconds &seconds, const QDate &date, const QString &label, bool isMajor)
{
    const QDateTime start = date.startOfDay(seconds.zone);
    const auto second = static_cast<long double>(start.toSecsSinceEpoch());
    if (start.isValid() && second >= seconds.low && second <= seconds.high)
        ticks.ticks.push_back({seconds.count(start.toSecsSinceEpoch()), label, isMajor});
}

void addYears(TimeTicks &ticks, const Seconds &seconds, std::int64_t step, const QDate &first, const QDate &last)
{
    for (std::int64_t year = floorDiv(first.year(), step) * step; year <= last.year(); year += step) {
        if (year >= 1)
            addDate(ticks, seconds, QDate(static_cast<int>(year), 1, 1), QString::number(year), false);
    }
}

void addMonths(TimeTicks &ticks, const Seconds &seconds, int step, const QDate &first, const QDate &last)
{
    for (QDate date(first.year(), 1, 1); date <= last; date = date.addMonths(step)) {
        const bool isYear = date.month() == 1;
        addDate(ticks, seconds, date,
            isYear ? QString::number(date.year()) : QLocale::c().toString(date, TimeTr::tr("MMM", "a month on a time axis, in the letters of QLocale::toString")), isYear);
    }
}

// Days of the month in equal steps from the 1st on, so that the 1st itself is always one.
void addDays(TimeTicks &ticks, const Seconds &seconds, int step, const QDate &first, const QDate &last)
{
    for (QDate month(first.year(), first.month(), 1); month <= last; month = month.addMonths(1)) {
        for (int day = 1; day <= month.daysInMonth(); day += step) {
            // The last step before the next 1st may be too short for two labels.
            if (day != 1 && month.daysInMonth() + 1 - day < (step + 1) / 2)
                break;
            const QDate date(month.year(), month.month(), day);
            const bool isYear = day == 1 && month.month() == 1;
            addDate(ticks, seconds, date, isYear ? QString::number(date.year()) : dayText(date), day == 1);
        }
    }
}

// The first instant after `after` whose local time is a multiple of step. Where the zone's offset changes in between,
// the offset there counts.
std::int64_t nextMultiple(const QTimeZone &zone, std::int64_t after, std::int64_t step)
{
    int offset = offsetAt(zone, after);
    std::int64_t next = 0;
    for (int tries = 0; tries < 3; ++tries) {
        next = (floorDiv(after + offset, step) + 1) * step - offset;
        const int offsetThere = offsetAt(zone, next);
        if (offsetThere == offset)
            break;
        offset = offsetThere;
    }
    return std::max(next, after + 1);
}

void addSeconds(TimeTicks &ticks, const Seconds &seconds, std::int64_t step)
{
    auto at = static_cast<std::int64_t>(std::ceil(seconds.low)) - 1;
    const QString form = step < kMinute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    while (true) {
        at = nextMultiple(seconds.zone, at, step);
        if (static_cast<long double>(at) > seconds.high)
            return;
        const QDateTime local = localTime(seconds.zone, at);
        const bool isDay = local.time() == QTime(0, 0);
        ticks.ticks.push_back(
            {seconds.count(at), isDay ? dayText(local.date()) : QLocale::c().toString(local.time(), form), isDay});
    }
}

// Below a second: whole seconds by their time, the others by their fraction with the digits that the step needs.
void addFractions(TimeTicks &ticks, const XRange &range, const TimeAxis &axis, std::int64_t nanoseconds)
{
    int digits = 9;
    for (std::int64_t rest = nanoseconds; rest % 10 == 0; rest /= 10)
        --digits;
    digits = std::min(digits, axis.unitDigits);
    const std::int64_t perSecond = power(axis.unitDigits);
    const std::int64_t step = std::max<std::int64_t>(1, nanoseconds / power(9 - axis.unitDigits));
    const auto steps = static_cast<long double>(step);
    for (auto n = static_cast<std::int64_t>(std::ceil(range.low / steps)); static_cast<long double>(n) * steps <= range.high; ++n) {
        const std::int64_t count = n * step;
        const std::int64_t second = floorDiv(count, perSecond);
        const std::int64_t fraction = count - second * perSecond;
        const QString label = fraction == 0
            ? QLocale::c().toString(localTime(axis.zone, second).time(), QStringLiteral("HH:mm:ss"))
            : QLatin1Char('.') + QString::number(fraction).rightJustified(axis.unitDigits, QLatin1Char('0')).left(digits);
        ticks.ticks.push_back({static_cast<long double>(count), label, fraction == 0});
    }
}

QString contextFor(const Step &step, const Seconds &seconds)
{
    const QDateTime low = localTime(seconds.zone, static_cast<std::int64_t>(std::floor(seconds.low)));
    const QLocale c = QLocale::c();
    switch (step.unit) {
    case Step::Unit::Nanosecond:
        return c.toString(low, TimeTr::tr("d MMM yyyy, HH:mm:ss", "in the letters of QLocale::toString"));
    case Step::Unit::Second:
        return c.toString(low.date(), TimeTr::tr("d MMM yyyy", "in the letters of QLocale::toString"));
    case Step::Unit::Day:
    case Step::Unit::Month:
        return QString::number(low.date().year());
    case Step::Unit::Year:
        break;
    }
    return {};
}

} // namespace

TimeTicks timeTicks(const XRange &range, const TimeAxis &axis, int count)
{
    TimeTicks ticks;
    const Seconds seconds(range, axis);
    if (!(seconds.low >= kEarliest && seconds.high <= kLatest)) {
        ticks.ticks = countTicks(range, count);
        ticks.context = TimeTr::tr("outside of the years 1 to 9999: 10^-%1 s since 1970").arg(axis.unitDigits);
        return ticks;
    }
    // From the counts: seconds of this century leave a long double no room for nanoseconds.
    const Step step = stepFor(range.span() / static_cast<long double>(seconds.perSecond) / std::max(count, 1) * 0.99L);
    const QDate first = localTime(seconds.zone, static_cast<std::int64_t>(std::floor(seconds.low))).date();
    const QDate last = localTime(seconds.zone, static_cast<std::int64_t>(std::ceil(seconds.high))).date();
    switch (step.unit) {
    case Step::Unit::Nanosecond:
        addFractions(ticks, range, axis, step.count);
        break;
    case Step::Unit::Second:
        addSeconds(ticks, seconds, step.count);
        break;
    case Step::Unit::Day:
        addDays(ticks, seconds, static_cast<int>(step.count), first, last);
        break;
    case Step::Unit::Month:
        addMonths(ticks, seconds, static_cast<int>(step.count), first, last);
        break;
    case Step::Unit::Year:
        addYears(ticks, seconds, step.count, first, last);
        break;
    }
    ticks.context = contextFor(step, seconds);
    return ticks;
}

QString timeText(std::int64_t x, const TimeAxis &axis)
{
    const std::int64_t perSecond = power(axis.unitDigits);
    const std::int64_t second = floorDiv(x, perSecond);
    const auto whole = static_cast<long double>(second);
    if (whole < kEarliest || whole > kLatest)
        return QString::number(x);
    const std::int64_t fraction = x - second * perSecond;
    QString text = localTime(axis.zone, second).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    if (axis.unitDigits > 0)
        text += QLatin1Char('.') + QString::number(fraction).rightJustified(axis.unitDigits, QLatin1Char('0'));
    return text;
}

QString zoneText(std::int64_t x, const TimeAxis &axis)
{
    const std::int64_t second = floorDiv(x, power(axis.unitDigits));
    const auto whole = static_cast<long double>(second);
    const QString name = QString::fromLatin1(axis.zone.id());
    if (whole < kEarliest || whole > kLatest)
        return name;
    const int offset = offsetAt(axis.zone, second);
    if (offset == 0 && (name == QLatin1String("UTC") || name.isEmpty()))
        return QStringLiteral("UTC");
    const int minutes = std::abs(offset) / 60;
    return TimeTr::tr("%1 (UTC%2%3:%4)")
        .arg(name, offset < 0 ? QStringLiteral("−") : QStringLiteral("+"))
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString durationText(std::int64_t span, int unitDigits)
{
    struct Unit {
        long double seconds;
        const char *name;
    };
    static constexpr std::array<Unit, 7> units = {Unit{86400, "d"}, Unit{3600, "h"}, Unit{60, "min"}, Unit{1, "s"},
        Unit{1e-3L, "ms"}, Unit{1e-6L, "µs"}, Unit{1e-9L, "ns"}};
    const long double seconds = static_cast<long double>(span) / power(unitDigits);
    for (const Unit &unit : units) {
        if (seconds >= unit.seconds || &unit == &units.back())
            return QString::number(static_cast<double>(seconds / unit.seconds), 'g', 4) + QLatin1Char(' ')
                + QString::fromUtf8(unit.name);
    }
    return {};
}

} // namespace chart
