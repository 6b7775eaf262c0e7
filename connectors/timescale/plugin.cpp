// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"
#include "sandbox/timescaleservice.h"
#include "session.h"

#include <QObject>

namespace timescale {

class Plugin : public QObject, public connector::Connector
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID ONDO_CONNECTOR_IID FILE "connector.json")
    Q_INTERFACES(connector::Connector)
public:
    core::Result<std::unique_ptr<connector::Session>> createSession(
        const connector::Profile &profile, http::Client &client) override
    {
        return timescale::createSession(profile, client);
    }
    std::unique_ptr<sandbox::Service> createSandbox() override { return createSandboxService(); }
};

} // namespace timescale

#include "plugin.moc"
