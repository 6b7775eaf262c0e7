// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/output.h"
#include "cli/progress.h"
#include "cli/requestoptions.h"
#include "workspace/connections.h"

#include <memory>

namespace cli {

// The answer to a request that was sent.
struct Answered {
    http::Head head;
    std::string body; // of a direct request only where it is asked for
    std::chrono::milliseconds elapsed{0};
    std::optional<core::Error> statement; // what a connection's session says of it
};

// Sends requests one after another, directly or through a connection, and prints what comes. For the main thread.
class RequestRun
{
public:
    RequestRun(Services &services, const RequestOptions &options, std::shared_ptr<workspace::Connection> connection);

    // Prints instead of sending, where that is asked for: true.
    bool show(const request::Ready &ready);
    void showText(const std::string &text) { static_cast<void>(print(text)); }
    // The same request through the connection, as its session would send it.
    core::Result<request::Ready> throughConnection(const request::Assembled &assembled);

    core::Result<Answered> send(const request::Ready &ready, bool keepsBody);
    core::Result<Answered> sendThroughConnection(const request::Assembled &assembled);

    // By --fail, or 0.
    int exitCodeOf(const Answered &answered, bool failsOnStatus) const;
    void say(const QString &text) { m_progress.say(text); }
    bool hasConnection() const { return m_connection != nullptr; }
    bool isReaderGone() const { return m_output->isReaderGone(); }

private:
    core::Result<void> printHead(const http::Head &head);
    core::Result<void> print(std::string_view bytes);
    void trace(const http::Exchange &exchange);
    void separate();

    Services &m_services;
    const RequestOptions &m_options;
    const std::shared_ptr<workspace::Connection> m_connection;
    const std::unique_ptr<Output> m_output;
    Progress m_progress;
    bool m_endsInLine = true; // what was printed last ends with an end of line
};

} // namespace cli
