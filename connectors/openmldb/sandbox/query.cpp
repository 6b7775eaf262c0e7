// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/query.h"

#include <algorithm>

namespace openmldb::server {

QueryTranslator::QueryTranslator(TokenReader &reader, const Store &store, const Settings &settings)
    : m_reader(reader)
    , m_store(store)
    , m_settings(settings)
{
}

QueryTranslator::Value QueryTranslator::failed(int code, const std::string &msg)
{
    m_reader.fail(code, msg);
    return {"NULL", Type::Unknown, {}, false};
}

Query QueryTranslator::translate()
{
    if (m_reader.take("WITH"))
        common();
    Query query = select();
    if (m_reader.is("ORDER"))
        m_reader.fail(kPlanError, "ORDER BY is supported within WINDOW and LAST JOIN only");
    return query;
}

void QueryTranslator::common()
{
    do {
        const std::string name = m_reader.name();
        m_reader.expect("AS");
        m_reader.expect("(");
        m_common[name] = select();
        m_reader.expect(")");
    } while (m_reader.take(","));
}

// A query, or several put together by UNION ALL.
Query QueryTranslator::select()
{
    Query query = selectBody();
    while (m_reader.take("UNION")) {
        const bool isAll = m_reader.take("ALL");
        if (!isAll)
            m_reader.take("DISTINCT");
        const Query more = selectBody();
        if (more.columns.size() != query.columns.size())
            m_reader.fail(kPlanError, "UNION of queries with different numbers of columns");
        query.sql += (isAll ? " UNION ALL " : " UNION ") + more.sql;
        query.tables.insert(query.tables.end(), more.tables.begin(), more.tables.end());
    }
    return query;
}

// What stands behind the list is read first; the list when the columns are known.
Query QueryTranslator::selectBody()
{
    const Scope outer = std::move(m_scope);
    m_scope.clear();
    m_reader.expect("SELECT");
    const bool isDistinct = m_reader.take("DISTINCT");
    const std::size_t list = m_reader.place();
    while (!m_reader.atEnd() && !m_reader.isAny({"FROM", ")", "UNION", "LIMIT", ";", "CONFIG"}))
        m_reader.is("(") ? m_reader.skipParentheses() : static_cast<void>(m_reader.next());
    Query query;
    std::string tail;
    if (m_reader.take("FROM")) {
        Scope scope;
        tail = " FROM " + from(scope, query);
        m_scope = std::move(scope);
    }
    tail += rest();
    const std::size_t end = m_reader.place();
    m_reader.goTo(list);
    std::string texts;
    for (const Item &one : items()) {
        texts += (texts.empty() ? "" : ", ") + one.value.sql;
        query.columns.push_back({one.name, one.value.type, false, one.value.isConstant});
    }
    if (!m_reader.atEnd() && !m_reader.isAny({"FROM", ")", "UNION", "LIMIT", ";", "CONFIG"}))
        m_reader.failHere("Unexpected " + m_reader.shown());
    if (!m_scope.empty() && m_scope.front().hasRequestMark) {
        texts += ", " + quotedIdentifier(m_scope.front().name) + ".\"#request\"";
        query.hasRequestMark = true;
    }
    m_reader.goTo(end);
    // Named by position: names may repeat and differ by case alone.
    query.sql = std::string(isDistinct ? "SELECT DISTINCT " : "SELECT ") + texts + tail;
    m_scope = outer;
    return query;
}

// WHERE … LIMIT
std::string QueryTranslator::rest()
{
    std::string sql;
    if (m_reader.take("WHERE"))
        sql += " WHERE " + expression().sql;
    if (m_reader.take("GROUP", "BY"))
        sql += groupBy();
    if (m_reader.take("HAVING"))
        sql += " HAVING " + expression().sql;
    if (m_reader.take("WINDOW"))
        window();
    if (m_reader.is("ORDER"))
        m_reader.fail(kPlanError, "ORDER BY is supported within WINDOW and LAST JOIN only");
    if (m_reader.take("LIMIT")) {
        if (m_reader.token().kind != Token::Kind::Number)
            m_reader.failHere("Expected integer literal but got " + m_reader.shown());
        sql += " LIMIT " + m_reader.next().text;
    }
    return sql;
}

std::string QueryTranslator::groupBy()
{
    std::string sql;
    do {
        const Value value = expression();
        if (value.column.empty())
            m_reader.fail(kPlanError, "Group by expressions is not supported: only simple columns");
        sql += (sql.empty() ? " GROUP BY " : ", ") + value.sql;
    } while (m_reader.take(","));
    return sql;
}

std::vector<QueryTranslator::Item> QueryTranslator::items()
{
    std::vector<Item> all;
    do {
        if (m_reader.take("*")) {
            addStar({}, all);
        } else if (m_reader.isName() && m_reader.is(".", 1) && m_reader.is("*", 2)) {
            const std::string of = m_reader.name();
            m_reader.next();
            m_reader.next();
            addStar(of, all);
        } else {
            all.push_back(item());
        }
    } while (m_reader.take(","));
    return all;
}

void QueryTranslator::addStar(const std::string &of, std::vector<Item> &all)
{
    bool isFound = false;
    for (const Source &one : m_scope) {
        if (!of.empty() && one.name != of)
            continue;
        isFound = true;
        for (const Column &column : one.columns) {
            Value value{quotedIdentifier(one.name) + "." + quotedIdentifier(column.name), column.type, column.name, column.isConstant};
            all.push_back({std::move(value), column.name});
        }
    }
    if (!isFound)
        m_reader.fail(kPlanError, of.empty() ? "SELECT * without FROM" : "Fail to find relation " + of);
}

QueryTranslator::Item QueryTranslator::item()
{
    const std::size_t begin = m_reader.place();
    Value value = expression();
    const std::size_t end = m_reader.place();
    std::string name;
    if (m_reader.take("AS")) {
        name = m_reader.name();
    } else if (m_reader.token().kind == Token::Kind::Name
        || (m_reader.token().kind == Token::Kind::Word && !m_reader.isAny({"FROM", "UNION", "LIMIT", "CONFIG", "INTO"}))) {
        name = m_reader.name();
    } else {
        name = value.column.empty() ? std::string(m_reader.textBetween(begin, end)) : value.column;
    }
    return {std::move(value), std::move(name)};
}

} // namespace openmldb::server
