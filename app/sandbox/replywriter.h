// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/gzip.h"
#include "sandbox/requestreader.h"
#include "sandbox/service.h"
#include "sandbox/socket.h"

#include <memory>

namespace sandbox {

// Writes the answer to one request in HTTP/1.1 form: with its length where it is known, else chunked, gzip where the
// client takes it; HTTP/1.0 clients get the plain bytes up to the end of the connection.
class ReplyWriter : public Reply
{
public:
    ReplyWriter(Socket &socket, const Incoming &incoming);

    void answer(int status, const Pairs &headers, std::string_view body) override;
    void begin(int status, const Pairs &headers) override;
    bool write(std::string_view bytes) override;
    void end() override;

    bool isStarted() const { return m_isStarted; }
    // Whether the connection can serve another request: the answer is complete and both sides wish it.
    bool canGoOn() const { return m_isComplete && m_keepAlive && !m_isGone; }

private:
    void sendHead(int status, const Pairs &headers, std::string_view more);
    bool sendChunk(std::string_view bytes);

    Socket &m_socket;
    const bool m_isHead;
    const bool m_isHttp10;
    const bool m_gzip;
    bool m_keepAlive;
    bool m_isStarted = false;
    bool m_isComplete = false;
    bool m_isGone = false;
    std::unique_ptr<GzipStream> m_stream;
};

} // namespace sandbox
