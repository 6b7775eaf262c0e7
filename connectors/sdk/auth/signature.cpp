// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/signature.h"

#include "http/url.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <ctime>
#include <map>

namespace auth {

namespace {

using Pair = std::pair<std::string, std::string>;

QByteArray viewOf(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string hexOf(const QByteArray &bytes)
{
    return bytes.toHex().toStdString();
}

QByteArray hmac(const QByteArray &key, std::string_view text)
{
    return QMessageAuthenticationCode::hash(viewOf(text), key, QCryptographicHash::Sha256);
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Without blanks at both ends, each stretch of them inside as one.
std::string collapsed(std::string_view text)
{
    std::string out;
    bool isPending = false;
    for (const char c : text) {
        if (isBlank(c)) {
            isPending = !out.empty();
            continue;
        }
        if (isPending)
            out += ' ';
        isPending = false;
        out += c;
    }
    return out;
}

// "." and ".." resolved, empty segments left out; a slash at the end stays where a segment is before it.
std::string normalizedPath(std::string_view path)
{
    std::vector<std::string_view> kept;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        if (segment == "..") {
            if (!kept.empty())
                kept.pop_back();
        } else if (!segment.empty() && segment != ".") {
            kept.push_back(segment);
        }
        begin = end + 1;
    }
    std::string out;
    for (const std::string_view segment : kept)
        out.append("/").append(segment);
    if (out.empty() || path.back() == '/')
        out += '/';
    return out;
}

// Encodes what stands between slashes, escapes that are there already included.
std::string encodedPath(std::string_view path)
{
    std::string out;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        out += http::percentEncoded(path.substr(begin, end - begin));
        if (end < path.size())
            out += '/';
        begin = end + 1;
    }
    return out;
}

std::string canonicalPath(const SignedParts &parts, const SigningScope &scope)
{
    const std::string_view path = parts.path.empty() ? std::string_view("/") : std::string_view(parts.path);
    if (scope.service == "s3")
        return std::string(path);
    return encodedPath(parts.normalizesPath ? normalizedPath(path) : std::string(path));
}

// One encoding whatever the client wrote; a broken escape is taken as text.
std::string encodedOnce(std::string_view text)
{
    const auto decoded = http::percentDecoded(text);
    return http::percentEncoded(decoded ? *decoded : std::string(text));
}

std::string canonicalQuery(std::string_view query)
{
    std::vector<Pair> pairs;
    for (std::size_t begin = 0; begin < query.size();) {
        const std::size_t end = std::min(query.find('&', begin), query.size());
        const std::string_view part = query.substr(begin, end - begin);
        const std::size_t sign = std::min(part.find('='), part.size());
        if (!part.empty())
            pairs.emplace_back(encodedOnce(part.substr(0, sign)), encodedOnce(part.substr(std::min(sign + 1, part.size()))));
        begin = end + 1;
    }
    std::ranges::sort(pairs);
    std::string out;
    for (const auto &[name, value] : pairs) {
        if (!out.empty())
            out += '&';
        out.append(name).append("=").append(value);
    }
    return out;
}

// By lower-case name; the values of repeated headers in the order in which they are sent.
std::map<std::string, std::string> canonicalHeaders(const std::vector<Pair> &headers)
{
    std::map<std::string, std::string> out;
    for (const auto &[name, value] : headers) {
        const auto [at, isNew] = out.try_emplace(lowered(name), collapsed(value));
        if (!isNew)
            at->second.append(",").append(collapsed(value));
    }
    return out;
}

QByteArray signingKey(const AwsCredentials &credentials, const std::string &date, const SigningScope &scope)
{
    const std::string_view secret = credentials.secretAccessKey.reveal();
    QByteArray first("AWS4");
    first.append(secret.data(), static_cast<qsizetype>(secret.size()));
    const QByteArray key = hmac(hmac(hmac(hmac(first, date), scope.region), scope.service), "aws4_request");
    core::wipe(first.data(), static_cast<std::size_t>(first.size()));
    return key;
}

std::string amzDateOf(std::chrono::system_clock::time_point now)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm utc {};
    gmtime_r(&seconds, &utc);
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc));
}

struct WireUrl {
    std::string host; // as the Host header has it
    std::string path;
    std::string query;
};

WireUrl wireUrlOf(std::string_view url)
{
    WireUrl out;
    const bool isTls = url.starts_with("https:");
    const std::size_t scheme = url.find("://");
    url.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    url = url.substr(0, url.find('#'));
    const std::size_t end = std::min(url.find_first_of("/?"), url.size());
    std::string_view authority = url.substr(0, end);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    const std::string_view usual = isTls ? ":443" : ":80";
    if (authority.ends_with(usual))
        authority.remove_suffix(usual.size());
    out.host = authority;
    url.remove_prefix(end);
    const std::size_t mark = std::min(url.find('?'), url.size());
    out.path = url.substr(0, mark);
    out.query = url.substr(std::min(mark + 1, url.size()));
    return out;
}

void removeOld(std::vector<http::Header> &headers)
{
    std::erase_if(headers, [](const http::Header &header) {
        const std::string name = lowered(header.name);
        return name == "x-amz-date" || name == "x-amz-security-token" || name == "authorization";
    });
}

} // namespace

std::string sha256Hex(std::string_view bytes)
{
    return hexOf(QCryptographicHash::hash(viewOf(bytes), QCryptographicHash::Sha256));
}

SignatureSteps signatureOf(const SignedParts &parts, const AwsCredentials &credentials, const SigningScope &scope)
{
    std::string headerLines;
    std::string names;
    for (const auto &[name, value] : canonicalHeaders(parts.headers)) {
        headerLines.append(name).append(":").append(value).append("\n");
        names.append(names.empty() ? "" : ";").append(name);
    }
    SignatureSteps steps;
    steps.canonicalRequest = parts.method + '\n' + canonicalPath(parts, scope) + '\n' + canonicalQuery(parts.query) + '\n'
        + headerLines + '\n' + names + '\n' + parts.payloadHash;
    const std::string date = parts.amzDate.substr(0, 8);
    const std::string place = date + '/' + scope.region + '/' + scope.service + "/aws4_request";
    steps.stringToSign
        = "AWS4-HMAC-SHA256\n" + parts.amzDate + '\n' + place + '\n' + sha256Hex(steps.canonicalRequest);
    steps.signature = hexOf(hmac(signingKey(credentials, date, scope), steps.stringToSign));
    steps.authorization = "AWS4-HMAC-SHA256 Credential=" + credentials.accessKeyId + '/' + place
        + ", SignedHeaders=" + names + ", Signature=" + steps.signature;
    return steps;
}

SignatureSteps sign(http::Request &request, const AwsCredentials &credentials, const SigningScope &scope,
    std::chrono::system_clock::time_point now)
{
    removeOld(request.headers);
    SignedParts parts;
    parts.method = request.method;
    parts.amzDate = amzDateOf(now);
    request.headers.push_back({"X-Amz-Date", parts.amzDate});
    if (!credentials.sessionToken.isEmpty()) {
        request.headers.push_back({"X-Amz-Security-Token", std::string(credentials.sessionToken.reveal()), true});
        request.secrets.push_back(credentials.sessionToken);
    }
    WireUrl url = wireUrlOf(request.url);
    parts.path = std::move(url.path);
    parts.query = std::move(url.query);
    bool hasHost = false;
    for (const http::Header &header : request.headers) {
        const std::string name = lowered(header.name);
        hasHost |= name == "host";
        if (name == "host" || name == "content-type" || name.starts_with("x-amz-"))
            parts.headers.emplace_back(name, header.value);
        if (name == "x-amz-content-sha256")
            parts.payloadHash = collapsed(header.value);
    }
    if (!hasHost)
        parts.headers.emplace_back("host", std::move(url.host));
    if (parts.payloadHash.empty())
        parts.payloadHash = sha256Hex(request.body);
    parts.normalizesPath = scope.service != "s3";
    SignatureSteps steps = signatureOf(parts, credentials, scope);
    request.headers.push_back({"Authorization", steps.authorization, true});
    request.secrets.push_back(credentials.secretAccessKey);
    return steps;
}

} // namespace auth
