// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <algorithm>

namespace redshift::server {

namespace {

const Column *columnOf(const Relation &relation, const std::string &name)
{
    const auto found = std::find_if(relation.columns.begin(), relation.columns.end(), [&](const Column &column) { return column.name == name; });
    return found == relation.columns.end() ? nullptr : &*found;
}

} // namespace

std::optional<Relation> Executor::table(const std::vector<std::string> &parts, std::size_t start)
{
    if (m_parser.failure())
        return std::nullopt;
    auto relation = m_warehouse.find(parts, m_parser.database());
    if (!relation)
        m_parser.failAt("relation \"" + parts.back() + "\" does not exist", start);
    else if (relation->kind != "TABLE")
        m_parser.failAt("\"" + parts.back() + "\" is not a table", start);
    else
        return relation;
    return std::nullopt;
}

void Executor::insert()
{
    m_parser.skipToken();
    m_parser.expectWord("into");
    const std::size_t start = m_parser.at();
    const auto relation = table(m_parser.nameParts(), start);
    if (!relation)
        return;
    std::vector<const Column *> targets;
    if (m_parser.isSymbol("(") && !m_parser.isWord("select", 1)) {
        m_parser.skipToken();
        do {
            const std::size_t place = m_parser.at();
            const std::string name = m_parser.name();
            targets.push_back(columnOf(*relation, name));
            if (!targets.back() && !m_parser.failure())
                m_parser.failAt("column \"" + name + "\" of relation \"" + relation->name + "\" does not exist", place);
        } while (m_parser.takeSymbol(",") && !m_parser.failure());
        m_parser.expectSymbol(")");
    } else {
        for (const Column &column : relation->columns)
            targets.push_back(&column);
    }
    std::string names;
    for (const Column *column : targets)
        names += column ? (names.empty() ? "" : ", ") + quotedName(column->name) : "";
    std::string sql = "INSERT INTO " + relation->source + "(" + names + ") ";
    if (!m_parser.takeWord("values")) {
        const Query query = m_parser.query();
        expectEnd();
        if (!m_parser.failure() && query.columns.size() > targets.size())
            m_parser.fail("INSERT has more expressions than target columns", false);
        std::string list;
        for (std::size_t i = 0; i < std::min(query.columns.size(), targets.size()); ++i) {
            Expression value{.sql = "c" + std::to_string(i), .type = query.columns[i].type, .literal = {}, .name = {}};
            if (value.type.kind == SqlType::Kind::Unknown)
                value.type.kind = SqlType::Kind::Varchar;
            list += (i == 0 ? "" : ", ") + m_parser.converted(value, targets[i]->type, true);
        }
        std::string inner;
        for (std::size_t i = 0; i < query.columns.size(); ++i)
            inner += (i == 0 ? "c" : ", c") + std::to_string(i);
        change(sql + "SELECT " + list + " FROM (WITH v(" + inner + ") AS (" + query.sql + ") SELECT * FROM v)");
        return;
    }
    sql += "VALUES ";
    do {
        m_parser.expectSymbol("(");
        std::string row;
        std::size_t i = 0;
        do {
            if (i >= targets.size()) {
                m_parser.fail("INSERT has more expressions than target columns");
                return;
            }
            const bool isDefault = m_parser.takeWord("default");
            const std::string value = isDefault ? "NULL" : m_parser.converted(m_parser.expression(nullptr), targets[i]->type, true);
            row += (i++ == 0 ? "" : ", ") + value;
        } while (m_parser.takeSymbol(",") && !m_parser.failure());
        if (i < targets.size() && !m_parser.failure())
            m_parser.fail("INSERT has more target columns than expressions");
        m_parser.expectSymbol(")");
        sql += (sql.ends_with(' ') ? "(" : ", (") + row + ")";
    } while (m_parser.takeSymbol(",") && !m_parser.failure());
    expectEnd();
    change(sql);
}

void Executor::update()
{
    m_parser.skipToken();
    const std::size_t start = m_parser.at();
    const auto relation = table(m_parser.nameParts(), start);
    if (!relation)
        return;
    Scope scope;
    // Without an alias SQLite knows the table by its whole name.
    scope.sources.push_back({relation->name, relation->source.substr(relation->source.find('"')), *relation});
    m_parser.expectWord("set");
    std::string sql;
    do {
        const std::size_t place = m_parser.at();
        const std::string name = m_parser.name();
        const Column *column = columnOf(*relation, name);
        if (!column && !m_parser.failure())
            m_parser.failAt("column \"" + name + "\" of relation \"" + relation->name + "\" does not exist", place);
        m_parser.expectSymbol("=");
        const Expression value = m_parser.expression(&scope);
        if (column && !m_parser.failure())
            sql += (sql.empty() ? "" : ", ") + quotedName(name) + " = " + m_parser.converted(value, column->type, true);
    } while (m_parser.takeSymbol(",") && !m_parser.failure());
    const std::string condition = m_parser.takeWord("where") ? " WHERE " + m_parser.expression(&scope).sql : "";
    expectEnd();
    change("UPDATE " + relation->source + " SET " + sql + condition);
}

void Executor::remove()
{
    m_parser.skipToken();
    m_parser.takeWord("from");
    const std::size_t start = m_parser.at();
    const auto relation = table(m_parser.nameParts(), start);
    if (!relation)
        return;
    Scope scope;
    scope.sources.push_back({relation->name, relation->source.substr(relation->source.find('"')), *relation});
    const std::string condition = m_parser.takeWord("where") ? m_parser.expression(&scope).sql : "1";
    expectEnd();
    change("DELETE FROM " + relation->source + " WHERE " + condition);
}

void Executor::truncate()
{
    m_parser.skipToken();
    m_parser.takeWord("table");
    const std::size_t start = m_parser.at();
    const auto relation = table(m_parser.nameParts(), start);
    expectEnd();
    if (relation && execute("DELETE FROM " + relation->source))
        m_execution.rows = -1;
}

} // namespace redshift::server
