// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace sandbox::sqlite {

// A connection that one statement of the sandbox runs in: to a database of its own in memory, where nothing is shared
// but what modules and functions point to, or to a file (see DataFile). Used by one thread, but for interrupt().
class ONDO_EXPORT Database
{
public:
    Database();
    explicit Database(const std::string &file);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    sqlite3 *handle() const { return m_handle; }
    std::string lastError() const;
    // Runs statements that give no rows. False: see lastError().
    bool execute(const std::string &sql);
    // Ends the running statement, and each that begins before resume(): SQLite's own interrupt is lost on a statement
    // that has not begun. From any thread.
    void interrupt();
    void resume();

private:
    sqlite3 *m_handle = nullptr;
    std::atomic<bool> m_isInterrupted = false;
};

// A prepared statement and the row that it stands at. It must go before its database.
class ONDO_EXPORT Statement
{
public:
    Statement(Database &database, std::string_view sql);
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    // False: the SQL is refused; see Database::lastError().
    bool isValid() const { return m_handle != nullptr; }

    enum class Step { Row, Done, Interrupted, Failed };
    Step step();

    enum class Kind { Null, Integer, Real, Text, Blob };
    Kind kind(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view bytes(int column) const; // of text and blob; valid until the next step

    void bind(int parameter, std::int64_t value); // parameters count from 1
    void bind(int parameter, double value);
    void bind(int parameter, std::string_view text);
    void bindNull(int parameter);
    void reset();

private:
    sqlite3_stmt *m_handle = nullptr;
};

} // namespace sandbox::sqlite
