// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <chrono>
#include <span>

namespace json {

// Where the reader's bytes come from: an HTTP answer, a file, a test's recorded bytes.
class ONDO_EXPORT Source
{
public:
    virtual ~Source() = default;

    enum class Read { Data, Waiting, End };
    struct ReadResult {
        Read state = Read::End;
        std::size_t size = 0;
    };
    // As http::Answer::read.
    virtual core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) = 0;
};

} // namespace json
