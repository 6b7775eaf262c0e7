// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/reduction.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace chart {

struct Tick {
    long double at = 0;
    QString label;
    bool isMajor = false; // the start of something larger: a day among hours, a year among months
};

// At most count + 1 round values (1, 2 or 5 times a power of ten) in the range, with labels that say exactly what they
// are; large and small ones with a suffix or an exponent where that is shorter.
std::vector<Tick> valueTicks(const YRange &range, int count);
// The same for integers along x.
std::vector<Tick> countTicks(const XRange &range, int count);

// How a time axis is read.
struct TimeAxis {
    int unitDigits = 3; // x counts 10^-unitDigits seconds
    QTimeZone zone = QTimeZone::utc();
};

struct TimeTicks {
    std::vector<Tick> ticks;
    QString context; // what the labels leave out: the day of hours, the year of days
};

// Ticks at times that people name (15:00, 12 Mar, 2024; .250 below a second), about count of them.
TimeTicks timeTicks(const XRange &range, const TimeAxis &axis, int count);

// A point in time with the digits of its unit, in the zone: 2024-03-12 15:00:00.250.
QString timeText(std::int64_t x, const TimeAxis &axis);
// The zone with its offset at that point: Europe/Berlin (UTC+01:00).
QString zoneText(std::int64_t x, const TimeAxis &axis);
// A length of x: 5 s, 1.5 min, 250 ns.
QString durationText(std::int64_t span, int unitDigits);

} // namespace chart
