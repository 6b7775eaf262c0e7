// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/writer.h"

#include "sandbox/systemtables.h"

#include <algorithm>

namespace tdengine::server {

namespace {

std::int64_t nowMs()
{
    return nowTicks(Precision::Milli);
}

} // namespace

Writer::Writer(Store &store, TokenReader &reader, const Context &context)
    : m_store(store)
    , m_in(reader)
    , m_parser(reader)
    , m_context(context)
    , m_constants(context, {})
{
}

bool Writer::isMine() const
{
    for (const char *word : {"create", "drop", "alter", "insert", "delete", "use", "flush", "compact"}) {
        if (m_in.atWord(word))
            return true;
    }
    return false;
}

std::int64_t Writer::run()
{
    std::int64_t affected = 0;
    const auto lock = m_store.lock();
    if (m_in.takeWord("create")) {
        create();
    } else if (m_in.takeWord("drop")) {
        drop();
    } else if (m_in.takeWord("alter")) {
        alter();
    } else if (m_in.takeWord("insert")) {
        affected = insert();
    } else if (m_in.takeWord("delete")) {
        affected = deleteRows();
    } else if (m_in.takeWord("use")) {
        use();
    } else {
        m_in.take();
        m_in.expectWord("database");
        use();
    }
    return affected;
}

void Writer::use()
{
    const std::string name = m_in.expectName();
    m_in.expectEnd();
    if (!m_in.failed() && !m_store.database(name) && !isSystemDatabase(name))
        m_in.fail(code::kDatabaseNotExist, "Database not exist");
}

void Writer::create()
{
    if (m_in.takeWord("database"))
        createDatabase();
    else if (m_in.takeWord("user"))
        createUser();
    else if (m_in.takeWord("stable"))
        createStable();
    else if (m_in.takeWord("table"))
        createTables();
    else
        m_in.failHere();
}

bool Writer::ifNotExists()
{
    if (!m_in.takeWord("if"))
        return false;
    m_in.expectWord("not");
    m_in.expectWord("exists");
    return true;
}

bool Writer::ifExists()
{
    if (!m_in.takeWord("if"))
        return false;
    m_in.expectWord("exists");
    return true;
}

void Writer::createDatabase()
{
    const bool tolerant = ifNotExists();
    Database database;
    database.name = m_in.expectName();
    database.createdMs = nowMs();
    while (!m_in.failed() && !m_in.atEnd()) { // options: a name and its values
        const std::string option = m_in.expectName();
        if (option == "precision") {
            const std::string value = m_in.expectString();
            database.precision = value == "ns" ? Precision::Nano : value == "us" ? Precision::Micro : Precision::Milli;
            if (value != "ns" && value != "us" && value != "ms")
                m_in.fail(0x2619, "Invalid option precision: " + value);
            continue;
        }
        do {
            if (m_in.peek().kind == Token::Kind::Symbol)
                m_in.failHere();
            m_in.take();
        } while (!m_in.failed() && m_in.takeSymbol(","));
    }
    m_in.expectEnd();
    if (m_in.failed())
        return;
    if (m_store.database(database.name) || isSystemDatabase(database.name)) {
        if (!tolerant)
            m_in.fail(code::kDatabaseExists, "Database already exists");
        return;
    }
    const std::string name = database.name;
    m_store.databases().emplace(name, std::move(database));
}

void Writer::createUser()
{
    const std::string name = m_in.expectName();
    m_in.expectWord("pass");
    const std::string password = m_in.expectString();
    if (m_in.takeWord("sysinfo"))
        m_in.expectInteger();
    m_in.expectEnd();
    if (m_in.failed())
        return;
    if (password.empty())
        m_in.fail(0x2611, "Password can not be empty");
    else if (!m_store.users().emplace(name, password).second)
        m_in.fail(code::kUserExists, "User already exists");
}

void Writer::alter()
{
    m_in.expectWord("user");
    const std::string name = m_in.expectName();
    m_in.expectWord("pass");
    const std::string password = m_in.expectString();
    m_in.expectEnd();
    if (m_in.failed())
        return;
    const auto found = m_store.users().find(name);
    if (found == m_store.users().end())
        m_in.fail(code::kUserNotExist, "User not exist");
    else
        found->second = password;
}

Writer::TableName Writer::tableName()
{
    TableName name{m_context.database, m_in.expectName()};
    if (m_in.takeSymbol(".")) {
        name.database = std::move(name.table);
        name.table = m_in.expectName();
    }
    return name;
}

Database *Writer::databaseOf(const TableName &name)
{
    if (m_in.failed())
        return nullptr;
    if (name.database.empty()) {
        m_in.fail(code::kDatabaseNotSpecified, "Database not specified");
        return nullptr;
    }
    Database *database = m_store.database(name.database);
    if (!database)
        m_in.fail(code::kDatabaseNotExist, "Database not exist");
    return database;
}

std::vector<Column> Writer::columnList(Precision precision)
{
    std::vector<Column> columns;
    m_in.expectSymbol("(");
    do {
        Column column;
        column.name = m_in.expectName();
        column.type = m_parser.dataType();
        if (column.type.type == Type::Timestamp)
            column.type.precision = precision;
        while (!m_in.failed() && m_in.peek().kind != Token::Kind::Symbol && m_in.peek().kind != Token::Kind::End)
            m_in.take(); // PRIMARY KEY, ENCODE, COMPRESS, LEVEL and their values
        columns.push_back(std::move(column));
    } while (!m_in.failed() && m_in.takeSymbol(","));
    m_in.expectSymbol(")");
    if (!m_in.failed() && columns.empty())
        m_in.failHere();
    return columns;
}

void Writer::tableOptions(std::string &comment)
{
    while (!m_in.failed() && !m_in.atEnd() && (m_in.peek().kind == Token::Kind::Word)) {
        if (m_in.takeWord("comment")) {
            comment = m_in.expectString();
            continue;
        }
        m_in.take();
        if (m_in.takeSymbol("(")) {
            while (!m_in.failed() && !m_in.takeSymbol(")"))
                m_in.peek().kind == Token::Kind::End ? m_in.failHere() : static_cast<void>(m_in.take());
        } else if (m_in.peek().kind == Token::Kind::Integer || m_in.peek().kind == Token::Kind::Duration || m_in.peek().kind == Token::Kind::String) {
            m_in.take();
        }
    }
}

void Writer::createStable()
{
    const bool tolerant = ifNotExists();
    const TableName name = tableName();
    Database *database = databaseOf(name);
    if (!database)
        return;
    auto made = std::make_shared<SuperTable>();
    made->name = name.table;
    made->columns = columnList(database->precision);
    m_in.expectWord("tags");
    made->tags = columnList(database->precision);
    tableOptions(made->comment);
    m_in.expectEnd();
    if (m_in.failed())
        return;
    if (made->columns.front().type.type != Type::Timestamp) {
        m_in.fail(code::kFirstColumn, "First column must be timestamp");
        return;
    }
    if (database->superTables.contains(name.table) || database->tables.contains(name.table)) {
        if (!tolerant)
            m_in.fail(code::kStableExists, "STable already exists");
        return;
    }
    made->createdMs = nowMs();
    made->uid = m_store.nextUid();
    database->superTables.emplace(name.table, std::move(made));
}

// A super table where TAGS follows the columns, a child table with USING, else a normal one; several child tables in
// one statement.
void Writer::createTables()
{
    const std::size_t start = m_in.position();
    int depth = 0;
    bool hasTags = false;
    bool hasUsing = false;
    for (; m_in.peek().kind != Token::Kind::End; m_in.take()) {
        depth += m_in.atSymbol("(") - m_in.atSymbol(")");
        hasTags |= depth == 0 && m_in.atWord("tags");
        hasUsing |= depth == 0 && m_in.atWord("using");
    }
    m_in.goTo(start);
    if (hasTags && !hasUsing) {
        createStable();
        return;
    }
    do {
        createTable();
    } while (!m_in.failed() && hasUsing && !m_in.atEnd());
    m_in.expectEnd();
}

void Writer::createTable()
{
    const bool tolerant = ifNotExists();
    const TableName name = tableName();
    Database *database = databaseOf(name);
    if (!database)
        return;
    std::string comment;
    ChildOptions options;
    std::vector<Column> columns;
    if (auto child = usingClause(*database, name)) {
        options = std::move(*child);
        columns = options.parent ? options.parent->columns : std::vector<Column>();
        if (m_in.atWord("comment") || m_in.atWord("ttl"))
            tableOptions(comment);
    } else {
        columns = columnList(database->precision);
        tableOptions(comment);
    }
    if (m_in.failed())
        return;
    if (columns.empty() || columns.front().type.type != Type::Timestamp) {
        m_in.fail(code::kFirstColumn, "First column must be timestamp");
    } else if (database->superTables.contains(name.table) || database->tables.contains(name.table)) {
        if (!tolerant)
            m_in.fail(code::kTableExists, "Table already exists");
    } else {
        addTable(*database, name.table, std::move(columns), options, comment);
    }
}

std::optional<Writer::ChildOptions> Writer::usingClause(Database &database, const TableName &child)
{
    if (!m_in.takeWord("using"))
        return std::nullopt;
    ChildOptions options;
    TableName name = tableName();
    if (name.database.empty() || m_context.database.empty())
        name.database = child.database;
    const auto found = database.superTables.find(name.table);
    if (found == database.superTables.end()) {
        m_in.fail(code::kTableNotExist, "Table does not exist");
        return options;
    }
    options.parent = found->second;
    const std::vector<Column> &tags = options.parent->tags;
    options.tags.resize(tags.size());
    std::vector<std::size_t> order;
    if (m_in.takeSymbol("(")) {
        do {
            const std::string tag = m_in.expectName();
            const auto at = std::find_if(tags.begin(), tags.end(), [&tag](const Column &c) { return c.name == tag; });
            if (at == tags.end())
                m_in.fail(0x260E, "Invalid tag name: " + tag);
            else
                order.push_back(static_cast<std::size_t>(at - tags.begin()));
        } while (!m_in.failed() && m_in.takeSymbol(","));
        m_in.expectSymbol(")");
    } else {
        for (std::size_t i = 0; i < tags.size(); ++i)
            order.push_back(i);
    }
    m_in.expectWord("tags");
    m_in.expectSymbol("(");
    for (std::size_t i = 0; i < order.size() && !m_in.failed(); ++i) {
        if (i > 0 && !m_in.takeSymbol(","))
            m_in.fail(code::kTagsNotMatched, "Tags number not matched");
        else
            options.tags[order[i]] = value(tags[order[i]], database.precision);
    }
    if (m_in.atSymbol(","))
        m_in.fail(code::kTagsNotMatched, "Tags number not matched");
    m_in.expectSymbol(")");
    return options;
}

TableEntry &Writer::addTable(
    Database &database, const std::string &name, std::vector<Column> columns, const ChildOptions &options, const std::string &comment)
{
    auto table = std::make_shared<Table>();
    table->name = name;
    table->parent = options.parent;
    table->tags = options.tags;
    table->columns = std::move(columns);
    table->comment = comment;
    table->createdMs = nowMs();
    table->uid = m_store.nextUid();
    table->vgroup = 2 + static_cast<int>(std::hash<std::string>()(name) % 2);
    TableEntry entry;
    entry.data = std::make_shared<TableData>(table->columns);
    entry.table = std::move(table);
    return database.tables.emplace(name, std::move(entry)).first->second;
}

void Writer::drop()
{
    if (m_in.takeWord("database")) {
        const bool tolerant = ifExists();
        const std::string name = m_in.expectName();
        m_in.expectEnd();
        if (!m_in.failed() && m_store.databases().erase(name) == 0 && !tolerant)
            m_in.fail(code::kDatabaseNotExist, "Database not exist");
    } else if (m_in.takeWord("user")) {
        const std::string name = m_in.expectName();
        m_in.expectEnd();
        if (!m_in.failed() && m_store.users().erase(name) == 0)
            m_in.fail(code::kUserNotExist, "User not exist");
    } else if (m_in.atWord("stable") || m_in.atWord("table")) {
        m_in.take();
        do {
            const bool tolerant = ifExists();
            const TableName name = tableName();
            Database *database = databaseOf(name);
            if (!database)
                return;
            const bool wasSuper = database->superTables.erase(name.table) > 0;
            if (wasSuper)
                std::erase_if(database->tables, [&name](const auto &e) { return e.second.table->parent && e.second.table->parent->name == name.table; });
            else if (database->tables.erase(name.table) == 0 && !tolerant)
                m_in.fail(code::kTableNotExist, "Table does not exist");
        } while (!m_in.failed() && m_in.takeSymbol(","));
        m_in.expectEnd();
    } else {
        m_in.failHere();
    }
}

} // namespace tdengine::server
