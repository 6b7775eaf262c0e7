// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "json/source.h"

#include <functional>
#include <memory>
#include <string_view>

namespace timescale {

// The stretch of an answer's body that is in memory, followed by the zero bytes that decode/memoryjson.h asks for.
class Body
{
public:
    // idle: called before each read; false ends the reading.
    Body(json::Source &source, std::function<bool()> idle);

    // Reads on until size bytes are at hand, or the body ends or breaks off.
    void fill(std::size_t size);
    // Lets the bytes before place go and reads about a megabyte on. Places in the old text are void.
    void advance(const char *place);

    std::string_view text() const { return {m_bytes.get(), m_size}; }
    const char *begin() const { return m_bytes.get(); }
    const char *end() const { return m_bytes.get() + m_size; }
    std::int64_t offsetOf(const char *place) const { return m_offset + (place - begin()); }

    bool isEnded() const { return m_isEnded; } // well
    const std::optional<core::Error> &error() const { return m_error; } // broke off
    bool isStopped() const { return m_isStopped; } // by idle
    bool isOpen() const { return !m_isEnded && !m_error && !m_isStopped; }

private:
    struct Free {
        void operator()(char *memory) const;
    };
    void reserve(std::size_t capacity);
    void readOnce(std::size_t most);

    json::Source &m_source;
    std::function<bool()> m_idle;
    std::unique_ptr<char, Free> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
    std::int64_t m_offset = 0; // of the first byte in the whole body
    bool m_isEnded = false;
    bool m_isStopped = false;
    std::optional<core::Error> m_error;
};

} // namespace timescale
