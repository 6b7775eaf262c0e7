// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestoptions.h"

#include "core/secret.h"
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include <strings.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace http {

namespace {

struct RequestTr {
    Q_DECLARE_TR_FUNCTIONS(RequestTr)
};

// As large as libcurl allows: one system call fetches that much.
constexpr long kReceiveBuffer = 256 * 1024;
constexpr long kKeepAliveSeconds = 60;
constexpr long kKeepAliveInterval = 10;
constexpr std::chrono::milliseconds kFallbackTimeout { 10000 };

core::Error refusal(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = RequestTr::tr("Nothing was sent.");
    return error;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

bool hasHeader(const Request &request, const char *name)
{
    return std::ranges::any_of(request.headers, [&](const Header &header) { return strcasecmp(header.name.c_str(), name) == 0; });
}

core::Result<void> checkHeaders(const Request &request)
{
    for (const Header &header : request.headers) {
        if (!isToken(header.name))
            return refusal(RequestTr::tr("\"%1\" is not a header name.").arg(QString::fromStdString(header.name)));
        if (header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            return refusal(RequestTr::tr("The value of the header \"%1\" holds a line break.").arg(QString::fromStdString(header.name)));
    }
    return {};
}

class ListBuilder
{
public:
    void add(const std::string &line)
    {
        if (curl_slist *longer = curl_slist_append(m_list.get(), line.c_str())) {
            static_cast<void>(m_list.release());
            m_list.reset(longer);
        }
    }
    HeaderList take() { return std::move(m_list); }

private:
    HeaderList m_list;
};

// The host as the request's own URL has it, where TLS is to see another.
std::string hostHeader(const Peer &peer)
{
    const bool isUsual = peer.port == (peer.scheme == "https" ? 443 : 80);
    return "Host: " + (isUsual ? peer.host : peer.hostAndPort());
}

HeaderList headerList(const Request &request, const Route &route)
{
    ListBuilder list;
    // "Name;" is libcurl's way to write an empty value; "Name:" takes its own header away.
    for (const Header &header : request.headers) {
        std::string line = header.value.empty() ? header.name + ';' : header.name + ": " + header.value;
        list.add(line);
        if (header.secret)
            core::wipe(line);
    }
    for (const char *ours : { "Accept", "Content-Type", "Expect" }) {
        if (!hasHeader(request, ours))
            list.add(std::string(ours) + ':');
    }
    for (const std::string &name : request.withheld)
        list.add(name + ':');
    if (request.acceptGzip && !hasHeader(request, "Accept-Encoding"))
        list.add("Accept-Encoding: gzip");
    if (route.renamesServer() && !hasHeader(request, "Host"))
        list.add(hostHeader(route.peer));
    return list.take();
}

void applyMethod(CURL *easy, const Request &request)
{
    const bool mayHaveBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (mayHaveBody || !request.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void applyProxy(CURL *easy, const Proxy &proxy)
{
    // An empty text, unlike none, also turns the environment's http_proxy and no_proxy off.
    const std::string url = proxy.isNone() ? std::string() : proxy.scheme + "://" + proxy.hostAndPort();
    curl_easy_setopt(easy, CURLOPT_PROXY, url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (proxy.isNone() || proxy.user.empty())
        return;
    std::string password(proxy.password.reveal());
    curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, proxy.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, password.c_str());
    core::wipe(password);
}

// The name that TLS checks is the one in libcurl's URL; where the connection goes is said apart from it.
HeaderList applyAddress(CURL *easy, const Request &request, const Route &route)
{
    if (!route.renamesServer()) {
        curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
        return {};
    }
    const std::size_t authority = request.url.find("://") + 3;
    const std::size_t path = std::min(request.url.find_first_of("/?#", authority), request.url.size());
    const std::string renamed = request.url.substr(0, authority) + route.serverName + ':' + std::to_string(route.peer.port)
        + request.url.substr(path);
    curl_easy_setopt(easy, CURLOPT_URL, renamed.c_str());
    ListBuilder target;
    target.add("::" + route.peer.hostAndPort());
    HeaderList list = target.take();
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, list.get());
    return list;
}

// Of path and query nothing is asked but that they stay on their line: what stands there is the sender's affair.
core::Result<UrlParts> originPartsOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    const std::size_t end = std::min(url.find_first_of("/?#", authority == std::string_view::npos ? 0 : authority + 3), url.size());
    if (std::ranges::any_of(url.substr(end), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
        return parseUrl(url); // it names the character
    return parseUrl(url.substr(0, end));
}

// Bytes that nothing acknowledges mean that the network is gone; without this the system waits a quarter of an hour.
int onSocket(void *route, curl_socket_t socket, curlsocktype purpose)
{
    const auto *limits = static_cast<const Route *>(route);
    const auto milliseconds = static_cast<unsigned>(limits->lostAfter.count());
    if (purpose == CURLSOCKTYPE_IPCXN)
        setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
    return CURL_SOCKOPT_OK;
}

void applyConnection(CURL *easy, const Request &request, const Route &route)
{
    if (!route.caFile.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, route.caFile.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // The fingerprint says more than a name: TlsWatch lets one certificate in.
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, route.fingerprint.empty() ? 2L : 0L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.value_or(kFallbackTimeout).count()));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, kKeepAliveSeconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, kKeepAliveInterval);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &onSocket);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, &route);
    // libcurl sends a request once more when a connection that it took from its cache turns out to be closed. Only a
    // fresh connection keeps it from that.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.safeToRepeat ? 0L : 1L);
}

core::Result<UrlParts> checkedUrl(const Request &request)
{
    auto parts = originPartsOf(request.url);
    if (!parts)
        return parts;
    if (parts->scheme != "http" && parts->scheme != "https")
        return refusal(RequestTr::tr("Only http and https requests can be sent, not \"%1\".").arg(QString::fromStdString(parts->scheme)));
    if (parts->host.empty())
        return refusal(RequestTr::tr("The URL names no host."));
    if (parts->hasUser)
        return refusal(RequestTr::tr("The URL of a request must not hold a user or password; they go into the log-in."));
    return parts;
}

core::Result<void> checkMethod(const Request &request)
{
    if (!isToken(request.method))
        return refusal(RequestTr::tr("\"%1\" is not a request method.").arg(QString::fromStdString(request.method)));
    if (request.method == "HEAD" && !request.body.empty())
        return refusal(RequestTr::tr("A HEAD request cannot carry a body."));
    return checkHeaders(request);
}

} // namespace

std::string Route::key() const
{
    // Whoever shows no certificate, asks for no name and accepts none must not be served by a connection that did.
    return peer.origin() + ' ' + (proxy.isNone() ? std::string() : proxy.scheme + "://" + proxy.hostAndPort()) + ' ' + serverName
        + ' ' + fingerprint + (identity ? " *" : "");
}

bool Route::renamesServer() const
{
    return peer.scheme == "https" && !serverName.empty();
}

core::Result<Route> routeOf(const Request &request, const Transport &transport)
{
    auto parts = checkedUrl(request);
    if (!parts)
        return std::move(parts).error();
    if (auto method = checkMethod(request); !method)
        return std::move(method).error();
    auto proxy = proxyFor(parts->scheme, parts->host, transport);
    if (!proxy)
        return std::move(proxy).error();

    Route route;
    route.peer.scheme = parts->scheme;
    route.peer.host = parts->host.find(':') == std::string::npos ? parts->host : '[' + parts->host + ']';
    route.peer.port = parts->port.value_or(parts->scheme == "https" ? 443 : 80);
    if (!proxy->isNone())
        route.peer.proxy = proxy->hostAndPort();
    route.proxy = std::move(proxy).value();
    route.caFile = transport.caFile;
    route.userAgent = transport.userAgent;
    if (!request.isElsewhere) {
        route.serverName = transport.serverName == parts->host ? std::string() : transport.serverName;
        route.fingerprint = transport.fingerprint;
    }
    route.lostAfter = std::max(transport.lostAfter, request.connectTimeout.value_or(transport.connectTimeout));
    return route;
}

OptionLists applyRequest(CURL *easy, const Request &request, const Route &route)
{
    OptionLists lists { headerList(request, route), applyAddress(easy, request, route) };
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lists.headers.get());
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE)); // none of them to a proxy
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L); // undone by us, see Inflater
    if (!route.userAgent.empty())
        curl_easy_setopt(easy, CURLOPT_USERAGENT, route.userAgent.c_str());
    applyMethod(easy, request);
    applyProxy(easy, route.proxy);
    applyConnection(easy, request, route);

    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a cancel does not wait for the resolver's thread
    return lists;
}

} // namespace http
