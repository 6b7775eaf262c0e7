// SPDX-License-Identifier: GPL-3.0-or-later
#include "tableinfo.h"

#include "connector/tokens.h"
#include "names.h"

#include <QCoreApplication>

#include <algorithm>

namespace lindorm {

namespace {

struct TableTr {
    Q_DECLARE_TR_FUNCTIONS(LindormTable)
};

// TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, TYPE, IS_PRIMARY_KEY, SORT_ORDER
bool isWideTable(const Rows &rows)
{
    return connector::sameWord(rows.name(0), "TABLE_SCHEMA") && rows.columnCount() >= 4;
}

TableInfo::Column timeSeriesColumn(const Rows &rows, std::int64_t row)
{
    TableInfo::Column column{rows.at(row, 0), rows.at(row, 1)};
    const std::string kind = rows.at(row, 2);
    if (connector::sameWord(kind, "TAG"))
        column.kind = TableInfo::Kind::Tag;
    else if (connector::sameWord(kind, "TIMESTAMP") || (kind.empty() && connector::sameWord(column.type, "TIMESTAMP")))
        column.kind = TableInfo::Kind::Time;
    column.isPrimaryKey = connector::sameWord(rows.at(row, 3), "true");
    return column;
}

TableInfo::Column wideColumn(const Rows &rows, std::int64_t row)
{
    TableInfo::Column column{rows.at(row, 2), rows.at(row, 3)};
    const std::string key = rows.at(row, 4);
    column.isPrimaryKey = connector::sameWord(key, "true") || connector::sameWord(key, "yes") || key == "1";
    return column;
}

} // namespace

const TableInfo::Column *TableInfo::find(std::string_view name) const
{
    const auto found = std::find_if(
        columns.begin(), columns.end(), [name](const Column &column) { return connector::sameWord(column.name, name); });
    return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> TableInfo::names(Kind kind) const
{
    std::vector<std::string> all;
    for (const Column &column : columns) {
        if (column.kind == kind)
            all.push_back(column.name);
    }
    return all;
}

core::Result<TableInfo> describeTable(Runner &runner, const std::string &database, const std::string &table,
    const QString &purpose, connector::Sink &sink, std::stop_token stop)
{
    const std::string sql = "DESCRIBE TABLE " + quotedWhereNeeded(table, runner.settings().language);
    auto rows = fetchRows(runner, sql, database, purpose, sink, std::move(stop));
    if (!rows)
        return std::move(rows).error();
    TableInfo info;
    info.isWideTable = isWideTable(*rows);
    for (std::int64_t row = 0; row < rows->count(); ++row)
        info.columns.push_back(info.isWideTable ? wideColumn(*rows, row) : timeSeriesColumn(*rows, row));
    return info;
}

core::Result<std::shared_ptr<const TableInfo>> TableCache::table(
    const std::string &database, const std::string &table, connector::Sink &sink, std::stop_token stop)
{
    const std::pair key(database, table);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_tables.find(key); known != m_tables.end())
            return known->second;
    }
    auto info = describeTable(m_runner, database, table, TableTr::tr("columns of the table"), sink, std::move(stop));
    if (!info)
        return std::move(info).error();
    auto shared = std::make_shared<const TableInfo>(std::move(info).value());
    const std::lock_guard lock(m_mutex);
    m_tables[key] = shared;
    return shared;
}

void TableCache::forget()
{
    const std::lock_guard lock(m_mutex);
    m_tables.clear();
}

} // namespace lindorm
