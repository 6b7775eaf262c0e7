// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"

#include <optional>

namespace cli {

// A client that keeps the last request and what was read of its answer, for who wants the answer as it came and not as a
// connection's session reads it. One that is dry sends nothing: each request fails. Used by one thread.
class RecordingClient final : public http::Client
{
public:
    explicit RecordingClient(http::Client &client, bool isDry)
        : m_client(client)
        , m_isDry(isDry)
    {
    }

    core::Result<std::unique_ptr<http::Answer>> send(const http::Request &request, std::stop_token stop, http::Exchange *failed) override;

    const std::optional<http::Request> &request() const { return m_request; }
    // None: no head came.
    const std::optional<http::Head> &head() const { return m_head; }
    const std::string &body() const { return m_body; }
    // The body came to its end.
    bool isWhole() const { return m_isWhole; }

private:
    class Recorded;

    http::Client &m_client;
    const bool m_isDry;
    std::optional<http::Request> m_request;
    std::optional<http::Head> m_head;
    std::string m_body;
    bool m_isWhole = false;
};

} // namespace cli
