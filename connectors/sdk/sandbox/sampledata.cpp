// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sampledata.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace sandbox::sample {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::int64_t kMetersStart = 1'748'822'400'000; // Monday 2025-06-02T00:00:00Z
constexpr std::int64_t kMeterStepMs = 10'000;
constexpr std::size_t kMeterDays = 5;
constexpr std::int64_t kSharesStart = 1'743'379'200'000; // Monday 2025-03-31T00:00:00Z
constexpr int kShareWeeks = 13;

// SplitMix64: the same numbers with every compiler and library.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    // Near enough to a normal distribution of deviation 1 for pictures.
    double normal() { return (unit() + unit() + unit() + unit() - 2.0) * std::numbers::sqrt3; }

private:
    std::uint64_t m_state;
};

double rounded(double value, double steps)
{
    return std::round(value * steps) / steps;
}

// Load over a day, 0 to 1: low at night, a hump in the morning, a higher one in the evening.
double dailyLoad(double hour)
{
    const auto hump = [hour](double at, double width) {
        const double d = (hour - at) / width;
        return std::exp(-d * d);
    };
    return 0.22 + 0.38 * hump(8.0, 2.2) + 0.25 * hump(13.0, 3.0) + 0.62 * hump(19.5, 2.4);
}

void fillMeter(Meter &meter, std::uint64_t seed)
{
    constexpr std::size_t perDay = static_cast<std::size_t>(kDayMs / kMeterStepMs);
    Random random(seed);
    const double size = 9.0 + 4.0 * random.unit();
    const double shift = 1.5 * (random.unit() - 0.5);
    std::vector<double> load(perDay);
    for (std::size_t i = 0; i < perDay; ++i)
        load[i] = dailyLoad(std::fmod(static_cast<double>(i) * 24.0 / static_cast<double>(perDay) + shift + 24.0, 24.0));
    double drift = 0;
    double spike = 0;
    const std::size_t count = perDay * kMeterDays;
    for (std::size_t i = 0; i < count; ++i) {
        drift = 0.999 * drift + 0.01 * random.normal();
        spike = random.unit() < 0.00006 ? 6.0 + 8.0 * random.unit() : spike * 0.8;
        const double current = std::max(0.05, size * load[i % perDay] * (1.0 + 0.15 * drift) + 0.12 * random.normal() + spike);
        meter.timeMs.push_back(kMetersStart + static_cast<std::int64_t>(i) * kMeterStepMs);
        meter.current.push_back(static_cast<float>(rounded(current, 1000)));
        meter.voltage.push_back(std::llround(222.0 - 0.45 * current + 1.1 * random.normal() + 2.0 * drift));
        meter.phase.push_back(static_cast<float>(rounded(0.31 + 0.02 * drift + 0.006 * random.normal(), 1000)));
    }
}

struct ShareShape {
    const char *symbol;
    double price;
    double volatility; // of a minute, relative
    double trend; // of a minute, relative
    double volume; // of an average minute
};

constexpr std::array<ShareShape, 5> kShapes{{
    {"ALPN", 182.40, 0.00060, 0.0000020, 5200},
    {"BRIO", 47.15, 0.00095, -0.0000030, 12400},
    {"CORV", 913.80, 0.00050, 0.0000035, 900},
    {"DUNE", 8.62, 0.00140, 0.0000000, 41000},
    {"示例科技", 63.90, 0.00085, 0.0000025, 7800},
}};

void fillDay(Share &share, const ShareShape &shape, std::int64_t openingMs, double &price, Random &random)
{
    constexpr int kMinutes = 390; // 13:30 to 20:00 UTC
    price *= 1.0 + 6.0 * shape.volatility * random.normal(); // the night's news
    for (int minute = 0; minute < kMinutes; ++minute) {
        const double open = price;
        // Busy when the exchange opens and closes.
        const double edge = std::abs(minute - kMinutes / 2.0) / (kMinutes / 2.0);
        const double pace = 0.7 + 0.9 * edge * edge;
        const double close = open * (1.0 + shape.trend + shape.volatility * pace * random.normal());
        const double reach = shape.volatility * pace * open;
        const double high = std::max(open, close) + reach * 0.6 * random.unit();
        const double low = std::min(open, close) - reach * 0.6 * random.unit();
        share.timeMs.push_back(openingMs + minute * kMinuteMs);
        share.open.push_back(rounded(open, 100));
        share.close.push_back(rounded(close, 100));
        share.low.push_back(std::min({rounded(low, 100), share.open.back(), share.close.back()}));
        share.high.push_back(std::max({rounded(high, 100), share.open.back(), share.close.back()}));
        share.volume.push_back(std::llround(shape.volume * pace * (0.4 + 1.2 * random.unit())));
        price = close;
    }
}

} // namespace

std::vector<Meter> meters()
{
    constexpr std::array<const char *, 5> places{
        "California.SanFrancisco", "California.LosAngeles", "California.SanDiego", "California.PaloAlto", "California.Campbell"};
    std::vector<Meter> all;
    for (int i = 0; i < 10; ++i) {
        Meter &meter = all.emplace_back();
        meter.name = "d" + std::to_string(1001 + i);
        meter.groupId = 1 + i / 3;
        meter.location = places[static_cast<std::size_t>(i) % places.size()];
        fillMeter(meter, 1001u + static_cast<std::uint64_t>(i));
    }
    return all;
}

std::vector<Share> shares()
{
    std::vector<Share> all;
    for (std::size_t i = 0; i < kShapes.size(); ++i) {
        Share &share = all.emplace_back();
        share.symbol = kShapes[i].symbol;
        Random random(7001u + i);
        double price = kShapes[i].price;
        for (int day = 0; day < kShareWeeks * 7; ++day) {
            if (day % 7 < 5)
                fillDay(share, kShapes[i], kSharesStart + day * kDayMs + 810 * kMinuteMs, price, random);
        }
    }
    return all;
}

} // namespace sandbox::sample
