// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/query.h"

#include <algorithm>

namespace openmldb::server {

std::string QueryTranslator::from(Scope &scope, Query &query)
{
    std::string sql = source(scope, query);
    for (;;) {
        if (m_reader.take("LAST", "JOIN"))
            sql += lastJoin(scope, query);
        else if (m_reader.is("LEFT") || m_reader.is("JOIN") || m_reader.is("INNER"))
            sql += joined(scope, query);
        else if (m_reader.is(","))
            return m_reader.fail(kPlanError, "Cross join is not supported"), std::string();
        else
            return sql;
    }
}

// A table, a common query or a query in parentheses, with its alias; added to the scope.
std::string QueryTranslator::source(Scope &scope, Query &query)
{
    Source one;
    std::string sql;
    if (m_reader.take("(")) {
        const Query inner = select();
        m_reader.expect(")");
        std::string names;
        for (const Column &column : inner.columns)
            names += (names.empty() ? "" : ",") + quotedIdentifier(column.name);
        if (inner.hasRequestMark)
            names += ",\"#request\"";
        one.columns = inner.columns;
        one.hasRequestMark = inner.hasRequestMark;
        query.tables.insert(query.tables.end(), inner.tables.begin(), inner.tables.end());
        sql = "(WITH \"#q\"(" + names + ") AS (" + inner.sql + ") SELECT *, row_number() OVER () AS \"#row\" FROM \"#q\")";
    } else {
        std::string database;
        std::string name = m_reader.name();
        if (m_reader.take(".")) {
            database = std::move(name);
            name = m_reader.name();
        }
        one.name = name;
        const auto common = m_common.find(name);
        if (database.empty() && common != m_common.end()) {
            std::string names;
            for (const Column &column : common->second.columns)
                names += (names.empty() ? "" : ",") + quotedIdentifier(column.name);
            one.columns = common->second.columns;
            query.tables.insert(query.tables.end(), common->second.tables.begin(), common->second.tables.end());
            sql = "(WITH \"#q\"(" + names + ") AS (" + common->second.sql + ") SELECT *, row_number() OVER () AS \"#row\" FROM \"#q\")";
        } else {
            sql = tableSource(database.empty() ? m_settings.database : database, name, one, query);
        }
    }
    const bool hasAs = m_reader.take("AS");
    if (m_reader.isName()
        && (hasAs || !m_reader.isAny({"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "UNION", "CONFIG", "ON", "LAST", "LEFT", "INNER", "JOIN", "INTO"})))
        one.name = m_reader.name();
    sql += " AS " + quotedIdentifier(one.name);
    scope.push_back(std::move(one));
    return sql;
}

std::string QueryTranslator::tableSource(const std::string &database, const std::string &name, Source &one, Query &query)
{
    const auto table = m_store.table(database, name);
    if (!table) {
        m_reader.fail(kPlanError, "Fail to transform data provider op: table " + name + " not exists in database [" + database + "]");
        return {};
    }
    query.tables.emplace_back(database, name);
    one.columns = table->columns;
    if (m_settings.requestRow && !m_isRequestUsed) {
        m_isRequestUsed = true;
        return requestSource(*table, one);
    }
    return table->sqliteName();
}

// The table's rows and the row that was sent, told apart by a mark.
std::string QueryTranslator::requestSource(const Table &table, Source &one)
{
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        names += quotedIdentifier(table.columns[i].name) + ", ";
        values += "?" + std::to_string(i + 1) + ", ";
    }
    one.hasRequestMark = true;
    for (std::size_t i = 0; i < one.columns.size() && i < m_settings.requestRow->size(); ++i)
        one.columns[i].isConstant = (*m_settings.requestRow)[i].isConstant;
    return "(SELECT " + names + "0 AS \"#request\" FROM " + table.sqliteName() + " UNION ALL SELECT " + values + "1)";
}

std::string QueryTranslator::joined(Scope &scope, Query &query)
{
    const bool isLeft = m_reader.take("LEFT");
    if (!isLeft) {
        m_reader.fail(kPlanError, "Only LAST JOIN and LEFT JOIN are supported");
        return {};
    }
    m_reader.take("OUTER");
    m_reader.expect("JOIN");
    const std::string right = source(scope, query);
    m_reader.expect("ON");
    const Scope own = std::exchange(m_scope, scope);
    const std::string condition = expression().sql;
    m_scope = own;
    return " LEFT JOIN " + right + " ON " + condition;
}

// The one row of the right side that comes last in its order, or NULLs.
std::string QueryTranslator::lastJoin(Scope &scope, Query &query)
{
    const std::string right = source(scope, query);
    const bool isQuery = right.starts_with('(');
    const std::string row = quotedIdentifier(scope.back().name) + (isQuery ? ".\"#row\"" : "._rowid_");
    const Scope own = std::exchange(m_scope, scope);
    std::string order = row + " DESC";
    if (m_reader.take("ORDER", "BY")) {
        order = expression().sql + " DESC, " + order;
        if (m_reader.take("DESC"))
            m_reader.fail(kPlanError, "LAST JOIN does not support ORDER BY … DESC");
        m_reader.take("ASC");
    }
    m_reader.expect("ON");
    const std::string condition = expression().sql;
    m_scope = own;
    return " LEFT JOIN " + right + " ON " + row + " = (SELECT " + row + " FROM " + right + " WHERE " + condition + " ORDER BY " + order + " LIMIT 1)";
}

} // namespace openmldb::server
