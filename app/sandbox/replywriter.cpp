// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/replywriter.h"

#include <charconv>
#include <ctime>

namespace sandbox {

namespace {

constexpr std::size_t kWorthCompressing = 1024;

std::string_view reasonOf(int status)
{
    switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
    }
}

std::string httpDate()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40];
    const std::size_t size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text, size);
}

} // namespace

ReplyWriter::ReplyWriter(Socket &socket, const Incoming &incoming)
    : m_socket(socket)
    , m_isHead(incoming.request.method == "HEAD")
    , m_isHttp10(incoming.isHttp10)
    , m_gzip(incoming.acceptsGzip)
    , m_keepAlive(incoming.keepAlive)
{
}

void ReplyWriter::sendHead(int status, const Pairs &headers, std::string_view more)
{
    m_isStarted = true;
    std::string head = "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reasonOf(status)) + "\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    head += "Date: " + httpDate() + "\r\n";
    head += more;
    if (!m_keepAlive)
        head += "Connection: close\r\n";
    else if (m_isHttp10)
        head += "Connection: keep-alive\r\n";
    head += "\r\n";
    m_isGone = !m_socket.write(head);
}

void ReplyWriter::answer(int status, const Pairs &headers, std::string_view body)
{
    std::string packed;
    std::string more;
    if (m_gzip && body.size() >= kWorthCompressing) {
        packed = GzipStream().compressed(body, true);
        body = packed;
        more = "Content-Encoding: gzip\r\n";
    }
    if (status != 204)
        more += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    sendHead(status, headers, more);
    if (!m_isGone && !m_isHead && status != 204)
        m_isGone = !m_socket.write(body);
    m_isComplete = true;
}

void ReplyWriter::begin(int status, const Pairs &headers)
{
    std::string more;
    if (m_gzip) {
        m_stream = std::make_unique<GzipStream>();
        more = "Content-Encoding: gzip\r\n";
    }
    if (m_isHttp10)
        m_keepAlive = false;
    else
        more += "Transfer-Encoding: chunked\r\n";
    sendHead(status, headers, more);
}

bool ReplyWriter::write(std::string_view bytes)
{
    if (bytes.empty() || m_isHead)
        return !m_isGone;
    if (m_stream)
        return sendChunk(m_stream->compressed(bytes, false));
    return sendChunk(bytes);
}

bool ReplyWriter::sendChunk(std::string_view bytes)
{
    if (m_isGone || bytes.empty())
        return !m_isGone;
    if (m_isHttp10) {
        m_isGone = !m_socket.write(bytes);
        return !m_isGone;
    }
    char size[20];
    const auto [end, error] = std::to_chars(size, size + sizeof size, bytes.size(), 16);
    std::string chunk(size, end);
    chunk.reserve(bytes.size() + 24);
    chunk += "\r\n";
    chunk += bytes;
    chunk += "\r\n";
    m_isGone = error != std::errc() || !m_socket.write(chunk);
    return !m_isGone;
}

void ReplyWriter::end()
{
    if (!m_isHead) {
        if (m_stream)
            sendChunk(m_stream->compressed({}, true));
        if (!m_isHttp10 && !m_isGone)
            m_isGone = !m_socket.write("0\r\n\r\n");
    }
    m_isComplete = true;
}

} // namespace sandbox
