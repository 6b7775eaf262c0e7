// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/call.h"
#include "connector/catalog.h"
#include "management.h"

#include <map>
#include <mutex>

namespace timescale {

// API, stage, resource, method, columns; levels that the connection settles (api=, stage=) are left out. From the
// management interface where the connection names an API or an endpoint, else from an OpenAPI file, else what was typed
// in and what was asked for in this session. Thread-safe.
class Catalog
{
public:
    explicit Catalog(Runner &runner);

    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &request, connector::Sink &sink, std::stop_token stop);

    // A method of a path that was listed, and the target of its requests.
    struct Found {
        Method method;
        std::string target; // a path, or a URL where it is of another API than the connection's
        std::string resource; // its path
    };
    // None: the path names no resource, or one that nobody has listed yet.
    std::optional<Found> find(const std::vector<std::string> &path) const;
    core::Result<Found> findOrList(const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop);

private:
    // What a path of names means.
    struct Place {
        std::string api;
        std::string stage;
        std::string resource;
        std::string verb;
        bool isComplete = false; // API and stage are settled
        std::size_t depth = 0; // names of the path that are of resource and below
    };
    using Nodes = core::Result<std::vector<connector::CatalogNode>>;

    bool isManaged() const;
    Place placeOf(const std::vector<std::string> &path) const;
    Nodes nodesOf(const Place &place, const std::vector<std::string> &path, connector::Sink &sink, std::stop_token stop);
    core::Result<std::vector<Resource>> list(const Place &place, connector::Sink &sink, std::stop_token stop);
    core::Result<std::vector<Resource>> listOpenApi() const;
    Nodes columnNodes(const Place &place, const Method &method, connector::Sink &sink, std::stop_token stop);
    std::string targetOf(const Place &place) const;

    Runner &m_runner;
    mutable std::mutex m_mutex;
    std::map<std::string, std::vector<Resource>> m_listed; // by API and stage
};

} // namespace timescale
