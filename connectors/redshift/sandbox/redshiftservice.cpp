// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/redshiftservice.h"

#include "sandbox/operations.h"

namespace redshift {

namespace {

constexpr const char *kRegion = "us-east-1";

class SandboxService : public sandbox::Service
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop) override
    {
        m_operations.serve(request, reply, std::move(stop));
    }
    std::string targetUrl(std::uint16_t port) const override
    {
        return std::string("redshift+http://") + server::kAccessKeyId + ":" + server::kSecretAccessKey + "@" + kRegion
            + "/dev?cluster=sandbox&db_user=awsuser&endpoint=127.0.0.1%3A" + std::to_string(port);
    }
    std::string baseUrl(std::uint16_t port) const override { return "http://127.0.0.1:" + std::to_string(port); }
    sandbox::Pairs environment() const override
    {
        return {{"AWS_ACCESS_KEY_ID", server::kAccessKeyId}, {"AWS_SECRET_ACCESS_KEY", server::kSecretAccessKey},
            {"AWS_DEFAULT_REGION", kRegion}};
    }

private:
    server::Operations m_operations;
};

} // namespace

std::unique_ptr<sandbox::Service> createSandboxService()
{
    return std::make_unique<SandboxService>();
}

} // namespace redshift
