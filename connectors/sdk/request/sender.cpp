// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/sender.h"

#include "connector/request.h"
#include "connector/tokens.h"
#include "http/redirect.h"
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>

namespace request {

namespace {

struct SenderTr {
    Q_DECLARE_TR_FUNCTIONS(RequestSender)
};

// scheme://host:port of a URL, the port always there.
std::string originOf(std::string_view url)
{
    const auto parts = http::parseUrl(url.substr(0, url.find_first_of("/?#", url.find("://") + 3)));
    if (!parts)
        return {};
    const QString host = QString::fromStdString(parts->host).toLower();
    return parts->scheme + "://" + host.toStdString() + ':' + std::to_string(parts->port.value_or(parts->scheme == "https" ? 443 : 80));
}

std::string authorityOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    const std::string_view authority = url.substr(begin, std::min(url.find_first_of("/?#", begin), url.size()) - begin);
    const std::string_view standard = url.starts_with("https:") ? ":443" : ":80";
    return std::string(authority.ends_with(standard) ? authority.substr(0, authority.size() - standard.size()) : authority);
}

// A request whose body is gone. A method that was named stays.
void dropBody(http::Request &request, bool isMethodKept)
{
    if (!isMethodKept)
        request.method = "GET";
    request.body.clear();
    std::erase_if(request.headers, [](const http::Header &header) {
        for (const std::string_view name : {"Content-Length", "Transfer-Encoding", "Expect"}) {
            if (connector::sameWord(header.name, name))
                return true;
        }
        const bool isOfBody = connector::sameWord(header.name, "Content-Type");
        return isOfBody && (header.value == "application/x-www-form-urlencoded" || header.value.starts_with("multipart/form-data"));
    });
    if (request.method == "POST" || request.method == "PUT" || request.method == "PATCH")
        request.withheld.emplace_back("Content-Length");
}

} // namespace

std::optional<http::Request> nextRequest(const http::Request &request, const http::Head &head, const Redirects &redirects)
{
    const int status = head.status;
    const bool isRedirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    const std::string_view location = head.header("Location");
    if (!redirects.areFollowed || !isRedirect || location.empty())
        return std::nullopt;
    http::Request next = request;
    next.url = http::resolvedLocation(request.url, location);
    if (next.url.empty())
        return std::nullopt;
    const bool isPost = hasBody(request) && request.method != "PUT";
    const bool losesBody = (status == 301 && isPost && !redirects.keeps301) || (status == 302 && isPost && !redirects.keeps302)
        || (status == 303 && request.method != "GET" && request.method != "HEAD" && !redirects.keeps303);
    if (losesBody)
        dropBody(next, redirects.isMethodKept);
    if (originOf(request.url) != originOf(next.url)) {
        std::erase_if(next.headers, [&](const http::Header &header) {
            return (header.secret && !redirects.trustsOtherHosts) || connector::sameWord(header.name, "Host");
        });
    }
    next.safeToRepeat = next.method == "GET" || next.method == "HEAD" || next.method == "OPTIONS";
    markSecrets(next);
    return next;
}

core::Result<std::unique_ptr<http::Answer>> sendReady(http::Client &client, const Ready &ready, std::stop_token stop,
    const std::function<void(const http::Exchange &)> &hop, http::Exchange *failed)
{
    http::Request request = ready.request;
    for (int hops = 0;; ++hops) {
        auto answer = client.send(request, stop, failed);
        if (!answer)
            return answer;
        auto next = nextRequest(request, (*answer)->head(), ready.redirects);
        if (!next)
            return answer;
        if (ready.redirects.most >= 0 && hops >= ready.redirects.most) {
            core::Error error;
            error.kind = core::ErrorKind::Network;
            error.message = SenderTr::tr("The server redirected more than %1 times.").arg(ready.redirects.most);
            error.httpStatus = (*answer)->head().status;
            return error;
        }
        http::Exchange exchange = (*answer)->exchange();
        exchange.finished = true;
        hop(exchange);
        request = std::move(*next);
    }
}

bool hasBody(const http::Request &request)
{
    const bool mayHaveBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    const bool isWithout = std::ranges::any_of(request.withheld, [](const std::string &name) { return connector::sameWord(name, "Content-Length"); });
    return !request.body.empty() || (mayHaveBody && !isWithout) || connector::hasHeader(request.headers, "Content-Length");
}

std::vector<http::Header> wireHeaders(const http::Request &request, const http::Transport &transport)
{
    std::vector<http::Header> headers;
    const auto isWithheld = [&request](std::string_view name) {
        return connector::hasHeader(request.headers, name)
            || std::ranges::any_of(request.withheld, [name](const std::string &other) { return connector::sameWord(other, name); });
    };
    if (!isWithheld("Host"))
        headers.push_back({"Host", authorityOf(request.url), false});
    if (!isWithheld("User-Agent") && !transport.userAgent.empty())
        headers.push_back({"User-Agent", transport.userAgent, false});
    headers.insert(headers.end(), request.headers.begin(), request.headers.end());
    if (request.acceptGzip && !isWithheld("Accept-Encoding"))
        headers.push_back({"Accept-Encoding", "gzip", false});
    if (hasBody(request) && !isWithheld("Content-Length") && !connector::hasHeader(request.headers, "Transfer-Encoding"))
        headers.push_back({"Content-Length", std::to_string(request.body.size()), false});
    return headers;
}

} // namespace request
