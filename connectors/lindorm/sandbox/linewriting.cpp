// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"
#include "sandbox/lineprotocol.h"
#include "sandbox/timetext.h"

#include <algorithm>

// Rows that come by line protocol, with the tables and columns that they may make.
namespace lindorm::server {

namespace {

class LineWriter
{
public:
    LineWriter(Store &store, std::string database, const std::string &policy, std::int64_t unitNs)
        : m_store(store)
        , m_database(std::move(database))
        , m_mayMake(policy != "STRONG")
        , m_unitNs(unitNs)
    {
    }

    void write(const Line &line)
    {
        TablePtr table = m_store.table(m_database, line.table);
        if (!table && !m_mayMake)
            refuse(code::kNoTable, "42S02", "Table '" + m_database + '.' + line.table + "' doesn't exist");
        if (!table)
            table = m_store.createTable(m_database, line.table, {{"time", Type::Timestamp, Role::Time, true, false}});
        m_store.needRows(*table);
        const std::vector<TableColumn> missing = missingColumns(line, *table);
        if (!missing.empty() && !m_mayMake)
            refuse(code::kNoColumn, "42S22", "Unknown column '" + missing[0].name + "' in table '" + table->name + "'");
        if (!missing.empty())
            table = m_store.addColumns(m_database, table, missing);
        writeRows(m_store, m_database, table, {rowOf(line, *table)});
    }

private:
    static std::vector<TableColumn> missingColumns(const Line &line, const TableEntry &table)
    {
        std::vector<TableColumn> missing;
        for (const auto &[name, value] : line.tags) {
            if (!table.find(name))
                missing.push_back({name, Type::Varchar, Role::Tag, false, false});
        }
        for (const Line::Field &field : line.fields) {
            if (!table.find(field.name))
                missing.push_back({field.name, field.type, Role::Field, false, false});
        }
        return missing;
    }

    std::vector<RowValue> rowOf(const Line &line, const TableEntry &table) const
    {
        const auto indexOf = [&table](const TableColumn &column) { return static_cast<std::size_t>(&column - table.columns.data()); };
        std::vector<RowValue> row;
        for (const auto &[name, value] : line.tags) {
            const TableColumn &column = *table.find(name);
            if (column.role != Role::Tag)
                refuse(code::kValue, "HY000", "Column '" + column.name + "' is not a TAG");
            row.push_back({indexOf(column), sqliteText(value)});
        }
        for (const Line::Field &field : line.fields) {
            const TableColumn &column = *table.find(field.name);
            if (column.role != Role::Field || column.type != field.type)
                refuse(code::kValue, "HY000",
                    "Field '" + column.name + "' has the type " + typeName(column.type) + ", but the value is " + typeName(field.type));
            row.push_back({indexOf(column), field.sql});
        }
        row.push_back({indexOf(table.time()), std::to_string(line.time ? milliseconds(*line.time) : nowMs())});
        return row;
    }

    std::int64_t milliseconds(std::int64_t time) const
    {
        constexpr std::int64_t kMillisecond = 1'000'000;
        if (m_unitNs >= kMillisecond)
            return time * (m_unitNs / kMillisecond);
        const std::int64_t per = kMillisecond / m_unitNs;
        return time / per - (time % per < 0 ? 1 : 0);
    }

    Store &m_store;
    std::string m_database;
    bool m_mayMake;
    std::int64_t m_unitNs;
};

} // namespace

std::optional<Refusal> Engine::writeLines(
    std::string_view lines, const Caller &caller, const std::string &policy, std::int64_t unitNs)
{
    std::call_once(m_filled, [this] { fillSamples(m_store); });
    try {
        const auto database = m_store.database(caller.database);
        if (!database)
            refuse(code::kNoDatabase, "42000", "Unknown database '" + caller.database + "'");
        if (!m_store.isAllowed(caller.user, database->name, "WRITE"))
            refuse(code::kDenied, "28000", "Access denied for user '" + caller.user + "'");
        const std::vector<Line> all = linesOf(lines);
        const auto writing = m_store.file().lockWriting();
        LineWriter writer(m_store, database->name, policy, unitNs);
        for (const Line &line : all)
            writer.write(line);
    } catch (Refusal &refusal) {
        return std::move(refusal);
    }
    return std::nullopt;
}

} // namespace lindorm::server
