// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/inflater.h"

#include <algorithm>
#include <limits>

namespace http {

namespace {
constexpr unsigned char kGzipMagic = 0x1f;
constexpr int kWindow = 15;
constexpr int kGzipOrZlib = 32;

uInt zlibSize(std::size_t size)
{
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}
}

Inflater::Inflater() = default;

Inflater::~Inflater()
{
    if (m_isOpen)
        inflateEnd(&m_stream);
}

// "deflate" means zlib's format (RFC 9110), but some servers send it bare.
bool Inflater::start(unsigned char first)
{
    const bool isWrapped = first == kGzipMagic || (first & 0x0f) == Z_DEFLATED;
    const int bits = isWrapped ? kWindow + kGzipOrZlib : -kWindow;
    const int result = m_isOpen ? inflateReset2(&m_stream, bits) : inflateInit2(&m_stream, bits);
    m_isOpen = m_isOpen || result == Z_OK;
    return result == Z_OK;
}

Inflater::Step Inflater::inflate(std::span<const char> from, std::span<char> to)
{
    Step step;
    if (from.empty() && m_isAtEnd)
        return step;
    if (m_isAtEnd) {
        const auto first = static_cast<unsigned char>(from[0]);
        if (m_hadMember && first != kGzipMagic) {
            step.used = from.size(); // padding behind the last member, as gzip itself ignores it
            return step;
        }
        step.isDamaged = !start(first);
        if (step.isDamaged)
            return step;
        m_isAtEnd = false;
        m_hadMember = true;
    }
    m_stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(from.data()));
    m_stream.avail_in = zlibSize(from.size());
    m_stream.next_out = reinterpret_cast<Bytef *>(to.data());
    m_stream.avail_out = zlibSize(to.size());
    const uInt input = m_stream.avail_in;
    const uInt room = m_stream.avail_out;
    const int result = ::inflate(&m_stream, Z_NO_FLUSH);
    step.used = input - m_stream.avail_in;
    step.made = room - m_stream.avail_out;
    m_isAtEnd = result == Z_STREAM_END;
    step.isDamaged = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
    return step;
}

} // namespace http
