// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace lindorm::server {

// The statements that are running, for SHOW PROCESSLIST and KILL QUERY. Safe from several threads.
class RunningStatements
{
public:
    struct Entry {
        std::string id;
        std::string user;
        std::string database;
        std::string type; // SELECT, CREATE, …
        std::int64_t createdMs = 0;
        std::string sql;
    };

    // Lists a statement as long as it lives.
    class Ticket
    {
    public:
        Ticket(RunningStatements &list, Entry entry, sandbox::sqlite::Database &database);
        ~Ticket();
        Ticket(const Ticket &) = delete;
        Ticket &operator=(const Ticket &) = delete;

        const Entry &entry() const { return m_entry; }
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
    bool kill(std::string_view id);

private:
    mutable std::mutex m_mutex;
    std::list<Ticket *> m_tickets;
};

} // namespace lindorm::server
