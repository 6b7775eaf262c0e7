// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/source.h"

#include <string_view>

namespace json {

// A body that is there already. The bytes outlive the source.
class ONDO_EXPORT MemorySource : public Source
{
public:
    explicit MemorySource(std::string_view bytes);

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override;

private:
    std::string_view m_rest;
};

} // namespace json
