// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors.h"

#include <QCoreApplication>

namespace tdengine {

namespace {

using core::ErrorKind;

struct ErrorsTr {
    Q_DECLARE_TR_FUNCTIONS(ErrorsTr)
};

constexpr std::size_t kTextShown = 500;

bool isStatementCode(std::int64_t code)
{
    return (code >= 0x0200 && code <= 0x02ff) || (code >= 0x0360 && code <= 0x03a0) || (code >= 0x0600 && code <= 0x06ff)
        || (code >= 0x2600 && code <= 0x26ff) || (code >= 0x2800 && code <= 0x28ff);
}

bool isProxyStatus(int status)
{
    return status == 408 || status == 502 || status == 503 || status == 504;
}

bool isLoginStatus(int status)
{
    return status == 401 || status == 403 || status == 407;
}

// A JSON string as the whole body: what the server says under memory pressure.
bool isBareString(const std::string &body)
{
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    const std::size_t last = body.find_last_not_of(" \t\r\n");
    return first != std::string::npos && last > first && body[first] == '"' && body[last] == '"';
}

std::string bareString(const std::string &body)
{
    const std::size_t first = body.find('"') + 1;
    return body.substr(first, body.rfind('"') - first);
}

bool contains(const std::string &text, const char *words)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).contains(QLatin1String(words), Qt::CaseInsensitive);
}

QString loginHint(const Stated &stated)
{
    if (stated.httpStatus == 407)
        return ErrorsTr::tr("A proxy on the way wants a log-in: see \"proxy\" of the connection.");
    if (stated.httpStatus == 403)
        return ErrorsTr::tr("The server refuses this address or this statement: ask who administers it.");
    return ErrorsTr::tr("Check user, password and kind of log-in of the connection.");
}

QString statementHint(const Stated &stated)
{
    if (contains(stated.desc, "database not specified"))
        return ErrorsTr::tr("Choose a database (in the URL: …/DATABASE) or write DATABASE.TABLE; a database that does not "
                            "exist is reported like this too.");
    if (stated.code == 0x0388 || contains(stated.desc, "database not exist"))
        return ErrorsTr::tr("SHOW DATABASES lists those that there are.");
    if (stated.code == 0x0362 || stated.code == 0x2603 || contains(stated.desc, "table does not exist"))
        return ErrorsTr::tr("Check the database, and write names with capital letters in backticks: without them they are "
                            "read in lower case.");
    if (stated.httpStatus == 400 && (contains(stated.desc, "time zone") || contains(stated.desc, "timezone")))
        return ErrorsTr::tr("Check the time zone of the connection (tz): a name such as Asia/Shanghai is expected.");
    return {};
}

core::Error formError(const Stated &stated)
{
    core::Error error;
    error.httpStatus = stated.httpStatus;
    error.serverText = stated.desc;
    if (stated.code && *stated.code != 0)
        error.serverCode = QString::number(*stated.code);
    if (isLoginStatus(stated.httpStatus) || (stated.code && isLoginCode(*stated.code))) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The server refuses the log-in.");
        error.hint = loginHint(stated);
    } else if (stated.code && isStatementCode(*stated.code)) {
        error.kind = ErrorKind::Statement;
        error.message = ErrorsTr::tr("The statement failed.");
        error.hint = statementHint(stated);
    } else {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server reports an error.");
        error.hint = stated.httpStatus == 503 ? ErrorsTr::tr("The server is busy; try again later.") : statementHint(stated);
    }
    return error;
}

QString textHint(const Stated &stated)
{
    if (stated.httpStatus == 404)
        return ErrorsTr::tr("There is no TDengine REST interface at this address: check host and port (6041 is usual).");
    if (stated.httpStatus >= 300 && stated.httpStatus < 400)
        return ErrorsTr::tr("The answer points to another address: use that one in the connection if it is right.");
    if (contains(stated.bodyStart, "<html"))
        return ErrorsTr::tr("This is a web page, of a proxy or another server: check host, port and proxy of the connection.");
    return ErrorsTr::tr("Check that TDengine's REST interface answers at this host and port.");
}

// A body in a form of its own: text, a web page, nothing.
core::Error otherError(const Stated &stated)
{
    core::Error error;
    error.httpStatus = stated.httpStatus;
    error.serverText = stated.bodyStart.substr(0, kTextShown);
    error.hint = textHint(stated);
    if (isLoginStatus(stated.httpStatus)) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The log-in is refused.");
        error.hint = loginHint(stated);
    } else if (isProxyStatus(stated.httpStatus)) {
        error.kind = ErrorKind::Network;
        error.message = ErrorsTr::tr("The database server was not reached: something before it answered.");
    } else if (stated.httpStatus >= 400) {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server refuses the request.");
    } else {
        error.kind = ErrorKind::Decode;
        error.message = stated.location.empty()
            ? ErrorsTr::tr("The answer is not in TDengine's form.")
            : ErrorsTr::tr("The answer is a redirect to %1.").arg(QString::fromStdString(stated.location));
    }
    return error;
}

} // namespace

bool isLoginCode(std::int64_t code)
{
    return code == 3 || (code >= 0x0350 && code <= 0x0357) || code == 4357 || code == 4386 || code == 4388 || code == 4389;
}

std::optional<core::Error> statedError(const Stated &stated)
{
    if (stated.hasDialectForm && stated.code == 0) {
        // A success at an error's status is no error of the dialect's: something on the way refused.
        return stated.httpStatus < 400 ? std::nullopt : std::optional(otherError(stated));
    }
    if (stated.hasDialectForm)
        return formError(stated);
    if (stated.httpStatus == 503 && isBareString(stated.bodyStart)) {
        Stated plain = stated;
        plain.desc = bareString(stated.bodyStart);
        return formError(plain);
    }
    return otherError(stated);
}

} // namespace tdengine
