// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog.h"

#include "catalognodes.h"
#include "connector/sessionparts.h"
#include "lifecycle.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace redshift {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftCatalog)
};

constexpr std::chrono::seconds kKept(60);
constexpr int kPageSize = 1000;
constexpr int kStatementPageSize = 100;

std::string stringOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString().toStdString();
}

} // namespace

core::Error unknownPath(const std::vector<std::string> &path)
{
    return connector::unknownPath(
        path, CatalogTr::tr("A path reads DATABASE/SCHEMA/TABLE; it may also be that the user may not see it."));
}

std::optional<std::vector<connector::CatalogNode>> ListingCache::find(const std::string &key)
{
    const std::lock_guard lock(m_mutex);
    if (m_key != key || std::chrono::steady_clock::now() - m_keptAt > kKept)
        return std::nullopt;
    return m_nodes;
}

void ListingCache::keep(const std::string &key, const std::vector<connector::CatalogNode> &nodes)
{
    const std::lock_guard lock(m_mutex);
    m_key = key;
    m_nodes = nodes;
    m_keptAt = std::chrono::steady_clock::now();
}

CatalogReader::CatalogReader(Caller &caller, ListingCache &cache, Trip &trip)
    : m_caller(caller)
    , m_cache(cache)
    , m_trip(trip)
{
}

core::Result<void> CatalogReader::eachItem(const std::string &operation, const char *key,
    const std::function<void(json::Writer &)> &members, const std::function<bool(const QJsonValue &)> &each)
{
    for (std::string token;;) {
        json::Writer body;
        body.beginObject();
        members(body);
        if (!token.empty())
            body.key("NextToken").string(token);
        body.endObject();
        auto answer = m_caller.ask({operation, body.text(), CatalogTr::tr("catalogue")}, m_trip);
        if (!answer)
            return std::move(answer).error();
        const QJsonValue list = answer->value(QLatin1String(key));
        if (!list.isArray() && !list.isUndefined() && !list.isNull()) {
            return formError(CatalogTr::tr("%1 in the answer to %2 is no array.")
                                 .arg(QLatin1String(key), QString::fromStdString(operation)),
                {});
        }
        const QJsonArray items = list.toArray();
        for (const QJsonValue &item : items) {
            if (!each(item))
                return {};
        }
        const std::string next = stringOf(*answer, "NextToken");
        if (next.empty())
            return {};
        if (next == token)
            return formError(CatalogTr::tr("The service gives the same page of the catalogue again and again."), {});
        token = next;
    }
}

// Who is connected through which database to look at which one.
void CatalogReader::writeDatabase(json::Writer &writer, const std::string &database) const
{
    const Settings &settings = m_caller.settings();
    writeConnection(writer, settings);
    writer.key("Database").string(database);
    if (database != settings.database)
        writer.key("ConnectedDatabase").string(settings.database);
    writer.key("MaxResults").integer(kPageSize);
}

core::Result<connector::CatalogPage> CatalogReader::children(const connector::CatalogRequest &request)
{
    if (request.path.empty() && request.facet == kStatementsFacet)
        return statements(request);
    std::string key;
    for (const std::string &name : request.path)
        key += std::to_string(name.size()) + ':' + name;
    if (request.offset > 0) {
        if (auto kept = m_cache.find(key))
            return connector::pageOf(std::move(*kept), request);
    }
    auto nodes = read(request);
    if (!nodes)
        return std::move(nodes).error();
    m_cache.keep(key, *nodes);
    return connector::pageOf(std::move(nodes).value(), request);
}

CatalogReader::Nodes CatalogReader::read(const connector::CatalogRequest &request)
{
    switch (request.path.size()) {
    case 0:
        return databases();
    case 1:
        return schemas(request.path[0]);
    case 2:
        return tables(request.path[0], request.path[1]);
    case 3:
        return columnNodes(request.path);
    default:
        return unknownPath(request.path);
    }
}

CatalogReader::Nodes CatalogReader::databases()
{
    std::vector<connector::CatalogNode> nodes;
    const auto members = [this](json::Writer &writer) {
        writeConnection(writer, m_caller.settings());
        writer.key("Database").string(m_caller.settings().database).key("MaxResults").integer(kPageSize);
    };
    auto read = eachItem("ListDatabases", "Databases", members, [&nodes](const QJsonValue &item) {
        nodes.push_back(databaseNode(item.toString().toStdString()));
        return true;
    });
    if (!read)
        return std::move(read).error();
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto &left, const auto &right) { return left.name < right.name; });
    return nodes;
}

CatalogReader::Nodes CatalogReader::schemas(const std::string &database)
{
    std::vector<connector::CatalogNode> nodes;
    auto read = eachItem("ListSchemas", "Schemas", [&](json::Writer &writer) { writeDatabase(writer, database); },
        [&nodes](const QJsonValue &item) {
            nodes.push_back(schemaNode(item.toString().toStdString()));
            return true;
        });
    if (!read)
        return std::move(read).error();
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto &left, const auto &right) {
        return left.isSystem != right.isSystem ? right.isSystem : left.name < right.name;
    });
    return nodes;
}

CatalogReader::Nodes CatalogReader::tables(const std::string &database, const std::string &schema)
{
    std::vector<connector::CatalogNode> nodes;
    const auto members = [&](json::Writer &writer) {
        writeDatabase(writer, database);
        writer.key("SchemaPattern").string(schema);
    };
    auto read = eachItem("ListTables", "Tables", members, [&](const QJsonValue &item) {
        const QJsonObject table = item.toObject();
        // The pattern may match other schemas too: "_" in it stands for any character.
        if (stringOf(table, "schema") == schema)
            nodes.push_back(tableNode(stringOf(table, "name"), stringOf(table, "type"), schema));
        return true;
    });
    if (!read)
        return std::move(read).error();
    if (nodes.empty()) {
        auto known = schemas(database);
        if (!known)
            return std::move(known).error();
        if (std::none_of(known->begin(), known->end(), [&schema](const auto &node) { return node.name == schema; }))
            return unknownPath({database, schema});
    }
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto &left, const auto &right) { return left.name < right.name; });
    return nodes;
}

core::Result<std::vector<ColumnMeta>> CatalogReader::columns(const std::vector<std::string> &path)
{
    std::vector<ColumnMeta> columns;
    const auto members = [&](json::Writer &writer) {
        writeDatabase(writer, path[0]);
        writer.key("Schema").string(path[1]).key("Table").string(path[2]);
    };
    auto read = eachItem("DescribeTable", "ColumnList", members, [&columns](const QJsonValue &item) {
        columns.push_back(metaOf(item.toObject()));
        return true;
    });
    if (!read)
        return std::move(read).error();
    if (columns.empty())
        return unknownPath(path);
    return columns;
}

CatalogReader::Nodes CatalogReader::columnNodes(const std::vector<std::string> &path)
{
    auto described = columns(path);
    if (!described)
        return std::move(described).error();
    std::vector<connector::CatalogNode> nodes;
    for (const ColumnMeta &column : *described)
        nodes.push_back(columnNode(column, isSystemSchema(path[1])));
    return nodes;
}

// Newest first, as the service lists them; read no further than the page reaches.
core::Result<connector::CatalogPage> CatalogReader::statements(const connector::CatalogRequest &request)
{
    connector::CatalogPage page;
    std::int64_t seen = 0;
    const auto members = [](json::Writer &writer) {
        writer.key("Status").string("ALL").key("MaxResults").integer(kStatementPageSize);
    };
    auto read = eachItem("ListStatements", "Statements", members, [&](const QJsonValue &item) {
        if (seen++ < request.offset)
            return true;
        if (request.limit > 0 && static_cast<std::int64_t>(page.nodes.size()) == request.limit) {
            page.more = true;
            return false;
        }
        page.nodes.push_back(statementNode(stateOf(item.toObject())));
        return true;
    });
    if (!read)
        return std::move(read).error();
    return page;
}

} // namespace redshift
