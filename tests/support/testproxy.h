// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultserver.h"

#include <string>

namespace support {

// What a test proxy wants; empty: nobody has to log in.
struct ProxyLogin {
    std::string user;
    std::string password;
};

// Scripts of real, small proxies. Whatever host a client asks for, it gets the loopback port target. The server's
// requests() are "CONNECT HOST:PORT …" as read, or "SOCKS HOST:PORT" for each that passed the log-in.
FaultServer::Script connectProxy(std::uint16_t target, const ProxyLogin &login = {});
FaultServer::Script socksProxy(std::uint16_t target, const ProxyLogin &login = {});

} // namespace support
