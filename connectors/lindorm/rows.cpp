// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows.h"

#include <QDateTime>

namespace lindorm {

namespace {

class KeepingSink final : public connector::Sink
{
public:
    explicit KeepingSink(connector::Sink &outer)
        : m_outer(outer)
    {
    }

    void exchange(const http::Exchange &exchange) override
    {
        if (exchange.head)
            date = exchange.head->header("Date");
        m_outer.exchange(exchange);
    }
    bool schema(std::shared_ptr<const table::Schema> schema) override
    {
        table = table::Table(std::move(schema));
        return true;
    }
    bool chunk(std::shared_ptr<const table::Chunk> chunk) override
    {
        table.append(std::move(chunk));
        return true;
    }

    table::Table table;
    std::string date;

private:
    connector::Sink &m_outer;
};

std::optional<std::chrono::system_clock::time_point> timeOf(const std::string &date)
{
    const QDateTime time = QDateTime::fromString(QString::fromStdString(date).replace(QLatin1String("GMT"), QLatin1String("+0000")), Qt::RFC2822Date);
    if (!time.isValid())
        return std::nullopt;
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

std::string Rows::name(std::size_t column) const
{
    return column < m_table.columnCount() ? m_table.schema().columns[column].name : std::string();
}

std::string Rows::at(std::int64_t row, std::size_t column) const
{
    if (column >= m_table.columnCount())
        return {};
    const table::Cell cell = m_table.cell(row, column);
    if (!cell.column->hasValue(cell.row))
        return std::string(cell.column->literal(cell.row).value_or(std::string_view()));
    switch (table::storageOf(cell.column->kind())) {
    case table::Storage::Int64:
        return std::to_string(cell.column->ints()[cell.row]);
    case table::Storage::Byte:
        return cell.column->bools()[cell.row] != 0 ? "true" : "false";
    case table::Storage::Bytes:
        return std::string(cell.column->bytes(cell.row));
    default:
        return {};
    }
}

core::Result<Rows> fetchRows(Runner &runner, std::string sql, const std::string &database, const QString &purpose,
    connector::Sink &sink, std::stop_token stop)
{
    KeepingSink keeping(sink);
    Query query;
    query.text = std::move(sql);
    query.database = database;
    query.purpose = purpose;
    query.isOwn = true;
    connector::Outcome outcome = runner.run(query, keeping, std::move(stop));
    if (outcome.error)
        return std::move(*outcome.error);
    return Rows(std::move(keeping.table), timeOf(keeping.date));
}

} // namespace lindorm
