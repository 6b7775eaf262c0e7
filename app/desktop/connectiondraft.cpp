// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/connectiondraft.h"

#include "connector/networkkeys.h"
#include "connector/profileurl.h"
#include "workspace/neededsecrets.h"

#include <QCoreApplication>

#include <algorithm>

namespace desktop {

namespace {

struct DraftTr {
    Q_DECLARE_TR_FUNCTIONS(ConnectionDraft)
};

using connector::Field;

constexpr std::size_t kMostNameBytes = 100; // as the store has it

const connector::Manifest *manifestNamed(const std::vector<connector::Manifest> &manifests, const std::string &id)
{
    const auto found = std::find_if(manifests.begin(), manifests.end(), [&](const connector::Manifest &manifest) { return manifest.id == id; });
    return found == manifests.end() ? nullptr : &*found;
}

std::string inKeychain()
{
    return workspace::SecretReference().toText();
}

bool isReference(const QString &text)
{
    return text.startsWith(QLatin1String("${"));
}

QString networkProblem(const std::string &key, const std::string &value)
{
    http::Transport transport;
    const connector::NetworkKey *network = connector::networkKey(key);
    if (!network)
        return DraftTr::tr("This setting is not known here.");
    const auto stored = network->store(transport, value);
    return stored ? QString() : stored.error().message;
}

QString problemOf(const Field &field, const std::string &value)
{
    if (value.empty())
        return field.required && field.type != Field::Type::Secret ? DraftTr::tr("This is needed.") : QString();
    bool isNumber = false;
    const int number = QString::fromStdString(value).toInt(&isNumber);
    if (field.type == Field::Type::Integer && (!isNumber || number < 0))
        return DraftTr::tr("A whole number is expected.");
    if (field.urlPart == Field::UrlPart::Port && (number < 1 || number > 65535))
        return DraftTr::tr("A port is a number from 1 to 65535.");
    return {};
}

} // namespace

ConnectionDraft::ConnectionDraft(const std::vector<connector::Manifest> &manifests)
    : m_manifests(manifests)
    , m_manifest(manifests.empty() ? &m_none : &manifests.front())
{
    begin(m_manifest->id);
}

void ConnectionDraft::begin(const std::string &connectorId)
{
    if (const connector::Manifest *manifest = manifestNamed(m_manifests, connectorId))
        m_manifest = manifest;
    m_connection = {};
    m_connection.connectorId = m_manifest->id;
    m_connection.transport = m_manifest->defaultTransport;
    m_secrets.clear();
    m_formerReferences.clear();
}

void ConnectionDraft::begin(const workspace::SavedConnection &connection)
{
    begin(connection.connectorId);
    m_connection = connection;
    m_formerReferences = connection.references;
}

void ConnectionDraft::setConnector(const std::string &id)
{
    const connector::Manifest *manifest = manifestNamed(m_manifests, id);
    if (!manifest || manifest == m_manifest)
        return;
    const auto isThere = [manifest](const auto &entry) {
        return std::any_of(manifest->fields.begin(), manifest->fields.end(), [&entry](const Field &field) {
            return field.key == entry.first && field.type != Field::Type::Choice && field.urlPart != Field::UrlPart::Port;
        });
    };
    std::erase_if(m_connection.values, [&](const auto &entry) { return !isThere(entry); });
    std::erase_if(m_connection.references, [&](const auto &entry) { return !isThere(entry); });
    std::erase_if(m_secrets, [&](const auto &entry) { return !isThere(entry); });
    m_manifest = manifest;
    m_connection.connectorId = manifest->id;
    m_connection.transport = manifest->defaultTransport;
}

workspace::SavedConnection ConnectionDraft::finished() const
{
    workspace::SavedConnection connection = m_connection;
    connection.name = QString::fromStdString(connection.name).trimmed().toStdString();
    for (const Field &field : m_manifest->fields) {
        if (field.urlPart == Field::UrlPart::Port && isShown(field) && m_manifest->defaultPort > 0)
            connection.values.emplace(field.key, std::to_string(m_manifest->defaultPort));
    }
    return connection;
}

bool ConnectionDraft::isShown(const Field &field) const
{
    return workspace::isShown(field, m_connection, *m_manifest);
}

std::string ConnectionDraft::value(const Field &field) const
{
    return workspace::valueOf(field, m_connection);
}

void ConnectionDraft::setValue(const Field &field, const std::string &value)
{
    if (value.empty() || value == field.defaultValue)
        m_connection.values.erase(field.key);
    else
        m_connection.values[field.key] = value;
    if (!value.empty() && !field.impliesKey.empty())
        m_connection.values[field.impliesKey] = field.impliesValue;
}

void ConnectionDraft::setSecret(const Field &field, const QString &text)
{
    m_secrets.erase(field.key);
    m_connection.references.erase(field.key);
    if (isReference(text))
        m_connection.references[field.key] = text.toStdString();
    else if (!text.isEmpty()) {
        m_secrets[field.key] = core::Secret(text.toStdString());
        m_connection.references[field.key] = inKeychain();
    } else if (const auto former = m_formerReferences.find(field.key); former != m_formerReferences.end() && former->second == inKeychain()) {
        m_connection.references.insert(*former);
    }
}

std::string ConnectionDraft::reference(const Field &field) const
{
    const auto found = m_connection.references.find(field.key);
    return found == m_connection.references.end() || found->second == inKeychain() ? std::string() : found->second;
}

bool ConnectionDraft::isKept(const Field &field) const
{
    const auto found = m_connection.references.find(field.key);
    return found != m_connection.references.end() && found->second == inKeychain();
}

QString ConnectionDraft::url() const
{
    workspace::SavedConnection plain = m_connection;
    plain.references.clear();
    std::erase_if(plain.network, [](const auto &entry) { return !networkProblem(entry.first, entry.second).isEmpty(); });
    const auto profile = plain.toProfile(*m_manifest, [](const std::string &, const QString &, const std::string &) { return core::Secret(); });
    return profile ? QString::fromStdString(connector::urlFromProfile(*profile, *m_manifest)) : QString();
}

core::Result<bool> ConnectionDraft::takeUrl(const QString &url)
{
    auto profile = connector::profileFromUrl(url.toStdString(), m_manifests);
    if (!profile)
        return std::move(profile).error();
    const connector::Manifest &manifest = *manifestNamed(m_manifests, profile->connectorId);
    if (&manifest != m_manifest) {
        m_connection.references.clear();
        m_secrets.clear();
        m_formerReferences.clear();
    }
    const workspace::SavedConnection taken = workspace::SavedConnection::fromProfile(*profile, manifest);
    m_manifest = &manifest;
    m_connection.connectorId = taken.connectorId;
    m_connection.transport = taken.transport;
    m_connection.values = taken.values;
    m_connection.network = taken.network;
    for (const Field &field : manifest.fields) {
        if (field.urlPart == Field::UrlPart::Port && taken.values.contains(field.key) && taken.values.at(field.key) == std::to_string(manifest.defaultPort))
            m_connection.values.erase(field.key); // an empty field shows it
    }
    SecretMap brought = profile->secrets;
    for (const connector::NetworkSecret &network : connector::networkSecrets())
        brought[network.key] = profile->network.*(network.member);
    std::erase_if(brought, [](const auto &entry) { return entry.second.isEmpty(); });
    for (const auto &[key, secret] : brought) {
        m_secrets[key] = secret;
        m_connection.references[key] = inKeychain();
    }
    return !brought.empty();
}

std::map<std::string, QString> ConnectionDraft::problems() const
{
    std::map<std::string, QString> problems;
    const std::string name = finished().name;
    if (name.empty())
        problems["name"] = DraftTr::tr("A connection needs a name.");
    else if (name.size() > kMostNameBytes || name.starts_with("sandbox/"))
        problems["name"] = DraftTr::tr("A name has 1 to %1 bytes; those that start with \"sandbox/\" are built in.").arg(kMostNameBytes);
    for (const auto &[key, value] : m_connection.network) {
        if (const QString problem = networkProblem(key, value); !problem.isEmpty())
            problems[key] = problem;
    }
    for (const Field &field : m_manifest->fields) {
        if (!isShown(field))
            continue;
        if (const QString problem = problemOf(field, value(field)); !problem.isEmpty())
            problems[field.key] = problem;
        const QString reference = QString::fromStdString(this->reference(field));
        if (!reference.isEmpty() && !workspace::SecretReference::parse(reference.toStdString()))
            problems[field.key] = DraftTr::tr("A reference reads ${env:NAME} or ${command:…}.");
    }
    return problems;
}

} // namespace desktop
