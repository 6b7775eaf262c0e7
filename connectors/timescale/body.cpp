// SPDX-License-Identifier: GPL-3.0-or-later
#include "body.h"

#include "decode/memoryjson.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace timescale {

namespace {
constexpr std::size_t kBlock = std::size_t(1) << 20;
constexpr std::chrono::milliseconds kPatience{50};
}

void Body::Free::operator()(char *memory) const
{
    std::free(memory);
}

Body::Body(json::Source &source, std::function<bool()> idle)
    : m_source(source)
    , m_idle(std::move(idle))
{
    reserve(16 * 1024);
}

void Body::reserve(std::size_t capacity)
{
    if (capacity <= m_capacity)
        return;
    void *memory = std::realloc(m_bytes.get(), capacity + decode::kMemoryPadding);
    if (!memory)
        throw std::bad_alloc();
    static_cast<void>(m_bytes.release());
    m_bytes.reset(static_cast<char *>(memory));
    m_capacity = capacity;
    std::memset(m_bytes.get() + m_size, 0, decode::kMemoryPadding);
}

void Body::readOnce(std::size_t most)
{
    if (!m_idle()) {
        m_isStopped = true;
        return;
    }
    auto result = m_source.read({m_bytes.get() + m_size, most}, std::chrono::steady_clock::now() + kPatience);
    if (!result) {
        m_error = std::move(result).error();
    } else {
        m_isEnded = result->state == json::Source::Read::End;
        m_size += result->size;
    }
    std::memset(m_bytes.get() + m_size, 0, decode::kMemoryPadding);
}

void Body::fill(std::size_t size)
{
    while (isOpen() && m_size < size) {
        // A long answer gets all of its room at once: pages that are not written to take none, and nothing is copied.
        if (m_size == m_capacity)
            reserve(m_capacity < kBlock ? m_capacity * 2 : std::max(size, m_capacity * 2));
        readOnce(m_capacity - m_size);
    }
}

void Body::advance(const char *place)
{
    const auto passed = static_cast<std::size_t>(place - begin());
    const std::size_t left = m_size - passed;
    if (passed > 8 * kBlock) { // what was gathered to be looked at as a whole
        std::unique_ptr<char, Free> old = std::move(m_bytes);
        m_capacity = 0;
        m_size = 0;
        reserve(left + 2 * kBlock);
        std::memcpy(m_bytes.get(), old.get() + passed, left);
    } else {
        std::memmove(m_bytes.get(), m_bytes.get() + passed, left);
    }
    m_size = left;
    m_offset += static_cast<std::int64_t>(passed);
    std::memset(m_bytes.get() + m_size, 0, decode::kMemoryPadding);
    fill(std::max(left + kBlock, left * 2));
}

} // namespace timescale
