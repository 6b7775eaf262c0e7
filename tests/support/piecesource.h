// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/source.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string_view>

namespace support {

// A body in pieces of at most so many bytes, that ends well or, with breaksOff, as a lost connection does.
class PieceSource : public json::Source
{
public:
    PieceSource(std::string_view bytes, std::function<std::size_t()> pieceSize, bool breaksOff = false)
        : m_rest(bytes)
        , m_pieceSize(std::move(pieceSize))
        , m_breaksOff(breaksOff)
    {
    }
    PieceSource(std::string_view bytes, std::size_t pieceSize, bool breaksOff = false)
        : PieceSource(bytes, [pieceSize] { return pieceSize; }, breaksOff)
    {
    }

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point) override
    {
        if (m_rest.empty()) {
            if (!m_breaksOff)
                return ReadResult{Read::End, 0};
            core::Error error;
            error.kind = core::ErrorKind::Network;
            error.message = QStringLiteral("The server closed the connection.");
            return error;
        }
        const std::size_t size = std::min({into.size(), m_rest.size(), m_pieceSize()});
        std::memcpy(into.data(), m_rest.data(), size);
        m_rest.remove_prefix(size);
        return ReadResult{Read::Data, size};
    }

private:
    std::string_view m_rest;
    std::function<std::size_t()> m_pieceSize;
    bool m_breaksOff;
};

} // namespace support
