// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/networkprobe.h"
#include "diagnosis/observingclient.h"
#include "diagnosis/steprecorder.h"
#include "http/proxy.h"

namespace diagnosis {

// The steps below HTTP: name, address, TCP and TLS, to the server or to the proxy before it. Each answers whether those
// behind it can be taken.
class NetworkSteps
{
public:
    // All outlive it.
    NetworkSteps(const connector::Profile &profile, const connector::Manifest &manifest, const Intention &intention,
        const Limits &limits, StepRecorder &steps, std::stop_token stop);

    bool take();

    // "proxy.example:3128"; empty: none.
    QString proxyText() const;

private:
    bool findAddress();
    bool connect();
    bool secure();
    core::Error refused(core::Error error) const;
    core::Error explainedTls(core::Error error) const;

    const connector::Profile &m_profile;
    const connector::Manifest &m_manifest;
    const Intention &m_intention;
    const Limits &m_limits;
    StepRecorder &m_steps;
    const std::stop_token m_stop;
    const Place m_server;
    const http::Proxy m_proxy; // none without one that can be read: the settings were looked at before
    const Place m_reached; // the proxy, or else the server
    std::vector<Endpoint> m_endpoints;
};

// "TLSv1.3, TLS_AES_256_GCM_SHA384, certificate CN=… valid until 2027-05-01 (160 days left)".
QString tlsText(const http::TlsFacts &facts);

} // namespace diagnosis
