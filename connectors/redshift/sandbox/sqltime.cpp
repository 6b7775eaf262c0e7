// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sqltype.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;
using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::month_day_last;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr std::int64_t kMicro = 1000000;
constexpr std::int64_t kDay = 86400 * kMicro;

std::int64_t flooredBy(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

struct Calendar {
    std::int64_t year = 1970;
    unsigned month = 1;
    unsigned day = 1;
    std::int64_t ofDay = 0; // microseconds
};

Calendar calendarOf(std::int64_t microseconds)
{
    const std::int64_t dayNumber = flooredBy(microseconds, kDay);
    const year_month_day date{sys_days(days(dayNumber))};
    return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        microseconds - dayNumber * kDay};
}

std::int64_t daysOf(std::int64_t yearNumber, unsigned monthNumber, unsigned dayNumber)
{
    return sys_days(year(static_cast<int>(yearNumber)) / month(monthNumber) / day(dayNumber)).time_since_epoch().count();
}

unsigned lastDay(std::int64_t yearNumber, unsigned monthNumber)
{
    return static_cast<unsigned>(year_month_day_last(year(static_cast<int>(yearNumber)), month_day_last(month(monthNumber))).day());
}

// A number of digits; moves the text behind it.
std::optional<std::int64_t> takeNumber(std::string_view &text)
{
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || text.empty() || text[0] == '-')
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view &text, char c)
{
    const bool has = text.starts_with(c);
    text.remove_prefix(has ? 1 : 0);
    return has;
}

std::optional<std::int64_t> takeClock(std::string_view &text)
{
    const auto hours = takeNumber(text);
    if (!hours || *hours > 24 || !take(text, ':'))
        return std::nullopt;
    const auto minutes = takeNumber(text);
    if (!minutes || *minutes > 59)
        return std::nullopt;
    std::int64_t all = (*hours * 3600 + *minutes * 60) * kMicro;
    if (!take(text, ':'))
        return all;
    const auto seconds = takeNumber(text);
    if (!seconds || *seconds > 60)
        return std::nullopt;
    all += *seconds * kMicro;
    if (take(text, '.')) {
        std::int64_t unit = kMicro;
        for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1)) {
            unit /= 10;
            all += (text[0] - '0') * unit;
        }
    }
    return all;
}

std::optional<std::int64_t> takeDate(std::string_view &text)
{
    const auto yearNumber = takeNumber(text);
    if (!yearNumber || *yearNumber > 9999 || !take(text, '-'))
        return std::nullopt;
    const auto monthNumber = takeNumber(text);
    if (!monthNumber || *monthNumber < 1 || *monthNumber > 12 || !take(text, '-'))
        return std::nullopt;
    const auto dayNumber = takeNumber(text);
    if (!dayNumber || *dayNumber < 1 || *dayNumber > lastDay(*yearNumber, static_cast<unsigned>(*monthNumber)))
        return std::nullopt;
    return daysOf(*yearNumber, static_cast<unsigned>(*monthNumber), static_cast<unsigned>(*dayNumber)) * kDay;
}

std::string_view withoutEnds(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// +hh[:mm], Z or UTC; none where there is something else.
std::optional<std::int64_t> takeOffset(std::string_view &text)
{
    text = withoutEnds(text);
    if (text.empty() || text == "Z" || text == "UTC") {
        text = {};
        return 0;
    }
    const bool isNegative = text[0] == '-';
    if (!take(text, '+') && !take(text, '-'))
        return std::nullopt;
    const auto hours = takeNumber(text);
    const auto minutes = take(text, ':') ? takeNumber(text) : std::optional<std::int64_t>(0);
    if (!hours || !minutes || *hours > 15)
        return std::nullopt;
    const std::int64_t all = (*hours * 3600 + *minutes * 60) * kMicro;
    return isNegative ? -all : all;
}

// "hours" -> "hour"; abbreviations too.
std::string_view unitOf(std::string_view unit)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 36> kUnits{{{"us", "microsecond"}, {"microseconds", "microsecond"},
        {"ms", "millisecond"}, {"milliseconds", "millisecond"}, {"s", "second"}, {"sec", "second"}, {"secs", "second"}, {"seconds", "second"},
        {"m", "minute"}, {"min", "minute"}, {"mins", "minute"}, {"minutes", "minute"}, {"h", "hour"}, {"hr", "hour"}, {"hrs", "hour"},
        {"hours", "hour"}, {"d", "day"}, {"days", "day"}, {"w", "week"}, {"weeks", "week"}, {"mon", "month"}, {"mons", "month"},
        {"months", "month"}, {"qtr", "quarter"}, {"qtrs", "quarter"}, {"quarters", "quarter"}, {"y", "year"}, {"yr", "year"}, {"yrs", "year"},
        {"years", "year"}, {"dow", "dayofweek"}, {"weekday", "dayofweek"}, {"doy", "dayofyear"}, {"dayofmonth", "day"}, {"dw", "dayofweek"},
        {"msec", "millisecond"}}};
    for (const auto &[name, meaning] : kUnits) {
        if (name == unit)
            return meaning;
    }
    return unit;
}

std::optional<std::int64_t> widthOf(std::string_view unit)
{
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> kWidths{{{"microsecond", 1}, {"millisecond", 1000}, {"second", kMicro},
        {"minute", 60 * kMicro}, {"hour", 3600 * kMicro}, {"day", kDay}, {"week", 7 * kDay}}};
    for (const auto &[name, width] : kWidths) {
        if (name == unit)
            return width;
    }
    return std::nullopt;
}

std::optional<std::int64_t> monthsOf(std::string_view unit)
{
    if (unit == "month")
        return 1;
    if (unit == "quarter")
        return 3;
    if (unit == "year")
        return 12;
    return std::nullopt;
}

std::int64_t weekStart(std::int64_t microseconds) // Mondays: 1970-01-01 was a Thursday
{
    return flooredBy(microseconds + 3 * kDay, 7 * kDay) * 7 * kDay - 3 * kDay;
}

std::string clockText(std::int64_t ofDay)
{
    char text[24];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(ofDay / (3600 * kMicro)),
        static_cast<int>(ofDay / (60 * kMicro) % 60), static_cast<int>(ofDay / kMicro % 60));
    std::string out = text;
    if (const std::int64_t fraction = ofDay % kMicro; fraction != 0) {
        std::snprintf(text, sizeof text, ".%06d", static_cast<int>(fraction));
        out += text;
        out.erase(out.find_last_not_of('0') + 1);
    }
    return out;
}

} // namespace

std::optional<std::int64_t> parseMoment(std::string_view text, Kind kind)
{
    text = withoutEnds(text);
    if (kind == Kind::Time || kind == Kind::TimeTz) {
        const auto clock = takeClock(text);
        const auto offset = clock ? takeOffset(text) : std::nullopt;
        return offset && text.empty() ? std::optional(*clock - *offset) : std::nullopt;
    }
    if (text == "epoch")
        return 0;
    const auto date = takeDate(text);
    if (!date)
        return std::nullopt;
    if (text.empty())
        return date;
    if (!take(text, ' ') && !take(text, 'T'))
        return std::nullopt;
    const auto clock = takeClock(text);
    const auto offset = clock ? takeOffset(text) : std::nullopt;
    if (!offset || !text.empty())
        return std::nullopt;
    if (kind == Kind::Date)
        return date;
    return *date + *clock - (kind == Kind::TimestampTz ? *offset : 0);
}

std::string momentText(std::int64_t microseconds, Kind kind)
{
    if (kind == Kind::Time || kind == Kind::TimeTz)
        return clockText(microseconds) + (kind == Kind::TimeTz ? "+00" : "");
    const Calendar calendar = calendarOf(microseconds);
    char text[24];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(calendar.year), calendar.month, calendar.day);
    if (kind == Kind::Date)
        return text;
    return std::string(text) + ' ' + clockText(calendar.ofDay) + (kind == Kind::TimestampTz ? "+00" : "");
}

std::optional<Span> parseInterval(std::string_view text, std::string_view unit)
{
    Span span;
    text = withoutEnds(text);
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        const bool isNegative = take(text, '-');
        if (text.size() > 2 && (text.substr(0, 3).find(':') != std::string_view::npos)) {
            const auto clock = takeClock(text);
            if (!clock)
                return std::nullopt;
            span.microseconds += isNegative ? -*clock : *clock;
        } else {
            auto count = takeNumber(text);
            if (!count)
                return std::nullopt;
            text = withoutEnds(text);
            const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
            const std::string_view word = unitOf(text.empty() ? (unit.empty() ? "second" : unit) : text.substr(0, end));
            text.remove_prefix(end);
            *count = isNegative ? -*count : *count;
            if (const auto months = monthsOf(word))
                span.months += *count * *months;
            else if (const auto width = widthOf(word))
                span.microseconds += *count * *width;
            else
                return std::nullopt;
        }
        take(text, ',');
        text = withoutEnds(text);
    }
    return span;
}

std::string intervalText(std::int64_t microseconds)
{
    const std::int64_t wholeDays = microseconds / kDay;
    const std::int64_t rest = microseconds % kDay;
    std::string text = wholeDays != 0 ? std::to_string(wholeDays) + (std::abs(wholeDays) == 1 ? " day" : " days") : std::string();
    if (rest != 0 || wholeDays == 0)
        text += (text.empty() ? "" : " ") + std::string(rest < 0 ? "-" : "") + clockText(std::abs(rest));
    return text;
}

std::optional<std::int64_t> truncatedTo(std::string_view unit, std::int64_t microseconds)
{
    unit = unitOf(unit);
    if (unit == "week")
        return weekStart(microseconds);
    if (const auto width = widthOf(unit))
        return flooredBy(microseconds, *width) * *width;
    const auto months = monthsOf(unit);
    if (!months)
        return std::nullopt;
    const Calendar calendar = calendarOf(microseconds);
    const unsigned monthNumber = (calendar.month - 1) / static_cast<unsigned>(*months) * static_cast<unsigned>(*months) + 1;
    return daysOf(calendar.year, monthNumber, 1) * kDay;
}

std::optional<double> partOf(std::string_view unit, std::int64_t microseconds)
{
    unit = unitOf(unit);
    const Calendar calendar = calendarOf(microseconds);
    const std::int64_t dayNumber = flooredBy(microseconds, kDay);
    if (unit == "epoch")
        return static_cast<double>(microseconds) / kMicro;
    if (unit == "microsecond")
        return static_cast<double>(calendar.ofDay % kMicro);
    if (unit == "millisecond")
        return static_cast<double>(calendar.ofDay % kMicro / 1000);
    if (unit == "second")
        return static_cast<double>(calendar.ofDay / kMicro % 60);
    if (unit == "minute")
        return static_cast<double>(calendar.ofDay / (60 * kMicro) % 60);
    if (unit == "hour")
        return static_cast<double>(calendar.ofDay / (3600 * kMicro));
    if (unit == "day")
        return calendar.day;
    if (unit == "dayofweek")
        return static_cast<double>(((dayNumber + 4) % 7 + 7) % 7);
    if (unit == "dayofyear")
        return static_cast<double>(dayNumber - daysOf(calendar.year, 1, 1) + 1);
    if (unit == "month")
        return calendar.month;
    if (unit == "quarter")
        return (calendar.month - 1) / 3 + 1;
    if (unit == "year")
        return static_cast<double>(calendar.year);
    if (unit == "week") { // of ISO 8601: the week of the year's first Thursday is 1
        const std::int64_t thursday = weekStart(microseconds) / kDay + 3;
        return static_cast<double>((thursday - daysOf(calendarOf(thursday * kDay).year, 1, 1)) / 7 + 1);
    }
    return std::nullopt;
}

std::int64_t addedMonths(std::int64_t microseconds, std::int64_t months)
{
    const Calendar calendar = calendarOf(microseconds);
    const std::int64_t all = calendar.year * 12 + calendar.month - 1 + months;
    const std::int64_t yearNumber = flooredBy(all, 12);
    const auto monthNumber = static_cast<unsigned>(all - yearNumber * 12 + 1);
    return daysOf(yearNumber, monthNumber, std::min(calendar.day, lastDay(yearNumber, monthNumber))) * kDay + calendar.ofDay;
}

std::optional<std::int64_t> added(std::string_view unit, std::int64_t count, std::int64_t microseconds)
{
    unit = unitOf(unit);
    if (const auto width = widthOf(unit))
        return microseconds + count * *width;
    const auto months = monthsOf(unit);
    return months ? std::optional(addedMonths(microseconds, count * *months)) : std::nullopt;
}

// Counts the borders between units that lie between the two.
std::optional<std::int64_t> difference(std::string_view unit, std::int64_t from, std::int64_t to)
{
    unit = unitOf(unit);
    if (unit == "week")
        return (weekStart(to) - weekStart(from)) / (7 * kDay);
    if (const auto width = widthOf(unit))
        return flooredBy(to, *width) - flooredBy(from, *width);
    const auto months = monthsOf(unit);
    if (!months)
        return std::nullopt;
    const auto countOf = [&](std::int64_t moment) {
        const Calendar calendar = calendarOf(moment);
        return flooredBy(calendar.year * 12 + calendar.month - 1, *months);
    };
    return countOf(to) - countOf(from);
}

std::int64_t nowMicroseconds()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace redshift::server
