// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/running.h"
#include "sandbox/store.h"
#include "sandbox/translator.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace lindorm::server {

// A result as it is read. It ends early when stop is requested or the statement is killed: then failure() says so.
class Cursor
{
public:
    // entry: how SHOW PROCESSLIST lists it. Refuses what SQLite cannot prepare.
    Cursor(std::unique_ptr<sandbox::sqlite::Database> database, Translation translation, RunningStatements &list,
        RunningStatements::Entry entry, const std::stop_token &stop);

    const std::vector<OutputColumn> &columns() const { return m_translation.columns; }
    bool next();
    const std::optional<Refusal> &failure() const { return m_failure; }
    // The cell of the row that it stands at, as JSON.
    void appendCell(std::string &out, int column) const;

private:
    std::unique_ptr<sandbox::sqlite::Database> m_database;
    Translation m_translation;
    std::optional<RunningStatements::Ticket> m_ticket; // as long as rows may come
    sandbox::sqlite::Statement m_statement;
    std::stop_token m_stop;
    std::stop_callback<std::function<void()>> m_onStop;
    std::optional<Refusal> m_failure;
};

// What became of a statement: a result, or nothing, which is success.
struct Execution {
    std::unique_ptr<Cursor> cursor;
    std::optional<Refusal> failure;
};

// Runs statements of Lindorm's SQL. Safe from several threads; a statement has a connection of its own.
class Engine
{
public:
    struct Caller {
        std::string database; // where names without one are looked up
        std::string user;
        std::int64_t arrivedMs = 0; // when the request came: what SHOW PROCESSLIST tells as its start
    };

    Execution run(std::string_view statement, const Caller &caller, const std::stop_token &stop);
    // Lines of the InfluxDB line protocol. policy: WEAK, STRONG or NONE; unitNs: what times count.
    std::optional<Refusal> writeLines(std::string_view lines, const Caller &caller, const std::string &policy, std::int64_t unitNs);

    const Store &store() const { return m_store; }

private:
    Execution executed(const Statement &statement, std::string_view text, const Caller &caller, const std::stop_token &stop);
    std::unique_ptr<Cursor> read(Translation translation, std::string_view text, const Caller &caller, const std::stop_token &stop);
    void change(const Statement &statement, std::string_view text, const Caller &caller);
    void changeTable(const Statement &statement, std::string_view text, const std::string &database, const Caller &caller);
    void createTable(const Statement &statement, const std::string &database);
    void insert(const Statement &statement, std::string_view text, const std::string &database);
    void remove(const Statement &statement, std::string_view text, const Caller &caller);
    Translation listed(const Statement &statement, std::string_view text, const Caller &caller) const;
    void needPrivilege(const Statement &statement, const std::string &database, const Caller &caller) const;
    TablePtr needTable(const Statement &statement, std::string_view text, const std::string &database) const;

    Store m_store;
    RunningStatements m_running;
    std::once_flag m_filled; // with the sample data, when somebody first asks
};

// A list that is there already, as a translation whose rows are constants (texts; nothing: NULL).
Translation constantRows(std::vector<OutputColumn> columns, const std::vector<std::vector<std::optional<std::string>>> &rows);

// One row to write: columns by index, values as SQLite takes them.
struct RowValue {
    std::size_t column = 0;
    std::optional<std::string> sql; // a literal; none: NULL
};
// Writes rows with one connection; those with the same tags and time are replaced in the columns that are given. The
// writing lock is held by the caller.
void writeRows(Store &store, const std::string &database, const TablePtr &table, const std::vector<std::vector<RowValue>> &rows);

} // namespace lindorm::server
