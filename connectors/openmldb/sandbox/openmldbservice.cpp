// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/openmldbservice.h"

#include "sandbox/routes.h"

namespace openmldb {

namespace {

class SandboxService : public sandbox::Service
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop) override
    {
        m_routes.serve(request, reply, std::move(stop));
    }
    std::string targetUrl(std::uint16_t port) const override
    {
        return "openmldb://127.0.0.1:" + std::to_string(port) + "/demo_db";
    }
    std::string baseUrl(std::uint16_t port) const override { return "http://127.0.0.1:" + std::to_string(port); }

private:
    server::Routes m_routes;
};

} // namespace

std::unique_ptr<sandbox::Service> createSandboxService()
{
    return std::make_unique<SandboxService>();
}

} // namespace openmldb
