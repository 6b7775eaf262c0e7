// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/observingclient.h"
#include "diagnosis/sessionprobe.h"
#include "diagnosis/steprecorder.h"

namespace diagnosis {

// The steps that a session takes: HTTP, log-in, version, clock, a first statement and the catalogue.
class SessionSteps
{
public:
    // All outlive it. proxy: as it is shown; empty: none.
    SessionSteps(const Subject &subject, const connector::Manifest &manifest, const Intention &intention, QString proxy,
        const Limits &limits, const Observer &observer, StepRecorder &steps, std::stop_token stop);

    void take();

private:
    void sending();
    void answered(const http::Head &head);
    bool logIn();
    SessionProbe::Answer firstRequest();
    void httpFailed(core::Error error);
    void httpEnded();
    void judge(core::Error error);
    bool nameForeigner(core::Error &error, const http::Head &head, const std::string &body);
    void tellVersion();
    void compareClocks();
    void runStatement();
    void readCatalogue();

    const Subject &m_subject;
    const connector::Manifest &m_manifest;
    const Intention &m_intention;
    const QString m_proxy;
    const Limits &m_limits;
    StepRecorder &m_steps;
    const std::stop_token m_stop;
    const std::unique_ptr<http::Client> m_client;
    ObservingClient m_observing;
    std::unique_ptr<connector::Session> m_session;
    std::optional<SessionProbe> m_probe;
    const std::function<void(const http::Exchange &)> m_exchange;

    int m_sent = 0;
    std::optional<http::Head> m_head; // of the first answer
    std::chrono::steady_clock::time_point m_answeredAt;
    std::optional<std::chrono::seconds> m_clockAhead;
};

} // namespace diagnosis
