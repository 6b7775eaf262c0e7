// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/jobs.h"
#include "sandbox/query.h"
#include "sandbox/store.h"
#include "sandbox/values.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace openmldb::server {

// The rows of a running query, one after the other. Used by one thread.
class Cursor
{
public:
    Cursor(std::unique_ptr<sandbox::sqlite::Database> database, const Query &query, const std::vector<Cell> &parameters, std::stop_token stop);

    const std::vector<Column> &columns() const { return m_columns; }
    // False: the end, or a failure.
    bool next();
    const Failure &failure() const { return m_failure; }
    void appendCell(std::string &out, int column, bool isNullForNaN) const
    {
        server::appendCell(out, *m_statement, column, m_columns[static_cast<std::size_t>(column)].type, isNullForNaN);
    }

private:
    std::stop_token m_stop;
    std::unique_ptr<sandbox::sqlite::Database> m_database;
    std::vector<Column> m_columns;
    std::optional<sandbox::sqlite::Statement> m_statement;
    Failure m_failure;
};

// What a statement came to: a failure, nothing, rows of a query, or rows of texts.
struct Execution {
    Failure failure;
    std::unique_ptr<Cursor> cursor;
    std::optional<std::vector<std::vector<std::string>>> texts;
    std::size_t width = 1; // columns of the texts
};

enum class Mode { Online, OfflineSync, OfflineAsync };

struct Parameters {
    std::vector<Type> types;
    std::vector<Cell> cells;
};

// Runs statements of the dialect on the store. Safe from several threads.
class Engine
{
public:
    Engine() = default;

    Execution run(const std::string &database, const std::string &sql, const Parameters &parameters, Mode mode, std::stop_token stop);
    // One result row for each row of values, all of them columns of the procedure's input.
    Failure call(const Procedure &procedure, const std::vector<std::vector<Cell>> &rows,
        const std::function<void(const sandbox::sqlite::Statement &)> &take, const std::stop_token &stop);

    // With the sample data in it, which the first caller waits for.
    Store &store();

private:
    Execution query(TokenReader &reader, const std::string &database, const Parameters &parameters, std::stop_token stop);
    Execution offline(TokenReader &reader, const std::string &database, const std::string &sql, Mode mode, std::stop_token stop);

    Store m_store;
    std::once_flag m_filled;
    Jobs m_jobs; // ends before the store
};

// A connection to the store with the dialect's functions.
std::unique_ptr<sandbox::sqlite::Database> openData(const Store &store);

// Ends what runs there as soon as a stop is requested, also before it has begun. stop outlives the running.
void stopWith(sandbox::sqlite::Database &database, const std::stop_token &stop);

// Statements other than queries; nothing if there is no such one. With texts where they answer with rows.
std::optional<Execution> runCommand(TokenReader &reader, const std::string &database, Store &store, Jobs &jobs);
Execution showCommand(TokenReader &reader, const std::string &database, const Store &store, const Jobs &jobs);
Failure createTable(TokenReader &reader, const std::string &database, Store &store);
Failure insertRows(TokenReader &reader, const std::string &database, Store &store);
Failure insertRow(const Table &table, const std::vector<Cell> &cells, const Store &store);
Failure createProcedure(TokenReader &reader, const std::string &database, Store &store);
Failure deploy(TokenReader &reader, const std::string &database, Store &store);

// A table drawn with signs, as the server's own shell shows it.
std::string drawnTable(const std::vector<std::string> &names, const std::vector<std::vector<std::string>> &rows);

} // namespace openmldb::server
