// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace sandbox {

// The embedded server: listens on 127.0.0.1, speaks HTTP/1.1, and hands each request to the service of the dialect
// whose port it came in on. Starting, stopping and asking belong to one thread; serving has threads of its own, which
// have ended when the destructor returns.
class Host
{
public:
    explicit Host(connector::Registry &registry);
    ~Host();

    // Starts the dialect's service if it is not running; port 0 takes a free one. Usage error: no such dialect, no
    // sandbox in it, port taken.
    core::Result<std::uint16_t> start(std::string_view connectorId, std::uint16_t port = 0);

    // The target URL for a running service.
    std::string targetUrl(std::string_view connectorId) const;
    // What "ondograph sandbox" prints for it: base URL and environment.
    std::string baseUrl(std::string_view connectorId) const;
    sandbox::Pairs environment(std::string_view connectorId) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sandbox
