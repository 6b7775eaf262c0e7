// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace sandbox {

Socket::Socket(int descriptor)
    : m_descriptor(descriptor)
{
    // The last packet of an answer must not wait for an acknowledgement of the one before.
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Socket::~Socket()
{
    ::close(m_descriptor);
}

std::size_t Socket::read(char *into, std::size_t size, std::chrono::milliseconds patience)
{
    for (;;) {
        pollfd entry{m_descriptor, POLLIN, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(patience.count()));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return 0;
        const ssize_t got = ::recv(m_descriptor, into, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }
}

bool Socket::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Socket::shutDown()
{
    ::shutdown(m_descriptor, SHUT_RDWR);
}

} // namespace sandbox
