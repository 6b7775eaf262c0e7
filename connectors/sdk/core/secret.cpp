// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <cstring>

namespace core {

struct Secret::Buffer {
    explicit Buffer(std::string_view source)
        : text(source)
    {
    }
    ~Buffer() { wipe(text.data(), text.size()); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    std::string text;
};

Secret::Secret(std::string_view text)
    : m_buffer(text.empty() ? nullptr : std::make_shared<const Buffer>(text))
{
}

bool Secret::isEmpty() const
{
    return !m_buffer;
}

std::string_view Secret::reveal() const
{
    return m_buffer ? std::string_view(m_buffer->text) : std::string_view();
}

void wipe(char *data, std::size_t size)
{
    explicit_bzero(data, size);
}

} // namespace core
