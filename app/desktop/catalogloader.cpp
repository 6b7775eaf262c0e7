// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/catalogloader.h"

#include "common/environment.h"
#include "desktop/silentsink.h"

#include <algorithm>

namespace desktop {

namespace {

// The index that the theme has for a colour's name; -1 for none.
int colourIndex(const std::string &name)
{
    const auto &names = workspace::connectionColours();
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

} // namespace

CatalogLoader::CatalogLoader(
    catalog::CatalogModel &model, ConnectionService &connections, Workers &workers, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_connections(connections)
    , m_workers(workers)
{
    connect(&m_model, &catalog::CatalogModel::pageWanted, this, &CatalogLoader::load);
    connect(&m_connections, &ConnectionService::listChanged, this, &CatalogLoader::refreshConnections);
    refreshConnections();
}

void CatalogLoader::refreshConnections()
{
    std::vector<catalog::Connection> shown;
    for (const ConnectionEntry &entry : m_connections.entries()) {
        catalog::Connection connection;
        connection.name = entry.name;
        connection.isRemovable = !entry.isBuiltIn;
        connection.isArranged = entry.isSaved;
        connection.group = entry.group;
        connection.colour = colourIndex(entry.colour);
        connection.environment = QString::fromStdString(entry.environment);
        connection.environmentText = common::environmentWord(connection.environment);
        if (const connector::Manifest *manifest = m_connections.manifestOf(entry.name)) {
            connection.dialect = manifest->name;
            connection.icon = manifest->icon;
            connection.hasCatalog = manifest->capabilities.catalog;
            for (const auto &[key, label] : manifest->rootFacets)
                connection.rootFacets.push_back({key, label});
        }
        shown.push_back(std::move(connection));
    }
    m_model.setConnections(shown);
}

void CatalogLoader::load(quint64 ticket, const QString &connection, const connector::CatalogRequest &request)
{
    using Page = core::Result<connector::CatalogPage>;
    m_connections.open(connection, this, [this, ticket, connection, request](const ConnectionResult &result) {
        if (!result) {
            // Not from within fetchMore: the view is not ready for the rows to change yet.
            m_workers.post([this, self = QPointer<CatalogLoader>(this), ticket, error = result.error()] {
                if (self)
                    m_model.deliver(ticket, error);
            });
            return;
        }
        m_workers.ask<Page>(
            this,
            [open = result.value(), request](std::stop_token stop) {
                SilentSink sink;
                return open->session->children(request, sink, stop);
            },
            [this, ticket, connection](Page page) {
                m_model.deliver(ticket, std::move(page));
                Q_EMIT loaded(connection);
            });
    });
}

} // namespace desktop

#include "moc_catalogloader.cpp"
