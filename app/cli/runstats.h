// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/outcome.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace cli {

// What --stats says of a whole run, collected statement by statement.
class RunStats
{
public:
    void add(const connector::Outcome &outcome);
    void firstRowCame();

    // One line of JSON; its keys are the command line's contract.
    std::string toJson() const;

private:
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::optional<std::int64_t> m_firstRowMs;
    std::int64_t m_statements = 0;
    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0; // of the last result
    std::optional<std::int64_t> m_affectedRows;
    std::int64_t m_bytes = 0;
    connector::Completeness m_completeness = connector::Completeness::Complete;
    connector::Reason m_reason = connector::Reason::None;
};

} // namespace cli
