// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/observingclient.h"

#include "connector/request.h"
#include "http/url.h"

#include <algorithm>

namespace diagnosis {

namespace {

constexpr std::string_view kSignedDate = "X-Amz-Date"; // of AWS Signature Version 4

std::optional<Intention> intentionOf(const http::Request &request)
{
    const auto url = http::parseUrl(request.url);
    if (!url)
        return std::nullopt;
    Intention intention;
    intention.scheme = url->scheme;
    intention.host = url->host;
    intention.port = url->port.value_or(url->scheme == "https" ? 443 : 80);
    intention.hasLogin = !request.urlSecrets.empty() || !request.secrets.empty()
        || std::any_of(request.headers.begin(), request.headers.end(), [](const http::Header &header) { return header.secret; });
    intention.isSigned = connector::hasHeader(request.headers, kSignedDate);
    return intention;
}

} // namespace

ObservingClient::ObservingClient(http::Client &client, std::chrono::milliseconds answerTimeout, Watch watch)
    : m_client(client)
    , m_answerTimeout(answerTimeout)
    , m_watch(std::move(watch))
{
}

core::Result<std::unique_ptr<http::Answer>> ObservingClient::send(
    const http::Request &request, std::stop_token stop, http::Exchange *failed)
{
    m_watch.sending();
    http::Request limited = request;
    limited.idleTimeout = m_answerTimeout;
    auto answer = m_client.send(limited, std::move(stop), failed);
    if (answer)
        m_watch.answered(answer.value()->head());
    return answer;
}

std::string Intention::origin() const
{
    return scheme + "://" + (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
}

core::Result<std::unique_ptr<http::Answer>> IntentionClient::send(const http::Request &request, std::stop_token, http::Exchange *)
{
    if (!m_intention)
        m_intention = intentionOf(request);
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    return error;
}

} // namespace diagnosis
