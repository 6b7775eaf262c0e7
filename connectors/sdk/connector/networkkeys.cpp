// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/networkkeys.h"

#include "http/proxy.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace connector {

namespace {

using http::Transport;

struct NetworkTr {
    Q_DECLARE_TR_FUNCTIONS(NetworkKeys)
};

constexpr std::int64_t kMostRetries = 10;
constexpr std::int64_t kMostConnectSeconds = 3600;

core::Error networkError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

std::optional<std::int64_t> wholeNumber(std::string_view text, std::int64_t most)
{
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 0 || number > most)
        return std::nullopt;
    return number;
}

template <std::string Transport::*member>
std::string plainText(const Transport &transport)
{
    return transport.*member;
}

template <std::string Transport::*member>
core::Result<void> storePlain(Transport &transport, const std::string &text)
{
    transport.*member = text;
    return {};
}

std::string proxyText(const Transport &transport)
{
    return withoutPassword(transport.proxyUrl);
}

core::Result<void> storeProxy(Transport &transport, const std::string &text)
{
    auto proxy = http::proxyFrom(text);
    if (!proxy)
        return std::move(proxy).error();
    transport.proxyUrl = withoutPassword(text);
    if (!proxy->password.isEmpty())
        transport.proxyPassword = proxy->password;
    return {};
}

core::Result<void> storeFingerprint(Transport &transport, const std::string &text)
{
    auto fingerprint = http::fingerprintFrom(text);
    if (!fingerprint)
        return std::move(fingerprint).error();
    transport.fingerprint = std::move(fingerprint).value();
    return {};
}

std::string connectTimeoutText(const Transport &transport)
{
    using std::chrono::milliseconds;
    if (transport.connectTimeout == Transport().connectTimeout)
        return {};
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(transport.connectTimeout).count());
}

core::Result<void> storeConnectTimeout(Transport &transport, const std::string &text)
{
    const auto seconds = wholeNumber(text, kMostConnectSeconds);
    if (!seconds || *seconds == 0)
        return networkError(NetworkTr::tr("\"connect_timeout\" takes whole seconds from 1 to %1.").arg(kMostConnectSeconds));
    transport.connectTimeout = std::chrono::seconds(*seconds);
    return {};
}

std::string bodyLimitText(const Transport &transport)
{
    return transport.bodyLimit == 0 ? std::string() : std::to_string(transport.bodyLimit);
}

core::Result<void> storeBodyLimit(Transport &transport, const std::string &text)
{
    constexpr std::string_view kUnits = "KMGT";
    const std::size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
    const bool hasUnit = unit != std::string_view::npos;
    const int shift = hasUnit ? 10 * (static_cast<int>(unit) + 1) : 0;
    const auto number = wholeNumber(std::string_view(text).substr(0, text.size() - (hasUnit ? 1 : 0)),
        std::numeric_limits<std::int64_t>::max() >> shift);
    if (!number) {
        return networkError(NetworkTr::tr("\"max_body\" takes a number of bytes, also with K, M or G behind it."),
            NetworkTr::tr("Example: max_body=500M. 0 is no limit."));
    }
    transport.bodyLimit = *number << shift;
    return {};
}

std::string retriesText(const Transport &transport)
{
    return transport.retries == Transport().retries ? std::string() : std::to_string(transport.retries);
}

core::Result<void> storeRetries(Transport &transport, const std::string &text)
{
    const auto retries = wholeNumber(text, kMostRetries);
    if (!retries)
        return networkError(NetworkTr::tr("\"retries\" takes a whole number from 0 to %1.").arg(kMostRetries));
    transport.retries = static_cast<int>(*retries);
    return {};
}

constexpr NetworkKey kNetworkKeys[] = {
    {"ca", plainText<&Transport::caFile>, storePlain<&Transport::caFile>},
    {"cert", plainText<&Transport::certificateFile>, storePlain<&Transport::certificateFile>},
    {"key", plainText<&Transport::keyFile>, storePlain<&Transport::keyFile>},
    {"proxy", proxyText, storeProxy},
    {"server_name", plainText<&Transport::serverName>, storePlain<&Transport::serverName>},
    {"fingerprint", plainText<&Transport::fingerprint>, storeFingerprint},
    {"connect_timeout", connectTimeoutText, storeConnectTimeout},
    {"max_body", bodyLimitText, storeBodyLimit},
    {"retries", retriesText, storeRetries},
};

constexpr NetworkSecret kNetworkSecrets[] = {
    {"key_password", &Transport::keyPassword},
    {"proxy_password", &Transport::proxyPassword},
};

} // namespace

std::span<const NetworkKey> networkKeys()
{
    return kNetworkKeys;
}

const NetworkKey *networkKey(std::string_view key)
{
    const auto found = std::ranges::find_if(kNetworkKeys, [key](const NetworkKey &candidate) { return candidate.key == key; });
    return found == std::end(kNetworkKeys) ? nullptr : found;
}

std::span<const NetworkSecret> networkSecrets()
{
    return kNetworkSecrets;
}

const NetworkSecret *networkSecret(std::string_view key)
{
    const auto found = std::ranges::find_if(kNetworkSecrets, [key](const NetworkSecret &candidate) { return candidate.key == key; });
    return found == std::end(kNetworkSecrets) ? nullptr : found;
}

std::string withoutPassword(const std::string &url)
{
    const std::size_t authority = url.find("://");
    const std::size_t begin = authority == std::string::npos ? 0 : authority + 3;
    const std::size_t at = url.substr(0, url.find('/', begin)).rfind('@');
    if (at == std::string::npos || at < begin)
        return url;
    const std::size_t colon = url.find(':', begin);
    return colon < at ? url.substr(0, colon) + url.substr(at) : url;
}

} // namespace connector
