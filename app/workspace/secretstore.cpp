// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretstore.h"

namespace workspace {

SecretKeeper::SecretKeeper(std::unique_ptr<SecretStore> keychain, Warning warning)
    : m_keychain(std::move(keychain))
    , m_warning(std::move(warning))
{
}

SecretKeeper::Place SecretKeeper::keep(const std::string &connection, const std::string &field, const core::Secret &secret)
{
    const auto kept = keepForGood(connection, field, secret);
    if (kept)
        return Place::Keychain;
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        m_ofThisRun[{connection, field}] = secret;
        isFirst = !std::exchange(m_hasWarned, true);
    }
    if (isFirst && m_warning)
        m_warning(kept.error());
    return Place::ThisRun;
}

core::Result<void> SecretKeeper::keepForGood(const std::string &connection, const std::string &field, const core::Secret &secret)
{
    auto written = m_keychain->write(connection, field, secret);
    if (!written)
        return written;
    const std::lock_guard lock(m_mutex);
    m_ofThisRun.erase({connection, field});
    return {};
}

core::Result<core::Secret> SecretKeeper::find(const std::string &connection, const std::string &field)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_ofThisRun.find({connection, field}); found != m_ofThisRun.end())
            return found->second;
    }
    return m_keychain->read(connection, field);
}

core::Result<void> SecretKeeper::forget(const std::string &connection, const std::string &field)
{
    {
        const std::lock_guard lock(m_mutex);
        m_ofThisRun.erase({connection, field});
    }
    return m_keychain->remove(connection, field);
}

} // namespace workspace
