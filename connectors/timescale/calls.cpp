// SPDX-License-Identifier: GPL-3.0-or-later
#include "calls.h"

#include "http/url.h"
#include "json/writer.h"
#include "requesttext.h"

#include <QCoreApplication>

namespace timescale {

namespace {

struct CallsTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleCalls)
};

core::Error callError(core::ErrorKind kind, const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Result<std::string> getStatement(const Catalog::Found &found, const connector::CallForm &form, const connector::CallValues &values)
{
    std::string target = found.target;
    std::string query;
    const std::vector<std::optional<std::string>> row = values.rows.empty() ? std::vector<std::optional<std::string>>() : values.rows.front();
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
        const connector::CallField &field = form.fields[i];
        const std::optional<std::string> value = i < row.size() ? row[i] : std::nullopt;
        const bool isGiven = value && !value->empty();
        if (!isGiven && field.isRequired)
            return callError(core::ErrorKind::Usage, CallsTr::tr("The parameter \"%1\" has no value.").arg(QString::fromStdString(field.name)));
        if (!isGiven)
            continue;
        const Parameter *parameter = found.method.find(field.name);
        const std::string mark = "{" + field.name;
        const std::size_t at = parameter && parameter->isInPath ? target.find(mark) : std::string::npos;
        if (at != std::string::npos) {
            target.replace(at, target.find('}', at) + 1 - at, http::percentEncoded(*value));
            continue;
        }
        query += (query.empty() ? "?" : "&") + http::percentEncoded(field.name) + "=" + http::percentEncoded(*value);
    }
    return "GET " + target + query;
}

} // namespace

core::Result<connector::CallForm> formOf(const Catalog::Found &found, const Settings &settings)
{
    connector::CallForm form;
    const QString name = QString::fromStdString(found.resource);
    if (found.method.verb == "GET") {
        form.title = CallsTr::tr("Get %1").arg(name);
        for (const Parameter &parameter : found.method.parameters)
            form.fields.push_back({parameter.name, QString::fromStdString(parameter.type), {}, parameter.isRequired, {}});
        return form;
    }
    if (found.method.verb != "POST")
        return callError(core::ErrorKind::Unsupported, CallsTr::tr("There is no form for the method %1.").arg(QString::fromStdString(found.method.verb)),
            CallsTr::tr("Write the request into the editor."));
    const auto columns = settings.recordColumns.find(found.resource);
    if (columns == settings.recordColumns.end()) {
        return callError(core::ErrorKind::Usage, CallsTr::tr("The order of the columns of %1 is not set.").arg(name),
            CallsTr::tr("A function that inserts by position takes the order of the keys for that of the columns, and no answer shows it. "
                        "Set it in the connection: columns=%1(time,symbol,price_open)").arg(name));
    }
    form.title = CallsTr::tr("Insert by %1").arg(name);
    form.takesSeveralRows = true;
    form.writes = true;
    for (const RecordColumn &column : columns->second)
        form.fields.push_back({column.name, column.isText ? QStringLiteral("text") : QString(), {}, false, {}});
    return form;
}

core::Result<std::string> statementOf(
    const Catalog::Found &found, const Settings &settings, const connector::CallForm &form, const connector::CallValues &values)
{
    if (found.method.verb == "GET")
        return getStatement(found, form, values);
    const auto columns = settings.recordColumns.find(found.resource);
    if (found.method.verb != "POST" || columns == settings.recordColumns.end())
        return callError(core::ErrorKind::Usage, CallsTr::tr("There is no form for this resource."));
    if (values.rows.empty())
        return callError(core::ErrorKind::Usage, CallsTr::tr("There is no record to insert."));
    std::string body = "{\"records\":[";
    for (std::size_t row = 0; row < values.rows.size(); ++row) {
        if (values.rows[row].size() != columns->second.size()) {
            return callError(core::ErrorKind::Usage,
                CallsTr::tr("Record %1 has %2 values in the place of %3.").arg(row + 1).arg(values.rows[row].size()).arg(columns->second.size()));
        }
        body += row == 0 ? "\n{" : ",\n{";
        for (std::size_t i = 0; i < columns->second.size(); ++i) {
            body += i == 0 ? "" : ",";
            json::appendString(body, columns->second[i].name);
            body += ":";
            appendRecordValue(body, columns->second[i], values.rows[row][i]);
        }
        body += "}";
    }
    return "POST " + found.target + "\nContent-Type: application/json\n\n" + body + "\n]}";
}

} // namespace timescale
