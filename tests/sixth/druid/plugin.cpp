// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include <QObject>

namespace druid {

class Plugin : public QObject, public connector::Connector
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID ONDO_CONNECTOR_IID FILE "connector.json")
    Q_INTERFACES(connector::Connector)
public:
    core::Result<std::unique_ptr<connector::Session>> createSession(
        const connector::Profile &profile, http::Client &client) override
    {
        const std::string base = profile.transport + "://" + profile.value("host") + ":" + profile.value("port");
        return std::unique_ptr<connector::Session>(std::make_unique<Session>(base, client));
    }
    std::unique_ptr<sandbox::Service> createSandbox() override { return nullptr; }
};

} // namespace druid

#include "plugin.moc"
