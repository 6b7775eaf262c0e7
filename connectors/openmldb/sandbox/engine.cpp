// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/functions.h"
#include "sandbox/samples.h"

#include <sqlite3.h>

namespace openmldb::server {

namespace {

using sandbox::sqlite::Statement;

// What an offline job prints.
constexpr std::size_t kRowsDrawn = 100;
constexpr int kStepsBetweenLooks = 1000;

std::vector<std::vector<std::string>> rowsOf(Cursor &cursor, std::size_t most)
{
    std::vector<std::vector<std::string>> rows;
    while (rows.size() < most && cursor.next()) {
        std::vector<std::string> row;
        for (int i = 0; i < static_cast<int>(cursor.columns().size()); ++i)
            cursor.appendCell(row.emplace_back(), i, false);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::unique_ptr<sandbox::sqlite::Database> openData(const Store &store)
{
    auto database = store.data().open();
    addFunctions(*database);
    return database;
}

void stopWith(sandbox::sqlite::Database &database, const std::stop_token &stop)
{
    // An interrupt would be lost on a statement that has not begun.
    const auto isOver = [](void *token) { return static_cast<const std::stop_token *>(token)->stop_requested() ? 1 : 0; };
    sqlite3_progress_handler(database.handle(), kStepsBetweenLooks, isOver, const_cast<std::stop_token *>(&stop));
}

Cursor::Cursor(
    std::unique_ptr<sandbox::sqlite::Database> database, const Query &query, const std::vector<Cell> &parameters, std::stop_token stop)
    : m_stop(std::move(stop))
    , m_database(std::move(database))
    , m_columns(query.columns)
{
    m_statement.emplace(*m_database, query.sql);
    if (!m_statement->isValid()) {
        m_failure = {kPlanError, "Fail to transform plan: " + m_database->lastError()};
        return;
    }
    for (std::size_t i = 0; i < parameters.size(); ++i)
        bind(*m_statement, static_cast<int>(i + 1), parameters[i]);
    stopWith(*m_database, m_stop);
}

bool Cursor::next()
{
    if (m_failure)
        return false;
    switch (m_statement->step()) {
    case Statement::Step::Row:
        return true;
    case Statement::Step::Done:
        break;
    case Statement::Step::Interrupted:
        m_failure = {kRunError, "request canceled"};
        break;
    case Statement::Step::Failed:
        m_failure = {kRunError, m_database->lastError()};
        break;
    }
    return false;
}

Store &Engine::store()
{
    std::call_once(m_filled, [this] { addSamples(m_store); });
    return m_store;
}

Execution Engine::query(TokenReader &reader, const std::string &database, const Parameters &parameters, std::stop_token stop)
{
    Execution execution;
    const QueryTranslator::Settings settings{database, parameters.types, nullptr};
    const Query query = QueryTranslator(reader, store(), settings).translate();
    if (reader.is("INTO"))
        reader.fail(kCommandError, "SELECT INTO OUTFILE needs a cluster: this is a sandbox");
    if (reader.take("CONFIG"))
        reader.skipParentheses();
    reader.expectEnd();
    if (!reader.failure() && reader.parameterCount() != static_cast<int>(parameters.types.size()))
        reader.fail(kPlanError, "parameter count mismatch: " + std::to_string(reader.parameterCount()) + " in sql, "
                + std::to_string(parameters.types.size()) + " given");
    execution.failure = reader.failure();
    if (execution.failure)
        return execution;
    execution.cursor = std::make_unique<Cursor>(openData(store()), query, parameters.cells, std::move(stop));
    execution.failure = execution.cursor->failure();
    return execution;
}

Execution Engine::run(
    const std::string &database, const std::string &sql, const Parameters &parameters, Mode mode, std::stop_token stop)
{
    TokenReader reader(sql);
    if (!reader.failure() && reader.atEnd())
        reader.fail(kSyntaxError, "Syntax error: Unexpected end of statement [at 1:1]");
    if (reader.isAny({"SELECT", "WITH"}))
        return mode == Mode::Online ? query(reader, database, parameters, std::move(stop)) : offline(reader, database, sql, mode, std::move(stop));
    if (auto done = runCommand(reader, database, store(), m_jobs)) {
        if (reader.failure())
            done->failure = reader.failure();
        return std::move(*done);
    }
    Execution execution;
    reader.failHere("Unexpected " + reader.shown());
    execution.failure = reader.failure();
    return execution;
}

// Waiting: the output as one text. Not waiting: the job's entry.
Execution Engine::offline(TokenReader &reader, const std::string &database, const std::string &sql, Mode mode, std::stop_token stop)
{
    if (mode == Mode::OfflineSync) {
        Execution execution = query(reader, database, {}, std::move(stop));
        if (execution.failure)
            return execution;
        std::vector<std::string> names;
        for (const Column &column : execution.cursor->columns())
            names.push_back(column.name);
        const auto rows = rowsOf(*execution.cursor, kRowsDrawn);
        execution.failure = execution.cursor->failure();
        execution.cursor.reset();
        if (!execution.failure)
            execution.texts = {{drawnTable(names, rows)}};
        return execution;
    }
    const int id = m_jobs.start([this, database, sql](std::stop_token jobStop) {
        TokenReader own(sql);
        Execution execution = query(own, database, {}, std::move(jobStop));
        if (execution.failure)
            return execution.failure;
        while (execution.cursor->next()) {
        }
        return execution.cursor->failure();
    });
    Execution execution;
    execution.texts = m_jobs.rows(id);
    execution.width = 9;
    return execution;
}

Failure Engine::call(const Procedure &procedure, const std::vector<std::vector<Cell>> &rows,
    const std::function<void(const Statement &)> &take, const std::stop_token &stop)
{
    TokenReader reader(procedure.query);
    const QueryTranslator::Settings settings{procedure.database, {}, &procedure.input};
    const Query query = QueryTranslator(reader, store(), settings).translate();
    if (reader.failure())
        return reader.failure();
    std::string names;
    for (std::size_t i = 0; i < query.columns.size(); ++i)
        names += "\"" + std::to_string(i) + "\",";
    const auto database = openData(store());
    stopWith(*database, stop);
    Statement statement(*database, "WITH \"#r\"(" + names + "\"#request\") AS (" + query.sql + ") SELECT * FROM \"#r\" WHERE \"#request\" = 1");
    if (!statement.isValid())
        return {kRunError, database->lastError()};
    for (const std::vector<Cell> &row : rows) {
        statement.reset();
        for (std::size_t i = 0; i < row.size(); ++i)
            bind(statement, static_cast<int>(i + 1), row[i]);
        if (statement.step() != Statement::Step::Row)
            return {kRunError, "call procedure failed: " + database->lastError()};
        take(statement);
    }
    return {};
}

} // namespace openmldb::server
