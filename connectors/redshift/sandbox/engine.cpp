// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/sqlfunctions.h"

#include <sqlite3.h>

namespace redshift::server {

namespace {

using Step = sandbox::sqlite::Statement::Step;

constexpr std::size_t kPageRows = 5000;
constexpr std::size_t kPageBytes = std::size_t(1) << 20;
constexpr std::int64_t kMostResult = std::int64_t(100) << 20; // as the service's

} // namespace

std::unique_ptr<sandbox::sqlite::Database> Engine::open()
{
    std::call_once(m_isFilled, [this] { fill(); });
    auto handle = m_file->open();
    addFunctions(*handle);
    Warehouse::prepareSession(*handle);
    return handle;
}

void Engine::fill()
{
    m_file = std::make_unique<sandbox::DataFile>();
    auto handle = m_file->open();
    addFunctions(*handle);
    Warehouse::prepare(*handle);
    fillSamples(*handle);
}

std::unique_ptr<Connection> Engine::connect(const std::string &database)
{
    return std::make_unique<Connection>(open(), database);
}

Connection::Connection(std::unique_ptr<sandbox::sqlite::Database> handle, std::string database)
    : m_handle(std::move(handle))
    , m_database(std::move(database))
{
}

Execution Connection::run(std::string_view text, const Parameters &parameters, std::stop_token stop)
{
    m_handle->resume(); // a session's connection outlives a statement that was stopped
    const std::stop_callback interruption(stop, [this] { m_handle->interrupt(); });
    Execution execution = Executor(*this, text, parameters).run();
    execution.isAborted = stop.stop_requested() && execution.failure;
    return execution;
}

Executor::Executor(Connection &connection, std::string_view text, const Parameters &parameters)
    : m_connection(connection)
    , m_database(*connection.m_handle)
    , m_warehouse(m_database)
    , m_parser(text, m_warehouse, connection.m_database, parameters)
{
}

Execution Executor::run()
{
    using Action = void (Executor::*)();
    const std::pair<const char *, Action> actions[] = {{"select", &Executor::select}, {"with", &Executor::select},
        {"values", &Executor::select}, {"insert", &Executor::insert}, {"update", &Executor::update}, {"delete", &Executor::remove},
        {"create", &Executor::create}, {"drop", &Executor::drop}, {"truncate", &Executor::truncate}, {"alter", &Executor::alterTable},
        {"begin", &Executor::transaction}, {"start", &Executor::transaction}, {"commit", &Executor::transaction},
        {"end", &Executor::transaction}, {"rollback", &Executor::transaction}, {"abort", &Executor::transaction},
        {"show", &Executor::show}, {"set", &Executor::setOption}, {"reset", &Executor::setOption}};
    Action action = m_parser.isSymbol("(") ? &Executor::select : nullptr;
    for (const auto &[word, candidate] : actions) {
        if (m_parser.isWord(word))
            action = candidate;
    }
    if (action) {
        (this->*action)();
    } else if (m_parser.takeWord("analyze") || m_parser.takeWord("vacuum")) {
        // There is nothing to be tidied up.
    } else {
        for (const char *word : {"copy", "unload", "explain", "grant", "revoke", "merge", "call", "refresh"}) {
            if (m_parser.isWord(word))
                m_parser.fail(std::string(word) + " is not supported by the sandbox");
        }
        m_parser.failHere();
    }
    if (m_parser.failure())
        m_execution.failure = m_parser.failure();
    if (m_execution.failure) {
        m_execution.hasResultSet = false;
        m_execution.pages.clear();
    }
    return std::move(m_execution);
}

void Executor::expectEnd()
{
    if (!m_parser.failure() && !m_parser.isAtEnd())
        m_parser.failHere();
}

void Executor::failBySqlite()
{
    std::string message = m_database.lastError();
    constexpr std::string_view kNotNull = "NOT NULL constraint failed: ";
    if (message.starts_with(kNotNull))
        message = "Cannot insert a NULL value into column " + message.substr(message.rfind('.') + 1);
    else if (message == "database is locked")
        message = "could not complete because of conflict with concurrent transaction";
    m_execution.failure = SqlFailure{message, 0};
}

bool Executor::execute(const std::string &sql)
{
    if (m_parser.failure() || m_execution.failure)
        return false;
    if (m_database.execute(sql))
        return true;
    failBySqlite();
    return false;
}

void Executor::change(const std::string &sql)
{
    if (execute(sql))
        m_execution.rows = sqlite3_changes64(m_database.handle());
}

void Executor::select()
{
    Query query = m_parser.query();
    if (m_parser.takeWord("into"))
        m_parser.fail("SELECT INTO is not supported by the sandbox");
    expectEnd();
    if (m_parser.failure())
        return;
    m_execution.columns = std::move(query.columns);
    collect(query.sql);
}

void Executor::collect(const std::string &sql)
{
    sandbox::sqlite::Statement rows(m_database, sql);
    if (!rows.isValid()) {
        failBySqlite();
        return;
    }
    m_execution.hasResultSet = true;
    m_execution.rows = 0;
    std::string page = "[";
    std::size_t pageRows = 0;
    Step step = rows.step();
    for (; step == Step::Row; step = rows.step()) {
        page += pageRows++ == 0 ? "[" : ",[";
        for (std::size_t i = 0; i < m_execution.columns.size(); ++i) {
            page += i == 0 ? "" : ",";
            appendField(page, rows, static_cast<int>(i), m_execution.columns[i].type);
        }
        page += ']';
        ++m_execution.rows;
        if (pageRows < kPageRows && page.size() < kPageBytes)
            continue;
        m_execution.bytes += static_cast<std::int64_t>(page.size());
        m_execution.pages.push_back(page + ']');
        page = "[";
        pageRows = 0;
        if (m_execution.bytes > kMostResult) {
            m_execution.failure = SqlFailure{"The result is larger than 100 MB", 0};
            return;
        }
    }
    if (step != Step::Done)
        failBySqlite();
    m_execution.bytes += static_cast<std::int64_t>(page.size());
    if (pageRows > 0 || m_execution.pages.empty())
        m_execution.pages.push_back(page + ']');
}

void Executor::giveText(const std::string &name, const std::string &value)
{
    m_execution.columns = {{name, {SqlType::Kind::Varchar, 0, 0}, {}, {}, {}}};
    collect("SELECT " + quotedText(value));
}

void Executor::show()
{
    m_parser.skipToken();
    const std::string name = m_parser.name();
    expectEnd();
    if (m_parser.failure())
        return;
    if (name == "search_path")
        giveText(name, "\"$user\", public");
    else if (name == "timezone")
        giveText(name, "UTC");
    else if (name == "server_version")
        giveText(name, "8.0.2");
    else
        m_parser.fail("unrecognized configuration parameter \"" + name + '"', false);
}

// Taken and without effect: the sandbox has nothing to set.
void Executor::setOption()
{
    while (!m_parser.isAtEnd())
        m_parser.skipToken();
}

void Executor::transaction()
{
    const bool isBegin = m_parser.takeWord("begin") || m_parser.takeWord("start");
    const bool isRollback = !isBegin && (m_parser.takeWord("rollback") || m_parser.takeWord("abort"));
    if (!isBegin && !isRollback)
        m_parser.skipToken();
    if (!m_parser.takeWord("transaction"))
        m_parser.takeWord("work");
    expectEnd();
    if (isBegin == m_connection.m_isInTransaction)
        return; // a warning of the server's
    if (execute(isBegin ? "BEGIN" : isRollback ? "ROLLBACK" : "COMMIT"))
        m_connection.m_isInTransaction = isBegin;
}

} // namespace redshift::server
