// SPDX-License-Identifier: GPL-3.0-or-later
#include "errors.h"

#include "names.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace lindorm {

namespace {

using core::ErrorKind;

struct ErrorsTr {
    Q_DECLARE_TR_FUNCTIONS(LindormErrors)
};

constexpr std::size_t kTextShown = 500;

bool isProxyStatus(int status)
{
    return status == 408 || status == 502 || status == 503 || status == 504;
}

bool isLoginStatus(int status)
{
    return status == 401 || status == 403 || status == 407;
}

// Codes that are about the server rather than about the statement.
bool isServerCode(const std::string &code)
{
    constexpr std::array<std::string_view, 3> codes{"1030", "1040", "1043"};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

QString loginHint(int status)
{
    if (status == 407)
        return ErrorsTr::tr("A proxy on the way wants a log-in: see \"proxy\" of the connection.");
    if (status == 403)
        return ErrorsTr::tr("The server refuses this address or this user: see the white list of the instance and SHOW PRIVILEGES.");
    return ErrorsTr::tr("Check user and password (those of the first account changed with engine 3.4.31). A user may also lack "
                        "the right to do this: see SHOW PRIVILEGES.");
}

QString codeHint(const std::string &code)
{
    if (code == "1046" || code == "1049")
        return ErrorsTr::tr("SHOW DATABASES lists those that there are; the connection's database stands behind the port: …/DATABASE.");
    if (code == "1146")
        return ErrorsTr::tr("SHOW TABLES lists the tables of a database. A name without a database is looked up in the "
                            "connection's database, or else in \"default\": choose one (…/DATABASE) or write DATABASE.TABLE.");
    if (code == "1054")
        return ErrorsTr::tr("DESCRIBE TABLE lists the columns.");
    if (code == "1064")
        return ErrorsTr::tr("Names that are words of the language stand in backticks, texts in single quotes.");
    if (code == "1040")
        return ErrorsTr::tr("The server has too many connections; try again later.");
    if (code == "1007" || code == "1050")
        return ErrorsTr::tr("IF NOT EXISTS lets a statement pass where it is there already.");
    return {};
}

QString codeText(const StatedError &stated)
{
    if (stated.sqlState.empty())
        return shown(stated.code);
    return stated.code.empty() ? shown(stated.sqlState) : shown(stated.code) + QStringLiteral(" (") + shown(stated.sqlState) + QLatin1Char(')');
}

core::Error formError(const AnswerFacts &facts)
{
    const StatedError &stated = *facts.stated;
    core::Error error;
    error.httpStatus = facts.httpStatus;
    error.serverCode = codeText(stated);
    error.serverText = stated.message;
    error.position = positionIn(stated.message);
    if (isLoginStatus(facts.httpStatus) || isLoginCode(stated.code)) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The server refuses the log-in.");
        error.hint = loginHint(facts.httpStatus);
    } else if (stated.isOlderForm || isServerCode(stated.code) || facts.httpStatus >= 500) {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server reports an error.");
        error.hint = stated.isOlderForm && facts.httpStatus == 404
            ? ErrorsTr::tr("The server has no such path; statements go to /api/v2/sql, which single-node instances do not offer.")
            : codeHint(stated.code);
    } else {
        error.kind = ErrorKind::Statement;
        error.message = ErrorsTr::tr("The statement failed.");
        error.hint = codeHint(stated.code);
    }
    return error;
}

QString otherHint(const AnswerFacts &facts)
{
    if (facts.httpStatus == 404)
        return ErrorsTr::tr("There is no SQL interface at this address: check host and port (8242 is usual). Single-node "
                            "instances do not offer it.");
    if (facts.httpStatus == 413)
        return ErrorsTr::tr("The statement is too large for the server: write fewer rows at once.");
    if (facts.httpStatus >= 300 && facts.httpStatus < 400)
        return ErrorsTr::tr("The answer points to another address: use that one in the connection if it is right.");
    if (shown(facts.bodyStart).contains(QLatin1String("<html"), Qt::CaseInsensitive))
        return ErrorsTr::tr("This is a web page, of a proxy or another server: check host, port and proxy of the connection.");
    return ErrorsTr::tr("Check that Lindorm's time-series engine answers at this host and port.");
}

// A body in a form of its own: text, a web page, nothing.
core::Error otherError(const AnswerFacts &facts)
{
    core::Error error;
    error.httpStatus = facts.httpStatus;
    error.serverText = facts.bodyStart.substr(0, kTextShown);
    error.hint = otherHint(facts);
    if (isLoginStatus(facts.httpStatus)) {
        error.kind = ErrorKind::Login;
        error.message = ErrorsTr::tr("The log-in is refused.");
        error.hint = loginHint(facts.httpStatus);
    } else if (isProxyStatus(facts.httpStatus)) {
        error.kind = ErrorKind::Network;
        error.message = ErrorsTr::tr("The database server was not reached: something before it answered.");
    } else if (facts.httpStatus >= 400) {
        error.kind = ErrorKind::Server;
        error.message = ErrorsTr::tr("The server refuses the request.");
    } else {
        error.kind = ErrorKind::Decode;
        error.message = facts.location.empty() ? ErrorsTr::tr("The answer is not in Lindorm's form.")
                                               : ErrorsTr::tr("The answer is a redirect to %1.").arg(shown(facts.location));
    }
    return error;
}

} // namespace

bool isLoginCode(const std::string &code)
{
    return code == "1045";
}

std::optional<core::Error> statedError(const AnswerFacts &facts)
{
    if (facts.hasDialectForm && facts.stated)
        return formError(facts);
    if (facts.httpStatus >= 300 || !facts.hasDialectForm)
        return otherError(facts);
    return std::nullopt;
}

core::Position positionIn(const std::string &message)
{
    static const QRegularExpression place(QStringLiteral("\\bline\\s+(\\d+)\\s*,?\\s*col(?:umn)?\\s+(\\d+)"),
        QRegularExpression::CaseInsensitiveOption);
    core::Position position;
    const QRegularExpressionMatch match = place.match(shown(message));
    bool hasLine = false;
    bool hasColumn = false;
    const int line = match.captured(1).toInt(&hasLine);
    const int column = match.captured(2).toInt(&hasColumn);
    if (hasLine && hasColumn && line > 0 && column > 0) {
        position.line = line;
        position.column = column;
    }
    return position;
}

} // namespace lindorm
