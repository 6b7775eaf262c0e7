// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/lexer.h"
#include "sandbox/parser.h"
#include "sandbox/store.h"
#include "sandbox/translator.h"

namespace tdengine::server {

// Statements that change the store: CREATE, DROP, ALTER, INSERT, DELETE, USE. Failures are left in the reader.
class Writer
{
public:
    Writer(Store &store, TokenReader &reader, const Context &context);

    bool isMine() const;
    // The number of rows that it changed.
    std::int64_t run();

private:
    struct TableName {
        std::string database;
        std::string table;
    };
    struct ChildOptions {
        std::shared_ptr<const SuperTable> parent;
        std::vector<Cell> tags;
    };

    void create();
    void createDatabase();
    void createUser();
    void createStable();
    void createTables();
    void createTable();
    void drop();
    void alter();
    void use();
    std::int64_t insert();
    std::int64_t insertInto();
    std::int64_t insertRows(Database &database, const TableName &name, TableEntry *entry, const std::vector<Column> &columns);
    std::int64_t deleteRows();

    TableName tableName();
    Database *databaseOf(const TableName &name);
    std::vector<Column> columnList(Precision precision);
    void tableOptions(std::string &comment);
    std::optional<ChildOptions> usingClause(Database &database, const TableName &child);
    TableEntry &addTable(Database &database, const std::string &name, std::vector<Column> columns, const ChildOptions &options,
        const std::string &comment);
    bool ifNotExists();
    bool ifExists();
    Cell value(const Column &column, Precision precision);
    Cell literal(const Column &column, Precision precision, const Token &token, bool negative);
    Cell time(const Column &column, Precision precision);
    void refuse(const Token &token, const std::string &why);

    Store &m_store;
    TokenReader &m_in;
    Parser m_parser;
    const Context &m_context;
    Translator m_constants;
    std::vector<std::pair<TableEntry *, std::vector<Cell>>> m_pending; // of INSERT
};

} // namespace tdengine::server
