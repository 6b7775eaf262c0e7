// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows.h"

#include "sqlrequest.h"
#include "table/format.h"
#include "table/table.h"

namespace openmldb {

namespace {

class RowsSink final : public connector::Sink
{
public:
    explicit RowsSink(connector::Sink &outer)
        : m_outer(outer)
    {
    }

    void exchange(const http::Exchange &exchange) override { m_outer.exchange(exchange); }
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        m_table = table::Table(std::move(schema));
        return true;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        m_table.append(std::move(chunk));
        return true;
    }

    std::vector<std::vector<std::string>> rows() const
    {
        std::vector<std::vector<std::string>> rows;
        for (std::int64_t i = 0; i < m_table.rowCount(); ++i) {
            std::vector<std::string> row;
            for (std::size_t column = 0; column < m_table.columnCount(); ++column) {
                const table::Cell cell = m_table.cell(i, column);
                std::string text;
                if (!cell.column->isNull(cell.row))
                    table::appendCell(text, m_table.schema().columns[column], *cell.column, cell.row, {});
                row.push_back(std::move(text));
            }
            rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    connector::Sink &m_outer;
    table::Table m_table;
};

} // namespace

core::Result<std::vector<std::vector<std::string>>> fetchRows(const Runner &runner, const std::string &database, const std::string &sql,
    const QString &purpose, connector::Sink &sink, std::stop_token stop)
{
    SqlCall call;
    call.sql = sql;
    call.database = database;
    call.purpose = purpose;
    auto request = sqlRequest(call, runner);
    if (!request)
        return std::move(request).error();
    RowsSink rows(sink);
    const connector::Outcome outcome = runner.send(std::move(request).value(), {}, true, nullptr, rows, std::move(stop));
    if (outcome.error)
        return *outcome.error;
    return rows.rows();
}

} // namespace openmldb
