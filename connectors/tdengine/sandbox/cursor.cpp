// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/jsontext.h"

#include <sqlite3.h>

#include <cmath>

namespace tdengine::server {

namespace {

// How many of SQLite's steps go by between two looks whether the statement is still wanted: a fraction of a millisecond.
constexpr int kStepsBetweenLooks = 20000;

} // namespace

Cursor::Cursor(Plan plan, const Context &context, RunningStatements &running, std::string sql, std::stop_token stop)
    : m_plan(std::move(plan))
    , m_functions{context.zone, &m_plan.windows}
    , m_stop(std::move(stop))
{
    RunningStatements::Entry entry;
    entry.application = context.application;
    entry.user = context.user;
    entry.sql = std::move(sql);
    m_ticket.emplace(running, std::move(entry), m_database);
    sqlite3 *handle = m_database.handle();
    for (const RelationModule &module : m_plan.relations)
        registerRelation(handle, module);
    registerWindows(handle, m_plan.windows);
    registerScalarFunctions(handle, m_functions);
    registerAggregates(handle);
    m_database.execute("PRAGMA case_sensitive_like=ON");
    sqlite3_progress_handler(handle, kStepsBetweenLooks, &Cursor::isOver, this);
    m_statement.emplace(m_database, m_plan.sql);
    if (!m_statement->isValid())
        m_failure = {code::kParserInternal, "Parser internal error: " + m_database.lastError()};
}

Cursor::~Cursor()
{
    // The ticket can interrupt the database until it is gone.
    m_ticket.reset();
}

int Cursor::isOver(void *cursor)
{
    const auto *self = static_cast<const Cursor *>(cursor);
    return self->m_stop.stop_requested() || self->m_ticket->isKilled();
}

bool Cursor::next()
{
    if (m_failure.code != 0 || !m_ticket)
        return false;
    using Step = sandbox::sqlite::Statement::Step;
    const bool isToEnd = m_ticket->isKilled() || m_stop.stop_requested();
    const Step step = isToEnd ? Step::Interrupted : m_statement->step();
    if (step == Step::Row)
        return true;
    if (step == Step::Interrupted)
        m_failure = {code::kQueryKilled, "Query killed"};
    else if (step == Step::Failed)
        m_failure = {code::kParserInternal, m_database.lastError()};
    m_ticket.reset(); // whoever has read the end of the answer no longer finds the statement in the list
    return false;
}

void Cursor::appendCell(std::string &out, int column, const Zone &zone) const
{
    using Kind = sandbox::sqlite::Statement::Kind;
    const DataType &type = m_plan.columns[static_cast<std::size_t>(column)].type;
    const Kind kind = m_statement->kind(column);
    if (kind == Kind::Null) {
        out += "null";
    } else if (type.type == Type::Bool) {
        out += m_statement->integer(column) ? "true" : "false";
    } else if (type.type == Type::Timestamp) {
        out += '"';
        appendTimestamp(out, m_statement->integer(column), type.precision, zone);
        out += '"';
    } else if (type.type == Type::Float && kind != Kind::Text) {
        appendFloat(out, static_cast<float>(m_statement->real(column)));
    } else if (type.type == Type::Double) {
        appendDouble(out, m_statement->real(column));
    } else if (type.type == Type::UBigInt && kind == Kind::Text) {
        out += std::to_string(unsignedValue(Cell(std::string(m_statement->bytes(column)))));
    } else if (type.isInteger()) {
        out += std::to_string(m_statement->integer(column));
    } else if (type.type == Type::Decimal) {
        const std::string_view text = m_statement->bytes(column);
        appendJsonString(out, decimalText(text, type.scale).value_or(std::string(text)));
    } else if (type.type == Type::Json) {
        out += m_statement->bytes(column);
    } else if (type.isBytes()) {
        out += '"';
        appendHex(out, m_statement->bytes(column));
        out += '"';
    } else {
        appendJsonString(out, m_statement->bytes(column));
    }
}

} // namespace tdengine::server
