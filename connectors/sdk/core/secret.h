// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <memory>
#include <string>
#include <string_view>

namespace core {

// Text that must not be seen: passwords, tokens, keys. It cannot be printed, compared or converted by accident; the one
// way out is reveal(), which is easy to search for. Copies share one buffer, which is overwritten when the last goes.
class ONDO_EXPORT Secret
{
public:
    Secret() = default;
    explicit Secret(std::string_view text);

    bool isEmpty() const;

    // Valid as long as a copy of this secret lives. Hand it to the wire or to the keychain, nowhere else.
    std::string_view reveal() const;

    bool operator==(const Secret &) const = delete;

private:
    struct Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

// Overwrites the bytes in a way that the compiler keeps.
ONDO_EXPORT void wipe(char *data, std::size_t size);
inline void wipe(std::string &text)
{
    wipe(text.data(), text.size());
    text.clear();
}

} // namespace core
