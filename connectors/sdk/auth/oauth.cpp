// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/oauth.h"

#include "http/url.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace auth {

namespace {

struct OAuthTr {
    Q_DECLARE_TR_FUNCTIONS(OAuthLogin)
};

constexpr std::size_t kMostAnswer = 256 * 1024;

core::Error oauthError(core::ErrorKind kind, const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

void addField(std::string &form, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    if (!form.empty())
        form += '&';
    form += name;
    form += '=';
    std::string encoded = http::percentEncoded(value);
    form += encoded;
    core::wipe(encoded);
}

// RFC 6749 2.3.1: both halves are encoded as in a form before they are joined.
http::Header clientHeader(const OAuthSettings &settings)
{
    std::string password = http::percentEncoded(settings.clientSecret.reveal());
    http::Header header = basicHeader(http::percentEncoded(settings.clientId), core::Secret(password));
    core::wipe(password);
    return header;
}

QString hintOf(const QString &code, const OAuthSettings &settings)
{
    if (code == QLatin1String("invalid_client"))
        return settings.clientAuthentication == OAuthSettings::ClientAuthentication::Basic
            ? OAuthTr::tr("Check client_id and its secret; some servers take them in the form only (client_auth=body).")
            : OAuthTr::tr("Check client_id and its secret; most servers take them as a Basic log-in (client_auth=basic).");
    if (code == QLatin1String("invalid_grant"))
        return OAuthTr::tr("The refresh token has expired, was withdrawn or was used already: get another one and keep it in the connection.");
    if (code == QLatin1String("invalid_scope"))
        return OAuthTr::tr("Check the connection's scope.");
    if (code == QLatin1String("unauthorized_client") || code == QLatin1String("unsupported_grant_type"))
        return OAuthTr::tr("The server does not let this client use this grant: check grant= of the connection.");
    return OAuthTr::tr("Check token_url and the client of the connection.");
}

// Seconds as a number, or as a text, which some servers send. None: not told, or nothing that a token could live.
std::optional<std::chrono::seconds> lifetimeIn(const QJsonValue &value)
{
    const double seconds = value.isString() ? value.toString().toDouble() : value.toDouble();
    if (!(seconds >= 1) || seconds > 1e9)
        return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>(seconds));
}

core::ErrorKind kindOf(int status)
{
    if (status >= 502 && status <= 504)
        return core::ErrorKind::Network;
    return status >= 500 ? core::ErrorKind::Server : core::ErrorKind::Login;
}

core::Secret secretIn(const QJsonObject &answer, const char *member)
{
    std::string text = answer.value(QLatin1String(member)).toString().toStdString();
    core::Secret secret(text);
    core::wipe(text);
    return secret;
}

core::Result<void> usable(const http::Head &head, const QJsonDocument &document, const OAuthSettings &settings)
{
    const QJsonObject answer = document.object();
    const QString code = answer.value(QLatin1String("error")).toString();
    core::Error error;
    if (!code.isEmpty()) {
        error = oauthError(kindOf(head.status), OAuthTr::tr("The token server refused the log-in."), hintOf(code, settings));
        error.serverCode = code;
        error.serverText = answer.value(QLatin1String("error_description")).toString().toStdString();
    } else if (head.status >= 300 && head.status < 400) {
        error = oauthError(core::ErrorKind::Login, OAuthTr::tr("The token server sends the log-in elsewhere, which is not followed: a secret goes to token_url alone."),
            OAuthTr::tr("Give the address that it names as token_url, if it is to be trusted."));
    } else if (head.status >= 400) {
        error = oauthError(kindOf(head.status), OAuthTr::tr("The token server answered with status %1.").arg(head.status), hintOf({}, settings));
    } else if (!document.isObject() || answer.value(QLatin1String("access_token")).toString().isEmpty()) {
        error = oauthError(core::ErrorKind::Decode, OAuthTr::tr("The token server's answer holds no token."), OAuthTr::tr("Check token_url of the connection."));
    } else if (const QString type = answer.value(QLatin1String("token_type")).toString();
               !type.isEmpty() && type.compare(QLatin1String("bearer"), Qt::CaseInsensitive) != 0) {
        error = oauthError(core::ErrorKind::Login, OAuthTr::tr("The token server gives tokens of the type \"%1\"; only bearer tokens can be used.").arg(type));
    } else {
        return {};
    }
    error.httpStatus = head.status;
    return error;
}

} // namespace

OAuthLogin::OAuthLogin(OAuthSettings settings, http::Client &client, TokenLogin::Clock clock)
    : m_settings(std::move(settings))
    , m_client(client)
    , m_tokens(m_settings.grant == OAuthSettings::Grant::RefreshToken ? "OAuth 2 refresh token" : "OAuth 2 client credentials",
          [this](std::stop_token stop) { return fetch(std::move(stop)); }, std::move(clock))
    , m_refreshToken(m_settings.refreshToken)
{
    hide(m_settings.clientSecret);
    hide(m_settings.refreshToken);
    if (!m_settings.clientSecret.isEmpty())
        hide(core::Secret(clientHeader(m_settings).value.substr(6))); // behind "Basic "
}

http::Request OAuthLogin::request(const core::Secret &refreshToken) const
{
    const bool isRefresh = m_settings.grant == OAuthSettings::Grant::RefreshToken;
    http::Request request;
    request.method = "POST";
    request.url = m_settings.tokenUrl;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    addField(request.body, "grant_type", isRefresh ? "refresh_token" : "client_credentials");
    if (isRefresh)
        addField(request.body, "refresh_token", refreshToken.reveal());
    addField(request.body, "scope", m_settings.scope);
    addField(request.body, "audience", m_settings.audience);
    const bool isPublic = m_settings.clientSecret.isEmpty();
    if (!isPublic && m_settings.clientAuthentication == OAuthSettings::ClientAuthentication::Basic) {
        request.headers.push_back(clientHeader(m_settings));
    } else {
        addField(request.body, "client_id", m_settings.clientId);
        addField(request.body, "client_secret", m_settings.clientSecret.reveal());
    }
    for (const core::Secret &secret : {m_settings.clientSecret, refreshToken}) {
        if (!secret.isEmpty())
            request.secrets.push_back(secret);
    }
    request.secretAnswer = true;
    request.safeToRepeat = !isRefresh; // a refresh token may be good for one use
    request.purpose = OAuthTr::tr("log-in");
    return request;
}

core::Result<TokenLogin::Fetched> OAuthLogin::fetch(std::stop_token stop)
{
    core::Secret refreshToken;
    {
        const std::lock_guard lock(m_mutex);
        refreshToken = m_refreshToken;
    }
    http::Exchange failed;
    auto answer = m_client.send(request(refreshToken), std::move(stop), &failed);
    if (!answer) {
        note(failed);
        return redacted(std::move(answer).error());
    }
    auto body = http::readAll(**answer, kMostAnswer);
    http::Exchange exchange = (*answer)->exchange();
    exchange.finished = true;
    note(exchange);
    if (!body)
        return redacted(std::move(body).error());
    auto fetched = read((*answer)->head(), *body);
    core::wipe(*body);
    return fetched;
}

core::Result<TokenLogin::Fetched> OAuthLogin::read(const http::Head &head, const std::string &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())));
    if (auto good = usable(head, document, m_settings); !good)
        return redacted(std::move(good).error());
    const QJsonObject answer = document.object();
    const core::Secret token = secretIn(answer, "access_token");
    const core::Secret next = secretIn(answer, "refresh_token");
    hide(token);
    if (m_settings.grant == OAuthSettings::Grant::RefreshToken && !next.isEmpty()) {
        hide(next);
        bool isAnother = false;
        {
            const std::lock_guard lock(m_mutex);
            isAnother = next.reveal() != m_refreshToken.reveal();
            m_refreshToken = next;
        }
        if (isAnother && m_settings.keepRefreshToken)
            m_settings.keepRefreshToken(next);
    }
    return TokenLogin::Fetched{token, lifetimeIn(answer.value(QLatin1String("expires_in")))};
}

void OAuthLogin::hide(const core::Secret &secret)
{
    if (secret.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    m_redactor.add(secret);
}

void OAuthLogin::note(const http::Exchange &exchange)
{
    if (exchange.id == 0)
        return;
    const std::lock_guard lock(m_mutex);
    m_exchanges.push_back(exchange);
}

std::vector<http::Exchange> OAuthLogin::takeExchanges()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_exchanges, {});
}

std::string OAuthLogin::redacted(std::string_view text) const
{
    const std::lock_guard lock(m_mutex);
    return m_redactor.redacted(text);
}

core::Error OAuthLogin::redacted(core::Error error) const
{
    error.message = QString::fromStdString(redacted(error.message.toStdString()));
    error.hint = QString::fromStdString(redacted(error.hint.toStdString()));
    error.serverCode = QString::fromStdString(redacted(error.serverCode.toStdString()));
    error.serverText = redacted(std::string_view(error.serverText));
    return error;
}

} // namespace auth
