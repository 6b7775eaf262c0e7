// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources.h"
#include "runner.h"

namespace timescale {

struct ApiInfo {
    std::string id;
    std::string name;
    bool isHttpApi = false; // of the second generation: routes in the place of resources
};

// Asks the management interface of API Gateway, page by page, one call after another: its rates are low.
class Management
{
public:
    Management(Runner &runner, connector::Sink &sink, std::stop_token stop);

    core::Result<std::vector<ApiInfo>> apis();
    core::Result<std::vector<std::string>> stages(const std::string &api);
    core::Result<std::vector<Resource>> resources(const std::string &api);
    core::Result<std::vector<ResultColumn>> columnsOfModel(const std::string &api, const std::string &model);

private:
    // Hands each element of all pages to take.
    template <typename Take>
    core::Result<void> eachItem(std::string path, Take take);
    core::Result<std::string> get(const std::string &path);
    core::Result<void> addRoutes(const std::string &api, std::vector<Resource> &resources);

    Runner &m_runner;
    connector::Sink &m_sink;
    std::stop_token m_stop;
};

} // namespace timescale
