// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace http {

namespace {

struct UrlTr {
    Q_DECLARE_TR_FUNCTIONS(UrlTr)
};

constexpr std::string_view kUpperHex = "0123456789ABCDEF";

bool isAsciiAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isUnreserved(char c)
{
    return isAsciiAlpha(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string encodedExcept(std::string_view text, std::string_view kept)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c) || kept.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kUpperHex[byte >> 4];
        out += kUpperHex[byte & 15];
    }
    return out;
}

// Where decoding stopped: npos when it went through.
std::size_t decodeInto(std::string_view text, std::string &out)
{
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 1 < text.size() ? hexValue(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexValue(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return i;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return std::string_view::npos;
}

core::Error usage(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Error mustBeEncoded(char character, const QString &part)
{
    const QString name = character == ' ' ? UrlTr::tr("a blank") : QString(QLatin1Char(character));
    const QString code = QString::fromStdString(encodedExcept(std::string_view(&character, 1), {}));
    return usage(UrlTr::tr("The %1 of the URL holds a character with a meaning of its own: %2").arg(part, name),
        UrlTr::tr("Write it as %1.").arg(code));
}

// As percentDecoded, for a part that may be a password: the error tells the character, not its neighbours.
core::Result<std::string> decodedPart(std::string_view text, const QString &part)
{
    std::string out;
    if (decodeInto(text, out) != std::string_view::npos)
        return mustBeEncoded('%', part);
    return out;
}

core::Result<void> parseUser(std::string_view text, UrlParts &parts)
{
    parts.hasUser = true;
    const std::size_t colon = text.find(':');
    auto user = decodedPart(text.substr(0, colon), UrlTr::tr("user name"));
    if (!user)
        return std::move(user).error();
    parts.user = std::move(user).value();
    if (colon == std::string_view::npos)
        return {};
    parts.hasPassword = true;
    auto password = decodedPart(text.substr(colon + 1), UrlTr::tr("password"));
    if (!password)
        return std::move(password).error();
    parts.password = std::move(password).value();
    return {};
}

core::Result<void> parsePort(std::string_view text, UrlParts &parts)
{
    if (text.empty())
        return {};
    int port = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (problem != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535 || !isDigit(text[0])) {
        return usage(UrlTr::tr("The port of the URL is not a number from 1 to 65535."),
            UrlTr::tr("A URL reads scheme://user:password@host:port/path."));
    }
    parts.port = port;
    return {};
}

core::Result<void> parseBracketedHost(std::string_view text, UrlParts &parts)
{
    const std::size_t end = text.find(']');
    const std::string_view host = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    // A zone follows "%25" (RFC 6874).
    const std::string_view address = host.substr(0, host.find('%'));
    const bool isAddress = address.find(':') != std::string_view::npos
        && std::ranges::all_of(address, [](char c) { return hexValue(c) >= 0 || c == ':' || c == '.'; });
    const std::string_view rest = isAddress ? text.substr(end + 1) : std::string_view();
    if (!isAddress || (!rest.empty() && rest[0] != ':'))
        return usage(UrlTr::tr("What stands in brackets in the URL is not an IPv6 address."), UrlTr::tr("Example: [::1]:6041"));
    auto decoded = decodedPart(host, UrlTr::tr("host"));
    if (!decoded)
        return std::move(decoded).error();
    parts.host = std::move(decoded).value();
    return parsePort(rest.substr(std::min<std::size_t>(rest.size(), 1)), parts);
}

core::Result<void> parseHost(std::string_view text, UrlParts &parts)
{
    if (text.starts_with('['))
        return parseBracketedHost(text, parts);
    if (std::ranges::count(text, ':') > 1) {
        return usage(UrlTr::tr("The host of the URL holds more than one colon."),
            UrlTr::tr("Put an IPv6 address in brackets: [::1]:6041"));
    }
    const std::size_t colon = text.find(':');
    auto host = decodedPart(text.substr(0, colon), UrlTr::tr("host"));
    if (!host)
        return std::move(host).error();
    for (const char c : host.value()) {
        if (static_cast<unsigned char>(c) <= ' ' || std::string_view("/?#@<>\"\\^`{|}[]").find(c) != std::string_view::npos)
            return usage(UrlTr::tr("The host of the URL holds a character that no host name has."));
    }
    parts.host = std::move(host).value();
    return colon == std::string_view::npos ? core::Result<void>() : parsePort(text.substr(colon + 1), parts);
}

core::Result<void> parseQuery(std::string_view text, UrlParts &parts)
{
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        auto name = decodedPart(pair.substr(0, equals), UrlTr::tr("query"));
        if (!name)
            return std::move(name).error();
        auto value = decodedPart(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), UrlTr::tr("query"));
        if (!value)
            return std::move(value).error();
        parts.query.emplace_back(std::move(name).value(), std::move(value).value());
    }
    return {};
}

core::Result<void> parseScheme(std::string_view text, UrlParts &parts)
{
    const bool isScheme = !text.empty() && isAsciiAlpha(text[0]) && std::ranges::all_of(text, [](char c) {
        return isAsciiAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
    });
    if (!isScheme)
        return usage(UrlTr::tr("The URL does not start with a scheme."), UrlTr::tr("A URL reads scheme://user:password@host:port/path."));
    for (const char c : text)
        parts.scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
    return {};
}

core::Result<void> parseAuthority(std::string_view authority, UrlParts &parts)
{
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
        if (auto user = parseUser(authority.substr(0, at), parts); !user)
            return user;
    }
    return parseHost(at == std::string_view::npos ? authority : authority.substr(at + 1), parts);
}

} // namespace

std::string percentEncoded(std::string_view text)
{
    return encodedExcept(text, {});
}

std::string percentEncodedSegment(std::string_view text)
{
    return encodedExcept(text, "!$&'()*+,;=:@");
}

core::Result<std::string> percentDecoded(std::string_view text)
{
    std::string out;
    const std::size_t broken = decodeInto(text, out);
    if (broken == std::string_view::npos)
        return out;
    return usage(UrlTr::tr("\"%1\" is not a percent-encoded byte.").arg(QString::fromUtf8(text.substr(broken, 3))),
        UrlTr::tr("A percent sign itself is written as %25."));
}

std::string base64(std::string_view bytes)
{
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= count ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

core::Result<UrlParts> parseUrl(std::string_view url)
{
    UrlParts parts;
    const std::size_t colon = url.find("://");
    if (auto scheme = parseScheme(url.substr(0, colon == std::string_view::npos ? 0 : colon), parts); !scheme)
        return std::move(scheme).error();
    const auto stray = std::ranges::find_if(url, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
    if (stray != url.end() && *stray == ' ')
        return mustBeEncoded(' ', UrlTr::tr("text"));
    if (stray != url.end())
        return usage(UrlTr::tr("The URL holds a control character, such as a line break."));

    const std::string_view rest = url.substr(colon + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?#"), rest.size());
    // "user:p@ss/word@host" would send half a password to a host of the other half's name.
    if (rest.substr(authorityEnd, rest.find_first_of("?#", authorityEnd) - authorityEnd).find('@') != std::string_view::npos) {
        core::Error error = mustBeEncoded(rest[authorityEnd], UrlTr::tr("user part"));
        error.hint = UrlTr::tr("Write it as %2F there; an @ behind the host is written %40.");
        return error;
    }
    if (auto authority = parseAuthority(rest.substr(0, authorityEnd), parts); !authority) {
        // "user:pass/word@host" reads as a host and a bad port; what was meant is a password.
        const bool userWasCut = authorityEnd < rest.size() && rest.substr(0, authorityEnd).find('@') == std::string_view::npos
            && rest.find('@', authorityEnd) != std::string_view::npos;
        return userWasCut ? mustBeEncoded(rest[authorityEnd], UrlTr::tr("user part")) : std::move(authority).error();
    }

    const std::string_view tail = rest.substr(authorityEnd).substr(0, rest.substr(authorityEnd).find('#'));
    const std::size_t question = tail.find('?');
    parts.path = tail.substr(0, question);
    if (question != std::string_view::npos) {
        if (auto query = parseQuery(tail.substr(question + 1), parts); !query)
            return std::move(query).error();
    }
    return parts;
}

} // namespace http
