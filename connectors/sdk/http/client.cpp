// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "http/transfer.h"

#include <QCoreApplication>

namespace http {

namespace {

struct ClientTr {
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

class CurlClient final : public Client
{
public:
    explicit CurlClient(const Transport &transport)
        : m_transport(transport)
        , m_pool(std::make_shared<CarrierPool>())
    {
        static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT); // once for the process
        static_cast<void>(initialised);
    }

    core::Result<std::unique_ptr<Answer>> send(const Request &request, std::stop_token stop, Exchange *failed) override
    {
        auto peer = checkRequest(request, m_transport);
        if (!peer)
            return std::move(peer).error();
        auto transfer = std::make_unique<Transfer>(m_pool, m_transport, request, peer.value(), std::move(stop));
        if (auto started = transfer->start(); !started) {
            if (failed)
                *failed = transfer->exchange();
            return std::move(started).error();
        }
        return std::unique_ptr<Answer>(std::move(transfer));
    }

private:
    const Transport m_transport;
    const std::shared_ptr<CarrierPool> m_pool; // an answer may outlive the client
};

} // namespace

std::unique_ptr<Client> createClient(const Transport &transport)
{
    return std::make_unique<CurlClient>(transport);
}

core::Result<std::string> readAll(Answer &answer, std::size_t limit)
{
    constexpr std::size_t kStep = 64 * 1024;
    std::string body;
    for (;;) {
        const std::size_t size = body.size();
        body.resize(size + kStep);
        auto read = answer.read({ body.data() + size, kStep }, std::chrono::steady_clock::time_point::max());
        if (!read)
            return std::move(read).error();
        body.resize(size + read->size);
        if (read->state == Answer::Read::End)
            return body;
        if (body.size() > limit) {
            core::Error error;
            error.kind = core::ErrorKind::Limit;
            error.message = ClientTr::tr("The answer is longer than %1 bytes.").arg(limit);
            error.httpStatus = answer.head().status;
            return error;
        }
    }
}

} // namespace http
