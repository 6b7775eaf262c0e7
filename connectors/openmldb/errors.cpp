// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors.h"

#include <QCoreApplication>

namespace openmldb {

namespace {

using core::ErrorKind;

struct ErrorsTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDBErrors)
};

constexpr std::size_t kTextShown = 500;

bool contains(std::string_view text, const char *words)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).contains(QLatin1String(words), Qt::CaseInsensitive);
}

bool isAboutPath(std::string_view msg)
{
    return contains(msg, "no match method") || contains(msg, "unsupported method") || contains(msg, "invalid method")
        || contains(msg, "invalid url") || contains(msg, "Invalid path");
}

bool isNotFound(std::string_view msg)
{
    return contains(msg, "not found") || contains(msg, "not exist") || contains(msg, "can't find");
}

// Plans, code generation, catalogue, commands and the API server's own checks are about what was asked; the rest is
// about running it.
bool isStatementCode(std::int64_t code, std::string_view msg)
{
    if (code == -1)
        return !isAboutPath(msg) && !contains(msg, "refresh failed");
    return (code >= 1000 && code < 1300) || code == 2000;
}

QString statedHint(std::string_view msg)
{
    if (contains(msg, "invalid url"))
        return ErrorsTr::tr("Paths of the API server take ASCII letters, digits and a few signs only: neither \"%\" nor \".\".");
    if (isAboutPath(msg))
        return ErrorsTr::tr("The API server has no such endpoint: check method and path. The templates list those that there are.");
    if (contains(msg, "Invalid mode"))
        return ErrorsTr::tr("The mode is online, offsync or offasync.");
    if (isNotFound(msg))
        return ErrorsTr::tr("Names are case-sensitive. What another client has created shows after POST /refresh.");
    if (contains(msg, "!= schema size") || contains(msg, "append failed"))
        return ErrorsTr::tr("Check number and types of the values (--param NAME:TYPE=VALUE).");
    return {};
}

core::Error statedError(const http::Head &head, std::int64_t code, const std::string &msg)
{
    core::Error error;
    error.httpStatus = head.status;
    error.serverCode = QString::number(code);
    error.serverText = msg;
    const bool isStatement = isStatementCode(code, msg);
    error.kind = isStatement ? ErrorKind::Statement : ErrorKind::Server;
    error.message = isStatement ? ErrorsTr::tr("The statement failed.") : ErrorsTr::tr("The server reports an error.");
    error.hint = statedHint(msg);
    return error;
}

bool isProxyStatus(int status)
{
    return status == 408 || status == 502 || status == 503 || status == 504;
}

QString bodyHint(const http::Head &head, std::string_view body)
{
    if (head.status >= 300 && head.status < 400)
        return ErrorsTr::tr("The answer points to another address: use that one in the connection if it is right.");
    if (contains(body, "<html") || contains(body, "<!doctype"))
        return ErrorsTr::tr("This is a web page, of a proxy or another server: check host, port and proxy of the connection.");
    if (head.status == 404)
        return ErrorsTr::tr("There is no OpenMLDB API server at this address: check host and port (9080 as shipped, 8080 in the documents).");
    return ErrorsTr::tr("Check that an OpenMLDB API server answers at this host and port.");
}

} // namespace

std::optional<core::Error> statusError(const http::Head &head, std::string_view body)
{
    if (head.status < 300)
        return std::nullopt;
    core::Error error;
    error.httpStatus = head.status;
    error.serverText = body.substr(0, kTextShown);
    error.hint = bodyHint(head, body);
    if (head.status == 401 || head.status == 403 || head.status == 407) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The log-in is refused.");
        error.hint = ErrorsTr::tr("The API server itself has no log-in: something before it wants one. Check user and password of the connection.");
    } else if (isProxyStatus(head.status)) {
        error.kind = ErrorKind::Network;
        error.message = ErrorsTr::tr("The database server was not reached: something before it answered.");
    } else if (head.status >= 400) {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server refuses the request.");
    } else {
        error.kind = ErrorKind::Decode;
        error.message = ErrorsTr::tr("The answer is a redirect to %1.").arg(QString::fromUtf8(head.header("Location")));
    }
    return error;
}

std::optional<core::Error> errorOf(const http::Head &head, const AnswerSummary &summary)
{
    if (summary.error && summary.error->kind != ErrorKind::Decode)
        return summary.error;
    if (summary.hasDialectForm && summary.code.value_or(0) != 0)
        return statedError(head, *summary.code, summary.msg);
    if (auto error = statusError(head, summary.bodyStart))
        return error;
    if (!summary.error)
        return std::nullopt;
    core::Error error = *summary.error;
    error.httpStatus = head.status;
    if (!summary.hasDialectForm) {
        error.serverText = summary.bodyStart.substr(0, kTextShown);
        error.hint = bodyHint(head, summary.bodyStart);
    }
    return error;
}

std::optional<connector::Remedy> remedyOf(const core::Error &error)
{
    if (error.serverCode.isEmpty() || !isNotFound(error.serverText))
        return std::nullopt;
    return connector::Remedy{ErrorsTr::tr("Refresh the server's catalogue"), "POST /refresh"};
}

} // namespace openmldb
