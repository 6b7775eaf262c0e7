// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestoptions.h"

#include "core/secret.h"
#include "http/url.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include <strings.h>

namespace http {

namespace {

struct RequestTr {
    Q_DECLARE_TR_FUNCTIONS(RequestTr)
};

// As large as libcurl allows: one system call fetches that much.
constexpr long kReceiveBuffer = 256 * 1024;
constexpr long kKeepAliveSeconds = 60;

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

std::string proxyPlace(const std::string &proxyUrl)
{
    const auto parts = parseUrl(proxyUrl.find("://") == std::string::npos ? "http://" + proxyUrl : proxyUrl);
    if (!parts)
        return "?";
    return parts->port ? parts->host + ':' + std::to_string(*parts->port) : parts->host;
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

HeaderList headerList(const Request &request)
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
    if (request.acceptGzip && !hasHeader(request, "Accept-Encoding"))
        list.add("Accept-Encoding: gzip");
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

void applyTransport(CURL *easy, const Transport &transport)
{
    // An empty text, unlike none, also turns the environment's http_proxy and no_proxy off.
    curl_easy_setopt(easy, CURLOPT_PROXY, transport.proxyUrl.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!transport.caFile.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, transport.caFile.c_str());
    if (!transport.certificateFile.empty())
        curl_easy_setopt(easy, CURLOPT_SSLCERT, transport.certificateFile.c_str());
    if (!transport.keyFile.empty())
        curl_easy_setopt(easy, CURLOPT_SSLKEY, transport.keyFile.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!transport.userAgent.empty())
        curl_easy_setopt(easy, CURLOPT_USERAGENT, transport.userAgent.c_str());
}

} // namespace

core::Result<Peer> checkRequest(const Request &request, const Transport &transport)
{
    auto parts = parseUrl(request.url);
    if (!parts)
        return std::move(parts).error();
    if (parts->scheme != "http" && parts->scheme != "https")
        return refusal(RequestTr::tr("Only http and https requests can be sent, not \"%1\".").arg(QString::fromStdString(parts->scheme)));
    if (parts->host.empty())
        return refusal(RequestTr::tr("The URL names no host."));
    if (parts->hasUser)
        return refusal(RequestTr::tr("The URL of a request must not hold a user or password; they go into the log-in."));
    if (!isToken(request.method))
        return refusal(RequestTr::tr("\"%1\" is not a request method.").arg(QString::fromStdString(request.method)));
    if (request.method == "HEAD" && !request.body.empty())
        return refusal(RequestTr::tr("A HEAD request cannot carry a body."));
    if (auto headers = checkHeaders(request); !headers)
        return std::move(headers).error();

    Peer peer;
    peer.scheme = parts->scheme;
    peer.host = parts->host.find(':') == std::string::npos ? parts->host : '[' + parts->host + ']';
    peer.port = parts->port.value_or(parts->scheme == "https" ? 443 : 80);
    if (!transport.proxyUrl.empty())
        peer.proxy = proxyPlace(transport.proxyUrl);
    return peer;
}

HeaderList applyRequest(CURL *easy, const Request &request, const Transport &transport)
{
    HeaderList headers = headerList(request);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE)); // none of them to a proxy
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L); // undone by us, see Inflater
    applyMethod(easy, request);
    applyTransport(easy, transport);

    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.value_or(transport.connectTimeout).count()));
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, kKeepAliveSeconds);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a cancel does not wait for the resolver's thread
    // libcurl sends a request once more when a connection that it took from its cache turns out to be closed. Only a
    // fresh connection keeps it from that.
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request.safeToRepeat ? 0L : 1L);
    return headers;
}

} // namespace http
