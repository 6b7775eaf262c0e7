// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog.h"

#include "catalognodes.h"
#include "connector/sessionparts.h"
#include "names.h"
#include "rows.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace openmldb {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDBCatalog)
};

// The server states that it does not have something, or does not know what was asked.
bool isStated(const core::Error &error)
{
    return error.kind == core::ErrorKind::Statement || error.kind == core::ErrorKind::Server;
}

// One kind, or without a facet both, one behind the other.
std::vector<connector::CatalogNode> tableMembers(const TableDescription &table, const std::string &facet)
{
    std::vector<connector::CatalogNode> nodes = facet == kIndexesFacet ? indexNodes(table) : columnNodes(table);
    if (facet.empty()) {
        for (connector::CatalogNode &index : indexNodes(table))
            nodes.push_back(std::move(index));
    }
    return nodes;
}

std::vector<connector::CatalogNode> callMembers(const CallDescription &call, const std::string &facet)
{
    std::vector<connector::CatalogNode> nodes;
    if (facet != kOutputFacet)
        nodes = schemaNodes(call.input, call.inputCommon, QStringLiteral("input"));
    if (facet != kInputFacet) {
        for (connector::CatalogNode &column : schemaNodes(call.output, call.outputCommon, QStringLiteral("output")))
            nodes.push_back(std::move(column));
    }
    return nodes;
}

void sortByName(std::vector<connector::CatalogNode> &nodes)
{
    std::stable_sort(nodes.begin(), nodes.end(), [](const connector::CatalogNode &left, const connector::CatalogNode &right) {
        return left.isSystem != right.isSystem ? right.isSystem : left.name < right.name;
    });
}

} // namespace

CatalogReader::CatalogReader(const Runner &runner, connector::Sink &sink, std::stop_token stop)
    : m_runner(runner)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

core::Result<QJsonObject> CatalogReader::fetch(const std::vector<std::string> &segments)
{
    std::string path;
    for (const std::string &segment : segments) {
        auto part = pathSegment(segment);
        if (!part)
            return std::move(part).error();
        path += "/" + *part;
    }
    return m_runner.fetch(path, CatalogTr::tr("catalogue"), m_sink, m_stop);
}

core::Result<connector::CatalogPage> CatalogReader::children(const connector::CatalogRequest &asked)
{
    connector::CatalogRequest request = asked;
    if (request.facet == kChildrenFacet) // nothing here has other children than those
        request.facet.clear();
    const std::size_t depth = request.path.size();
    if (depth > 2)
        return unknownPath(request.path);
    auto nodes = depth == 0 ? databases() : depth == 1 ? objects(request.path[0], request.facet) : members(request);
    if (!nodes)
        return std::move(nodes).error();
    return connector::pageOf(std::move(nodes).value(), request);
}

CatalogReader::Nodes CatalogReader::databases()
{
    auto answer = fetch({"dbs"});
    if (!answer)
        return std::move(answer).error();
    std::vector<connector::CatalogNode> nodes;
    for (const std::string &name : textList(answer->value(QStringLiteral("dbs"))))
        nodes.push_back(databaseNode(name));
    sortByName(nodes);
    return nodes;
}

// Without a facet all three kinds, one behind the other.
CatalogReader::Nodes CatalogReader::objects(const std::string &database, const std::string &facet)
{
    std::vector<connector::CatalogNode> all;
    const auto add = [&all](Nodes nodes) -> std::optional<core::Error> {
        if (!nodes)
            return std::move(nodes).error();
        all.insert(all.end(), std::make_move_iterator(nodes->begin()), std::make_move_iterator(nodes->end()));
        return std::nullopt;
    };
    if (!facet.empty() && facet != kTablesFacet && facet != kDeploymentsFacet && facet != kProceduresFacet)
        return unknownPath({database});
    if (facet.empty() || facet == kTablesFacet) {
        if (auto error = add(tables(database)))
            return std::move(*error);
    }
    if (facet.empty() || facet == kDeploymentsFacet) {
        if (auto error = add(called(database, Called::Deployment)))
            return std::move(*error);
    }
    if (facet.empty() || facet == kProceduresFacet) {
        if (auto error = add(called(database, Called::Procedure)))
            return std::move(*error);
    }
    return all;
}

CatalogReader::Nodes CatalogReader::tables(const std::string &database)
{
    auto answer = fetch({"dbs", database, "tables"});
    if (!answer)
        return isStated(answer.error()) ? unknownPath({database}) : std::move(answer).error();
    std::vector<connector::CatalogNode> nodes;
    for (const QJsonValue value : answer->value(QStringLiteral("tables")).toArray())
        nodes.push_back(tableNode(tableDescription(value.toObject()).name));
    sortByName(nodes);
    return nodes;
}

// Lists of all databases; older servers do not know the statements, and have nothing to list then.
CatalogReader::Nodes CatalogReader::called(const std::string &database, Called kind)
{
    const char *sql = kind == Called::Deployment ? "SHOW DEPLOYMENTS" : "SHOW PROCEDURES";
    auto rows = fetchRows(m_runner, database, sql, CatalogTr::tr("catalogue"), m_sink, m_stop);
    std::vector<connector::CatalogNode> nodes;
    if (!rows && isStated(rows.error()))
        return nodes;
    if (!rows)
        return std::move(rows).error();
    for (const std::vector<std::string> &row : *rows) {
        if (row.size() == 2 && row[0] == database)
            nodes.push_back(callNode(row[1], kind));
    }
    sortByName(nodes);
    return nodes;
}

core::Result<TableDescription> CatalogReader::table(const std::vector<std::string> &path)
{
    auto answer = fetch({"dbs", path[0], "tables", path[1]});
    if (!answer)
        return std::move(answer).error();
    return tableDescription(answer->value(QStringLiteral("table")).toObject());
}

core::Result<CallDescription> CatalogReader::call(const std::vector<std::string> &path, Called kind)
{
    auto answer = fetch({"dbs", path[0], kind == Called::Deployment ? "deployments" : "procedures", path[1]});
    if (!answer)
        return std::move(answer).error();
    return callDescription(answer->value(QStringLiteral("data")).toObject());
}

// A path does not tell what it names: the facet does, or what is found first.
CatalogReader::Nodes CatalogReader::members(const connector::CatalogRequest &request)
{
    const std::string &facet = request.facet;
    if (facet.empty() || facet == kColumnsFacet || facet == kIndexesFacet) {
        auto found = table(request.path);
        if (found)
            return tableMembers(*found, facet);
        if (!isStated(found.error()))
            return std::move(found).error();
        if (!facet.empty())
            return unknownPath(request.path);
    }
    for (const Called kind : {Called::Deployment, Called::Procedure}) {
        auto found = call(request.path, kind);
        if (found)
            return callMembers(*found, facet);
        if (!isStated(found.error()))
            return std::move(found).error();
    }
    return unknownPath(request.path);
}

core::Result<CatalogReader::Form> CatalogReader::callForm(const std::vector<std::string> &path)
{
    if (path.size() != 2)
        return unknownPath(path);
    auto found = table(path);
    if (found) {
        found->database = path[0];
        return Form{Called::Table, putForm(*found)};
    }
    if (!isStated(found.error()))
        return std::move(found).error();
    for (const Called kind : {Called::Deployment, Called::Procedure}) {
        auto described = call(path, kind);
        if (described)
            return Form{kind, openmldb::callForm(kind, path[0], *described)};
        if (!isStated(described.error()))
            return std::move(described).error();
    }
    return unknownPath(path);
}

} // namespace openmldb
