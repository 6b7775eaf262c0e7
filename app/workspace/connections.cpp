// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/connections.h"

#include "connector/networkkeys.h"
#include "workspace/neededsecrets.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace workspace {

namespace {
struct ConnectionsTr {
    Q_DECLARE_TR_FUNCTIONS(Connections)
};
constexpr std::string_view kSandboxPrefix = "sandbox/";

// The files of the transport are looked at before anything is sent: a name mistyped is no matter of the network.
core::Result<void> readableFiles(const http::Transport &transport)
{
    const std::pair<const char *, const std::string &> files[]
        = {{"ca", transport.caFile}, {"cert", transport.certificateFile}, {"key", transport.keyFile}};
    for (const auto &[key, file] : files) {
        if (file.empty() || QFileInfo(QFile::decodeName(file.c_str())).isReadable())
            continue;
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = ConnectionsTr::tr("The file %1, named by %2= of the connection, cannot be read.")
                            .arg(QString::fromStdString(file), QString::fromLatin1(key));
        error.hint = ConnectionsTr::tr("Check its name; it is looked up from the folder where the program was started.");
        return error;
    }
    return {};
}
}

Connections::Connections(connector::Registry &registry, sandbox::Host &sandbox, const ConnectionStore &store, SecretSources &secrets)
    : m_registry(registry)
    , m_sandbox(sandbox)
    , m_store(store)
    , m_secrets(secrets)
{
}

std::vector<ConnectionInfo> Connections::list() const
{
    std::vector<ConnectionInfo> infos;
    for (const ConnectionStore::Entry &entry : m_store.list()) {
        if (!entry.connection || !m_registry.manifest(entry.connection->connectorId))
            continue;
        const SavedConnection &saved = entry.connection.value();
        infos.push_back({saved.name, saved.connectorId, false, saved.group, saved.environment, saved.isReadOnly, saved.colour});
    }
    for (const connector::Manifest &manifest : m_registry.manifests()) {
        if (manifest.hasSandbox)
            infos.push_back({std::string(kSandboxPrefix) + manifest.id, manifest.id, true, {}, {}, false, {}});
    }
    return infos;
}

core::Result<std::shared_ptr<Connection>> Connections::open(std::string_view name, const Overrides &overrides)
{
    if (name.starts_with(kSandboxPrefix))
        return openSandbox(name, overrides);
    if (m_store.contains(std::string(name)))
        return openSaved(std::string(name), overrides);
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = ConnectionsTr::tr("There is no connection named \"%1\".")
                        .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    QStringList names;
    for (const ConnectionInfo &info : list())
        names << QString::fromStdString(info.name);
    error.hint = ConnectionsTr::tr("Known connections: %1. A server can also be given by its URL (--url).")
                     .arg(names.join(QStringLiteral(", ")));
    return error;
}

core::Result<std::shared_ptr<Connection>> Connections::openSandbox(std::string_view name, const Overrides &overrides)
{
    const std::string_view id = name.substr(kSandboxPrefix.size());
    auto port = m_sandbox.start(id);
    if (!port)
        return std::move(port).error();
    auto connection = openUrl(m_sandbox.targetUrl(id), overrides);
    if (connection)
        connection.value()->profile.name = name;
    return connection;
}

core::Result<std::shared_ptr<Connection>> Connections::openSaved(const std::string &name, const Overrides &overrides)
{
    auto saved = m_store.load(name);
    if (!saved)
        return std::move(saved).error();
    return openUnsaved(std::move(saved).value(), overrides);
}

core::Result<std::shared_ptr<Connection>> Connections::openUnsaved(SavedConnection saved, const Overrides &overrides)
{
    const std::string &name = saved.name;
    const connector::Manifest *manifest = m_registry.manifest(saved.connectorId);
    if (!manifest) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = ConnectionsTr::tr("The connection \"%1\" needs the connector \"%2\", which is not there.")
                            .arg(QString::fromStdString(name), QString::fromStdString(saved.connectorId));
        error.hint = ConnectionsTr::tr("The command \"connectors\" lists what there is.");
        return error;
    }
    if (!overrides.password.isEmpty()) {
        for (const connector::Field &field : manifest->fields) {
            if (field.urlPart == connector::Field::UrlPart::Password)
                saved.references.erase(field.key);
        }
    }
    for (const auto &[key, secret] : overrides.secrets)
        saved.references.erase(key);
    auto profile = saved.toProfile(*manifest, [&](const std::string &field, const QString &label, const std::string &reference) {
        return m_secrets.secret(name, field, label, reference);
    });
    if (!profile)
        return std::move(profile).error();
    for (const auto &[key, secret] : overrides.secrets) {
        if (const connector::NetworkSecret *network = connector::networkSecret(key))
            profile->network.*(network->member) = secret;
        else
            profile->secrets[key] = secret;
    }
    profile->keepSecret = [&secrets = m_secrets, name, references = saved.references](const std::string &field, const core::Secret &secret) {
        const auto reference = references.find(field);
        if (reference != references.end() && SecretReference::parse(reference->second) == SecretReference())
            secrets.keeper().keep(name, field, secret);
    };
    auto connection = openProfile(std::move(profile).value(), overrides);
    if (connection) {
        connection.value()->environment = saved.environment;
        connection.value()->isReadOnly = saved.isReadOnly;
    }
    return connection;
}

std::vector<AllowedCommands::Command> Connections::blockedCommands(const std::string &name) const
{
    const auto saved = m_store.contains(name) ? m_store.load(name) : core::Result<SavedConnection>(core::Error());
    return saved ? m_secrets.blockedCommands(*saved) : std::vector<AllowedCommands::Command>();
}

// Whether it is to be in the keychain of this computer and is not: the file came from another one.
bool Connections::isLost(const std::string &name, const std::string &field, const std::string &reference) const
{
    if (SecretReference::parse(reference) != SecretReference())
        return false;
    const auto found = m_secrets.keeper().find(name, field);
    return found ? found->isEmpty() : found.error().kind != core::ErrorKind::Cancelled;
}

std::vector<connector::Field> Connections::missingSecrets(const std::string &name, const Overrides &overrides) const
{
    std::vector<connector::Field> missing;
    auto saved = m_store.load(name);
    const connector::Manifest *manifest = saved ? m_registry.manifest(saved->connectorId) : nullptr;
    if (!manifest)
        return missing;
    for (const connector::Field &field : neededSecrets(*saved, *manifest)) {
        const auto reference = saved->references.find(field.key);
        if (overrides.secrets.contains(field.key) || (reference != saved->references.end() && !isLost(name, field.key, reference->second)))
            continue;
        missing.push_back(field);
    }
    return missing;
}

core::Result<std::shared_ptr<Connection>> Connections::openUrl(std::string_view url, const Overrides &overrides)
{
    auto profile = connector::profileFromUrl(url, m_registry.manifests());
    if (!profile)
        return std::move(profile).error();
    return openProfile(std::move(profile).value(), overrides);
}

core::Result<std::shared_ptr<Connection>> Connections::openProfile(connector::Profile profile, const Overrides &overrides)
{
    auto connector = m_registry.connector(profile.connectorId);
    if (!connector)
        return std::move(connector).error();
    for (const connector::Field &field : m_registry.manifest(profile.connectorId)->fields) {
        if (field.urlPart == connector::Field::UrlPart::Password && !overrides.password.isEmpty())
            profile.secrets[field.key] = overrides.password;
        if (field.urlPart == connector::Field::UrlPart::Path && !overrides.database.empty())
            profile.values[field.key] = overrides.database;
    }
    if (auto readable = readableFiles(profile.network); !readable)
        return std::move(readable).error();
    auto connection = std::make_shared<Connection>();
    connection->profile = std::move(profile);
    connection->client = http::createClient(connection->profile.network);
    auto session = connector.value()->createSession(connection->profile, *connection->client);
    if (!session)
        return std::move(session).error();
    connection->session = std::move(session).value();
    connection->connector = connector.value();
    return connection;
}

} // namespace workspace
