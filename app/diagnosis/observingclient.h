// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"

#include <chrono>
#include <functional>

namespace diagnosis {

// Stands between a session and its client, to see what is asked and when an answer begins. Nothing else changes, but that
// a silent server is not waited for as long as for a statement that computes.
class ObservingClient final : public http::Client
{
public:
    struct Watch {
        std::function<void()> sending;
        std::function<void(const http::Head &head)> answered;
    };

    // client outlives it.
    ObservingClient(http::Client &client, std::chrono::milliseconds answerTimeout, Watch watch);

    core::Result<std::unique_ptr<http::Answer>> send(
        const http::Request &request, std::stop_token stop, http::Exchange *failed) override;

private:
    http::Client &m_client;
    const std::chrono::milliseconds m_answerTimeout;
    const Watch m_watch;
};

// What a session would send first, found out without sending it.
struct Intention {
    std::string scheme;
    std::string host; // without brackets
    int port = 0;
    bool hasLogin = false; // the request carries something secret
    bool isSigned = false; // by a signature that holds for some minutes of the clock only

    std::string origin() const; // "https://db.example:443"
};

// Takes the first request of a session and refuses it.
class IntentionClient final : public http::Client
{
public:
    core::Result<std::unique_ptr<http::Answer>> send(
        const http::Request &request, std::stop_token stop, http::Exchange *failed) override;

    const std::optional<Intention> &intention() const { return m_intention; }

private:
    std::optional<Intention> m_intention;
};

} // namespace diagnosis
