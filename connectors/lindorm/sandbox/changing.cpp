// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/functions.h"
#include "sandbox/lexer.h"
#include "sandbox/timetext.h"

#include <algorithm>
#include <charconv>

// Statements that change something.
namespace lindorm::server {

namespace {

std::string placeOf(std::string_view text, std::size_t begin, std::size_t end)
{
    return "From " + placeText(text, begin) + " to " + placeText(text, end > begin ? end - 1 : begin) + ": ";
}

[[noreturn]] void refuseValue(const TableColumn &column, const std::string &value, std::string_view text, const Expr &expr)
{
    refuse(code::kValue, "HY000",
        placeOf(text, expr.begin, expr.end) + "Incorrect " + typeName(column.type) + " value: '" + value + "' for column '" + column.name + "'");
}

bool isInteger(const std::string &digits)
{
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return failure == std::errc() && stop == digits.data() + digits.size();
}

// A value of INSERT as SQLite writes it; nothing for NULL.
std::optional<std::string> storedValue(const TableColumn &column, const Expr &expr, std::string_view text)
{
    using Kind = Expr::Kind;
    if (expr.kind == Kind::Null)
        return std::nullopt;
    const bool isNow = expr.kind == Kind::Call && (expr.text == "NOW" || expr.text == "CURRENT_TIMESTAMP") && expr.args.empty();
    const bool isNowWord = expr.kind == Kind::Column && sameText(expr.text, "CURRENT_TIMESTAMP");
    switch (column.type) {
    case Type::Timestamp:
        if (isNow || isNowWord)
            return std::to_string(nowMs());
        if (expr.kind == Kind::Number && isInteger(expr.text))
            return expr.text;
        if (expr.kind == Kind::Text) {
            if (const auto time = timeOfText(expr.text))
                return std::to_string(*time);
        }
        break;
    case Type::Varchar:
        if (expr.kind == Kind::Text)
            return sqliteText(expr.text);
        break;
    case Type::Boolean:
        if (expr.kind == Kind::Boolean)
            return std::string(expr.text == "TRUE" ? "1" : "0");
        break;
    case Type::BigInt:
        if (expr.kind == Kind::Number && isInteger(expr.text))
            return expr.text;
        break;
    default:
        if (expr.kind == Kind::Number)
            return expr.text;
    }
    refuseValue(column, std::string(text.substr(expr.begin, expr.end - expr.begin)), text, expr);
}

} // namespace

void Engine::needPrivilege(const Statement &statement, const std::string &database, const Caller &caller) const
{
    using Kind = Statement::Kind;
    const bool isWrite = statement.kind == Kind::Insert || statement.kind == Kind::Delete;
    if (!m_store.isAllowed(caller.user, isWrite ? database : "*", isWrite ? "WRITE" : "ADMIN")
        && !m_store.isAllowed(caller.user, database, isWrite ? "WRITE" : "ADMIN"))
        refuse(code::kDenied, "28000", "Access denied for user '" + caller.user + "'");
}

void Engine::change(const Statement &statement, std::string_view text, const Caller &caller)
{
    using Kind = Statement::Kind;
    const std::string &named = statement.database.empty() ? caller.database : statement.database;
    const auto known = m_store.database(named);
    const std::string database = known ? known->name : named;
    needPrivilege(statement, database, caller);
    switch (statement.kind) {
    case Kind::CreateDatabase:
        return m_store.createDatabase(statement.name, statement.options, statement.isLenient);
    case Kind::DropDatabase:
        return m_store.dropDatabase(statement.name, statement.isLenient);
    case Kind::SetParameter:
        return m_store.setParameter(statement.name, statement.value);
    case Kind::CreateTable:
    case Kind::DropTable:
    case Kind::Insert:
    case Kind::Delete:
        break;
    default:
        return m_store.changeUsers(statement);
    }
    if (!known)
        refuse(code::kNoDatabase, "42000", placeOf(text, statement.begin, statement.end) + "Unknown database '" + named + "'");
    changeTable(statement, text, database, caller);
}

void Engine::changeTable(const Statement &statement, std::string_view text, const std::string &database, const Caller &caller)
{
    using Kind = Statement::Kind;
    if (statement.kind == Kind::CreateTable)
        createTable(statement, database);
    else if (statement.kind == Kind::Insert)
        insert(statement, text, database);
    else if (statement.kind == Kind::Delete)
        remove(statement, text, caller);
    else if (!statement.isLenient || m_store.table(database, statement.name))
        m_store.dropTable(database, statement.name);
}

void Engine::createTable(const Statement &statement, const std::string &database)
{
    if (statement.isLenient && m_store.table(database, statement.name))
        return;
    std::vector<TableColumn> columns;
    std::size_t times = 0;
    const bool hasKey = std::any_of(statement.columns.begin(), statement.columns.end(), [](const ColumnDefinition &one) { return one.isKey; });
    for (const ColumnDefinition &definition : statement.columns) {
        const bool isTime = definition.type == Type::Timestamp && times++ == 0;
        if (definition.isTag && definition.type != Type::Varchar)
            refuse(code::kSyntax, "42000", "The type of TAG column '" + definition.name + "' has to be VARCHAR");
        const Role role = isTime ? Role::Time : definition.isTag ? Role::Tag : Role::Field;
        columns.push_back({definition.name, definition.type, role, definition.isKey || (!hasKey && isTime), definition.isPartition});
    }
    if (times == 0)
        refuse(code::kSyntax, "42000", "Table '" + statement.name + "' has no TIMESTAMP column");
    m_store.createTable(database, statement.name, std::move(columns));
}

TablePtr Engine::needTable(const Statement &statement, std::string_view text, const std::string &database) const
{
    TablePtr table = m_store.table(database, statement.name);
    if (!table)
        refuse(code::kNoTable, "42S02",
            placeOf(text, statement.begin, statement.end) + "Table '" + database + '.' + statement.name + "' doesn't exist");
    if (statement.kind != Statement::Kind::DescribeTable)
        m_store.needRows(*table);
    return table;
}

void Engine::insert(const Statement &statement, std::string_view text, const std::string &database)
{
    const auto writing = m_store.file().lockWriting();
    const TablePtr table = needTable(statement, text, database);
    std::vector<std::size_t> columns;
    for (const std::string &name : statement.names) {
        const TableColumn *column = table->find(name);
        if (!column)
            refuse(code::kNoColumn, "42S22", placeOf(text, statement.begin, statement.end) + "Unknown column '" + name + "' in table '" + table->name + "'");
        columns.push_back(static_cast<std::size_t>(column - table->columns.data()));
    }
    for (std::size_t i = 0; statement.names.empty() && i < table->columns.size(); ++i)
        columns.push_back(i);
    std::vector<std::vector<RowValue>> rows;
    for (const std::vector<Expr> &values : statement.rows) {
        if (values.size() != columns.size())
            refuse(code::kSyntax, "42000", placeOf(text, values.front().begin, values.back().end) + "Number of INSERT target columns ("
                    + std::to_string(columns.size()) + ") does not equal number of source items (" + std::to_string(values.size()) + ")");
        std::vector<RowValue> row;
        for (std::size_t i = 0; i < values.size(); ++i)
            row.push_back({columns[i], storedValue(table->columns[columns[i]], values[i], text)});
        rows.push_back(std::move(row));
    }
    writeRows(m_store, database, table, rows);
}

void Engine::remove(const Statement &statement, std::string_view text, const Caller &caller)
{
    const std::string &database = statement.database.empty() ? caller.database : statement.database;
    const auto writing = m_store.file().lockWriting();
    const TablePtr table = needTable(statement, text, database);
    std::string sql = "DELETE FROM " + sqliteName(table->physical);
    if (statement.where)
        sql += " WHERE " + Translator(m_store, text, caller.database, caller.user).condition(*table, *statement.where);
    const auto connection = m_store.file().open();
    addFunctions(*connection);
    if (!connection->execute(sql))
        refuse(code::kStorage, "HY000", connection->lastError());
}

namespace {

// INSERT of SQLite for a row with these columns: what is there already keeps its other fields.
std::string upsertOf(const TableEntry &table, const std::vector<RowValue> &row, bool hasTime)
{
    std::string names;
    std::string values;
    std::string updates;
    for (const RowValue &value : row) {
        const TableColumn &column = table.columns[value.column];
        names += (names.empty() ? "" : ",") + sqliteName(column.name);
        values += (values.empty() ? "" : ",") + value.sql.value_or(column.role == Role::Tag ? "''" : "NULL");
        if (column.role == Role::Field)
            updates += (updates.empty() ? "" : ",") + sqliteName(column.name) + "=excluded." + sqliteName(column.name);
    }
    if (!hasTime) {
        names += ',' + sqliteName(table.time().name);
        values += ',' + std::to_string(nowMs());
    }
    return "INSERT INTO " + sqliteName(table.physical) + '(' + names + ") VALUES(" + values + ") ON CONFLICT DO "
        + (updates.empty() ? "NOTHING" : "UPDATE SET " + updates);
}

} // namespace

void writeRows(Store &store, const std::string &database, const TablePtr &table, const std::vector<std::vector<RowValue>> &rows)
{
    const auto tagCount = std::count_if(
        table->columns.begin(), table->columns.end(), [](const TableColumn &column) { return column.role == Role::Tag; });
    const auto connection = store.file().open();
    connection->execute("BEGIN");
    bool lacksTags = false;
    for (const std::vector<RowValue> &row : rows) {
        const auto isGiven = [&](const RowValue &value, Role role) { return value.sql && table->columns[value.column].role == role; };
        lacksTags = lacksTags
            || std::count_if(row.begin(), row.end(), [&](const RowValue &value) { return isGiven(value, Role::Tag); }) < tagCount;
        const bool hasTime = std::any_of(row.begin(), row.end(), [&](const RowValue &value) { return isGiven(value, Role::Time); });
        if (!connection->execute(upsertOf(*table, row, hasTime)))
            refuse(code::kStorage, "HY000", connection->lastError());
    }
    connection->execute("COMMIT");
    if (lacksTags && !table->lacksTags)
        store.markLackingTags(database, table);
}

} // namespace lindorm::server
