// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "table/format.h"
#include "table/table.h"

#include <string>
#include <vector>

namespace support {

// Keeps all that a session delivers.
class KeepingSink : public connector::Sink
{
public:
    void exchange(const http::Exchange &exchange) override { exchanges.push_back(exchange); }
    void started(const connector::RunningStatement &statement) override { running.push_back(statement); }
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        ++schemas;
        table = table::Table(std::move(schema));
        return true;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        table.append(std::move(chunk));
        return true;
    }

    // Each row as its values in JSON, with commas between them.
    std::vector<std::string> rows() const
    {
        std::vector<std::string> all;
        for (std::int64_t row = 0; row < table.rowCount(); ++row) {
            std::string line;
            for (std::size_t column = 0; column < table.columnCount(); ++column) {
                const table::Cell cell = table.cell(row, column);
                if (column > 0)
                    line += ',';
                table::appendCell(line, table.schema().columns[column], *cell.column, cell.row, {.form = table::TextForm::Json});
            }
            all.push_back(line);
        }
        return all;
    }

    std::vector<http::Exchange> exchanges;
    std::vector<connector::RunningStatement> running;
    table::Table table;
    int schemas = 0;
};

} // namespace support
