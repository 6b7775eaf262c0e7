// SPDX-License-Identifier: GPL-3.0-or-later
#include "description.h"

#include <QJsonArray>

namespace openmldb {

namespace {

std::string textAt(const QJsonObject &json, const char *key)
{
    return json.value(QLatin1String(key)).toString().toStdString();
}

// data_type: kInt; of old servers type: int, which is also what schemas of deployments have.
ColumnDescription columnDescription(const QJsonObject &json)
{
    ColumnDescription column;
    column.name = textAt(json, "name");
    column.typeName = textAt(json, json.contains(QStringLiteral("data_type")) ? "data_type" : "type");
    column.type = typeOf(column.typeName);
    column.isNotNull = json.value(QStringLiteral("not_null")).toBool();
    return column;
}

void addColumns(const QJsonValue &list, std::vector<ColumnDescription> &columns)
{
    for (const QJsonValue value : list.toArray())
        columns.push_back(columnDescription(value.toObject()));
}

IndexDescription indexDescription(const QJsonObject &json)
{
    IndexDescription index;
    index.name = textAt(json, "index_name");
    index.columns = textList(json.value(QStringLiteral("col_name")));
    index.timeColumn = textAt(json, "ts_name");
    const QJsonObject ttl = json.value(QStringLiteral("ttl")).toObject();
    index.ttlType = textAt(ttl, "ttl_type");
    index.absoluteTtl = ttl.value(QStringLiteral("abs_ttl")).toInteger();
    index.latestTtl = ttl.value(QStringLiteral("lat_ttl")).toInteger();
    return index;
}

} // namespace

std::vector<std::string> textList(const QJsonValue &value)
{
    std::vector<std::string> texts;
    for (const QJsonValue text : value.toArray())
        texts.push_back(text.toString().toStdString());
    return texts;
}

TableDescription tableDescription(const QJsonObject &json)
{
    TableDescription table;
    table.database = textAt(json, "db");
    table.name = textAt(json, "name");
    addColumns(json.value(QStringLiteral("column_desc")), table.columns);
    addColumns(json.value(QStringLiteral("added_column_desc")), table.columns);
    for (const QJsonValue key : json.value(QStringLiteral("column_key")).toArray())
        table.indexes.push_back(indexDescription(key.toObject()));
    return table;
}

CallDescription callDescription(const QJsonObject &json)
{
    CallDescription call;
    call.name = textAt(json, "name");
    addColumns(json.value(QStringLiteral("input_schema")), call.input);
    addColumns(json.value(QStringLiteral("output_schema")), call.output);
    call.inputCommon = textList(json.value(QStringLiteral("input_common_cols")));
    call.outputCommon = textList(json.value(QStringLiteral("output_common_cols")));
    return call;
}

} // namespace openmldb
