// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "sandbox/service.h"

#include <chrono>
#include <cstdint>
#include <memory>

namespace sandbox {

// One port of 127.0.0.1 that hands its HTTP/1.1 requests to a service. A thread of its own accepts and watches for
// clients that go away; each connection has one more. All have ended when the destructor returns.
class Server
{
public:
    // The servers that this one stands for go on with a statement whose client has gone, so that it can be listed and
    // killed; here it is stopped after this time, so that nobody's computer is kept busy for nothing.
    static constexpr std::chrono::milliseconds kPatienceWithoutClient{5000};

    // service outlives the server. Port 0 takes a free one. Usage error: the port is taken or may not be used.
    static core::Result<std::unique_ptr<Server>> listen(
        Service &service, std::uint16_t port, std::chrono::milliseconds patienceWithoutClient = kPatienceWithoutClient);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    std::uint16_t port() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace sandbox
