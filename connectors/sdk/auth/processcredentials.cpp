// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awssearch.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace auth {

namespace {

struct ProcessFormTr {
    Q_DECLARE_TR_FUNCTIONS(ProcessFormTr)
};

core::Error formError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Login;
    error.message = message;
    error.hint = ProcessFormTr::tr(
        "It must print one JSON object: {\"Version\": 1, \"AccessKeyId\": …, \"SecretAccessKey\": …, \"SessionToken\": …, "
        "\"Expiration\": …}.");
    return error;
}

core::Secret secretOf(const QJsonObject &object, const QString &key)
{
    std::string text = object.value(key).toString().toStdString();
    core::Secret secret(text);
    core::wipe(text);
    return secret;
}

} // namespace

core::Result<AwsCredentials> readProcessCredentials(std::string_view output)
{
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(output.data(), static_cast<qsizetype>(output.size())));
    if (!document.isObject())
        return formError(ProcessFormTr::tr("what it printed is not a JSON object"));
    const QJsonObject object = document.object();
    if (object.value(QStringLiteral("Version")).toInt() != 1)
        return formError(ProcessFormTr::tr("what it printed is not of version 1"));
    AwsCredentials out;
    out.accessKeyId = object.value(QStringLiteral("AccessKeyId")).toString().toStdString();
    out.secretAccessKey = secretOf(object, QStringLiteral("SecretAccessKey"));
    out.sessionToken = secretOf(object, QStringLiteral("SessionToken"));
    if (out.accessKeyId.empty() || out.secretAccessKey.isEmpty())
        return formError(ProcessFormTr::tr("what it printed lacks AccessKeyId or SecretAccessKey"));
    const QString expiration = object.value(QStringLiteral("Expiration")).toString();
    if (expiration.isEmpty())
        return out;
    const QDateTime time = QDateTime::fromString(expiration, Qt::ISODateWithMs);
    if (!time.isValid())
        return formError(ProcessFormTr::tr("Expiration is not a time: %1").arg(expiration));
    out.expiry = std::chrono::system_clock::time_point(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
    if (*out.expiry <= std::chrono::system_clock::now())
        return formError(ProcessFormTr::tr("what it printed expired at %1").arg(expiration));
    return out;
}

} // namespace auth
