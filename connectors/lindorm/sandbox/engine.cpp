// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/functions.h"
#include "sandbox/jsontext.h"
#include "sandbox/parser.h"

#include <cmath>

namespace lindorm::server {

namespace {

constexpr int kEvaluation = 9001; // of the range that is Lindorm's own

std::string firstWordOf(std::string_view statement)
{
    const std::size_t begin = statement.find_first_not_of(" \t\r\n(");
    if (begin == std::string_view::npos)
        return {};
    const std::size_t end = std::min(statement.find_first_of(" \t\r\n(", begin), statement.size());
    return upperText(statement.substr(begin, end - begin));
}

} // namespace

Cursor::Cursor(std::unique_ptr<sandbox::sqlite::Database> database, Translation translation, RunningStatements &list,
    RunningStatements::Entry entry, const std::stop_token &stop)
    : m_database(std::move(database))
    , m_translation(std::move(translation))
    , m_ticket(std::in_place, list, std::move(entry), *m_database)
    , m_statement(*m_database, m_translation.sql)
    , m_stop(stop)
    , m_onStop(stop, [this] { m_database->interrupt(); })
{
    if (!m_statement.isValid())
        refuse(kEvaluation, "HY000", m_database->lastError());
}

bool Cursor::next()
{
    using Step = sandbox::sqlite::Statement::Step;
    if (!m_ticket)
        return false;
    // A kill between two steps must not be missed: SQLite forgets an interrupt that nothing was running for.
    const bool isToEnd = m_ticket->isKilled() || m_stop.stop_requested();
    const Step step = m_failure ? Step::Done : isToEnd ? Step::Interrupted : m_statement.step();
    if (step == Step::Row)
        return true;
    if (step == Step::Interrupted)
        m_failure = Refusal{code::kKilled, "70100", "Query '" + m_ticket->entry().id + "' was killed"};
    else if (step == Step::Failed)
        m_failure = Refusal{kEvaluation, "HY000", m_database->lastError()};
    m_ticket.reset(); // whoever has read the end of the answer no longer finds the statement in the list
    return false;
}

void Cursor::appendCell(std::string &out, int column) const
{
    using Kind = sandbox::sqlite::Statement::Kind;
    const Type type = m_translation.columns[static_cast<std::size_t>(column)].type;
    switch (m_statement.kind(column)) {
    case Kind::Null:
        out += "null";
        break;
    case Kind::Integer:
        if (type == Type::Boolean)
            out += m_statement.integer(column) != 0 ? "true" : "false";
        else
            out += std::to_string(m_statement.integer(column));
        break;
    case Kind::Real:
        appendReal(out, m_statement.real(column));
        break;
    default:
        appendText(out, m_statement.bytes(column));
        break;
    }
}

Execution Engine::run(std::string_view statement, const Caller &caller, const std::stop_token &stop)
{
    std::call_once(m_filled, [this] { fillSamples(m_store); });
    Execution execution;
    try {
        execution = executed(Parser(statement).statement(), statement, caller, stop);
    } catch (Refusal &refusal) {
        execution.failure = std::move(refusal);
    }
    return execution;
}

Execution Engine::executed(const Statement &statement, std::string_view text, const Caller &caller, const std::stop_token &stop)
{
    using Kind = Statement::Kind;
    Execution execution;
    if (statement.kind == Kind::Select) {
        execution.cursor = read(Translator(m_store, text, caller.database, caller.user).select(statement.select), text, caller, stop);
    } else if (statement.kind >= Kind::DescribeTable) {
        execution.cursor = read(listed(statement, text, caller), text, caller, stop);
    } else if (statement.kind == Kind::Kill) {
        if (!m_running.kill(statement.name))
            refuse(kEvaluation, "HY000", "Query '" + statement.name + "' not found");
    } else {
        change(statement, text, caller);
    }
    return execution;
}

std::unique_ptr<Cursor> Engine::read(
    Translation translation, std::string_view text, const Caller &caller, const std::stop_token &stop)
{
    auto database = m_store.file().open();
    addFunctions(*database);
    RunningStatements::Entry entry{{}, caller.user, caller.database, firstWordOf(text), caller.arrivedMs, std::string(text)};
    return std::make_unique<Cursor>(std::move(database), std::move(translation), m_running, std::move(entry), stop);
}

} // namespace lindorm::server
