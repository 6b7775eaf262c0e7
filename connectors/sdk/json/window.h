// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/source.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace json {

// The stretch of a body that is at hand: contiguous, followed by kPadding zero bytes that may be read, so that scanners
// need no bound of their own for short looks ahead.
class ONDO_EXPORT Window
{
public:
    static constexpr std::size_t kPadding = 64;

    // idle is called before each read and about every 50 ms while waiting; false ends the reading (stopped()).
    // firstByte: what the first byte counts as in positions. No single value may be longer than maxValueBytes.
    Window(Source &source, std::function<bool()> idle, std::int64_t firstByte, std::size_t maxValueBytes);

    const char *begin() const { return m_buffer.get(); }
    const char *end() const { return m_buffer.get() + m_size; }
    std::int64_t offsetOf(const char *place) const { return m_offset + (place - begin()); }

    enum class More { Data, End, Failed };
    // Reads behind end(). The bytes from keep on stay, moved by *shift: add it to every pointer into the window.
    More refill(const char *keep, std::ptrdiff_t *shift);

    // What Failed was: the source's own error, or Limit for a value beyond maxValueBytes; none when idle said stop.
    const std::optional<core::Error> &error() const { return m_error; }

private:
    struct Free {
        void operator()(char *memory) const;
    };

    bool makeRoom(const char *keep, std::ptrdiff_t *shift);

    Source &m_source;
    std::function<bool()> m_idle;
    std::int64_t m_offset;
    std::size_t m_maxValueBytes;
    std::unique_ptr<char, Free> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_size = 0;
    bool m_ended = false;
    bool m_failed = false;
    std::optional<core::Error> m_error;
};

} // namespace json
