// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace sandbox {

// An accepted connection, used by its own thread only, but for shutDown(), which another may call to end it.
class Socket
{
public:
    explicit Socket(int descriptor);
    ~Socket();
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    int descriptor() const { return m_descriptor; }

    // Bytes read; 0 at the end, on failure and when nothing came for so long.
    std::size_t read(char *into, std::size_t size, std::chrono::milliseconds patience);
    // False: the other side is gone. Blocks while it does not read.
    bool write(std::string_view bytes);
    // Ends what read() and write() wait for.
    void shutDown();

private:
    const int m_descriptor;
};

} // namespace sandbox
