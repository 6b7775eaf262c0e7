// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <zlib.h>

namespace http {

// Undoes the content codings gzip and deflate, a piece at a time and never more than the caller has room for, so that
// a small answer that unpacks to gigabytes costs no memory.
class Inflater
{
public:
    Inflater();
    ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    struct Step {
        std::size_t used = 0; // of the input
        std::size_t made = 0; // in the output
        bool isDamaged = false;
    };
    Step inflate(std::span<const char> from, std::span<char> to);

    // Whether the data may end here: nothing came, or the last member was whole.
    bool isAtEnd() const { return m_isAtEnd; }

private:
    bool start(unsigned char first);

    z_stream m_stream {};
    bool m_isOpen = false;
    bool m_isAtEnd = true;
    bool m_hadMember = false;
};

} // namespace http
