// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/catalogcommand.h"

#include "cli/listing.h"
#include "cli/resultsink.h"
#include "cli/services.h"
#include "cli/target.h"

#include <QCoreApplication>

#include <algorithm>

namespace cli {

namespace {

struct CatalogTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::int64_t kPageRows = 10000;
constexpr const char *kChildrenFacet = "children"; // what a trailing slash asks for

std::vector<std::optional<std::string>> rowOf(const std::string &parent, const connector::CatalogNode &node)
{
    return {parent + pathSegment(node.name), node.kind, orNull(node.type.toStdString()), node.isSystem ? "system" : orNull(node.detail.toStdString())};
}

core::Result<void> listChildren(Services &services, const CatalogPath &path, std::int64_t offset, std::int64_t most,
    connector::Session &session, TraceSink &sink, Listing &listing)
{
    std::string parent;
    for (const std::string &name : path.names)
        parent += pathSegment(name) + '/';
    connector::CatalogRequest request;
    request.path = path.names;
    // Names at the root have one kind of children only: there a slash at the end says nothing more.
    request.facet = path.hasTrailingSlash && path.names.size() > 1 ? kChildrenFacet : "";
    request.offset = offset;
    std::int64_t left = most;
    while (!listing.isReaderGone()) {
        request.limit = most == 0 ? kPageRows : std::min(left, kPageRows);
        auto page = session.children(request, sink, services.interrupt.token());
        if (!page)
            return std::move(page).error();
        std::vector<std::vector<std::optional<std::string>>> rows;
        for (const connector::CatalogNode &node : page->nodes) {
            if (most == 0 || left-- > 0)
                rows.push_back(rowOf(parent, node));
        }
        if (auto added = listing.add(rows); !added)
            return added;
        if (!page->more || page->nodes.empty() || (most != 0 && left <= 0))
            break;
        request.offset += static_cast<std::int64_t>(page->nodes.size());
    }
    return {};
}

} // namespace

std::string pathSegment(std::string_view name)
{
    std::string segment;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const std::string_view rest = name.substr(i);
        if (name[i] == '/')
            segment += "%2F";
        else if (rest.starts_with("%2F") || rest.starts_with("%2f") || rest.starts_with("%25"))
            segment += "%25";
        else
            segment += name[i];
    }
    return segment;
}

CatalogPath catalogPath(std::string_view text)
{
    CatalogPath path;
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (text[i] == '/') {
            if (!name.empty())
                path.names.push_back(std::move(name));
            name.clear();
        } else if (rest.starts_with("%2F") || rest.starts_with("%2f") || rest.starts_with("%25")) {
            name += rest[2] == '5' ? '%' : '/';
            i += 2;
        } else {
            name += text[i];
        }
    }
    path.hasTrailingSlash = name.empty() && !path.names.empty();
    if (!name.empty())
        path.names.push_back(std::move(name));
    return path;
}

CommandSpec catalogSpec()
{
    CommandSpec spec;
    spec.name = "catalog";
    spec.usage = CatalogTr::tr("TARGET [PATH] [OPTIONS]");
    spec.summary = CatalogTr::tr("Lists what is in a server, a database or a table: path, kind, type, detail.");
    spec.details = CatalogTr::tr("Names in PATH are joined by /; a slash in a name is written %2F. A slash at the end asks for the child\n"
                                 "tables of a table instead of its columns.");
    spec.options = targetOptions();
    for (OptionSpec &option : resultOptions())
        spec.options.push_back(std::move(option));
    spec.options.push_back(maxRowsOption());
    spec.options.push_back({"--offset", "", CatalogTr::tr("N"), CatalogTr::tr("leave out the first N"), false});
    spec.options.push_back(traceOption());
    spec.mostWords = 1;
    return spec;
}

core::Result<int> runCatalog(Services &services, const ParsedArguments &arguments)
{
    auto options = resultOptionsFrom(arguments);
    if (!options)
        return std::move(options).error();
    auto maxRows = maxRowsFrom(arguments);
    if (!maxRows)
        return std::move(maxRows).error();
    const Argument *offsetText = arguments.value("--offset");
    auto offset = offsetText ? integerValue(*offsetText, "--offset", 0) : core::Result<std::int64_t>(std::int64_t(0));
    if (!offset)
        return std::move(offset).error();
    auto connection = openTarget(services, arguments);
    if (!connection)
        return std::move(connection).error();
    auto listing = Listing::create({"path", "kind", "type", "detail"}, *options, services.interrupt);
    if (!listing)
        return std::move(listing).error();
    Progress progress(false);
    TraceSink sink(progress, arguments.has("--trace"));
    const CatalogPath path = arguments.words().empty() ? CatalogPath() : catalogPath(arguments.words()[0].text);
    if (auto listed = listChildren(services, path, *offset, *maxRows, *connection.value()->session, sink, *listing.value()); !listed)
        return std::move(listed).error();
    if (auto finished = listing.value()->finish(); !finished)
        return std::move(finished).error();
    return 0;
}

} // namespace cli
