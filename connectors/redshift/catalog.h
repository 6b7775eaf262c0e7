// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "caller.h"
#include "columntype.h"
#include "connector/catalog.h"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace redshift {

inline constexpr const char *kStatementsFacet = "statements"; // of the root: what ran lately

// A listing that was read whole, kept for the pages of it that are asked for next. Thread-safe.
class ListingCache
{
public:
    std::optional<std::vector<connector::CatalogNode>> find(const std::string &key);
    void keep(const std::string &key, const std::vector<connector::CatalogNode> &nodes);

private:
    std::mutex m_mutex;
    std::string m_key;
    std::vector<connector::CatalogNode> m_nodes;
    std::chrono::steady_clock::time_point m_keptAt;
};

// Answers one question about the catalogue: databases, schemas, tables, columns; recent statements.
class CatalogReader
{
public:
    CatalogReader(Caller &caller, ListingCache &cache, Trip &trip);

    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request);
    // Statement error: no such table.
    core::Result<std::vector<ColumnMeta>> columns(const std::vector<std::string> &path);

private:
    using Nodes = core::Result<std::vector<connector::CatalogNode>>;

    Nodes read(const connector::CatalogRequest &request);
    Nodes databases();
    Nodes schemas(const std::string &database);
    Nodes tables(const std::string &database, const std::string &schema);
    Nodes columnNodes(const std::vector<std::string> &path);
    core::Result<connector::CatalogPage> statements(const connector::CatalogRequest &request);

    // Each entry of the array behind the key, over all pages; members are written into the body of each call. False from
    // each ends the reading.
    core::Result<void> eachItem(const std::string &operation, const char *key,
        const std::function<void(json::Writer &)> &members, const std::function<bool(const QJsonValue &)> &each);
    void writeDatabase(json::Writer &writer, const std::string &database) const;

    Caller &m_caller;
    ListingCache &m_cache;
    Trip &m_trip;
};

core::Error unknownPath(const std::vector<std::string> &path);
bool isSystemSchema(const std::string &schema);
// A statement's Id: a UUID, with ":N" for a part of a batch.
bool isStatementId(const std::string &name);

} // namespace redshift
