// SPDX-License-Identifier: GPL-3.0-or-later
#include "listing.h"

#include "decode/rowfeeder.h"
#include "description.h"

#include <QJsonArray>

#include <algorithm>

namespace openmldb {

namespace {

table::ColumnInfo column(const char *name, table::Kind kind = table::Kind::Text)
{
    table::ColumnInfo info;
    info.name = name;
    info.kind = kind;
    return info;
}

// Rows of texts; the last column may be a truth value.
class ListWriter
{
public:
    ListWriter(table::Schema schema, connector::Sink &sink)
        : m_schema(std::make_shared<const table::Schema>(std::move(schema)))
        , m_feeder(sink, m_schema, 0)
        , m_goesOn(m_feeder.begin())
    {
    }

    void add(const std::vector<std::string> &texts, std::optional<bool> flag = std::nullopt)
    {
        if (!m_goesOn || !m_feeder.beginRow())
            return;
        std::size_t at = 0;
        for (; at < texts.size(); ++at)
            m_feeder.builder().column(at).appendBytes(texts[at]);
        if (flag)
            m_feeder.builder().column(at).appendBool(*flag);
        m_goesOn = m_feeder.finishRow();
    }

    void finish(connector::Outcome &outcome)
    {
        m_goesOn = m_goesOn && m_feeder.finish();
        outcome.hasResultSet = true;
        outcome.columns = static_cast<std::int64_t>(m_schema->columns.size());
        outcome.rows = m_feeder.deliveredRows();
        if (!m_goesOn) {
            outcome.completeness = connector::Completeness::Cut;
            outcome.reason = connector::Reason::Broken;
        }
    }

private:
    std::shared_ptr<const table::Schema> m_schema;
    decode::RowFeeder m_feeder;
    bool m_goesOn;
};

void deliverDatabases(const QJsonValue &list, connector::Sink &sink, connector::Outcome &outcome)
{
    ListWriter rows({{column("Databases")}}, sink);
    for (const std::string &name : textList(list))
        rows.add({name});
    rows.finish(outcome);
}

std::string indexesOf(const TableDescription &table, const std::string &name)
{
    std::string indexes;
    for (const IndexDescription &index : table.indexes) {
        if (std::find(index.columns.begin(), index.columns.end(), name) != index.columns.end())
            indexes += (indexes.empty() ? "" : ", ") + index.name;
    }
    return indexes;
}

void deliverTables(const QJsonArray &list, connector::Sink &sink, connector::Outcome &outcome)
{
    ListWriter rows({{column("database"), column("table"), column("column"), column("type"), column("indexes"),
                        column("not_null", table::Kind::Bool)}},
        sink);
    for (const QJsonValue value : list) {
        const TableDescription table = tableDescription(value.toObject());
        for (const ColumnDescription &one : table.columns) {
            const std::string type = one.type == Type::Unknown ? one.typeName : sqlName(one.type);
            rows.add({table.database, table.name, one.name, type, indexesOf(table, one.name)}, one.isNotNull);
        }
    }
    rows.finish(outcome);
}

} // namespace

bool deliverListing(const QJsonObject &body, connector::Sink &sink, connector::Outcome &outcome)
{
    const QJsonValue databases = body.value(QStringLiteral("dbs"));
    const QJsonValue tables = body.value(QStringLiteral("tables"));
    const QJsonValue table = body.value(QStringLiteral("table"));
    if (databases.isArray())
        deliverDatabases(databases, sink, outcome);
    else if (tables.isArray())
        deliverTables(tables.toArray(), sink, outcome);
    else if (table.isObject())
        deliverTables({table}, sink, outcome);
    else
        return false;
    return true;
}

} // namespace openmldb
