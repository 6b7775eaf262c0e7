// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/service.h"
#include "sandbox/socket.h"

#include <optional>
#include <string>

namespace sandbox {

// What the server takes of one request; more is refused with the status that says so.
struct RequestLimits {
    std::size_t head = 64 * 1024;
    std::size_t body = 64 * 1024 * 1024;
    std::chrono::milliseconds idle{120000}; // between requests and within one
};

// A request together with what its answer's form depends on.
struct Incoming {
    Request request;
    bool keepAlive = true;
    bool isHttp10 = false;
    bool acceptsGzip = false;
    int refusal = 0; // status to refuse it with; the connection ends then
};

// Reads one request after another from a connection.
class RequestReader
{
public:
    RequestReader(Socket &socket, const RequestLimits &limits);

    // Nothing: the connection ended or fell silent.
    std::optional<Incoming> next();

private:
    bool fill();
    std::optional<std::string> readLine(std::size_t limit);
    int readHead(Incoming &incoming);
    int readBody(Incoming &incoming);
    int readSized(std::string &body, std::size_t size);
    int readChunked(std::string &body);

    Socket &m_socket;
    const RequestLimits m_limits;
    std::string m_buffer;
    std::size_t m_used = 0; // bytes of m_buffer already given out
};

} // namespace sandbox
