// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/window.h"

#include <QCoreApplication>

#include <cstdlib>
#include <cstring>
#include <new>

namespace json {

namespace {

struct WindowTr {
    Q_DECLARE_TR_FUNCTIONS(Window)
};

constexpr std::size_t kFirstCapacity = 256 * 1024;
constexpr std::size_t kLeastRead = 16 * 1024; // what a read is offered at the least
constexpr std::chrono::milliseconds kIdleStep{50};

} // namespace

void Window::Free::operator()(char *memory) const
{
    std::free(memory);
}

Window::Window(Source &source, std::function<bool()> idle, std::int64_t firstByte, std::size_t maxValueBytes)
    : m_source(source)
    , m_idle(std::move(idle))
    , m_offset(firstByte)
    , m_maxValueBytes(maxValueBytes)
    , m_buffer(static_cast<char *>(std::malloc(kFirstCapacity + kPadding)))
    , m_capacity(kFirstCapacity)
{
    if (!m_buffer)
        throw std::bad_alloc();
    std::memset(m_buffer.get(), 0, kPadding);
}

bool Window::makeRoom(const char *keep, std::ptrdiff_t *shift)
{
    const char *old = begin();
    const auto dropped = static_cast<std::size_t>(keep - old);
    const std::size_t kept = m_size - dropped;
    if (dropped != 0) {
        std::memmove(m_buffer.get(), keep, kept);
        m_offset += static_cast<std::int64_t>(dropped);
        m_size = kept;
        std::memset(m_buffer.get() + m_size, 0, kPadding);
    }
    *shift = -static_cast<std::ptrdiff_t>(dropped);
    if (m_capacity - m_size >= kLeastRead)
        return true;
    if (m_size >= m_maxValueBytes) {
        core::Error error;
        error.kind = core::ErrorKind::Limit;
        error.message = WindowTr::tr("A single value of the answer is longer than %1 bytes; the rest was not read.")
                            .arg(m_maxValueBytes);
        error.position.byte = m_offset;
        m_error = std::move(error);
        m_failed = true;
        return false;
    }
    const std::size_t capacity = m_capacity * 2;
    auto *memory = static_cast<char *>(std::realloc(m_buffer.get(), capacity + kPadding));
    if (!memory)
        throw std::bad_alloc();
    static_cast<void>(m_buffer.release());
    m_buffer.reset(memory);
    m_capacity = capacity;
    *shift += memory - old;
    return true;
}

Window::More Window::refill(const char *keep, std::ptrdiff_t *shift)
{
    *shift = 0;
    if (m_failed)
        return More::Failed;
    if (m_ended)
        return More::End;
    if (!makeRoom(keep, shift))
        return More::Failed;
    for (;;) {
        if (m_idle && !m_idle()) {
            m_failed = true;
            return More::Failed;
        }
        core::Result<Source::ReadResult> read = m_source.read(
            {m_buffer.get() + m_size, m_capacity - m_size}, std::chrono::steady_clock::now() + kIdleStep);
        if (!read) {
            m_error = std::move(read).error();
            m_failed = true;
            return More::Failed;
        }
        if (read->state == Source::Read::Waiting)
            continue;
        if (read->state == Source::Read::End) {
            m_ended = true;
            return More::End;
        }
        m_size += read->size;
        std::memset(m_buffer.get() + m_size, 0, kPadding);
        if (read->size != 0)
            return More::Data;
    }
}

} // namespace json
