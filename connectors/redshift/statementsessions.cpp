// SPDX-License-Identifier: GPL-3.0-or-later
#include "statementsessions.h"

namespace redshift {

std::optional<StatementSessions::Turn> StatementSessions::take(const std::string &database, std::stop_token stop)
{
    if (m_keepAliveSeconds == 0)
        return Turn(nullptr, database);
    std::unique_lock lock(m_mutex);
    Slot &slot = m_slots[database];
    if (!m_freed.wait(lock, stop, [&slot] { return !slot.isBusy; }))
        return std::nullopt;
    slot.isBusy = true;
    return Turn(this, database);
}

StatementSessions::Turn::~Turn()
{
    if (!m_owner)
        return;
    {
        const std::lock_guard lock(m_owner->m_mutex);
        m_owner->m_slots[m_database].isBusy = false;
    }
    m_owner->m_freed.notify_all();
}

std::string StatementSessions::Turn::id() const
{
    if (!m_owner)
        return {};
    const std::lock_guard lock(m_owner->m_mutex);
    return m_owner->m_slots[m_database].id;
}

void StatementSessions::Turn::setId(const std::string &id)
{
    if (!m_owner)
        return;
    const std::lock_guard lock(m_owner->m_mutex);
    m_owner->m_slots[m_database].id = id;
}

} // namespace redshift
