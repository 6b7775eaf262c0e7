// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"
#include "sandbox/openmldbservice.h"
#include "session.h"

#include <QFile>
#include <QJsonDocument>
#include <QObject>

namespace openmldb {

// What the host reads from the plugin's metadata, the plugin reads from its own copy of the same file.
connector::Language ownLanguage()
{
    QFile file(QStringLiteral(":/connectors/openmldb/connector.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto manifest = connector::Manifest::fromJson(QJsonDocument::fromJson(file.readAll()).object());
    return manifest ? std::move(manifest).value().language : connector::Language();
}

class Plugin : public QObject, public connector::Connector
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID ONDO_CONNECTOR_IID FILE "connector.json")
    Q_INTERFACES(connector::Connector)
public:
    core::Result<std::unique_ptr<connector::Session>> createSession(
        const connector::Profile &profile, http::Client &client) override
    {
        return openmldb::createSession(profile, m_language, client);
    }
    std::unique_ptr<sandbox::Service> createSandbox() override { return createSandboxService(); }

private:
    const connector::Language m_language = ownLanguage();
};

} // namespace openmldb

#include "plugin.moc"
