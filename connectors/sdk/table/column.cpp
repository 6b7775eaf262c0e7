// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/column.h"

#include <algorithm>

namespace table {

std::optional<std::string_view> Column::literal(std::uint32_t row) const
{
    const auto it = std::lower_bound(
        m_literals.begin(), m_literals.end(), row, [](const auto &entry, std::uint32_t wanted) { return entry.first < wanted; });
    if (it == m_literals.end() || it->first != row)
        return std::nullopt;
    return std::string_view(it->second);
}

std::size_t Column::memoryBytes() const
{
    std::size_t bytes = sizeof(Column) + m_valid.capacity() * sizeof(std::uint64_t) + m_rowDigits.capacity();
    if (m_offsets)
        bytes += (m_texts + std::size_t(1)) * sizeof(std::uint32_t) + offsets()[m_texts] + (m_codes ? m_rows : 0);
    switch (storageOf(m_kind)) {
    case Storage::Byte:
        bytes += m_rows;
        break;
    case Storage::Float32:
        bytes += m_rows * sizeof(float);
        break;
    case Storage::Int64:
    case Storage::UInt64:
    case Storage::Float64:
        bytes += m_rows * sizeof(double);
        break;
    case Storage::None:
    case Storage::Bytes:
        break;
    }
    for (const auto &entry : m_literals)
        bytes += sizeof(entry) + entry.second.capacity();
    return bytes;
}

} // namespace table
