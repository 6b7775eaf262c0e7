// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/requestreader.h"

#include "sandbox/gzip.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace sandbox {

namespace {

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// Whether a comma-separated header names the token, with a weight that is not zero.
bool names(std::string_view list, std::string_view token)
{
    const std::string all = lowered(list);
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        std::string_view item = trimmed(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const std::size_t semicolon = item.find(';');
        if (trimmed(item.substr(0, semicolon)) != token)
            continue;
        const std::string_view weight = semicolon == std::string_view::npos ? "" : trimmed(item.substr(semicolon + 1));
        return !(weight == "q=0" || weight == "q=0.0" || weight == "q=0.00" || weight == "q=0.000");
    }
    return false;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// As web forms encode: %XX and '+' for a blank; a broken escape stands for itself.
std::string queryDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

Pairs queryPairs(std::string_view query)
{
    Pairs pairs;
    while (!query.empty()) {
        const std::size_t ampersand = query.find('&');
        const std::string_view item = query.substr(0, ampersand);
        query = ampersand == std::string_view::npos ? std::string_view() : query.substr(ampersand + 1);
        if (item.empty())
            continue;
        const std::size_t equals = item.find('=');
        pairs.emplace_back(queryDecoded(item.substr(0, equals)),
            equals == std::string_view::npos ? std::string() : queryDecoded(item.substr(equals + 1)));
    }
    return pairs;
}

// Method, target and version; the status to refuse it with, 0 if it is well-formed.
int parseRequestLine(std::string_view line, Incoming &incoming)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || last == first || first == 0)
        return 400;
    const std::string_view version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return version.starts_with("HTTP/") ? 505 : 400;
    std::string_view target = line.substr(first + 1, last - first - 1);
    if (target.find(' ') != std::string_view::npos)
        return 400;
    if (target.starts_with("http://")) {
        const std::size_t slash = target.find('/', 7);
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    }
    target = target.substr(0, target.find('#'));
    const std::size_t question = target.find('?');
    incoming.isHttp10 = version == "HTTP/1.0";
    incoming.request.method = line.substr(0, first);
    incoming.request.path = target.substr(0, question);
    if (question != std::string_view::npos)
        incoming.request.query = queryPairs(target.substr(question + 1));
    return 0;
}

} // namespace

RequestReader::RequestReader(Socket &socket, const RequestLimits &limits)
    : m_socket(socket)
    , m_limits(limits)
{
}

std::optional<Incoming> RequestReader::next()
{
    m_buffer.erase(0, m_used);
    m_used = 0;
    if (m_buffer.empty() && !fill())
        return std::nullopt;
    Incoming incoming;
    incoming.refusal = readHead(incoming);
    if (incoming.refusal < 0)
        return std::nullopt;
    if (incoming.refusal == 0)
        incoming.refusal = readBody(incoming);
    if (incoming.refusal < 0)
        return std::nullopt;
    return incoming;
}

bool RequestReader::fill()
{
    char block[16384];
    const std::size_t got = m_socket.read(block, sizeof block, m_limits.idle);
    m_buffer.append(block, got);
    return got > 0;
}

std::optional<std::string> RequestReader::readLine(std::size_t limit)
{
    std::size_t searched = m_used;
    for (;;) {
        const std::size_t end = m_buffer.find('\n', searched);
        if (end != std::string::npos && end - m_used <= limit) {
            std::string line(m_buffer, m_used, end - m_used);
            m_used = end + 1;
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            return line;
        }
        searched = m_buffer.size();
        if (end != std::string::npos || m_buffer.size() - m_used > limit || !fill())
            return std::nullopt;
    }
}

// 0, the status to refuse the request with, or -1 where there is nobody left to tell.
int RequestReader::readHead(Incoming &incoming)
{
    std::optional<std::string> line;
    do { // empty lines before a request are tolerated
        line = readLine(m_limits.head);
    } while (line && line->empty());
    if (!line)
        return m_buffer.size() - m_used > m_limits.head ? 414 : -1;
    if (const int status = parseRequestLine(*line, incoming))
        return status;
    std::size_t left = m_limits.head;
    for (;;) {
        line = readLine(left);
        if (!line)
            return m_buffer.size() - m_used > left ? 431 : -1;
        if (line->empty())
            break;
        left -= std::min(left, line->size());
        const std::size_t colon = line->find(':');
        if (colon == 0 || colon == std::string::npos || line->front() == ' ' || line->front() == '\t')
            return 400;
        incoming.request.headers.emplace_back(
            line->substr(0, colon), std::string(trimmed(std::string_view(*line).substr(colon + 1))));
    }
    const std::string connection = lowered(incoming.request.header("Connection"));
    incoming.keepAlive = incoming.isHttp10 ? names(connection, "keep-alive") : !names(connection, "close");
    incoming.acceptsGzip = names(incoming.request.header("Accept-Encoding"), "gzip");
    return 0;
}

int RequestReader::readBody(Incoming &incoming)
{
    const Request &request = incoming.request;
    const std::string transfer = lowered(request.header("Transfer-Encoding"));
    const std::string_view length = request.header("Content-Length");
    if (!transfer.empty() && transfer != "chunked")
        return 501;
    if (!transfer.empty() && !length.empty())
        return 400;
    std::size_t size = 0;
    if (!length.empty()) {
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), size);
        if (error != std::errc() || end != length.data() + length.size())
            return error == std::errc::result_out_of_range ? 413 : 400;
    }
    if (size > m_limits.body)
        return 413;
    if (lowered(request.header("Expect")) == "100-continue" && (size > 0 || !transfer.empty())
        && m_used == m_buffer.size() && !m_socket.write("HTTP/1.1 100 Continue\r\n\r\n"))
        return -1;
    std::string body;
    if (const int status = transfer.empty() ? readSized(body, size) : readChunked(body))
        return status;
    const std::string coding = lowered(request.header("Content-Encoding"));
    if (!coding.empty() && coding != "identity" && coding != "gzip")
        return 415;
    if (coding != "gzip" || body.empty()) {
        incoming.request.body = std::move(body);
        return 0;
    }
    std::optional<std::string> plain = gunzip(body, m_limits.body);
    if (!plain)
        return 400;
    incoming.request.body = std::move(*plain);
    return 0;
}

int RequestReader::readSized(std::string &body, std::size_t size)
{
    while (m_buffer.size() - m_used < size) {
        if (!fill())
            return -1;
    }
    body.append(m_buffer, m_used, size);
    m_used += size;
    return 0;
}

int RequestReader::readChunked(std::string &body)
{
    for (;;) {
        const std::optional<std::string> line = readLine(4096);
        if (!line)
            return -1;
        std::size_t size = 0;
        const char *begin = line->data();
        const auto [end, error] = std::from_chars(begin, begin + line->size(), size, 16);
        if (error != std::errc() || (*end != '\0' && *end != ';' && *end != ' '))
            return 400;
        if (size > m_limits.body - body.size())
            return 413;
        if (size == 0)
            break;
        if (const int status = readSized(body, size))
            return status;
        const std::optional<std::string> separator = readLine(2);
        if (!separator || !separator->empty())
            return 400;
    }
    for (;;) { // trailers are read and dropped
        const std::optional<std::string> line = readLine(m_limits.head);
        if (!line)
            return -1;
        if (line->empty())
            return 0;
    }
}

} // namespace sandbox
