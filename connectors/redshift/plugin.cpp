// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"
#include "connector/sessionparts.h"
#include "sandbox/redshiftservice.h"
#include "session.h"

#include <QObject>

namespace redshift {

class Plugin : public QObject, public connector::Connector
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID ONDO_CONNECTOR_IID FILE "connector.json")
    Q_INTERFACES(connector::Connector)
public:
    core::Result<std::unique_ptr<connector::Session>> createSession(
        const connector::Profile &profile, http::Client &client) override
    {
        return redshift::createSession(profile, m_language, client);
    }
    std::unique_ptr<sandbox::Service> createSandbox() override { return createSandboxService(); }

private:
    const connector::Language m_language = connector::ownLanguage(QStringLiteral(":/connectors/redshift/connector.json"));
};

} // namespace redshift

#include "plugin.moc"
