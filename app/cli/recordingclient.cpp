// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/recordingclient.h"

namespace cli {

// What the session reads goes by here; what it leaves is read when it lets go.
class RecordingClient::Recorded final : public http::Answer
{
public:
    Recorded(RecordingClient &owner, std::unique_ptr<http::Answer> answer)
        : m_owner(owner)
        , m_answer(std::move(answer))
    {
    }
    Recorded(const Recorded &) = delete;
    Recorded &operator=(const Recorded &) = delete;
    ~Recorded() override
    {
        char block[16 * 1024];
        while (!m_isOver) {
            const auto more = read(block, std::chrono::steady_clock::now() + std::chrono::hours(24));
            if (!more)
                break;
        }
    }

    const http::Head &head() const override { return m_answer->head(); }
    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override
    {
        auto result = m_answer->read(into, deadline);
        if (!result) {
            m_isOver = true;
            return result;
        }
        if (result->state == Read::Data)
            m_owner.m_body.append(into.data(), result->size);
        m_isOver = result->state == Read::End;
        m_owner.m_isWhole = m_isOver;
        return result;
    }
    http::Exchange exchange() const override { return m_answer->exchange(); }

private:
    RecordingClient &m_owner;
    const std::unique_ptr<http::Answer> m_answer;
    bool m_isOver = false;
};

core::Result<std::unique_ptr<http::Answer>> RecordingClient::send(const http::Request &request, std::stop_token stop, http::Exchange *failed)
{
    m_request = request;
    m_head.reset();
    m_body.clear();
    m_isWhole = false;
    if (m_isDry) {
        core::Error error;
        error.kind = core::ErrorKind::Cancelled;
        return error;
    }
    auto answer = m_client.send(request, std::move(stop), failed);
    if (!answer)
        return answer;
    m_head = (*answer)->head();
    return std::unique_ptr<http::Answer>(std::make_unique<Recorded>(*this, std::move(answer).value()));
}

} // namespace cli
