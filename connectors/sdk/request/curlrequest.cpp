// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awsauthorization.h"
#include "auth/login.h"
#include "auth/signature.h"
#include "connector/request.h"
#include "connector/tokens.h"
#include "http/url.h"
#include "request/cookiefile.h"
#include "request/curldata.h"
#include "request/curlsettings.h"

#include <QCoreApplication>

namespace request {

namespace {

struct CurlRequestTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

constexpr std::size_t kExpectedFrom = 1024 * 1024; // larger posts ask first

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::size_t pathBegin(std::string_view url)
{
    return std::min(url.find_first_of("/?#", url.find("://") + 3), url.size());
}

// Segments of one and two dots taken out, by RFC 3986.
std::string withoutDots(std::string_view path)
{
    std::vector<std::string_view> kept;
    bool endsInSlash = false;
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view segment = path.substr(at, end - at);
        const bool isDots = segment == "." || segment == "..";
        if (segment == ".." && !kept.empty())
            kept.pop_back();
        if (!isDots)
            kept.push_back(segment);
        endsInSlash = isDots && end == path.size();
        at = end + 1;
    }
    std::string out;
    for (const std::string_view segment : kept)
        out.append("/").append(segment);
    return endsInSlash || out.empty() ? out + '/' : out;
}

struct Body {
    bool isThere = false;
    std::string bytes;
    std::string contentType; // that curl adds
    bool isUpload = false;
    bool isForm = false;
    bool isChunked = false;
};

// Puts one request together out of the options.
class RequestBuilder
{
public:
    RequestBuilder(const CurlSettings &settings, const ReadFile &readFile, const Word &place)
        : m_settings(settings)
        , m_readFile(readFile)
        , m_place(place)
        , m_ready(settings.ready)
    {
    }

    core::Result<Ready> build(const std::string &url, const Word *upload)
    {
        if (auto body = readBody(upload); !body)
            return std::move(body).error();
        if (auto done = applyUrl(url, upload); !done)
            return std::move(done).error();
        http::Request &request = m_ready.request;
        request.acceptGzip = false;
        request.method = method();
        request.body = std::move(m_body.bytes);
        request.safeToRepeat = request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
        m_ready.redirects.isMethodKept = m_settings.method.has_value();
        m_ready.transport.userAgent.clear();
        m_ready.transport.retries = 0;
        applyHeaders();
        if (auto done = applyCookieFiles(); !done)
            return std::move(done).error();
        if (auto done = applyProxy(); !done)
            return std::move(done).error();
        if (auto done = sign(); !done)
            return std::move(done).error();
        markSecrets(request);
        return std::move(m_ready);
    }

private:
    core::Error conflict() const
    {
        const Word &place = m_settings.place.text.empty() ? m_place : m_settings.place;
        return errorAt(place.line, place.column, CurlRequestTr::tr("The options ask for two kinds of request at once."),
            CurlRequestTr::tr("Only one of -d, -F, -T and -I decides on the body; with -G the data goes into the URL."));
    }

    core::Result<void> readBody(const Word *upload)
    {
        const bool hasData = m_settings.data && !m_settings.isGet;
        if ((hasData && !m_settings.form.empty()) || ((hasData || !m_settings.form.empty()) && m_settings.isHead && !m_settings.isGet))
            return conflict();
        if (upload) {
            auto bytes = readNamedFile(*upload, upload->text == "." ? "-" : upload->text, m_readFile);
            if (!bytes)
                return std::move(bytes).error();
            m_body = {true, std::move(bytes).value(), {}, true, false, upload->text == "-" || upload->text == "."};
        } else if (!m_settings.form.empty()) {
            auto form = formBody(m_settings, m_readFile);
            if (!form)
                return std::move(form).error();
            m_body = {true, std::move(form->bytes), "multipart/form-data; boundary=" + form->boundary, false, true, false};
            m_boundary = form->boundary;
        } else if (hasData) {
            m_body = {true, *m_settings.data, m_settings.isJson ? "application/json" : "application/x-www-form-urlencoded", false, false, false};
        }
        return {};
    }

    std::string method() const
    {
        if (m_settings.method)
            return *m_settings.method;
        if (m_settings.isHead)
            return "HEAD";
        return m_body.isUpload ? "PUT" : m_body.isThere ? "POST" : "GET";
    }

    core::Result<void> applyUrl(std::string url, const Word *upload)
    {
        url = std::string(trimmed(url));
        const std::size_t scheme = url.find("://");
        if (scheme == std::string::npos || url.find_first_of("/?#") < scheme)
            url.insert(0, m_settings.defaultScheme + "://");
        url.erase(std::min(url.find('#'), url.size()));
        if (auto done = takeUser(url); !done)
            return done;
        std::size_t path = pathBegin(url);
        if (path == url.size() || url[path] != '/')
            url.insert(path, "/");
        const std::size_t query = std::min(url.find('?'), url.size());
        if (!m_settings.keepsDots)
            url.replace(path, query - path, withoutDots(std::string_view(url).substr(path, query - path)));
        if (upload && url.ends_with('/') && url.find('?') == std::string::npos && !m_body.isChunked)
            url += http::percentEncoded(upload->text.substr(upload->text.find_last_of('/') + 1));
        appendQuery(url);
        for (const char c : url) {
            if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f)
                return errorAt(m_place.line, m_place.column, CurlRequestTr::tr("The URL holds a blank or a control character, which curl refuses."),
                    CurlRequestTr::tr("Write a blank as %20."));
        }
        m_ready.request.url = std::move(url);
        return {};
    }

    // user:password@ goes out of the URL and into the log-in, where no option gives one.
    core::Result<void> takeUser(std::string &url)
    {
        const std::size_t begin = url.find("://") + 3;
        const std::size_t end = pathBegin(url);
        const std::size_t at = url.rfind('@', end);
        if (at == std::string::npos || at < begin)
            return {};
        const std::string user = url.substr(begin, at - begin);
        const std::size_t colon = user.find(':');
        url.erase(begin, at + 1 - begin);
        auto name = http::percentDecoded(user.substr(0, colon));
        auto password = http::percentDecoded(colon == std::string::npos ? std::string() : user.substr(colon + 1));
        if (!name || !password)
            return errorAt(m_place.line, m_place.column, CurlRequestTr::tr("The user part of the URL is not percent-encoded."));
        m_user = *name + ':' + *password;
        return {};
    }

    void appendQuery(std::string &url)
    {
        const bool usesData = m_settings.isGet && m_settings.data;
        std::string added = usesData ? *m_settings.data : m_settings.urlQuery.value_or(std::string());
        if (!usesData && !m_settings.urlQuery)
            return;
        // curl writes the escapes of what it adds in lower case.
        for (std::size_t at = added.find('%'); at != std::string::npos; at = added.find('%', at + 1)) {
            const auto isHex = [&added](std::size_t place) { return place < added.size() && std::isxdigit(static_cast<unsigned char>(added[place])); };
            if (!isHex(at + 1) || !isHex(at + 2))
                continue;
            added[at + 1] = static_cast<char>(std::tolower(static_cast<unsigned char>(added[at + 1])));
            added[at + 2] = static_cast<char>(std::tolower(static_cast<unsigned char>(added[at + 2])));
        }
        if (added.empty())
            return;
        const std::size_t question = url.find('?');
        if (question == std::string::npos)
            url += '?';
        else if (question + 1 < url.size() && !url.ends_with('&'))
            url += '&';
        url += added;
    }

    bool isGiven(std::string_view name) const
    {
        for (const std::string &line : m_settings.headers) {
            const std::size_t end = line.find_first_of(":;");
            if (end != std::string::npos && connector::sameWord(std::string_view(line).substr(0, end), name))
                return true;
        }
        return false;
    }

    void add(std::string_view name, std::string value)
    {
        if (!isGiven(name))
            m_ready.request.headers.push_back({std::string(name), std::move(value), false});
    }

    void applyHeaders()
    {
        addLogin();
        if (m_settings.userAgent)
            add(m_settings.userAgent->empty() ? std::string_view() : "User-Agent", *m_settings.userAgent);
        else
            add("User-Agent", "curl/7.88.1");
        std::erase_if(m_ready.request.headers, [](const http::Header &header) { return header.name.empty(); });
        add("Accept", m_settings.isJson ? "application/json" : "*/*");
        if (!m_settings.range.empty())
            add(m_body.isUpload ? "Content-Range" : "Range", "bytes" + std::string(m_body.isUpload ? " " : "=") + m_settings.range + (m_body.isUpload ? "/" + std::to_string(m_ready.request.body.size()) : ""));
        if (!m_settings.referer.empty())
            add("Referer", m_settings.referer);
        if (!m_settings.cookies.empty())
            add("Cookie", m_settings.cookies);
        if (m_settings.isCompressed)
            add("Accept-Encoding", "deflate, gzip, br, zstd");
        if (m_settings.asksTransferEncoding) {
            add("TE", "gzip");
            add("Connection", "TE");
        }
        if (const std::size_t colon = m_settings.timeCondition.find(": "); colon != std::string::npos)
            add(m_settings.timeCondition.substr(0, colon), m_settings.timeCondition.substr(colon + 2));
        addBodyHeaders();
        for (const std::string &line : m_settings.headers)
            addGiven(line);
    }

    void addLogin()
    {
        const std::string user = m_settings.user.value_or(m_user);
        if (m_settings.awsProvider)
            return;
        if (!m_settings.bearer.empty() && !isGiven("Authorization")) {
            m_ready.request.headers.push_back(auth::tokenHeader("Bearer", core::Secret(m_settings.bearer)));
        } else if ((m_settings.user || !m_user.empty()) && !isGiven("Authorization")) {
            const std::size_t colon = user.find(':');
            m_ready.request.headers.push_back(
                auth::basicHeader(user.substr(0, colon), core::Secret(colon == std::string::npos ? std::string() : user.substr(colon + 1))));
        }
    }

    void addBodyHeaders()
    {
        http::Request &request = m_ready.request;
        if (!m_body.contentType.empty())
            add("Content-Type", m_body.contentType);
        if (m_body.isChunked)
            add("Transfer-Encoding", "chunked");
        const bool asksFirst = m_body.isUpload ? !request.body.empty() || m_body.isChunked : request.body.size() > kExpectedFrom;
        if (asksFirst)
            add("Expect", "100-continue");
        const bool mayHaveBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
        if (!m_body.isThere && mayHaveBody && !isGiven("Content-Length"))
            request.withheld.emplace_back("Content-Length");
        if (m_body.isThere && request.body.empty() && !mayHaveBody)
            add("Content-Length", "0");
    }

    // A line of -H: "Name: value" is sent, "Name:" takes curl's own away, "Name;" is sent without a value.
    void addGiven(const std::string &line)
    {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) {
            const std::size_t semicolon = line.find(';');
            if (semicolon != std::string::npos && trimmed(std::string_view(line).substr(semicolon + 1)).empty() && semicolon > 0)
                m_ready.request.headers.push_back({line.substr(0, semicolon), {}, false});
            return;
        }
        std::string name(trimmed(std::string_view(line).substr(0, colon)));
        std::string value(trimmed(std::string_view(line).substr(colon + 1)));
        if (m_body.isForm && connector::sameWord(name, "Content-Type"))
            value += (value.empty() ? "" : "; boundary=" + m_boundary);
        if (!value.empty())
            m_ready.request.headers.push_back({std::move(name), std::move(value), false});
        else if (connector::sameWord(name, "Host") || connector::sameWord(name, "Content-Length"))
            m_ready.request.withheld.push_back(std::move(name));
    }

    core::Result<void> applyCookieFiles()
    {
        std::string cookies;
        for (const Word &file : m_settings.cookieFiles) {
            if (file.text.empty())
                continue;
            auto text = readNamedFile(file, file.text, m_readFile);
            if (text) // curl goes on without a file that is not there
                cookies += (cookies.empty() ? "" : "; ") + cookiesFor(*text, m_ready.request.url);
        }
        if (cookies.empty() || isGiven("Cookie"))
            return {};
        for (http::Header &header : m_ready.request.headers) {
            if (header.name == "Cookie") {
                header.value = cookies + "; " + header.value;
                return {};
            }
        }
        add("Cookie", cookies);
        return {};
    }

    core::Result<void> applyProxy()
    {
        std::string &proxy = m_ready.transport.proxyUrl;
        if (proxy.empty() || !m_settings.proxyUser)
            return {};
        const std::size_t scheme = proxy.find("://");
        const std::size_t colon = m_settings.proxyUser->find(':');
        const std::string user = http::percentEncoded(m_settings.proxyUser->substr(0, colon))
            + (colon == std::string::npos ? std::string() : ':' + http::percentEncoded(m_settings.proxyUser->substr(colon + 1)));
        proxy.insert(scheme == std::string::npos ? 0 : scheme + 3, user + '@');
        return {};
    }

    // --aws-sigv4 PROVIDER1[:PROVIDER2[:REGION[:SERVICE]]]: of AWS's own providers alone.
    core::Result<void> sign()
    {
        if (!m_settings.awsProvider || isGiven("Authorization"))
            return {};
        const Word &word = *m_settings.awsProvider;
        const QStringList parts = QString::fromStdString(word.text).split(QLatin1Char(':'));
        if (parts.value(0) != QLatin1String("aws") || (parts.size() > 1 && parts.value(1) != QLatin1String("amz")))
            return errorAt(word.line, word.column, CurlRequestTr::tr("Only signatures of the provider \"aws:amz\" are made."));
        const std::string &url = m_ready.request.url;
        const std::size_t begin = url.find("://") + 3;
        auth::SigningScope scope = auth::scopeOfHost(std::string_view(url).substr(begin, pathBegin(url) - begin));
        if (parts.size() > 2)
            scope.region = parts.value(2).toStdString();
        if (parts.size() > 3)
            scope.service = parts.value(3).toStdString();
        const std::string user = m_settings.user.value_or(m_user);
        const std::size_t colon = user.find(':');
        auth::AwsCredentials credentials;
        credentials.accessKeyId = user.substr(0, colon);
        credentials.secretAccessKey = core::Secret(colon == std::string::npos ? std::string() : user.substr(colon + 1));
        auth::sign(m_ready.request, credentials, scope, std::chrono::system_clock::now());
        return {};
    }

    const CurlSettings &m_settings;
    const ReadFile &m_readFile;
    const Word &m_place;
    Ready m_ready;
    Body m_body;
    std::string m_boundary;
    std::string m_user; // of the URL
};

} // namespace

core::Result<std::vector<Ready>> readyRequests(const CurlSettings &settings, const ReadFile &readFile)
{
    std::vector<Ready> all;
    for (std::size_t i = 0; i < settings.urls.size(); ++i) {
        const Word &word = settings.urls[i];
        auto urls = settings.globs ? globbed(word) : core::Result<std::vector<std::string>>(std::vector<std::string>{word.text});
        if (!urls)
            return std::move(urls).error();
        for (const std::string &url : *urls) {
            auto ready = RequestBuilder(settings, readFile, word).build(url, i < settings.uploads.size() ? &settings.uploads[i] : nullptr);
            if (!ready)
                return std::move(ready).error();
            all.push_back(std::move(ready).value());
        }
    }
    return all;
}

} // namespace request
