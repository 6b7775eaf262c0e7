// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace diagnosis {

// An address that a name stands for, with the port.
struct Endpoint {
    sockaddr_storage address{};
    socklen_t size = 0;
    std::string text; // "10.0.0.5" or "::1"
    bool isIpv6 = false;
};

// Where somebody connects to first: the server, or the proxy before it.
struct Place {
    std::string host; // without brackets
    int port = 0;

    std::string text() const; // "host:port", "[::1]:port"
};

// The addresses of a place in the order in which the system would try them. Blocks, and ends at once with Cancelled when
// stop is requested (the system's resolver then finishes on a thread of its own, and nobody looks at what it finds).
core::Result<std::vector<Endpoint>> lookUp(const Place &place, std::stop_token stop);

struct Connected {
    Endpoint endpoint;
    std::string localAddress; // of this computer on the way there
    std::vector<std::pair<std::string, int>> refused; // addresses tried before it, with errno
};

// Connects and closes again. Addresses are tried one after the other, all within the time-out; the error of the last one
// counts, and lastErrno, where given, receives its errno.
core::Result<Connected> connectTo(const Place &place, const std::vector<Endpoint> &endpoints, std::chrono::milliseconds timeout,
    std::stop_token stop, int *lastErrno = nullptr);

} // namespace diagnosis
