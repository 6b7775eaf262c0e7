// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/memorysource.h"

#include <algorithm>
#include <cstring>

namespace json {

MemorySource::MemorySource(std::string_view bytes)
    : m_rest(bytes)
{
}

core::Result<Source::ReadResult> MemorySource::read(std::span<char> into, std::chrono::steady_clock::time_point)
{
    if (m_rest.empty())
        return ReadResult{Read::End, 0};
    const std::size_t size = std::min(into.size(), m_rest.size());
    std::memcpy(into.data(), m_rest.data(), size);
    m_rest.remove_prefix(size);
    return ReadResult{Read::Data, size};
}

} // namespace json
