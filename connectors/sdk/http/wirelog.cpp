// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wirelog.h"

#include <QByteArray>

#include <algorithm>
#include <strings.h>

namespace http {

namespace {

// What follows the user's name in "user:password"; empty if that is no such pair.
core::Secret passwordOf(std::string_view credentials)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(credentials.data(), static_cast<qsizetype>(credentials.size())), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    std::string pair = (*decoded).toStdString();
    const std::size_t colon = pair.find(':');
    core::Secret password(colon == std::string::npos ? std::string_view() : std::string_view(pair).substr(colon + 1));
    core::wipe(pair);
    return password;
}

} // namespace

WireLog::WireLog(const Request &request)
    : m_secretNames { "Authorization", "Proxy-Authorization" }
{
    for (const Header &header : request.headers) {
        if (!header.secret)
            continue;
        m_secretNames.push_back(header.name);
        m_redactor.add(core::Secret(header.value));
        // "Basic abc=": the credentials alone may come back in an answer.
        if (const std::size_t blank = header.value.find(' '); blank != std::string::npos)
            m_redactor.add(core::Secret(std::string_view(header.value).substr(blank + 1)));
        if (header.value.starts_with("Basic "))
            m_redactor.add(passwordOf(std::string_view(header.value).substr(6)));
    }
    for (const core::Secret &secret : request.secrets)
        m_redactor.add(secret);
    for (const auto &[offset, length] : request.urlSecrets) {
        if (offset < request.url.size())
            m_redactor.add(core::Secret(std::string_view(request.url).substr(offset, length)));
    }
    blankUrl(request);
    for (const Header &header : request.headers)
        m_headers.push_back(blanked(header.name, header.value));
}

void WireLog::blankUrl(const Request &request)
{
    auto secrets = request.urlSecrets;
    std::ranges::sort(secrets);
    std::size_t shown = 0;
    for (const auto &[offset, length] : secrets) {
        if (offset < shown || offset >= request.url.size())
            continue;
        m_url += request.url.substr(shown, offset - shown);
        m_urlBlanks.push_back(m_url.size());
        m_url += kBlank;
        shown = std::min(request.url.size(), offset + length);
    }
    m_url += request.url.substr(shown);
}

void WireLog::addSent(std::string_view bytes)
{
    m_raw += bytes;
    const std::size_t end = m_raw.find("\r\n\r\n");
    if (end == std::string::npos)
        return;
    if (!m_raw.starts_with("CONNECT ")) {
        readHead(std::string_view(m_raw).substr(0, end));
        m_isSent = true;
    }
    core::wipe(m_raw);
}

void WireLog::readHead(std::string_view head)
{
    m_headers.clear();
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
        const std::size_t next = head.find("\r\n", at + 2);
        const std::string_view line = head.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) {
            const std::size_t value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
            m_headers.push_back(blanked(line.substr(0, colon), line.substr(value)));
        }
        at = next;
    }
}

Header WireLog::blanked(std::string_view name, std::string_view value) const
{
    const bool isSecret = std::ranges::any_of(m_secretNames, [&](const std::string &secret) {
        return secret.size() == name.size() && strncasecmp(secret.data(), name.data(), name.size()) == 0;
    });
    return { std::string(name), isSecret ? std::string(kBlank) : m_redactor.redacted(value), isSecret };
}

} // namespace http
