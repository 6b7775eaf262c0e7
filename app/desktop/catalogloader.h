// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/catalogmodel.h"
#include "desktop/connectionservice.h"

#include <QObject>

namespace desktop {

// Answers what the tree asks: opens the connection and reads a page of its catalogue on a worker.
class CatalogLoader : public QObject
{
    Q_OBJECT
public:
    // All three outlive the loader.
    CatalogLoader(catalog::CatalogModel &model, ConnectionService &connections, Workers &workers, QObject *parent = nullptr);

Q_SIGNALS:
    void loaded(const QString &connection);

private:
    void load(quint64 ticket, const QString &connection, const connector::CatalogRequest &request);
    void refreshConnections();

    catalog::CatalogModel &m_model;
    ConnectionService &m_connections;
    Workers &m_workers;
};

} // namespace desktop
