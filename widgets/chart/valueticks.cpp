// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/ticks.h"

#include <array>
#include <charconv>
#include <cmath>

namespace chart {

namespace {

// 1, 2 or 5 times 10^exponent.
struct RoundStep {
    int mantissa = 1;
    int exponent = 0;
    long double size() const { return static_cast<long double>(mantissa) * std::pow(10.0L, exponent); }
};

RoundStep roundStep(long double span, int count)
{
    const long double raw = span / std::max(count, 1);
    RoundStep step;
    step.exponent = static_cast<int>(std::floor(std::log10(raw)));
    const long double base = std::pow(10.0L, step.exponent);
    for (const int mantissa : {1, 2, 5}) {
        step.mantissa = mantissa;
        // A little tolerance: the logarithm of 1000 need not be 3.
        if (raw <= static_cast<long double>(mantissa) * base * (1 + 1e-12L))
            return step;
    }
    return {1, step.exponent + 1};
}

QString grouped(QString digits)
{
    const QChar thinSpace(0x2009);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, thinSpace);
    return digits;
}

// digits * 10^exponent written out, no float in between.
QString plainDecimal(std::int64_t count, int exponent)
{
    QString digits = QString::number(count < 0 ? -static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count));
    QString fraction;
    if (exponent >= 0) {
        digits += QString(count == 0 ? 0 : exponent, QLatin1Char('0'));
    } else {
        if (digits.size() <= -exponent)
            digits.prepend(QString(1 - exponent - digits.size(), QLatin1Char('0')));
        fraction = QLatin1Char('.') + digits.right(-exponent);
        digits.chop(-exponent);
    }
    return (count < 0 ? QStringLiteral("−") : QString()) + (digits.size() > 4 ? grouped(digits) : digits) + fraction;
}

QString scientific(std::int64_t count, int exponent)
{
    const QString digits
        = QString::number(count < 0 ? -static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count));
    QString mantissa = digits.left(1);
    QString rest = digits.mid(1);
    while (rest.endsWith(QLatin1Char('0')))
        rest.chop(1);
    if (!rest.isEmpty())
        mantissa += QLatin1Char('.') + rest;
    return (count < 0 ? QStringLiteral("−") : QString()) + mantissa + QLatin1Char('e')
        + QString::number(exponent + static_cast<int>(digits.size()) - 1);
}

// How all labels of one axis are written.
struct Style {
    int shift = 0; // power of ten that the suffix stands for
    QString suffix;
    bool isScientific = false;
};

Style styleFor(long double largest, const RoundStep &step)
{
    if (largest < 1e6L && largest >= 1e-4L && step.exponent >= -9)
        return {};
    const int magnitude = static_cast<int>(std::floor(std::log10(largest)));
    if (magnitude >= 15 || magnitude < -4)
        return {0, {}, magnitude - step.exponent <= 8};
    if (magnitude < 6)
        return {};
    static const std::array<Style, 3> suffixes = {Style{6, QStringLiteral("M"), false}, Style{9, QStringLiteral("G"), false},
        Style{12, QStringLiteral("T"), false}};
    const Style &style = suffixes[static_cast<std::size_t>((magnitude - 6) / 3)];
    // A long fraction before a suffix reads worse than all digits do.
    return style.shift - step.exponent > 3 ? Style{} : style;
}

std::vector<Tick> roundTicks(long double low, long double high, RoundStep step)
{
    const long double size = step.size();
    const long double first = std::ceil(low / size);
    const long double last = std::floor(high / size);
    std::vector<Tick> ticks;
    // Where the steps cannot be counted in integers the range is finer than its numbers are.
    if (!(std::abs(first) < 1e17L && std::abs(last) < 1e17L))
        return ticks;
    const Style style = styleFor(std::max(std::abs(low), std::abs(high)), step);
    for (auto n = static_cast<std::int64_t>(first); n <= static_cast<std::int64_t>(last); ++n) {
        const std::int64_t count = n * step.mantissa;
        const QString label = count == 0 ? QStringLiteral("0")
            : style.isScientific         ? scientific(count, step.exponent)
                                         : plainDecimal(count, step.exponent - style.shift) + style.suffix;
        ticks.push_back({static_cast<long double>(count) * std::pow(10.0L, step.exponent), label, count == 0});
    }
    return ticks;
}

} // namespace

std::vector<Tick> valueTicks(const YRange &range, int count)
{
    const long double low = range.low;
    const long double high = range.high;
    if (!(high > low))
        return {};
    return roundTicks(low, high, roundStep(high - low, count));
}

std::vector<Tick> countTicks(const XRange &range, int count)
{
    RoundStep step = roundStep(range.span(), count);
    if (step.exponent < 0)
        step = {};
    return roundTicks(range.low, range.high, step);
}

} // namespace chart
