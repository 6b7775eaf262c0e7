// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transfer.h"

#include <chrono>

// What is known of a transfer, for the exchange and for errors.
namespace http {

Failure Transfer::failureSoFar() const
{
    Failure failure;
    failure.isSent = m_wire.isSent();
    failure.hasHead = m_headParser.isComplete();
    failure.bodyBytes = m_exchange.wireBytes;
    failure.connectTimeout = *m_request.connectTimeout;
    if (m_carrier && m_peer.scheme == "https")
        failure.tls = m_carrier->tls().facts();
    return failure;
}

void Transfer::readInfo()
{
    CURL *easy = m_carrier->easy();
    if (m_peer.scheme == "https")
        m_exchange.tls = m_carrier->tls().facts();
    const char *address = nullptr;
    long port = 0;
    long connects = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    if (address && *address) {
        const std::string text(address);
        m_exchange.remoteAddress = (text.find(':') == std::string::npos ? text : '[' + text + ']') + ':' + std::to_string(port);
    }
    m_exchange.keptConnection = connects == 0 && m_wire.isSent();
    const auto time = [&](CURLINFO info) -> std::int64_t {
        curl_off_t value = 0;
        curl_easy_getinfo(easy, info, &value);
        return m_exchange.keptConnection || value <= 0 ? -1 : value;
    };
    m_exchange.timings.name = time(CURLINFO_NAMELOOKUP_TIME_T);
    m_exchange.timings.connect = time(CURLINFO_CONNECT_TIME_T);
    m_exchange.timings.tls = time(CURLINFO_APPCONNECT_TIME_T);
}

bool Transfer::isWorthRepeating() const
{
    switch (m_code) {
    case CURLE_COULDNT_CONNECT:
        return true;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return m_failure && m_failure->kind == core::ErrorKind::Network && m_failure->httpStatus == 0 && !m_headParser.hasStarted();
    default:
        return false;
    }
}

std::int64_t Transfer::sinceStart() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_startedAt).count();
}

Exchange Transfer::exchange() const
{
    Exchange exchange = m_exchange;
    exchange.purpose = m_request.purpose;
    exchange.method = m_request.method;
    exchange.url = m_wire.url();
    exchange.urlBlanks = m_wire.urlBlanks();
    exchange.requestHeaders = m_wire.headers();
    exchange.requestBody = m_wire.redactor().redacted(m_request.body);
    if (m_headParser.isComplete()) {
        exchange.head = m_headParser.head();
        for (Header &header : exchange.head->headers)
            header.value = m_wire.redactor().redacted(header.value); // some servers echo what they were sent
    }
    exchange.bodyStart = m_request.secretAnswer && m_exchange.bodyBytes > 0 ? std::string(kBlank)
                                                                              : m_wire.redactor().redacted(m_exchange.bodyStart);
    exchange.finished = m_isDelivered || m_failure.has_value();
    exchange.error = m_failure;
    return exchange;
}

} // namespace http
