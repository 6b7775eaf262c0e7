// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redirect.h"

#include "http/url.h"

#include <QByteArray>

#include <algorithm>

namespace http {

namespace {

struct Origin {
    std::string scheme;
    std::string host;
    int port = 0;
};

std::optional<Origin> originOf(std::string_view url)
{
    const auto parts = parseUrl(url);
    if (!parts || parts->hasUser || (parts->scheme != "http" && parts->scheme != "https") || parts->host.empty())
        return std::nullopt;
    const QByteArray host = QByteArray::fromStdString(parts->host).toLower();
    return Origin{parts->scheme, host.toStdString(), parts->port.value_or(parts->scheme == "https" ? 443 : 80)};
}

// Whether the log-in may go along.
bool isTrusted(const Origin &from, const Origin &to)
{
    if (from.host != to.host)
        return false;
    const bool isSame = from.scheme == to.scheme && from.port == to.port;
    const bool isUpgrade = from.scheme == "http" && to.scheme == "https" && (from.port == to.port || (from.port == 80 && to.port == 443));
    return isSame || isUpgrade;
}

bool isReading(const Request &request)
{
    return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

// Where the path of a URL begins, and where it ends.
std::size_t pathBegin(std::string_view url)
{
    const std::size_t authority = url.find("://");
    const std::size_t begin = authority == std::string_view::npos ? 0 : authority + 3;
    return std::min(url.find_first_of("/?#", begin), url.size());
}

void becomeGet(Request &request)
{
    request.method = "GET";
    request.body.clear();
    request.safeToRepeat = true;
    std::erase_if(request.headers, [](const Header &header) {
        const QByteArray name = QByteArray::fromStdString(header.name).toLower();
        return name == "content-type" || name == "content-length" || name == "content-encoding";
    });
}

} // namespace

std::string resolvedLocation(std::string_view url, std::string_view location)
{
    location = location.substr(0, location.find('#'));
    const std::size_t path = pathBegin(url);
    std::string target;
    const std::size_t colon = location.find(':');
    if (colon != std::string_view::npos && colon < location.find_first_of("/?"))
        target = location;
    else if (location.starts_with("//"))
        target = std::string(url.substr(0, url.find(':') + 1)) + std::string(location);
    else if (location.starts_with('/'))
        target = std::string(url.substr(0, path)) + std::string(location);
    else if (location.starts_with('?') || location.empty())
        target = std::string(url.substr(0, std::min(url.find_first_of("?#"), url.size()))) + std::string(location);
    else {
        const std::string_view bare = url.substr(0, std::min(url.find_first_of("?#"), url.size()));
        const std::size_t slash = bare.rfind('/');
        const bool hasPath = slash != std::string_view::npos && slash >= path;
        target = std::string(hasPath ? bare.substr(0, slash) : bare) + '/' + std::string(location);
    }
    return originOf(target) ? target : std::string();
}

std::optional<Request> redirected(const Request &request, const Head &head)
{
    const bool isKept = head.status == 307 || head.status == 308;
    const bool isMoved = head.status == 301 || head.status == 302;
    if ((!isKept && !isMoved && head.status != 303) || (isMoved && !isReading(request)) || head.header("Location").empty())
        return std::nullopt;
    Request next = request;
    next.url = resolvedLocation(request.url, head.header("Location"));
    const auto from = originOf(request.url);
    const auto to = originOf(next.url);
    if (!from || !to || (from->scheme == "https" && to->scheme == "http"))
        return std::nullopt;
    next.urlSecrets.clear();
    if (head.status == 303 && request.method != "HEAD")
        becomeGet(next);
    if (isTrusted(*from, *to))
        return next;
    if (!isReading(next) && !next.safeToRepeat)
        return std::nullopt;
    std::erase_if(next.headers, [](const Header &header) { return header.secret; });
    next.isElsewhere = true;
    return next;
}

core::Result<std::unique_ptr<Answer>> sendFollowing(Client &client, Request request, std::stop_token stop,
    const std::function<void(const Exchange &)> &hop, Exchange *failed)
{
    if (!request.repeated)
        request.repeated = hop;
    for (int hops = 0;; ++hops) {
        auto answer = client.send(request, stop, failed);
        if (!answer || hops == kMostRedirects)
            return answer;
        auto next = redirected(request, (*answer)->head());
        if (!next)
            return answer;
        Exchange exchange = (*answer)->exchange();
        exchange.finished = true;
        hop(exchange);
        request = std::move(*next);
    }
}

} // namespace http
