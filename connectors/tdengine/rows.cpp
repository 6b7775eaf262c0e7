// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows.h"

#include <charconv>

namespace tdengine {

namespace {

class KeepingSink final : public connector::Sink
{
public:
    explicit KeepingSink(connector::Sink &outer)
        : m_outer(outer)
    {
    }

    void exchange(const http::Exchange &exchange) override { m_outer.exchange(exchange); }
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

private:
    connector::Sink &m_outer;
};

} // namespace

std::string Rows::text(std::int64_t row, std::optional<std::size_t> column) const
{
    if (!column || *column >= m_table.columnCount())
        return {};
    const table::Cell cell = m_table.cell(row, *column);
    if (!cell.column->hasValue(cell.row))
        return std::string(cell.column->literal(cell.row).value_or(std::string_view()));
    switch (table::storageOf(cell.column->kind())) {
    case table::Storage::Int64:
        return std::to_string(cell.column->ints()[cell.row]);
    case table::Storage::UInt64:
        return std::to_string(cell.column->uints()[cell.row]);
    case table::Storage::Byte:
        return cell.column->bools()[cell.row] != 0 ? "true" : "false";
    case table::Storage::Bytes:
        return std::string(cell.column->bytes(cell.row));
    default:
        return {};
    }
}

std::optional<std::int64_t> Rows::integer(std::int64_t row, std::optional<std::size_t> column) const
{
    const std::string digits = text(row, column);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return failure == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> Rows::instantNs(std::int64_t row, std::string_view name) const
{
    const auto index = column(name);
    if (!index)
        return std::nullopt;
    const table::Cell cell = m_table.cell(row, *index);
    if (cell.column->kind() != table::Kind::Instant || !cell.column->hasValue(cell.row))
        return std::nullopt;
    std::int64_t value = cell.column->ints()[cell.row];
    for (int digits = cell.column->unitDigits(); digits < 9; ++digits)
        value *= 10;
    return value;
}

core::Result<Rows> fetchRows(
    Runner &runner, std::string sql, const QString &purpose, connector::Sink &sink, std::stop_token stop)
{
    KeepingSink keeping(sink);
    Query query;
    query.text = std::move(sql);
    query.purpose = purpose;
    query.isOwn = true;
    connector::Outcome outcome = runner.run(query, keeping, std::move(stop));
    if (outcome.error)
        return std::move(*outcome.error);
    return Rows(std::move(keeping.table));
}

} // namespace tdengine
