// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace redshift {

// The statement sessions that the service keeps for us, one a database: temporary tables, SET and transactions live
// there, and one statement at a time runs in each. Thread-safe.
class StatementSessions
{
public:
    explicit StatementSessions(int keepAliveSeconds)
        : m_keepAliveSeconds(keepAliveSeconds)
    {
    }

    // The right to run a statement in the session of one database, given back on destruction.
    class Turn
    {
    public:
        Turn(StatementSessions *owner, std::string database)
            : m_owner(owner)
            , m_database(std::move(database))
        {
        }
        ~Turn();
        Turn(Turn &&other) noexcept
            : m_owner(std::exchange(other.m_owner, nullptr))
            , m_database(std::move(other.m_database))
        {
        }
        Turn &operator=(Turn &&) = delete;

        std::string id() const; // empty: none yet, or no sessions are wished
        void setId(const std::string &id); // empty: it is gone

    private:
        StatementSessions *m_owner; // nullptr: no sessions are wished
        std::string m_database;
    };

    // Waits for one's turn; nothing once stop is requested.
    std::optional<Turn> take(const std::string &database, std::stop_token stop);
    int keepAliveSeconds() const { return m_keepAliveSeconds; }

private:
    struct Slot {
        bool isBusy = false;
        std::string id;
    };

    const int m_keepAliveSeconds;
    std::mutex m_mutex;
    std::condition_variable_any m_freed;
    std::map<std::string, Slot> m_slots; // by database
};

} // namespace redshift
