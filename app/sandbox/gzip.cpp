// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/gzip.h"

#include <zlib.h>

namespace sandbox {

namespace {
constexpr int kGzipWindow = 15 + 16; // the largest window, with gzip's head and checksum

Bytef *input(std::string_view bytes)
{
    // zlib's input pointer is not const, but it never writes there.
    return reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
}
}

std::optional<std::string> gunzip(std::string_view bytes, std::size_t limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK)
        return std::nullopt;
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string plain;
    int state = Z_OK;
    while (state == Z_OK && plain.size() <= limit) {
        char block[16384];
        stream.next_out = reinterpret_cast<Bytef *>(block);
        stream.avail_out = sizeof block;
        state = inflate(&stream, Z_NO_FLUSH);
        plain.append(block, sizeof block - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || plain.size() > limit)
        return std::nullopt;
    return plain;
}

struct GzipStream::State {
    z_stream stream{};
};

GzipStream::GzipStream()
    : m_state(std::make_unique<State>())
{
    deflateInit2(&m_state->stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
}

GzipStream::~GzipStream()
{
    deflateEnd(&m_state->stream);
}

std::string GzipStream::compressed(std::string_view bytes, bool last)
{
    z_stream &stream = m_state->stream;
    stream.next_in = input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string result;
    do {
        char block[16384];
        stream.next_out = reinterpret_cast<Bytef *>(block);
        stream.avail_out = sizeof block;
        deflate(&stream, last ? Z_FINISH : Z_SYNC_FLUSH);
        result.append(block, sizeof block - stream.avail_out);
    } while (stream.avail_out == 0);
    return result;
}

} // namespace sandbox
