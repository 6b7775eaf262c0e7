// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/verifier.h"

#include "auth/signature.h"
#include "http/url.h"

#include <algorithm>
#include <ctime>
#include <vector>

namespace redshift::server {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256 ";
constexpr std::string_view kService = "redshift-data";
constexpr std::int64_t kTolerance = 15 * 60; // seconds

struct Authorization {
    std::vector<std::string> credential; // key, date, region, service, "aws4_request"
    std::vector<std::string> signedHeaders;
    std::string signature;
};

std::vector<std::string> parts(std::string_view text, char mark)
{
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(mark, begin), text.size());
        all.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

Authorization readAuthorization(std::string_view header)
{
    Authorization out;
    for (std::string part : parts(header.substr(kAlgorithm.size()), ',')) {
        part.erase(0, part.find_first_not_of(' '));
        const std::size_t sign = part.find('=');
        const std::string value = sign == std::string::npos ? std::string() : part.substr(sign + 1);
        if (part.starts_with("Credential="))
            out.credential = parts(value, '/');
        else if (part.starts_with("SignedHeaders="))
            out.signedHeaders = parts(value, ';');
        else if (part.starts_with("Signature="))
            out.signature = value;
    }
    return out;
}

std::optional<std::int64_t> secondsOf(const std::string &amzDate)
{
    std::tm utc {};
    const char *end = strptime(amzDate.c_str(), "%Y%m%dT%H%M%SZ", &utc);
    if (!end || *end != '\0')
        return std::nullopt;
    return timegm(&utc);
}

std::string amzDateOf(std::int64_t seconds)
{
    const std::time_t time = seconds;
    std::tm utc {};
    gmtime_r(&time, &utc);
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &utc));
}

std::optional<Complaint> incomplete(const std::string &what)
{
    return Complaint{400, "IncompleteSignatureException", "Authorization header requires " + what};
}

std::optional<Complaint> wrong(const std::string &message)
{
    return Complaint{400, "InvalidSignatureException", message};
}

std::optional<Complaint> checkClock(const std::string &amzDate, std::chrono::system_clock::time_point now)
{
    const auto signedAt = secondsOf(amzDate);
    if (!signedAt)
        return incomplete("existence of either a 'X-Amz-Date' or a 'Date' header.");
    const std::int64_t own = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (*signedAt < own - kTolerance) {
        return wrong("Signature expired: " + amzDate + " is now earlier than " + amzDateOf(own - kTolerance) + " (" + amzDateOf(own)
            + " - 15 min.)");
    }
    if (*signedAt > own + kTolerance) {
        return wrong("Signature not yet current: " + amzDate + " is still later than " + amzDateOf(own + kTolerance) + " ("
            + amzDateOf(own) + " + 15 min.)");
    }
    return std::nullopt;
}

auth::SignedParts signedParts(const sandbox::Request &request, const Authorization &authorization, const std::string &amzDate)
{
    auth::SignedParts out;
    out.method = request.method;
    out.path = request.path;
    for (const auto &[name, value] : request.query)
        out.query += (out.query.empty() ? "" : "&") + http::percentEncoded(name) + "=" + http::percentEncoded(value);
    for (const auto &[name, value] : request.headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (std::find(authorization.signedHeaders.begin(), authorization.signedHeaders.end(), lower) != authorization.signedHeaders.end())
            out.headers.emplace_back(lower, value);
    }
    out.payloadHash = auth::sha256Hex(request.body);
    out.amzDate = amzDate;
    return out;
}

} // namespace

std::optional<Complaint> verify(const sandbox::Request &request, std::chrono::system_clock::time_point now)
{
    const std::string_view header = request.header("Authorization");
    if (header.empty())
        return Complaint{403, "MissingAuthenticationTokenException", "Missing Authentication Token"};
    if (!header.starts_with(kAlgorithm))
        return incomplete("'AWS4-HMAC-SHA256' as its algorithm.");
    const Authorization authorization = readAuthorization(header);
    if (authorization.credential.size() != 5)
        return incomplete("'Credential' parameter.");
    if (authorization.signature.empty())
        return incomplete("'Signature' parameter.");
    for (const char *name : {"host", "x-amz-date"}) {
        if (std::find(authorization.signedHeaders.begin(), authorization.signedHeaders.end(), name) == authorization.signedHeaders.end())
            return wrong(std::string("'") + name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }
    const std::string amzDate(request.header("X-Amz-Date"));
    if (auto complaint = checkClock(amzDate, now))
        return complaint;
    if (authorization.credential[1] != amzDate.substr(0, 8))
        return wrong("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" + authorization.credential[1] + "' != '"
            + amzDate.substr(0, 8) + "', from '" + amzDate + "'.");
    if (authorization.credential[3] != kService)
        return wrong("Credential should be scoped to correct service: '" + std::string(kService) + "'.");
    if (authorization.credential[0] != kAccessKeyId || !request.header("X-Amz-Security-Token").empty())
        return Complaint{400, "UnrecognizedClientException", "The security token included in the request is invalid."};
    auth::AwsCredentials own;
    own.accessKeyId = kAccessKeyId;
    own.secretAccessKey = core::Secret(kSecretAccessKey);
    const auth::SignatureSteps steps = auth::signatureOf(
        signedParts(request, authorization, amzDate), own, {authorization.credential[2], std::string(kService)});
    if (steps.signature == authorization.signature)
        return std::nullopt;
    return wrong("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
                 "signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have "
                 "been\n'"
        + steps.canonicalRequest + "'\n\nThe String-to-Sign should have been\n'" + steps.stringToSign + "'\n");
}

} // namespace redshift::server
