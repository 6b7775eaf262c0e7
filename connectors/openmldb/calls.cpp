// SPDX-License-Identifier: GPL-3.0-or-later
#include "calls.h"

#include "connector/sessionparts.h"
#include "errors.h"
#include "json/writer.h"
#include "names.h"
#include "values.h"

#include <QCoreApplication>

#include <algorithm>

namespace openmldb {

namespace {

struct CallsTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

using Values = std::vector<std::optional<std::string>>;

QString shownName(const std::string &name)
{
    return QString::fromStdString(name);
}

QString fieldHint(Type type)
{
    switch (type) {
    case Type::Bool:
        return CallsTr::tr("true or false");
    case Type::Date:
        return CallsTr::tr("2021-05-20");
    case Type::Timestamp:
        return CallsTr::tr("milliseconds since 1970, or a time with its zone: 2021-05-20T08:00:00Z");
    default:
        return {};
    }
}

connector::CallField fieldOf(const ColumnDescription &column)
{
    connector::CallField field;
    field.name = column.name;
    field.type = column.type == Type::Unknown ? shownName(column.typeName) : QLatin1String(sqlName(column.type));
    field.hint = fieldHint(column.type);
    field.isRequired = column.isNotNull;
    return field;
}

// row counts from 1; 0: there is but one.
core::Error valueError(const connector::CallField &field, std::size_t row, const QString &what)
{
    const QString where = row != 0 ? CallsTr::tr("Row %1, \"%2\": %3").arg(row).arg(shownName(field.name), what)
                              : CallsTr::tr("\"%1\": %2").arg(shownName(field.name), what);
    return connector::usageError(where, fieldHint(typeOf(field.type.toStdString())));
}

core::Result<std::string> fieldValue(
    const connector::CallField &field, const std::optional<std::string> &value, std::size_t row)
{
    if (!value && field.isRequired)
        return valueError(field, row, CallsTr::tr("the column takes no NULL."));
    if (!value)
        return std::string("null");
    const Type type = typeOf(field.type.toStdString());
    auto text = jsonValue(type == Type::Unknown ? Type::String : type, *value);
    if (!text)
        return valueError(field, row, CallsTr::tr("the value is no %1.").arg(field.type));
    return std::move(*text);
}

// [v1,v2] or {"c1":v1,"c2":v2}
core::Result<std::string> rowText(
    const std::vector<connector::CallField> &fields, const Values &values, bool asObject, std::size_t row)
{
    if (values.size() != fields.size())
        return connector::usageError(CallsTr::tr("%1 values are given for %2 columns.").arg(values.size()).arg(fields.size()), {});
    std::string text(1, asObject ? '{' : '[');
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto value = fieldValue(fields[i], values[i], row);
        if (!value)
            return std::move(value).error();
        if (i != 0)
            text += ',';
        if (asObject) {
            json::appendString(text, fields[i].name);
            text += ':';
        }
        text += *value;
    }
    return text + (asObject ? '}' : ']');
}

// The rows, one a line.
core::Result<std::string> rowsText(const connector::CallForm &form, const connector::CallValues &values)
{
    std::string text;
    for (std::size_t i = 0; i < values.rows.size(); ++i) {
        const std::size_t number = form.takesSeveralRows ? i + 1 : 0;
        auto row = rowText(form.fields, values.rows[i], values.asObjects && form.takesObjects, number);
        if (!row)
            return row;
        text += (text.empty() ? "" : ",\n  ") + *row;
    }
    return text;
}

const char *pathPart(Called called)
{
    return called == Called::Table ? "/tables/" : called == Called::Deployment ? "/deployments/" : "/procedures/";
}

} // namespace

connector::CallForm putForm(const TableDescription &table)
{
    connector::CallForm form;
    form.title = CallsTr::tr("Put a row into %1.%2").arg(shownName(table.database), shownName(table.name));
    form.writes = true;
    for (const ColumnDescription &column : table.columns)
        form.fields.push_back(fieldOf(column));
    return form;
}

connector::CallForm callForm(Called called, const std::string &database, const CallDescription &description)
{
    connector::CallForm form;
    form.title = CallsTr::tr("Call %1.%2").arg(shownName(database), shownName(description.name));
    form.takesSeveralRows = true;
    form.takesObjects = true;
    for (const ColumnDescription &column : description.input) {
        const bool isCommon = called == Called::Procedure
            && std::find(description.inputCommon.begin(), description.inputCommon.end(), column.name) != description.inputCommon.end();
        (isCommon ? form.sharedFields : form.fields).push_back(fieldOf(column));
    }
    return form;
}

core::Result<std::string> callRequest(
    Called called, const std::vector<std::string> &path, const connector::CallForm &form, const connector::CallValues &values)
{
    if (path.size() != 2)
        return connector::usageError(CallsTr::tr("There is nothing to call here."), {});
    const auto database = pathSegment(path[0]);
    if (!database)
        return database.error();
    const auto name = pathSegment(path[1]);
    if (!name)
        return name.error();
    if (values.rows.empty() || (values.rows.size() > 1 && !form.takesSeveralRows))
        return connector::usageError(form.writes ? CallsTr::tr("Exactly one row is put at a time.") : CallsTr::tr("At least one row is needed."), {});
    auto rows = rowsText(form, values);
    if (!rows)
        return rows;
    const std::string target = "/dbs/" + *database + pathPart(called) + *name + "\nContent-Type: application/json\n\n";
    if (form.writes)
        return "PUT " + target + "{\"value\":[" + *rows + "]}";
    std::string shared;
    if (!form.sharedFields.empty()) {
        auto common = rowText(form.sharedFields, values.shared, false, 0);
        if (!common)
            return common;
        shared = ",\n \"common_cols\":" + *common;
    }
    return "POST " + target + "{\"input\":[" + *rows + "]" + shared + ",\n \"need_schema\":true}";
}

} // namespace openmldb
