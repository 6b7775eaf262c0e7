// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/datafile.h"
#include "sandbox/parser.h"

#include <memory>
#include <stop_token>

namespace redshift::server {

// What came of one statement. The rows stand in pages, each the text of a Records array.
struct Execution {
    bool hasResultSet = false;
    std::vector<Output> columns;
    std::vector<std::string> pages;
    std::int64_t rows = -1; // in the result, or affected; -1: unknown
    std::int64_t bytes = 0;
    bool isAborted = false;
    std::optional<SqlFailure> failure;
};

// A connection to a database: what a statement runs in, or several of a batch or a session.
class Connection
{
public:
    Connection(std::unique_ptr<sandbox::sqlite::Database> handle, std::string database);

    Execution run(std::string_view text, const Parameters &parameters, std::stop_token stop);

private:
    friend class Executor;

    std::unique_ptr<sandbox::sqlite::Database> m_handle;
    std::string m_database;
    bool m_isInTransaction = false;
};

// The data, made when it is first needed, and connections to it. Thread-safe.
class Engine
{
public:
    std::unique_ptr<Connection> connect(const std::string &database);
    std::unique_ptr<sandbox::sqlite::Database> open();

private:
    void fill();

    std::once_flag m_isFilled;
    std::unique_ptr<sandbox::DataFile> m_file;
};

// The sample tables; called once for a file.
void fillSamples(sandbox::sqlite::Database &database);

// Runs one statement: reads it, does it, collects what comes.
class Executor
{
public:
    Executor(Connection &connection, std::string_view text, const Parameters &parameters);

    Execution run();

private:
    void select();
    void insert();
    void update();
    void remove();
    void create();
    void createTable(bool isTemporary);
    void createTableAs(Relation place);
    Column columnDefinition(std::string *constraint);
    void skipTableAttributes();
    void createView(bool replaces);
    void createSchema();
    void drop();
    void truncate();
    void alterTable();
    void transaction();
    void show();
    void setOption();
    bool explains(std::string_view word);

    std::optional<Relation> table(const std::vector<std::string> &parts, std::size_t start);
    bool execute(const std::string &sql);
    void change(const std::string &sql);
    void collect(const std::string &sql);
    void giveText(const std::string &name, const std::string &value);
    void expectEnd();
    void failBySqlite();

    Connection &m_connection;
    sandbox::sqlite::Database &m_database;
    Warehouse m_warehouse;
    Parser m_parser;
    Execution m_execution;
};

} // namespace redshift::server
