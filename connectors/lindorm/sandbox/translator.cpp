// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include "sandbox/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace lindorm::server {

bool isAggregate(std::string_view function)
{
    constexpr std::array<std::string_view, 8> all{"COUNT", "SUM", "AVG", "MIN", "MAX", "FIRST", "LAST", "PERCENTILE"};
    return std::find(all.begin(), all.end(), function) != all.end();
}

Translator::Translator(const Store &store, std::string_view text, std::string database, std::string user)
    : m_store(store)
    , m_text(text)
    , m_database(std::move(database))
    , m_user(std::move(user))
{
}

std::string Translator::range(std::size_t begin, std::size_t end) const
{
    return "From " + placeText(m_text, begin) + " to " + placeText(m_text, end > begin ? end - 1 : begin);
}

void Translator::complain(int code, const char *state, const Expr &at, const std::string &message) const
{
    refuse(code, state, range(at.begin, at.end) + ": " + message);
}

Translation Translator::select(const Select &select)
{
    if (select.next)
        return united(select);
    return select.sample ? sampled(select) : plain(select);
}

Translation Translator::united(const Select &select)
{
    Select first = select;
    first.next = nullptr;
    first.orderBy.clear();
    first.limit = first.offset = std::nullopt;
    Translation all = this->select(first);
    const Translation rest = this->select(*select.next);
    if (rest.columns.size() != all.columns.size())
        refuse(code::kSyntax, "42000", range(select.next->begin, select.next->begin + 6) + ": Column count mismatch in UNION");
    const Scope none;
    Context context{none};
    all.sql = "SELECT * FROM (" + all.sql + ") UNION ALL SELECT * FROM (" + rest.sql + ')' + tail(select, context, all.columns);
    return all;
}

bool Translator::aggregates(const Expr &expr)
{
    if (expr.kind == Expr::Kind::Call && isAggregate(expr.text))
        return true;
    return std::any_of(expr.args.begin(), expr.args.end(), aggregates);
}

Translation Translator::plain(const Select &select)
{
    Scope scope;
    const std::string from = sources(select, scope);
    Context rows{scope};
    std::string sql = from;
    if (select.where)
        sql += " WHERE " + value(*select.where, rows).sql;
    std::set<std::string> groups;
    std::string groupBy;
    for (const Expr &expr : select.groupBy) {
        groups.insert(value(expr, rows).sql);
        groupBy += (groupBy.empty() ? " GROUP BY " : ", ") + value(expr, rows).sql;
    }
    const bool isGrouped = !select.groupBy.empty() || select.having
        || std::any_of(select.items.begin(), select.items.end(), [](const SelectItem &item) { return aggregates(item.expr); });
    Context context{scope};
    context.groups = isGrouped ? &groups : nullptr;
    context.mayAggregate = isGrouped;
    Translation translation;
    const std::string list = items(select, context, translation.columns);
    sql += groupBy;
    if (select.having)
        sql += " HAVING " + value(*select.having, context).sql;
    translation.sql = std::string(select.isDistinct ? "SELECT DISTINCT " : "SELECT ") + list + sql + tail(select, context, translation.columns);
    return translation;
}

std::string Translator::items(const Select &select, Context &context, std::vector<OutputColumn> &columns)
{
    std::string list;
    const auto add = [&](const Value &item, const std::string &name) {
        list += (list.empty() ? "" : ", ") + item.sql + " AS c" + std::to_string(columns.size());
        columns.push_back({name, item.type, item.role});
    };
    for (const SelectItem &item : select.items) {
        if (item.expr.kind == Expr::Kind::Star) {
            if (context.groups || context.slots || context.scope.empty())
                complain(code::kSyntax, "42000", item.expr, "'*' cannot stand here");
            for (const ScopeColumn &column : context.scope)
                add({column.sql, column.type, column.name, column.role}, column.name);
            continue;
        }
        const Value translated = value(item.expr, context);
        const std::string unnamed = translated.name.empty() ? "EXPR$" + std::to_string(columns.size()) : translated.name;
        add(translated, item.alias.empty() ? unnamed : item.alias);
    }
    return list;
}

// ORDER BY, LIMIT, OFFSET. A name of the result goes before one of the source.
std::string Translator::tail(const Select &select, Context &context, const std::vector<OutputColumn> &columns)
{
    std::string sql;
    for (const OrderItem &item : select.orderBy) {
        std::string key;
        const auto named = std::find_if(columns.begin(), columns.end(), [&](const OutputColumn &column) {
            return item.expr.kind == Expr::Kind::Column && item.expr.qualifier.empty() && sameText(column.name, item.expr.text);
        });
        std::size_t ordinal = 0;
        if (item.expr.kind == Expr::Kind::Number)
            std::from_chars(item.expr.text.data(), item.expr.text.data() + item.expr.text.size(), ordinal);
        if (named != columns.end())
            key = std::to_string(named - columns.begin() + 1);
        else if (ordinal >= 1 && ordinal <= columns.size())
            key = std::to_string(ordinal);
        else
            key = value(item.expr, context).sql;
        sql += (sql.empty() ? " ORDER BY " : ", ") + key + (item.isDescending ? " DESC" : "");
    }
    if (select.limit || select.offset)
        sql += " LIMIT " + std::to_string(select.limit.value_or(-1));
    if (select.offset)
        sql += " OFFSET " + std::to_string(*select.offset);
    return sql;
}

std::string Translator::sources(const Select &select, Scope &scope)
{
    std::string sql;
    for (std::size_t i = 0; i < select.from.size(); ++i) {
        sql += (i == 0 ? " FROM " : " JOIN ") + source(select.from[i], i, scope);
        if (select.from[i].on) {
            Context context{scope};
            sql += " ON " + value(*select.from[i].on, context).sql;
        }
    }
    return sql;
}

std::string Translator::source(const Source &source, std::size_t index, Scope &scope)
{
    const std::string prefix = 's' + std::to_string(index);
    if (source.select) {
        const Translation inner = select(*source.select);
        for (std::size_t i = 0; i < inner.columns.size(); ++i)
            scope.push_back({source.alias, inner.columns[i].name, prefix + ".c" + std::to_string(i), inner.columns[i].type, inner.columns[i].role});
        return '(' + inner.sql + ") AS " + prefix;
    }
    const TablePtr entry = table(source);
    m_store.needRows(*entry);
    addTable(*entry, prefix + '.', source.alias.empty() ? entry->name : source.alias, scope);
    return sqliteName(entry->physical) + " AS " + prefix;
}

void Translator::addTable(const TableEntry &table, const std::string &prefix, const std::string &alias, Scope &scope)
{
    for (const TableColumn &column : table.columns) {
        const std::string sql = prefix + sqliteName(column.name);
        const bool mayLack = column.role == Role::Tag && table.lacksTags;
        scope.push_back({alias, column.name, mayLack ? "NULLIF(" + sql + ",'')" : sql, column.type, column.role});
    }
}

TablePtr Translator::table(const Source &source) const
{
    const std::string &name = source.database.empty() ? m_database : source.database;
    const auto database = m_store.database(name);
    if (!database)
        refuse(code::kNoDatabase, "42000", range(source.begin, source.end) + ": Unknown database '" + name + "'");
    if (!m_store.isAllowed(m_user, database->name, "READ"))
        refuse(code::kDenied, "28000", "Access denied for user '" + m_user + "' to database '" + database->name + "'");
    const TablePtr found = m_store.table(name, source.table);
    if (!found)
        refuse(code::kNoTable, "42S02", range(source.begin, source.end) + ": Table '" + database->name + '.' + source.table + "' doesn't exist");
    return found;
}

std::string Translator::condition(const TableEntry &table, const Expr &where)
{
    Scope scope;
    addTable(table, {}, table.name, scope);
    Context context{scope};
    return value(where, context).sql;
}

} // namespace lindorm::server
