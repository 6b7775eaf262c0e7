// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

QString textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

std::optional<QStringList> linesOf(const QJsonObject &object, const char *key)
{
    if (!object.contains(QLatin1String(key)))
        return std::nullopt;
    QStringList lines;
    for (const QJsonValue &value : object.value(QLatin1String(key)).toArray())
        lines << value.toString();
    return lines;
}

// A text; with "latin1" each character is a byte, so that bytes that are not UTF-8 can be written down; a list is joined.
std::string bytesOf(const QJsonObject &object, const char *key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    QString text = value.toString();
    for (const QJsonValue &part : value.toArray())
        text += part.toString();
    const QByteArray bytes = object.value(QLatin1String("latin1")).toBool() ? text.toLatin1() : text.toUtf8();
    return bytes.toStdString();
}

support::RecordedAnswer answerOf(const QJsonObject &json)
{
    support::RecordedAnswer answer;
    answer.status = json.value(QLatin1String("status")).toInt(200);
    const QString type = json.contains(QLatin1String("type")) ? textOf(json, "type") : QStringLiteral("application/json; charset=utf-8");
    if (!type.isEmpty())
        answer.headers.push_back({"Content-Type", type.toStdString()});
    if (json.contains(QLatin1String("location")))
        answer.headers.push_back({"Location", textOf(json, "location").toStdString()});
    answer.body = bytesOf(json, "body");
    // "repeat": rows that are too many to be written down; "…" in the body stands for them.
    const QJsonObject repeat = json.value(QLatin1String("repeat")).toObject();
    if (!repeat.isEmpty()) {
        QStringList rows;
        for (int i = 0; i < repeat.value(QLatin1String("times")).toInt(); ++i)
            rows << textOf(repeat, "row");
        answer.body.replace(answer.body.find("…"), std::string("…").size(), rows.join(QLatin1Char(',')).toStdString());
    }
    if (json.contains(QLatin1String("brokenAt")))
        answer.brokenAt = static_cast<std::size_t>(json.value(QLatin1String("brokenAt")).toInt());
    return answer;
}

RecordedExchange exchangeOf(const QJsonObject &json)
{
    RecordedExchange exchange;
    const QJsonObject request = json.value(QLatin1String("request")).toObject();
    if (request.contains(QLatin1String("method")))
        exchange.method = textOf(request, "method").toStdString();
    exchange.url = textOf(request, "url").toStdString();
    if (request.contains(QLatin1String("body")))
        exchange.body = bytesOf(request, "body");
    const QJsonObject headers = request.value(QLatin1String("headers")).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        exchange.headers.emplace_back(header.key().toStdString(), header.value().toString().toStdString());
    exchange.answer = answerOf(json.value(QLatin1String("answer")).toObject());
    return exchange;
}

void readExpectation(const QJsonObject &expect, RecordedCase &recorded)
{
    recorded.columns = linesOf(expect, "columns");
    recorded.rows = linesOf(expect, "rows");
    recorded.completeness = expect.value(QLatin1String("completeness")).toString(QStringLiteral("complete")).toStdString();
    recorded.reason = textOf(expect, "reason").toStdString();
    if (expect.contains(QLatin1String("affectedRows")))
        recorded.affectedRows = expect.value(QLatin1String("affectedRows")).toInteger();
    const QJsonObject error = expect.value(QLatin1String("error")).toObject();
    recorded.errorKind = textOf(error, "kind").toStdString();
    recorded.exitCode = error.value(QLatin1String("exit")).toInt();
    recorded.serverCode = textOf(error, "code");
    recorded.serverText = textOf(error, "text").toStdString();
    recorded.messageHas = textOf(error, "messageHas");
    recorded.hintHas = textOf(error, "hintHas");
}

RecordedCase caseOf(const QString &file, const QJsonObject &json)
{
    RecordedCase recorded;
    recorded.name = file + QStringLiteral(": ") + textOf(json, "title");
    recorded.url = textOf(json, "url").toStdString();
    recorded.statement = bytesOf(json, "statement");
    recorded.maxRows = json.value(QLatin1String("maxRows")).toInteger();
    const QJsonObject parameters = json.value(QLatin1String("parameters")).toObject();
    for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter)
        recorded.parameters.emplace_back(parameter.key().toStdString(), parameter.value().toString().toStdString());
    for (const QJsonValue &exchange : json.value(QLatin1String("exchanges")).toArray())
        recorded.exchanges.push_back(exchangeOf(exchange.toObject()));
    // One exchange whose request is not looked at.
    if (json.contains(QLatin1String("answer")))
        recorded.exchanges.push_back(exchangeOf(json));
    readExpectation(json.value(QLatin1String("expect")).toObject(), recorded);
    return recorded;
}

} // namespace

std::vector<RecordedCase> readCases(const QString &folder)
{
    std::vector<RecordedCase> cases;
    QStringList files;
    for (QDirIterator entry(folder, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories); entry.hasNext();)
        files << entry.next();
    files.sort();
    for (const QString &path : files) {
        QFile file(path);
        const QString name = QDir(folder).relativeFilePath(path).chopped(5);
        QJsonParseError failure;
        const QJsonDocument document
            = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll(), &failure) : QJsonDocument();
        const QJsonObject json = document.object();
        const QJsonArray listed = json.value(QLatin1String("cases")).toArray();
        if (listed.isEmpty())
            cases.push_back({.name = name + QStringLiteral(": not readable: ") + failure.errorString()});
        for (const QJsonValue &value : listed) {
            QJsonObject whole = json.value(QLatin1String("defaults")).toObject();
            const QJsonObject own = value.toObject();
            for (auto entry = own.begin(); entry != own.end(); ++entry)
                whole.insert(entry.key(), entry.value());
            cases.push_back(caseOf(name, whole));
        }
    }
    return cases;
}
