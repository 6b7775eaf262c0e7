// SPDX-License-Identifier: GPL-3.0-or-later
#include "login.h"

#include "errors.h"
#include "http/url.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace tdengine {

namespace {

struct LoginTr {
    Q_DECLARE_TR_FUNCTIONS(LoginTr)
};

constexpr std::size_t kAnswerLimit = 64 * 1024;

Stated statedByTokenAnswer(const http::Head &head, const std::string &body)
{
    Stated stated;
    stated.httpStatus = head.status;
    stated.contentType = head.header("Content-Type");
    stated.location = head.header("Location");
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    const QJsonObject object = document.object();
    const QJsonValue code = object.value(QLatin1String("code"));
    stated.hasDialectForm = code.isDouble();
    if (!stated.hasDialectForm) {
        stated.bodyStart = body;
        return stated;
    }
    stated.code = code.toInteger();
    stated.desc = object.value(QLatin1String("desc")).toString().toStdString();
    return stated;
}

// Base64 mixes what stands side by side: user and password together have a form of their own.
std::vector<core::Secret> formsOf(const Login::Settings &settings)
{
    std::string pair = settings.user + ':';
    pair += settings.secret.reveal();
    std::string encoded = http::base64(pair);
    std::vector<core::Secret> forms{settings.secret, core::Secret(encoded)};
    core::wipe(pair);
    core::wipe(encoded);
    return forms;
}

} // namespace

Login::Login(Settings settings, http::Client &client)
    : m_settings(std::move(settings))
    , m_behind(formsOf(m_settings))
    , m_client(client)
    , m_tokens("Taosd", [this](std::stop_token stop) { return fetchToken(std::move(stop)); })
{
    for (const core::Secret &secret : m_behind)
        m_redactor.add(secret);
}

core::Result<Login::Ticket> Login::ticket(std::stop_token stop)
{
    switch (m_settings.mode) {
    case Mode::Basic:
        return Ticket{auth::basicHeader(m_settings.user, m_settings.secret), std::nullopt, m_behind};
    case Mode::Bearer:
        return Ticket{auth::tokenHeader("Bearer", m_settings.secret), std::nullopt, m_behind};
    case Mode::Token:
        break;
    }
    auto token = m_tokens.token(std::move(stop));
    if (!token)
        return std::move(token).error();
    return Ticket{auth::tokenHeader("Taosd", token->secret), token->generation, m_behind};
}

bool Login::refused(const Ticket &ticket)
{
    if (!ticket.generation)
        return false;
    m_tokens.refused(*ticket.generation);
    return true;
}

std::optional<auth::LoginState> Login::state() const
{
    return m_settings.mode == Mode::Token ? std::optional(m_tokens.state()) : std::nullopt;
}

core::Result<void> Login::renew(std::stop_token stop)
{
    auto token = m_tokens.renew(std::move(stop));
    return token ? core::Result<void>() : core::Result<void>(std::move(token).error());
}

http::Request Login::tokenRequest() const
{
    http::Request request;
    request.url = m_settings.baseUrl + "/rest/login/" + http::percentEncoded(m_settings.user) + "/";
    std::string password = http::percentEncoded(m_settings.secret.reveal());
    request.urlSecrets.emplace_back(request.url.size(), password.size());
    request.url += password;
    core::wipe(password);
    request.secretAnswer = true;
    request.safeToRepeat = true;
    request.purpose = LoginTr::tr("log-in");
    return request;
}

core::Result<auth::TokenLogin::Fetched> Login::fetchToken(std::stop_token stop)
{
    http::Exchange failed;
    auto answer = m_client.send(tokenRequest(), stop, &failed);
    if (!answer) {
        note(failed);
        return std::move(answer).error();
    }
    auto body = http::readAll(**answer, kAnswerLimit);
    note((*answer)->exchange());
    if (!body)
        return std::move(body).error();
    Stated stated = statedByTokenAnswer((*answer)->head(), *body);
    core::wipe(*body);
    if (auto error = statedError(stated)) {
        error->serverText = redacted(error->serverText);
        return std::move(*error);
    }
    core::Secret token(stated.desc);
    core::wipe(stated.desc);
    if (token.isEmpty()) {
        core::Error error;
        error.kind = core::ErrorKind::Decode;
        error.message = LoginTr::tr("The server's answer to the log-in holds no token.");
        error.hint = LoginTr::tr("Use auth=basic in the connection.");
        return error;
    }
    const std::lock_guard lock(m_mutex);
    m_redactor.add(token);
    return auth::TokenLogin::Fetched{std::move(token), std::nullopt};
}

void Login::note(const http::Exchange &exchange)
{
    const std::lock_guard lock(m_mutex);
    m_exchanges.push_back(exchange);
}

std::vector<http::Exchange> Login::takeExchanges()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_exchanges, {});
}

std::string Login::redacted(const std::string &text) const
{
    const std::lock_guard lock(m_mutex);
    return m_redactor.redacted(text);
}

} // namespace tdengine
