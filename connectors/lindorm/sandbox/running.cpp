// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/running.h"

#include <QUuid>

namespace lindorm::server {

RunningStatements::Ticket::Ticket(RunningStatements &list, Entry entry, sandbox::sqlite::Database &database)
    : m_list(list)
    , m_entry(std::move(entry))
    , m_database(database)
{
    m_entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    const std::lock_guard lock(m_list.m_mutex);
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

bool RunningStatements::kill(std::string_view id)
{
    const std::lock_guard lock(m_mutex);
    for (Ticket *ticket : m_tickets) {
        if (ticket->m_entry.id != id)
            continue;
        ticket->m_isKilled = true;
        ticket->m_database.interrupt();
        return true;
    }
    return false;
}

} // namespace lindorm::server
