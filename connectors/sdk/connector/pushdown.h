// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace connector {

// A source aggregated into time buckets by the server. The result has the columns
//   bucket (start of the bucket, in the source's own time unit), [by], and for each value V: V_first, V_last, V_min,
//   V_max, V_mean, V_count — in this order, rows ascending in time (within each value of by).
struct AggregateRequest {
    std::vector<std::string> path; // of the table in the catalogue
    std::string timeColumn;
    std::vector<std::string> valueColumns;
    std::string by; // tag or column; empty: one series
    std::string where; // a condition in the dialect's words, empty: none
    std::optional<std::int64_t> fromNs; // instants since 1970 UTC, half-open [from, to)
    std::optional<std::int64_t> toNs;
    std::int64_t bucketNs = 0; // wished width; the dialect may round up to what it can
};

struct AggregateStatement {
    std::string sql;
    std::int64_t bucketNs = 0; // the width that the statement really uses
};

} // namespace connector
