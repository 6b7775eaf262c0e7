// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "table/table.h"

#include <vector>

namespace support {

// Keeps what it is given as a table, and the row count after each chunk.
class RecordingSink : public connector::Sink
{
public:
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        ++schemas;
        result = table::Table(std::move(schema));
        return !refusesSchema;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        if (refusesAfter >= 0 && static_cast<std::int64_t>(counts.size()) >= refusesAfter)
            return false;
        result.append(std::move(chunk));
        counts.push_back(result.rowCount());
        return true;
    }
    std::optional<std::int64_t> limitReached(std::int64_t rows) override
    {
        limits.push_back(rows);
        return nextLimit;
    }

    int schemas = 0;
    table::Table result;
    std::vector<std::int64_t> counts;
    std::vector<std::int64_t> limits;
    bool refusesSchema = false;
    std::int64_t refusesAfter = -1;
    std::optional<std::int64_t> nextLimit;
};

} // namespace support
