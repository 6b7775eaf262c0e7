// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <string>
#include <vector>

// Synthetic data that every dialect's sandbox shows: made by formulas from fixed seeds, the same at every start. No
// real device or company is behind it.
namespace sandbox::sample {

// Ten electricity meters: a daily curve, noise and now and then a spike.
struct Meter {
    std::string name; // "d1001"
    int groupId = 0;
    std::string location; // "California.SanFrancisco"
    std::vector<std::int64_t> timeMs; // since 1970 UTC, ascending, every 10 s
    std::vector<float> current; // A
    std::vector<std::int64_t> voltage; // V
    std::vector<float> phase; // of a turn
};
ONDO_EXPORT std::vector<Meter> meters();

// Five invented shares in bars of one minute, only while their exchange is open.
struct Share {
    std::string symbol; // one of them in Chinese
    std::vector<std::int64_t> timeMs; // start of the bar
    std::vector<double> open, close, low, high;
    std::vector<std::int64_t> volume;
};
ONDO_EXPORT std::vector<Share> shares();

} // namespace sandbox::sample
