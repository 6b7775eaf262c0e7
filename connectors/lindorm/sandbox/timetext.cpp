// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/timetext.h"

#include <QDateTime>
#include <QTimeZone>

#include <chrono>

namespace lindorm::server {

namespace {

// Fixed digits at a place; -1 where there are others.
int digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

} // namespace

std::optional<std::int64_t> timeOfText(std::string_view text)
{
    const bool isDay = text.size() == 10;
    if ((!isDay && text.size() < 19) || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    if (!isDay && ((text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':'))
        return std::nullopt;
    const QDate date(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2));
    int ms = 0;
    if (text.size() > 19) {
        const std::size_t count = text.size() - 20;
        ms = digitsAt(text, 20, count);
        if (text[19] != '.' || count < 1 || count > 3 || ms < 0)
            return std::nullopt;
        for (std::size_t i = count; i < 3; ++i)
            ms *= 10;
    }
    const QTime time = isDay ? QTime(0, 0) : QTime(digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2), ms);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch() - kZoneMs;
}

std::string zonedText(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::OffsetFromUTC, static_cast<int>(kZoneMs / 1000)).toString(Qt::ISODateWithMs).toStdString();
}

std::int64_t nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace lindorm::server
