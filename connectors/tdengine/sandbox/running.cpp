// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/running.h"

#include <chrono>

namespace tdengine::server {

RunningStatements::Ticket::Ticket(RunningStatements &list, Entry entry, sandbox::sqlite::Database &database)
    : m_list(list)
    , m_entry(std::move(entry))
    , m_database(database)
{
    using namespace std::chrono;
    m_entry.startedMs = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    m_entry.startedTickUs = duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
    const std::lock_guard lock(m_list.m_mutex);
    m_entry.connectionId = 0x1000 + m_list.m_next;
    m_entry.queryId = (std::uint64_t(m_list.m_next) << 20) + 1;
    char id[32];
    std::snprintf(id, sizeof id, "%x:%x", m_entry.connectionId, m_list.m_next);
    m_entry.killId = id;
    ++m_list.m_next;
    m_list.m_tickets.push_back(this);
}

RunningStatements::Ticket::~Ticket()
{
    const std::lock_guard lock(m_list.m_mutex);
    m_list.m_tickets.remove(this);
}

std::vector<RunningStatements::Entry> RunningStatements::entries() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Entry> all;
    for (const Ticket *ticket : m_tickets)
        all.push_back(ticket->m_entry);
    return all;
}

bool RunningStatements::kill(std::string_view killId)
{
    const std::lock_guard lock(m_mutex);
    for (Ticket *ticket : m_tickets) {
        if (ticket->m_entry.killId != killId)
            continue;
        ticket->m_isKilled = true;
        ticket->m_database.interrupt();
        return true;
    }
    return false;
}

} // namespace tdengine::server
