// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"
#include "connector/sessionparts.h"
#include "sandbox/openmldbservice.h"
#include "session.h"

#include <QObject>

namespace openmldb {

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
    const connector::Language m_language = connector::ownLanguage(QStringLiteral(":/connectors/openmldb/connector.json"));
};

} // namespace openmldb

#include "plugin.moc"
