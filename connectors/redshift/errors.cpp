// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors.h"

#include "connector/tokens.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <charconv>

namespace redshift {

namespace {

struct ErrorsTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftErrors)
};

using core::ErrorKind;

constexpr std::size_t kTextShown = 500;

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// "com.amazonaws.redshiftdata#ValidationException:http://…" -> "ValidationException"
std::string bareName(std::string_view name)
{
    if (const std::size_t hash = name.find('#'); hash != std::string_view::npos)
        name.remove_prefix(hash + 1);
    return std::string(name.substr(0, name.find(':')));
}

bool isAmong(const std::string &name, std::initializer_list<const char *> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isSignatureName(const std::string &name)
{
    return isAmong(name, {"InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature",
                             "IncompleteSignatureException", "RequestExpired", "RequestTimeTooSkewed", "ExpiredTokenException",
                             "ExpiredToken"});
}

bool isLoginName(const std::string &name)
{
    return isSignatureName(name)
        || isAmong(name, {"UnrecognizedClientException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
                             "InvalidClientTokenId", "InvalidAccessKeyId", "AccessDeniedException", "AccessDenied",
                             "NotAuthorized", "UnauthorizedException", "OptInRequired"});
}

bool isProxyStatus(int status)
{
    return status == 408 || status == 502 || status == 503 || status == 504;
}

QString loginHint(const Refusal &refusal, const http::Head &head, std::chrono::system_clock::time_point now)
{
    if (refusal.status == 407)
        return ErrorsTr::tr("A proxy on the way wants a log-in: see \"proxy\" of the connection.");
    if (isSignatureName(refusal.name)) {
        const QString clock = clockComparison(head.header("Date"), now);
        const QString token = refusal.name.starts_with("ExpiredToken")
            ? ErrorsTr::tr("Temporary credentials last some hours: get new ones.")
            : ErrorsTr::tr("Check the secret access key, the region and the clock.");
        return clock.isEmpty() ? token : token + QLatin1Char(' ') + clock;
    }
    if (refusal.name.starts_with("AccessDenied"))
        return ErrorsTr::tr("The AWS identity lacks the permission that the server names; who administers the account can give it.");
    return ErrorsTr::tr("Check the access key, and the session token where the keys are temporary ones.");
}

QString serviceHint(const Refusal &refusal)
{
    if (refusal.name == "ResourceNotFoundException")
        return ErrorsTr::tr("Statements and their results are kept for 24 hours, and belong to one region and one identity.");
    if (refusal.name == "ActiveStatementsExceededException")
        return ErrorsTr::tr("Too many statements are running: wait for some to end, or stop them.");
    if (refusal.name == "ActiveSessionsExceededException")
        return ErrorsTr::tr("Too many statement sessions are open: wait for some to end, or leave out session= in the connection.");
    if (refusal.name == "DatabaseConnectionException")
        return ErrorsTr::tr("Check database, db_user and secret_arn of the connection; a paused cluster cannot be reached either.");
    if (refusal.name == "QueryTimeoutException")
        return ErrorsTr::tr("Listing took the server too long: try again, or ask for one schema only.");
    if (refusal.isTransient())
        return ErrorsTr::tr("The service is busy or in trouble: try again later.");
    if (refusal.message.find("endpoint") != std::string::npos)
        return ErrorsTr::tr("Check cluster or workgroup, and the region of the connection.");
    return {};
}

QString otherHint(const Refusal &refusal, std::string_view body)
{
    if (refusal.status == 404)
        return ErrorsTr::tr("There is no Redshift Data API at this address: check endpoint and region of the connection.");
    if (refusal.status >= 300 && refusal.status < 400)
        return ErrorsTr::tr("The answer points to another address: use that one as endpoint if it is right.");
    if (shown(body).contains(QLatin1String("<html"), Qt::CaseInsensitive))
        return ErrorsTr::tr("This is a web page, of a proxy or another server: check endpoint and proxy of the connection.");
    return ErrorsTr::tr("Check that the Redshift Data API answers at the connection's endpoint.");
}

core::Error otherError(const Refusal &refusal, const http::Head &head, std::string_view body)
{
    core::Error error;
    error.httpStatus = refusal.status;
    error.serverText = body.substr(0, kTextShown);
    error.hint = otherHint(refusal, body);
    if (refusal.status == 401 || refusal.status == 403 || refusal.status == 407) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The log-in is refused.");
        error.hint = refusal.status == 407 ? loginHint(refusal, head, {}) : error.hint;
    } else if (isProxyStatus(refusal.status)) {
        error.kind = ErrorKind::Network;
        error.message = ErrorsTr::tr("The service was not reached: something before it answered.");
    } else if (refusal.status >= 400) {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server refuses the request.");
    } else {
        error.kind = ErrorKind::Decode;
        const std::string_view location = head.header("Location");
        error.message = location.empty() ? ErrorsTr::tr("The answer is not in the form of the Redshift Data API.")
                                         : ErrorsTr::tr("The answer is a redirect to %1.").arg(shown(location));
    }
    return error;
}

// Line and column of the character that counts from 1.
void setPosition(std::string_view statement, std::int64_t character, core::Position &position)
{
    int line = 1;
    int column = 1;
    std::int64_t at = 1;
    for (const char c : statement) {
        if ((static_cast<unsigned char>(c) & 0xc0) == 0x80)
            continue; // within a character
        if (at++ == character)
            break;
        if (c == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
    }
    position.line = line;
    position.column = column;
}

} // namespace

bool Refusal::isTransient() const
{
    if (isAmong(name, {"ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded",
                          "ActiveStatementsExceededException", "InternalServerException", "InternalServerError",
                          "InternalFailure", "ServiceUnavailableException", "ServiceUnavailable"}))
        return true;
    // These say why a statement cannot start: they would say it again.
    return status >= 500 && !name.empty()
        && !isAmong(name, {"ExecuteStatementException", "BatchExecuteStatementException", "DatabaseConnectionException"});
}

Refusal readRefusal(const http::Head &head, std::string_view body)
{
    Refusal refusal;
    refusal.status = head.status;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size())));
    const QJsonObject object = document.object();
    const auto textOf = [&object](std::initializer_list<const char *> keys) {
        for (const char *key : keys) {
            if (const QJsonValue value = object.value(QLatin1String(key)); value.isString())
                return value.toString().toStdString();
        }
        return std::string();
    };
    refusal.message = textOf({"message", "Message", "errorMessage"});
    refusal.name = bareName(textOf({"__type", "code", "Code"}));
    if (refusal.name.empty())
        refusal.name = bareName(head.header("x-amzn-ErrorType"));
    return refusal;
}

core::Error errorOf(const Refusal &refusal, const http::Head &head, std::string_view body,
    std::chrono::system_clock::time_point now)
{
    if (refusal.name.empty())
        return otherError(refusal, head, body);
    core::Error error;
    error.httpStatus = refusal.status;
    error.serverCode = QString::fromStdString(refusal.name);
    error.serverText = refusal.message;
    if (isLoginName(refusal.name) || refusal.status == 401 || refusal.status == 403 || refusal.status == 407) {
        error.kind = ErrorKind::Login;
        error.message = refusal.name.starts_with("AccessDenied") ? ErrorsTr::tr("AWS denies access.")
                                                                 : ErrorsTr::tr("AWS refuses the log-in.");
        error.hint = loginHint(refusal, head, now);
    } else {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The service reports an error.");
        error.hint = serviceHint(refusal);
    }
    return error;
}

core::Error formError(const QString &message, std::string_view body)
{
    core::Error error;
    error.kind = ErrorKind::Decode;
    error.httpStatus = 200;
    error.message = message;
    error.serverText = body.substr(0, kTextShown);
    Refusal whole;
    whole.status = 200;
    error.hint = otherHint(whole, body);
    return error;
}

core::Error statementError(std::string_view text, std::string_view statement)
{
    core::Error error;
    error.kind = ErrorKind::Statement;
    error.message = ErrorsTr::tr("The statement failed.");
    error.serverCode = QStringLiteral("FAILED");
    error.serverText = text;
    constexpr std::string_view kMark = "Position:";
    if (const std::size_t at = text.rfind(kMark); at != std::string_view::npos) {
        const std::size_t digits = std::min(text.find_first_not_of(' ', at + kMark.size()), text.size());
        std::int64_t character = 0;
        if (std::from_chars(text.data() + digits, text.data() + text.size(), character).ec == std::errc() && character > 0)
            setPosition(statement, character, error.position);
    }
    if (text.find("does not exist") != std::string_view::npos)
        error.hint = ErrorsTr::tr("Without a schema only those of search_path are looked in: write SCHEMA.TABLE or DATABASE.SCHEMA.TABLE.");
    return error;
}

QString clockComparison(std::string_view dateHeader, std::chrono::system_clock::time_point now)
{
    QDateTime server = QLocale::c().toDateTime(shown(dateHeader), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!server.isValid())
        return {};
    server.setTimeSpec(Qt::UTC);
    const qint64 own = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const qint64 ahead = own - server.toSecsSinceEpoch();
    if (std::abs(ahead) < 5)
        return ErrorsTr::tr("This computer's clock agrees with the server's.");
    const qint64 size = std::abs(ahead);
    const QString amount = size < 120 ? ErrorsTr::tr("%1 s").arg(size) : ErrorsTr::tr("%1 min %2 s").arg(size / 60).arg(size % 60);
    const QString dates = ErrorsTr::tr("server: %1, here: %2")
                              .arg(server.toString(Qt::ISODate), QDateTime::fromSecsSinceEpoch(own, Qt::UTC).toString(Qt::ISODate));
    return (ahead > 0 ? ErrorsTr::tr("This computer's clock is %1 ahead of the server's (%2).")
                      : ErrorsTr::tr("This computer's clock is %1 behind the server's (%2)."))
        .arg(amount, dates);
}

} // namespace redshift
