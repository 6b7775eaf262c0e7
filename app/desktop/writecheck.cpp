// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/writecheck.h"

#include "connector/affectedobject.h"

#include <QCoreApplication>

namespace desktop {

namespace {

struct WriteTr {
    Q_DECLARE_TR_FUNCTIONS(WriteCheck)
};

WriteCheck refused(const connector::Statement &statement)
{
    return {WriteCheck::Verdict::Refused,
        WriteTr::tr("Line %1: the connection is read-only, and this statement may change something.").arg(statement.line),
        WriteTr::tr("Nothing was sent. Use another connection for it.")};
}

QString questionOf(const connector::AffectedObject &object, const QString &connection)
{
    const QString verb = QString::fromStdString(object.verb);
    const QString name = QString::fromStdString(object.name);
    if (verb.isEmpty())
        return WriteTr::tr("This may change something on the production connection \"%1\".").arg(connection);
    if (name.isEmpty())
        return WriteTr::tr("%1 on the production connection \"%2\"?").arg(verb, connection);
    return WriteTr::tr("%1 %2 on the production connection \"%3\"?").arg(verb, name, connection);
}

} // namespace

WriteCheck checkWrites(const ConnectionEntry &connection, const connector::Manifest &manifest, const std::vector<connector::Statement> &statements)
{
    const bool isProduction = connection.environment == "production";
    WriteCheck check;
    int writing = 0;
    for (const connector::Statement &statement : statements) {
        if (!connection.isReadOnly && !isProduction)
            break;
        const auto object = connector::affectedObject(statement, manifest);
        if (!object)
            continue;
        if (connection.isReadOnly)
            return refused(statement);
        if (++writing > 1)
            continue;
        check.verdict = WriteCheck::Verdict::Asked;
        check.message = questionOf(*object, connection.name);
        check.hint = WriteTr::tr("Line %1. Nothing was sent yet.").arg(statement.line);
    }
    if (writing > 1)
        check.hint = WriteTr::tr("%1 statements may change something, this is the first of them. Nothing was sent yet.").arg(writing);
    return check;
}

} // namespace desktop
