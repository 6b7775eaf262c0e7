// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lindormservice.h"

#include "sandbox/routes.h"

namespace lindorm {

namespace {

class SandboxService : public sandbox::Service
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop) override
    {
        m_routes.serve(request, reply, stop);
    }
    std::string targetUrl(std::uint16_t port) const override
    {
        return "lindorm://root:root_tsdb@127.0.0.1:" + std::to_string(port) + "/power";
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

} // namespace lindorm
