// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"
#include "json/source.h"

namespace decode {

// An HTTP answer's body as the reader's source.
class AnswerSource final : public json::Source
{
public:
    explicit AnswerSource(http::Answer &answer)
        : m_answer(answer)
    {
    }

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override
    {
        auto result = m_answer.read(into, deadline);
        if (!result)
            return std::move(result).error();
        switch (result->state) {
        case http::Answer::Read::Data:
            return ReadResult{Read::Data, result->size};
        case http::Answer::Read::Waiting:
            return ReadResult{Read::Waiting, 0};
        case http::Answer::Read::End:
            break;
        }
        return ReadResult{Read::End, 0};
    }

private:
    http::Answer &m_answer;
};

} // namespace decode
