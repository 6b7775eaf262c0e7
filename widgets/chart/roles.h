// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"

#include <optional>
#include <vector>

namespace chart {

// What runs along the x axis, and how it is read.
struct XRole {
    enum class Kind {
        Instant,
        LocalDateTime,
        Epoch, // an integer column that counts 10^-digits seconds since 1970
        Integer,
        RowNumber,
    };
    Kind kind = Kind::RowNumber;
    std::optional<std::size_t> column; // none for the row number
    int digits = 0; // Epoch: 0, 3, 6 or 9

    bool isTime() const { return kind == Kind::Instant || kind == Kind::LocalDateTime || kind == Kind::Epoch; }
    bool operator==(const XRole &) const = default;
};

// The parts that a result's columns can play in a chart, and the proposal that is drawn until someone chooses.
struct Roles {
    XRole x;
    std::vector<std::size_t> ys;
    std::vector<std::size_t> by; // one line for each combination of values
    bool operator==(const Roles &) const = default;
};

struct RoleChoices {
    std::vector<XRole> xs;
    std::vector<std::size_t> ys;
    std::vector<std::size_t> by;
};

// How many rows from the start are looked at: where more are there, the answer stays the same.
inline constexpr std::int64_t kRoleRows = 65536;

// The first time column is x; else the first integer column that looks like an epoch; else the row number. Numeric
// columns are y, but for those that look like keys. Where times repeat or jump back, the columns of few values that
// tell such rows apart are "series by".
Roles findRoles(const table::Table &table);
RoleChoices roleChoices(const table::Table &table);

} // namespace chart
