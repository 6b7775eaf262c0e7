// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <vector>

namespace tdengine::server {

// The statements that are running, for SHOW QUERIES and KILL QUERY. Safe from several threads.
class RunningStatements
{
public:
    struct Entry {
        std::string killId;
        std::uint64_t queryId = 0;
        std::uint32_t connectionId = 0;
        std::string application;
        std::string user;
        std::string sql;
        std::int64_t startedMs = 0;
        std::int64_t startedTickUs = 0; // of the steady clock
    };

    // Lists a statement as long as it lives.
    class Ticket
    {
    public:
        Ticket(RunningStatements &list, Entry entry, sandbox::sqlite::Database &database);
        ~Ticket();
        Ticket(const Ticket &) = delete;
        Ticket &operator=(const Ticket &) = delete;

        const std::string &killId() const { return m_entry.killId; }
        bool isKilled() const { return m_isKilled; }

    private:
        friend class RunningStatements;
        RunningStatements &m_list;
        Entry m_entry;
        sandbox::sqlite::Database &m_database;
        std::atomic<bool> m_isKilled = false;
    };

    std::vector<Entry> entries() const;
    // False: there is no such statement.
    bool kill(std::string_view killId);

private:
    mutable std::mutex m_mutex;
    std::list<Ticket *> m_tickets;
    std::uint32_t m_next = 1;
};

} // namespace tdengine::server
