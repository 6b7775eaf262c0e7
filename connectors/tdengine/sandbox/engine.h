// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/functions.h"
#include "sandbox/lexer.h"
#include "sandbox/running.h"
#include "sandbox/sqlite.h"
#include "sandbox/store.h"
#include "sandbox/translator.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace tdengine::server {

// The rows of a running query, one after the other. Used by one thread.
class Cursor
{
public:
    Cursor(Plan plan, const Context &context, RunningStatements &running, std::string sql, std::stop_token stop);
    ~Cursor();

    const std::vector<Column> &columns() const { return m_plan.columns; }
    // False: the end, or a failure.
    bool next();
    const Failure &failure() const { return m_failure; }
    // The cell of the current row as JSON.
    void appendCell(std::string &out, int column, const Zone &zone) const;

private:
    static int isOver(void *cursor);

    Plan m_plan;
    FunctionContext m_functions;
    sandbox::sqlite::Database m_database;
    std::optional<RunningStatements::Ticket> m_ticket;
    std::optional<sandbox::sqlite::Statement> m_statement;
    std::stop_token m_stop;
    Failure m_failure;
};

// What a statement came to: a failure, a number of rows that it changed, or rows.
struct Execution {
    Failure failure;
    std::int64_t affectedRows = 0;
    std::unique_ptr<Cursor> cursor;
};

// Runs statements of the dialect on the store. Safe from several threads.
class Engine
{
public:
    Engine();

    Execution run(std::string_view sql, const Context &context, std::stop_token stop);

    Store &store() { return m_store; }
    RunningStatements &running() { return m_running; }
    FoundRelation find(const std::string &database, const std::string &table, Failure &failure);

private:
    Execution runQuery(TokenReader &reader, std::string_view sql, const Context &context, std::stop_token stop);
    Execution runText(const std::string &sql, std::string_view shown, const Context &context, std::stop_token stop);
    Execution show(TokenReader &reader, std::string_view sql, const Context &context, std::stop_token stop);
    Execution showCreate(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop);
    Execution createToken(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop);
    Execution describe(TokenReader &reader, const Context &context, std::string_view sql, std::stop_token stop);
    Execution rows(std::vector<Column> columns, std::vector<std::vector<Cell>> cells, const Context &context, std::string_view sql,
        std::stop_token stop);

    Store m_store;
    RunningStatements m_running;
};

} // namespace tdengine::server
