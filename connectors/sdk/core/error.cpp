// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

#include <QCoreApplication>
#include <QStringList>

namespace core {

namespace {
struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Error)
};
}

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return 130;
    case ErrorKind::Usage:
    case ErrorKind::Unsupported:
        return 2;
    case ErrorKind::Network:
    case ErrorKind::Tls:
    case ErrorKind::Timeout:
        return 3;
    case ErrorKind::Login:
        return 4;
    case ErrorKind::Decode:
        return 5;
    case ErrorKind::Server:
    case ErrorKind::Statement:
    case ErrorKind::Limit:
    case ErrorKind::Internal:
        break;
    }
    return 1;
}

const char *kindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return "cancelled";
    case ErrorKind::Usage:
        return "usage";
    case ErrorKind::Unsupported:
        return "unsupported";
    case ErrorKind::Network:
        return "network";
    case ErrorKind::Tls:
        return "TLS";
    case ErrorKind::Timeout:
        return "time-out";
    case ErrorKind::Login:
        return "log-in";
    case ErrorKind::Server:
        return "server";
    case ErrorKind::Statement:
        return "statement";
    case ErrorKind::Decode:
        return "decode";
    case ErrorKind::Limit:
        return "limit";
    case ErrorKind::Internal:
        break;
    }
    return "internal";
}

QString toText(const Error &error)
{
    QStringList lines;
    if (!error.message.isEmpty())
        lines << error.message;
    const QString text = QString::fromUtf8(error.serverText.data(), static_cast<qsizetype>(error.serverText.size()));
    if (!error.serverCode.isEmpty() && !text.isEmpty())
        lines << Tr::tr("The server says: [%1] %2").arg(error.serverCode, text);
    else if (!error.serverCode.isEmpty())
        lines << Tr::tr("The server's code: %1").arg(error.serverCode);
    else if (!text.isEmpty())
        lines << Tr::tr("The server says: %1").arg(text);
    if (error.httpStatus >= 400)
        lines << Tr::tr("HTTP status %1").arg(error.httpStatus);
    QStringList where;
    if (error.position.line)
        where << Tr::tr("line %1").arg(*error.position.line);
    if (error.position.column)
        where << Tr::tr("column %1").arg(*error.position.column);
    if (error.position.byte)
        where << Tr::tr("byte %1").arg(*error.position.byte);
    if (error.position.row)
        where << Tr::tr("row %1").arg(*error.position.row);
    if (!where.isEmpty())
        lines << Tr::tr("At %1").arg(where.join(QStringLiteral(", ")));
    if (error.mayHaveRun)
        lines << Tr::tr("The statement may have run: the connection was lost before the answer came.");
    if (!error.hint.isEmpty())
        lines << error.hint;
    return lines.join(QLatin1Char('\n'));
}

} // namespace core
