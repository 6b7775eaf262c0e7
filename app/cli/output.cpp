// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "cli/options.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cli {

namespace {

struct OutputTr {
    Q_DECLARE_TR_FUNCTIONS(OutputTr)
};

constexpr int kPatienceMs = 200; // with a reader that takes nothing, once the run is to stop

core::Error notWritable(const std::string &path, int reason)
{
    return usageError(OutputTr::tr("%1 cannot be written: %2.")
                          .arg(path.empty() ? OutputTr::tr("Standard output") : QString::fromStdString(path),
                              QString::fromLocal8Bit(std::strerror(reason))),
        reason == ENOSPC || reason == EDQUOT ? OutputTr::tr("Free some room, or choose another file with -o.")
                                             : OutputTr::tr("Choose another file with -o."));
}

// Where a link leads, so that the link stays one.
std::string resolved(const std::string &path)
{
    char *found = realpath(path.c_str(), nullptr);
    if (!found)
        return path;
    std::string target = found;
    std::free(found);
    return target;
}

} // namespace

Output::Output(int fd, Interrupt &interrupt)
    : m_fd(fd)
    , m_interrupt(interrupt)
{
}

Output::~Output()
{
    if (m_ownsFd && m_fd >= 0)
        ::close(m_fd);
}

std::unique_ptr<Output> Output::toStandardOutput(Interrupt &interrupt)
{
    return std::unique_ptr<Output>(new Output(STDOUT_FILENO, interrupt));
}

core::Result<std::unique_ptr<Output>> Output::toFile(const std::string &path, Interrupt &interrupt)
{
    const std::string target = resolved(path);
    struct stat existing {};
    const bool exists = ::stat(target.c_str(), &existing) == 0;
    const bool isDirect = exists && !S_ISREG(existing.st_mode);
    if (exists && S_ISDIR(existing.st_mode))
        return notWritable(path, EISDIR);
    if (exists && ::access(target.c_str(), W_OK) != 0)
        return notWritable(path, errno);
    const std::string written = isDirect ? target : target + ".partial";
    const int fd = ::open(written.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return notWritable(path, errno);
    if (exists && !isDirect)
        ::fchmod(fd, existing.st_mode & 07777);
    std::unique_ptr<Output> output(new Output(fd, interrupt));
    output->m_ownsFd = true;
    output->m_path = target;
    output->m_partialPath = isDirect ? std::string() : written;
    return output;
}

core::Result<void> Output::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        std::size_t most = bytes.size();
        if (m_interrupt.isRequested()) {
            // A pipe that is ready takes this much without blocking.
            most = std::min<std::size_t>(most, PIPE_BUF);
            pollfd ready{m_fd, POLLOUT, 0};
            if (::poll(&ready, 1, kPatienceMs) == 0)
                return failed(EINTR);
        }
        m_interrupt.setBlocking(true);
        const ssize_t size = ::write(m_fd, bytes.data(), most);
        const int reason = errno;
        m_interrupt.setBlocking(false);
        if (size >= 0) {
            m_hasBytes = true;
            bytes.remove_prefix(static_cast<std::size_t>(size));
        } else if (reason != EINTR && reason != EAGAIN) {
            return failed(reason);
        } else if (reason == EAGAIN) {
            pollfd ready{m_fd, POLLOUT, 0};
            ::poll(&ready, 1, kPatienceMs);
        }
    }
    return {};
}

core::Result<void> Output::failed(int reason)
{
    if (reason == EINTR) {
        core::Error error;
        error.kind = core::ErrorKind::Cancelled;
        error.message = OutputTr::tr("Interrupted while writing.");
        return error;
    }
    m_isReaderGone = reason == EPIPE;
    return notWritable(m_path, reason);
}

core::Result<void> Output::close()
{
    if (!m_ownsFd || m_fd < 0)
        return {};
    const int fd = m_fd;
    m_fd = -1;
    return ::close(fd) == 0 ? core::Result<void>() : failed(errno);
}

core::Result<void> Output::commit()
{
    if (auto closed = close(); !closed)
        return closed;
    if (!m_partialPath.empty() && ::rename(m_partialPath.c_str(), m_path.c_str()) != 0)
        return notWritable(m_path, errno);
    return {};
}

bool Output::abandon()
{
    static_cast<void>(close());
    if (m_partialPath.empty())
        return false;
    if (!m_hasBytes)
        ::unlink(m_partialPath.c_str());
    return m_hasBytes;
}

} // namespace cli
