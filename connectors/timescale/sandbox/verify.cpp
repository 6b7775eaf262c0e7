// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/verify.h"

#include "auth/signature.h"
#include "http/url.h"
#include "sandbox/timescaleservice.h"

#include <QDateTime>
#include <QStringList>

namespace timescale::server {

namespace {

constexpr qint64 kMostSkewSeconds = 300;

// The parts of "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…".
struct Authorization {
    QStringList credential; // key, date, region, service, "aws4_request"
    QStringList headers;
    QString signature;
};

std::optional<Authorization> authorizationOf(std::string_view value)
{
    constexpr std::string_view kScheme = "AWS4-HMAC-SHA256";
    if (!value.starts_with(kScheme))
        return std::nullopt;
    Authorization authorization;
    const QString text = QString::fromUtf8(value.substr(kScheme.size()));
    for (const QString &part : text.split(QLatin1Char(','))) {
        const QString pair = part.trimmed();
        const QString rest = pair.mid(pair.indexOf(QLatin1Char('=')) + 1);
        if (pair.startsWith(QStringLiteral("Credential=")))
            authorization.credential = rest.split(QLatin1Char('/'));
        else if (pair.startsWith(QStringLiteral("SignedHeaders=")))
            authorization.headers = rest.split(QLatin1Char(';'));
        else if (pair.startsWith(QStringLiteral("Signature=")))
            authorization.signature = rest;
    }
    const bool isWhole = authorization.credential.size() == 5 && !authorization.headers.isEmpty() && !authorization.signature.isEmpty();
    return isWhole ? std::optional(authorization) : std::nullopt;
}

std::string queryOf(const sandbox::Request &request)
{
    std::string query;
    for (const auto &[name, value] : request.query)
        query += (query.empty() ? "" : "&") + http::percentEncoded(name) + "=" + http::percentEncoded(value);
    return query;
}

std::string signatureFor(const sandbox::Request &request, const Authorization &authorization)
{
    auth::SignedParts parts;
    parts.method = request.method;
    parts.path = request.path;
    parts.query = queryOf(request);
    for (const QString &name : authorization.headers)
        parts.headers.emplace_back(name.toStdString(), std::string(request.header(name.toStdString())));
    parts.payloadHash = auth::sha256Hex(request.body);
    parts.amzDate = request.header("x-amz-date");
    const auth::AwsCredentials credentials{kSandboxAccessKey, core::Secret(kSandboxSecretKey), {}, {}, {}};
    const auth::SigningScope scope{authorization.credential[2].toStdString(), authorization.credential[3].toStdString()};
    return auth::signatureOf(parts, credentials, scope).signature;
}

std::optional<Refusal> lateness(const sandbox::Request &request)
{
    const QString stamp = QString::fromUtf8(request.header("x-amz-date"));
    QDateTime signedAt = QDateTime::fromString(stamp, QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    if (!signedAt.isValid())
        return Refusal{403, "IncompleteSignatureException", "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."};
    signedAt.setTimeSpec(Qt::UTC);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString limit = now.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    if (signedAt.secsTo(now) > kMostSkewSeconds)
        return Refusal{403, "InvalidSignatureException", QStringLiteral("Signature expired: %1 is now earlier than %2 - 5 min.").arg(stamp, limit).toStdString()};
    if (signedAt.secsTo(now) < -kMostSkewSeconds)
        return Refusal{403, "InvalidSignatureException", QStringLiteral("Signature not yet current: %1 is still later than %2 + 5 min.").arg(stamp, limit).toStdString()};
    return std::nullopt;
}

} // namespace

std::optional<Refusal> refusalOf(const sandbox::Request &request, std::string_view service)
{
    const std::string_view header = request.header("Authorization");
    if (header.empty())
        return Refusal{403, "MissingAuthenticationTokenException", "Missing Authentication Token"};
    const auto authorization = authorizationOf(header);
    if (!authorization)
        return Refusal{403, "IncompleteSignatureException", "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters."};
    if (authorization->credential[0] != QLatin1String(kSandboxAccessKey))
        return Refusal{403, "UnrecognizedClientException", "The security token included in the request is invalid."};
    if (authorization->credential[3] != QString::fromUtf8(service))
        return Refusal{403, "InvalidSignatureException",
            "Credential should be scoped to correct service: '" + std::string(service) + "'."};
    if (auto late = lateness(request))
        return late;
    if (authorization->signature.toStdString() != signatureFor(request, *authorization))
        return Refusal{403, "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."};
    return std::nullopt;
}

} // namespace timescale::server
