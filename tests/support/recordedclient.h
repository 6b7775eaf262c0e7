// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace support {

// An answer as it was recorded, and how its bytes come.
struct RecordedAnswer {
    int status = 200;
    std::vector<http::Header> headers;
    std::string body;
    std::vector<std::size_t> blocks; // sizes of the reads, over and over; empty: all at once
    std::optional<std::size_t> brokenAt; // the connection is lost after so many bytes of the body
    std::optional<core::Error> unsent; // instead of an answer
};

// Answers requests from recorded bytes, whatever thread asks, and keeps what was asked.
class RecordedClient final : public http::Client
{
public:
    using Handler = std::function<RecordedAnswer(const http::Request &request)>;

    explicit RecordedClient(Handler handler)
        : m_handler(std::move(handler))
    {
    }

    core::Result<std::unique_ptr<http::Answer>> send(
        const http::Request &request, std::stop_token stop, http::Exchange *failed) override;

    std::vector<http::Request> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    class Recorded;

    Handler m_handler;
    mutable std::mutex m_mutex;
    std::vector<http::Request> m_requests;
};

class RecordedClient::Recorded final : public http::Answer
{
public:
    Recorded(RecordedAnswer answer, http::Exchange exchange, std::stop_token stop)
        : m_answer(std::move(answer))
        , m_exchange(std::move(exchange))
        , m_stop(std::move(stop))
    {
        m_head.version = "1.1";
        m_head.status = m_answer.status;
        m_head.headers = m_answer.headers;
    }

    const http::Head &head() const override { return m_head; }

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point) override
    {
        if (m_stop.stop_requested())
            return core::Error{.kind = core::ErrorKind::Cancelled, .message = QStringLiteral("Cancelled.")};
        const std::size_t end = m_answer.brokenAt.value_or(m_answer.body.size());
        if (m_at >= end && m_answer.brokenAt)
            return core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("The connection was closed.")};
        if (m_at >= end)
            return ReadResult{Read::End, 0};
        const std::size_t block = m_answer.blocks.empty() ? end : std::max<std::size_t>(1, m_answer.blocks[m_block++ % m_answer.blocks.size()]);
        const std::size_t size = std::min({into.size(), block, end - m_at});
        std::copy_n(m_answer.body.data() + m_at, size, into.data());
        m_at += size;
        return ReadResult{Read::Data, size};
    }

    http::Exchange exchange() const override
    {
        http::Exchange exchange = m_exchange;
        exchange.head = m_head;
        exchange.wireBytes = exchange.bodyBytes = static_cast<std::int64_t>(m_at);
        return exchange;
    }

private:
    RecordedAnswer m_answer;
    http::Exchange m_exchange;
    std::stop_token m_stop;
    http::Head m_head;
    std::size_t m_at = 0;
    std::size_t m_block = 0;
};

inline core::Result<std::unique_ptr<http::Answer>> RecordedClient::send(
    const http::Request &request, std::stop_token stop, http::Exchange *failed)
{
    http::Exchange exchange;
    exchange.method = request.method;
    exchange.url = request.url;
    exchange.purpose = request.purpose;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        exchange.id = m_requests.size();
    }
    if (stop.stop_requested())
        return core::Error{.kind = core::ErrorKind::Cancelled, .message = QStringLiteral("Cancelled.")};
    RecordedAnswer answer = m_handler(request);
    if (answer.unsent) {
        exchange.finished = true;
        exchange.error = answer.unsent;
        if (failed)
            *failed = exchange;
        return std::move(*answer.unsent);
    }
    return std::unique_ptr<http::Answer>(std::make_unique<Recorded>(std::move(answer), std::move(exchange), std::move(stop)));
}

} // namespace support
