// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace workspace {

// Where secrets are kept, by connection and the key of its field. Any thread; calls block.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    // Empty: none is kept.
    virtual core::Result<core::Secret> read(const std::string &connection, const std::string &field) = 0;
    virtual core::Result<void> write(const std::string &connection, const std::string &field, const core::Secret &secret) = 0;
    // Done too where none is kept.
    virtual core::Result<void> remove(const std::string &connection, const std::string &field) = 0;
};

// The keychain of the system, which is contacted when the first secret is needed and not before. Errors (Usage) say why
// it does not answer; after a call that took longer than limit it is not asked again. A person may have to unlock it
// meanwhile, so the limit is to be that of a person. Each ONDOGRAPH_HOME has entries of its own.
std::unique_ptr<SecretStore> createKeychain(std::chrono::milliseconds limit, std::stop_token stop);

// Secrets of saved connections: in the keychain, and where none answers in memory until the program ends. Any thread.
class SecretKeeper
{
public:
    enum class Place { Keychain, ThisRun };
    // Told once, when a secret is first kept for this run only: why. On the thread of keep().
    using Warning = std::function<void(const core::Error &why)>;

    explicit SecretKeeper(std::unique_ptr<SecretStore> keychain, Warning warning = {});

    Place keep(const std::string &connection, const std::string &field, const core::Secret &secret);
    // Into the keychain or nowhere.
    core::Result<void> keepForGood(const std::string &connection, const std::string &field, const core::Secret &secret);
    // Empty: it is in neither place.
    core::Result<core::Secret> find(const std::string &connection, const std::string &field);
    core::Result<void> forget(const std::string &connection, const std::string &field);

private:
    std::unique_ptr<SecretStore> m_keychain;
    Warning m_warning;
    std::mutex m_mutex;
    bool m_hasWarned = false;
    std::map<std::pair<std::string, std::string>, core::Secret> m_ofThisRun;
};

} // namespace workspace
