// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/timescaleservice.h"

#include "http/url.h"
#include "sandbox/cloud.h"
#include "sandbox/gatewayapi.h"
#include "sandbox/lambdaapi.h"
#include "sandbox/stagegate.h"

namespace timescale {

namespace {

class SandboxService : public sandbox::Service
{
public:
    void serve(const sandbox::Request &request, sandbox::Reply &reply, std::stop_token stop) override
    {
        using namespace server;
        static constexpr std::string_view kUser = "/_user_request_";
        if (request.path.starts_with("/2015-03-31/") || request.path.starts_with("/2018-10-31/"))
            serveLambdaApi(m_cloud, request, reply, std::move(stop));
        else if ((request.path.starts_with("/restapis") && request.path.find(kUser) == std::string::npos) || request.path.starts_with("/v2/")
            || request.path == "/apikeys" || request.path == "/usageplans")
            serveGatewayApi(m_cloud, request, reply);
        else
            serveStage(m_cloud, request, reply, std::move(stop));
    }
    std::string targetUrl(std::uint16_t port) const override
    {
        return "timescale+http://" + http::percentEncoded(kSandboxAccessKey) + ":" + http::percentEncoded(kSandboxSecretKey) + "@127.0.0.1:"
            + std::to_string(port) + "/prod?region=" + kSandboxRegion + "&endpoint=" + http::percentEncoded(baseUrl(port)) + "&api=" + kSandboxApi
            + "&stage=prod&columns=" + http::percentEncoded("/insert(time:text,symbol:text,price_open,price_close,price_low,price_high,trading_volume)");
    }
    std::string baseUrl(std::uint16_t port) const override { return "http://127.0.0.1:" + std::to_string(port); }
    sandbox::Pairs environment() const override
    {
        return {{"AWS_ACCESS_KEY_ID", kSandboxAccessKey}, {"AWS_SECRET_ACCESS_KEY", kSandboxSecretKey}, {"AWS_DEFAULT_REGION", kSandboxRegion},
            {"TIMESCALE_API_KEY", kSandboxApiKey}};
    }

private:
    server::Cloud m_cloud;
};

} // namespace

std::unique_ptr<sandbox::Service> createSandboxService()
{
    return std::make_unique<SandboxService>();
}

} // namespace timescale
