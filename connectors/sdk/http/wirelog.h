// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/exchange.h"
#include "http/redaction.h"

#include <string>
#include <string_view>
#include <vector>

namespace http {

// Reads the request's head back from the bytes that libcurl says it sent, and blanks what is secret in it.
class WireLog
{
public:
    explicit WireLog(const Request &request);

    // Bytes of a request's head, in pieces. A head that follows a whole one (a CONNECT to a proxy, or a repeat on
    // another connection) takes its place.
    void addSent(std::string_view bytes);
    bool isInHead() const { return !m_raw.empty(); }
    // Whether the head of the request itself, not of a CONNECT, has gone out.
    bool isSent() const { return m_isSent; }

    // The request's own headers until it was sent, then what was sent.
    const std::vector<Header> &headers() const { return m_headers; }
    const std::string &url() const { return m_url; }
    const std::vector<std::size_t> &urlBlanks() const { return m_urlBlanks; }
    const Redactor &redactor() const { return m_redactor; }

private:
    void blankUrl(const Request &request);
    void readHead(std::string_view head);
    Header blanked(std::string_view name, std::string_view value) const;

    std::vector<std::string> m_secretNames;
    std::vector<Header> m_headers;
    std::string m_url;
    std::vector<std::size_t> m_urlBlanks;
    Redactor m_redactor;
    std::string m_raw;
    bool m_isSent = false;
};

} // namespace http
