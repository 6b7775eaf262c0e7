// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/trustedcertificate.h"

namespace workspace {

core::Result<std::shared_ptr<Connection>> withFingerprint(const Connection &connection, const std::string &fingerprint)
{
    auto trusting = std::make_shared<Connection>();
    trusting->profile = connection.profile;
    trusting->profile.network.fingerprint = fingerprint;
    trusting->client = http::createClient(trusting->profile.network);
    auto session = connection.connector->createSession(trusting->profile, *trusting->client);
    if (!session)
        return std::move(session).error();
    trusting->session = std::move(session).value();
    trusting->connector = connection.connector;
    trusting->environment = connection.environment;
    trusting->isReadOnly = connection.isReadOnly;
    return trusting;
}

core::Result<void> keepFingerprint(const ConnectionStore &store, const std::string &name, const std::string &fingerprint)
{
    auto saved = store.load(name);
    if (!saved)
        return std::move(saved).error();
    saved->network["fingerprint"] = fingerprint;
    return store.save(*saved, true);
}

} // namespace workspace
