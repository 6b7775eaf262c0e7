// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog.h"

#include "yaml.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace timescale {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleCatalog)
};

core::Error catalogError(core::ErrorKind kind, const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Error unknownPath(const std::vector<std::string> &path)
{
    return catalogError(core::ErrorKind::Statement,
        CatalogTr::tr("There is no \"%1\" in the catalogue.").arg(path.empty() ? QString() : QString::fromStdString(path.back())),
        CatalogTr::tr("The catalogue of a path's beginning lists what there is; a slash in a name is written %2F."));
}

QString typeWord(table::Kind kind)
{
    static constexpr const char *kWords[]{"null", "boolean", "integer", "unsigned integer", "float", "double", "decimal", "text", "binary",
        "json", "instant", "local date-time", "date", "time", "interval"};
    return QString::fromLatin1(kWords[static_cast<std::size_t>(kind)]);
}

connector::CatalogNode node(const std::string &name, const char *kind, bool isLeaf = false)
{
    connector::CatalogNode one;
    one.name = name;
    one.kind = kind;
    if (!isLeaf)
        one.facets = {{"children", CatalogTr::tr("Contents")}};
    return one;
}

// What can be done with a resource or one of its methods.
void mark(connector::CatalogNode &one, const Method &method)
{
    const bool reads = method.verb == "GET";
    const bool needsValues = std::any_of(method.parameters.begin(), method.parameters.end(), [](const Parameter &parameter) { return parameter.isRequired; });
    one.isOpened = one.isOpened || (reads && !needsValues);
    one.isCalled = one.isCalled || method.verb == "POST" || (reads && !method.parameters.empty());
}

std::vector<connector::CatalogNode> resourceNodes(const std::vector<Resource> &resources)
{
    std::vector<connector::CatalogNode> nodes;
    for (const Resource &resource : resources) {
        connector::CatalogNode one = node(resource.path, "resource");
        QStringList verbs;
        for (const Method &method : resource.methods) {
            verbs << QString::fromStdString(method.verb);
            mark(one, method);
        }
        one.detail = verbs.join(QStringLiteral(" "));
        nodes.push_back(std::move(one));
    }
    return nodes;
}

} // namespace

Catalog::Catalog(Runner &runner)
    : m_runner(runner)
{
}

bool Catalog::isManaged() const
{
    const Settings &settings = m_runner.settings();
    const bool isOther = !settings.openApiFile.empty() || !settings.resources.empty();
    return !settings.api.empty() || (!settings.endpoint.empty() && !isOther && !settings.isLambda);
}

Catalog::Place Catalog::placeOf(const std::vector<std::string> &path) const
{
    const Settings &settings = m_runner.settings();
    Place place;
    std::size_t next = 0;
    const auto take = [&](std::string &part, const std::string &settled) {
        if (!settled.empty())
            part = settled;
        else if (next < path.size())
            part = path[next++];
    };
    if (isManaged()) {
        take(place.api, settings.api);
        if (!place.api.empty())
            take(place.stage, settings.stage);
    }
    place.isComplete = !isManaged() || !place.stage.empty();
    if (!place.isComplete)
        return place;
    take(place.resource, {});
    take(place.verb, {});
    place.depth = static_cast<std::size_t>(!place.resource.empty()) + static_cast<std::size_t>(!place.verb.empty()) + (path.size() - next);
    return place;
}

core::Result<connector::CatalogPage> Catalog::children(
    const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop)
{
    auto nodes = nodesOf(placeOf(request.path), request.path, sink, std::move(stop));
    if (!nodes)
        return std::move(nodes).error();
    connector::CatalogPage page;
    page.total = static_cast<std::int64_t>(nodes->size());
    const auto begin = static_cast<std::size_t>(std::clamp<std::int64_t>(request.offset, 0, *page.total));
    const std::size_t count = request.limit > 0 ? std::min(nodes->size() - begin, static_cast<std::size_t>(request.limit)) : nodes->size() - begin;
    page.nodes.assign(nodes->begin() + static_cast<std::ptrdiff_t>(begin), nodes->begin() + static_cast<std::ptrdiff_t>(begin + count));
    page.more = begin + count < nodes->size();
    return page;
}

Catalog::Nodes Catalog::nodesOf(const Place &place, const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop)
{
    std::vector<connector::CatalogNode> nodes;
    if (!place.isComplete) {
        Management management(m_runner, sink, std::move(stop));
        if (place.api.empty()) {
            auto apis = management.apis();
            if (!apis)
                return std::move(apis).error();
            for (const ApiInfo &api : *apis) {
                nodes.push_back(node(api.id, "database"));
                nodes.back().detail = QString::fromStdString(api.name) + (api.isHttpApi ? QStringLiteral(" (HTTP API)") : QString());
            }
            return nodes;
        }
        auto stages = management.stages(place.api);
        if (!stages)
            return std::move(stages).error();
        for (const std::string &stage : *stages)
            nodes.push_back(node(stage, "schema"));
        return nodes;
    }
    auto resources = list(place, sink, stop);
    if (!resources)
        return std::move(resources).error();
    if (place.depth == 0)
        return resourceNodes(*resources);
    const auto resource = std::find_if(resources->begin(), resources->end(), [&place](const Resource &one) { return one.path == place.resource; });
    if (resource == resources->end() || place.depth > 2)
        return unknownPath(path);
    if (place.depth == 1) {
        for (const Method &method : resource->methods) {
            nodes.push_back(node(method.verb, "resource"));
            nodes.back().detail = QString::fromStdString(method.detail);
            mark(nodes.back(), method);
        }
        return nodes;
    }
    const Method *method = resource->find(place.verb);
    if (!method)
        return unknownPath(path);
    return columnNodes(place, *method, sink, std::move(stop));
}

core::Result<std::vector<Resource>> Catalog::listOpenApi() const
{
    const QString name = QString::fromStdString(m_runner.settings().openApiFile);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return catalogError(core::ErrorKind::Usage, CatalogTr::tr("The file %1 (openapi of the connection) cannot be read: %2").arg(name, file.errorString()));
    const QByteArray bytes = file.readAll();
    std::string text = bytes.toStdString();
    const bool isYaml = !bytes.trimmed().startsWith('{');
    if (isYaml) {
        auto converted = jsonOfYaml(text);
        if (!converted) {
            return catalogError(core::ErrorKind::Usage, CatalogTr::tr("The file %1 cannot be read as OpenAPI: %2").arg(name, converted.error().message),
                CatalogTr::tr("OpenAPI 3 and Swagger 2 in JSON or YAML are read."));
        }
        text = std::move(converted).value();
    }
    const JsonDocument document(std::move(text));
    if (document.isValid() && document.root()["paths"].isObject())
        return resourcesOfOpenApi(document.root());
    return catalogError(core::ErrorKind::Usage, CatalogTr::tr("The file %1 is no OpenAPI document.").arg(name),
        CatalogTr::tr("It has to have \"paths\", as OpenAPI 3 and Swagger 2 do."));
}

core::Result<std::vector<Resource>> Catalog::list(const Place &place, connector::Sink &sink, std::stop_token stop)
{
    const Settings &settings = m_runner.settings();
    std::vector<Resource> resources;
    if (isManaged()) {
        auto listed = Management(m_runner, sink, std::move(stop)).resources(place.api);
        if (!listed)
            return std::move(listed).error();
        resources = std::move(listed).value();
    } else if (!settings.openApiFile.empty()) {
        auto listed = listOpenApi();
        if (!listed)
            return std::move(listed).error();
        resources = std::move(listed).value();
    }
    addTyped(settings.resources, resources);
    for (const auto &[path, columns] : settings.recordColumns) {
        Method method;
        method.verb = "POST";
        addMethod(resources, path, std::move(method));
    }
    if (!isManaged() && settings.openApiFile.empty()) {
        for (const UsedResource &used : m_runner.usedResources()) {
            Method method;
            method.verb = used.method;
            addMethod(resources, used.path, std::move(method));
        }
    }
    const std::lock_guard lock(m_mutex);
    m_listed[place.api + "/" + place.stage] = resources;
    return resources;
}

Catalog::Nodes Catalog::columnNodes(const Place &place, const Method &method, connector::Sink &sink, std::stop_token stop)
{
    std::vector<connector::CatalogNode> nodes;
    const auto add = [&nodes](const std::string &name, const QString &type) {
        nodes.push_back(node(name, "column", true));
        nodes.back().type = type;
    };
    for (const UsedResource &used : m_runner.usedResources()) {
        if (used.method != method.verb || used.path != place.resource || !used.columns)
            continue;
        for (const table::ColumnInfo &info : used.columns->columns)
            add(info.name, typeWord(info.kind));
        return nodes;
    }
    const auto records = m_runner.settings().recordColumns.find(place.resource);
    if (method.verb == "POST" && records != m_runner.settings().recordColumns.end()) {
        for (const RecordColumn &column : records->second)
            add(column.name, column.isText ? QStringLiteral("text") : QString());
        return nodes;
    }
    std::vector<ResultColumn> columns = method.columns;
    if (columns.empty() && !method.model.empty() && method.model != "Empty" && isManaged()) {
        auto declared = Management(m_runner, sink, std::move(stop)).columnsOfModel(place.api, method.model);
        if (!declared)
            return std::move(declared).error();
        columns = std::move(declared).value();
    }
    for (const ResultColumn &column : columns)
        add(column.name, QString::fromStdString(column.type));
    return nodes;
}

// A resource of the connection's own API is a path behind its base URL.
std::string Catalog::targetOf(const Place &place) const
{
    const Settings &settings = m_runner.settings();
    if (!isManaged() || (!settings.api.empty() && place.api == settings.api && place.stage == settings.stage))
        return place.resource;
    const std::string stage = place.stage == "$default" ? std::string() : "/" + place.stage;
    if (!settings.endpoint.empty())
        return settings.endpoint + "/restapis/" + place.api + stage + "/_user_request_" + place.resource;
    return "https://" + place.api + ".execute-api." + settings.region + ".amazonaws.com" + stage + place.resource;
}

std::optional<Catalog::Found> Catalog::find(const std::vector<std::string> &path) const
{
    const Place place = placeOf(path);
    if (place.depth < 1 || place.depth > 2)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    const auto listed = m_listed.find(place.api + "/" + place.stage);
    if (listed == m_listed.end())
        return std::nullopt;
    const auto resource = std::find_if(listed->second.begin(), listed->second.end(), [&place](const Resource &one) { return one.path == place.resource; });
    if (resource == listed->second.end() || resource->methods.empty())
        return std::nullopt;
    const Method *method = resource->find(place.verb.empty() ? "GET" : place.verb);
    if (!method && place.verb.empty())
        method = &resource->methods.front();
    if (!method)
        return std::nullopt;
    return Found{*method, targetOf(place), place.resource};
}

core::Result<Catalog::Found> Catalog::findOrList(const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop)
{
    auto found = find(path);
    if (!found) {
        const Place place = placeOf(path);
        if (place.depth < 1 || place.depth > 2)
            return unknownPath(path);
        auto listed = list(place, sink, std::move(stop));
        if (!listed)
            return std::move(listed).error();
        found = find(path);
    }
    if (!found)
        return unknownPath(path);
    return std::move(*found);
}

} // namespace timescale
