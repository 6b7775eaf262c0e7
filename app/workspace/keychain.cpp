// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/keychainlibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <dlfcn.h>

namespace workspace {

namespace {

struct KeychainTr {
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

// Homes beside the usual one have connections of their own, under names that may be the same.
QByteArray serviceName()
{
    const QString home = qEnvironmentVariable("ONDOGRAPH_HOME");
    return home.isEmpty() ? QByteArray("ondograph") : "ondograph " + QDir::cleanPath(QDir(home).absolutePath()).toUtf8();
}

// Without one no keychain can answer; D-Bus would try to start one, which would outlive the program.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

class Keychain final : public SecretStore
{
public:
    Keychain(std::chrono::milliseconds limit, std::stop_token stop)
        : m_limit(limit)
        , m_stop(std::move(stop))
    {
    }

    core::Result<core::Secret> read(const std::string &connection, const std::string &field) override
    {
        SecretStore *store = loaded();
        return store ? store->read(connection, field) : core::Result<core::Secret>(m_problem);
    }
    core::Result<void> write(const std::string &connection, const std::string &field, const core::Secret &secret) override
    {
        SecretStore *store = loaded();
        return store ? store->write(connection, field, secret) : core::Result<void>(m_problem);
    }
    core::Result<void> remove(const std::string &connection, const std::string &field) override
    {
        SecretStore *store = loaded();
        return store ? store->remove(connection, field) : core::Result<void>(m_problem);
    }

private:
    SecretStore *loaded()
    {
        std::call_once(m_once, [this] {
            m_problem.kind = core::ErrorKind::Usage;
            m_problem.message = KeychainTr::tr("There is no keychain that answers: this session has no message bus (D-Bus).");
            if (!hasSessionBus())
                return;
            void *library = dlopen(kKeychainLibrary, RTLD_NOW);
            void *symbol = library ? dlsym(library, kKeychainEntryPoint) : nullptr;
            if (symbol) {
                m_store.reset(reinterpret_cast<KeychainEntryPoint>(symbol)(serviceName().constData(), m_limit, m_stop));
                return;
            }
            m_problem.message = KeychainTr::tr("The keychain cannot be reached: %1").arg(QString::fromLocal8Bit(dlerror()));
        });
        return m_store.get();
    }

    const std::chrono::milliseconds m_limit;
    const std::stop_token m_stop;
    std::once_flag m_once;
    std::unique_ptr<SecretStore> m_store;
    core::Error m_problem;
};

} // namespace

std::unique_ptr<SecretStore> createKeychain(std::chrono::milliseconds limit, std::stop_token stop)
{
    return std::make_unique<Keychain>(limit, std::move(stop));
}

} // namespace workspace
