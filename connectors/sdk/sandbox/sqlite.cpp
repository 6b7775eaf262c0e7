// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace sandbox::sqlite {

namespace {
constexpr int kStepsBetweenLooks = 5000; // of SQLite's machine: well under a millisecond
}

Database::Database()
    : Database(":memory:")
{
}

Database::Database(const std::string &file)
{
    // One thread uses it, and what another may call (interrupt) needs no lock: without any, rows go in a good deal faster.
    sqlite3_open_v2(file.c_str(), &m_handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    // Temporary results of large sorts stay in memory too: the sandbox leaves nothing on disk.
    execute("PRAGMA temp_store=MEMORY");
    sqlite3_busy_timeout(m_handle, 5000);
    const auto isInterrupted = [](void *flag) { return static_cast<const std::atomic<bool> *>(flag)->load() ? 1 : 0; };
    sqlite3_progress_handler(m_handle, kStepsBetweenLooks, isInterrupted, &m_isInterrupted);
}

Database::~Database()
{
    sqlite3_close(m_handle);
}

std::string Database::lastError() const
{
    return sqlite3_errmsg(m_handle);
}

bool Database::execute(const std::string &sql)
{
    return sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

void Database::interrupt()
{
    m_isInterrupted = true;
    sqlite3_interrupt(m_handle);
}

void Database::resume()
{
    m_isInterrupted = false;
}

Statement::Statement(Database &database, std::string_view sql)
{
    sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &m_handle, nullptr);
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

Statement::Statement(Statement &&other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
{
}

Statement::Step Statement::step()
{
    switch (sqlite3_step(m_handle)) {
    case SQLITE_ROW: return Step::Row;
    case SQLITE_DONE: return Step::Done;
    case SQLITE_INTERRUPT: return Step::Interrupted;
    default: return Step::Failed;
    }
}

Statement::Kind Statement::kind(int column) const
{
    switch (sqlite3_column_type(m_handle, column)) {
    case SQLITE_INTEGER: return Kind::Integer;
    case SQLITE_FLOAT: return Kind::Real;
    case SQLITE_TEXT: return Kind::Text;
    case SQLITE_BLOB: return Kind::Blob;
    default: return Kind::Null;
    }
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_handle, column);
}

std::string_view Statement::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_handle, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)))
                : std::string_view();
}

void Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_handle, parameter, value);
}

void Statement::bind(int parameter, double value)
{
    sqlite3_bind_double(m_handle, parameter, value);
}

void Statement::bind(int parameter, std::string_view text)
{
    sqlite3_bind_text64(m_handle, parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_handle, parameter);
}

void Statement::reset()
{
    sqlite3_reset(m_handle);
}

} // namespace sandbox::sqlite
