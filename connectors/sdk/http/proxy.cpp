// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/proxy.h"

#include "http/client.h"
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <strings.h>

#include <arpa/inet.h>

namespace http {

namespace {

struct ProxyTr {
    Q_DECLARE_TR_FUNCTIONS(HttpProxy)
};

constexpr int kSocksPort = 1080; // RFC 1928
constexpr int kHttpPort = 80;

core::Error proxyUsage(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = ProxyTr::tr("proxy= takes none, system, or http://, socks5:// or socks5h://USER:PASSWORD@HOST:PORT, "
                             "special characters of user and password percent-encoded.");
    return error;
}

const char *environment(std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const char *value = std::getenv(name); value && *value)
            return value;
    }
    return "";
}

bool sameLetters(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

struct Address {
    std::array<unsigned char, 16> bytes {};
    int bits = 0; // 32 or 128
};

std::optional<Address> addressFrom(std::string_view text)
{
    const std::string copy(text);
    Address address;
    if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1)
        address.bits = 32;
    else if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1)
        address.bits = 128;
    return address.bits == 0 ? std::nullopt : std::optional(address);
}

bool startEqual(const Address &one, const Address &other, int bits)
{
    for (int bit = 0; bit < bits; ++bit) {
        const auto index = static_cast<std::size_t>(bit / 8);
        if (((one.bytes[index] ^ other.bytes[index]) >> (7 - bit % 8) & 1) != 0)
            return false;
    }
    return true;
}

bool isInRange(const Address &host, std::string_view entry)
{
    const std::size_t slash = entry.find('/');
    std::string_view base = entry.substr(0, slash);
    if (base.starts_with('[') && base.ends_with(']'))
        base = base.substr(1, base.size() - 2);
    const auto range = addressFrom(base);
    if (!range || range->bits != host.bits)
        return false;
    int bits = host.bits;
    if (slash != std::string_view::npos) {
        const std::string_view text = entry.substr(slash + 1);
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), bits);
        if (problem != std::errc() || end != text.data() + text.size() || bits < 0 || bits > host.bits)
            return false;
    }
    return startEqual(host, *range, bits);
}

bool isBelow(std::string_view host, std::string_view name)
{
    if (name.starts_with('.'))
        name.remove_prefix(1);
    if (name.empty() || name.size() > host.size() || !sameLetters(host.substr(host.size() - name.size()), name))
        return false;
    return name.size() == host.size() || host[host.size() - name.size() - 1] == '.';
}

} // namespace

std::string Proxy::hostAndPort() const
{
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
}

core::Result<Proxy> proxyFrom(std::string_view text)
{
    if (text.empty() || text == Transport::kNoProxy || text == Transport::kSystemProxy)
        return Proxy {};
    const bool hasScheme = text.find("://") != std::string_view::npos;
    auto parts = parseUrl(hasScheme ? std::string(text) : "http://" + std::string(text));
    if (!parts)
        return proxyUsage(ProxyTr::tr("The proxy cannot be read: %1").arg(parts.error().message));
    const bool isSocks = parts->scheme == "socks5" || parts->scheme == "socks5h";
    if (!isSocks && parts->scheme != "http")
        return proxyUsage(ProxyTr::tr("A proxy of the kind \"%1\" is not supported.").arg(QString::fromStdString(parts->scheme)));
    if (parts->host.empty())
        return proxyUsage(ProxyTr::tr("The proxy has no host."));
    Proxy proxy;
    proxy.scheme = parts->scheme;
    proxy.host = parts->host;
    proxy.port = parts->port.value_or(isSocks ? kSocksPort : kHttpPort);
    proxy.user = parts->user;
    proxy.password = core::Secret(parts->password);
    core::wipe(parts->password);
    return proxy;
}

core::Result<Proxy> proxyFor(std::string_view scheme, std::string_view host, const Transport &transport)
{
    if (transport.proxyUrl != Transport::kSystemProxy) {
        auto proxy = proxyFrom(transport.proxyUrl);
        if (proxy && proxy->password.isEmpty())
            proxy->password = transport.proxyPassword;
        return proxy;
    }
    if (isListedHost(host, environment({ "no_proxy", "NO_PROXY" })))
        return Proxy {};
    const bool isTls = scheme == "https";
    const char *own = isTls ? environment({ "https_proxy", "HTTPS_PROXY" }) : environment({ "http_proxy" });
    auto proxy = proxyFrom(*own ? own : environment({ "all_proxy", "ALL_PROXY" }));
    if (proxy)
        return proxy;
    core::Error error = proxy.error();
    error.message = ProxyTr::tr("The proxy of the environment (http_proxy, https_proxy, all_proxy) is not usable. %1").arg(error.message);
    return error;
}

bool isListedHost(std::string_view host, std::string_view list)
{
    if (host.ends_with('.'))
        host.remove_suffix(1);
    const auto address = addressFrom(host);
    while (!list.empty()) {
        const std::size_t end = list.find_first_of(", \t");
        const std::string_view entry = list.substr(0, end);
        list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
        if (entry == "*" || (address ? isInRange(*address, entry) : isBelow(host, entry)))
            return true;
    }
    return false;
}

} // namespace http
