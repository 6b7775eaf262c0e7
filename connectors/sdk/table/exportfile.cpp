// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/export.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace table {

namespace {

struct ExportFileTr {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

core::Error notWritten(const std::string &path, int reason)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = ExportFileTr::tr("%1 cannot be written: %2.").arg(QString::fromStdString(path), QString::fromLocal8Bit(std::strerror(reason)));
    error.hint = reason == ENOSPC || reason == EDQUOT ? ExportFileTr::tr("Free some room, or choose another file.")
                                                      : ExportFileTr::tr("Choose another file.");
    return error;
}

std::string linkTarget(const std::string &path)
{
    char *found = ::realpath(path.c_str(), nullptr);
    if (!found)
        return path;
    std::string target = found;
    std::free(found);
    return target;
}

// The rights that a file made by open() would have.
mode_t usualRights()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

} // namespace

core::Result<std::unique_ptr<FileOutput>> FileOutput::create(const std::string &path)
{
    std::unique_ptr<FileOutput> output(new FileOutput);
    output->m_path = linkTarget(path);
    struct stat existing {};
    const bool exists = ::stat(output->m_path.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode))
        return notWritten(path, EISDIR);
    if (exists && ::access(output->m_path.c_str(), W_OK) != 0)
        return notWritten(path, errno);
    if (exists && !S_ISREG(existing.st_mode)) {
        output->m_fd = ::open(output->m_path.c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        // A name of its own: two exports to one file do not write into each other's.
        output->m_temporary = output->m_path + ".XXXXXX";
        output->m_fd = ::mkostemp(output->m_temporary.data(), O_CLOEXEC);
        if (output->m_fd >= 0)
            ::fchmod(output->m_fd, exists ? existing.st_mode & 07777 : usualRights());
    }
    if (output->m_fd < 0) {
        output->m_temporary.clear();
        return notWritten(path, errno);
    }
    return output;
}

FileOutput::~FileOutput()
{
    if (m_fd >= 0)
        ::close(m_fd);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

core::Result<void> FileOutput::failed(int reason) const
{
    return notWritten(m_path, reason);
}

core::Result<void> FileOutput::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t size = ::write(m_fd, bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failed(errno);
        m_size += size;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return {};
}

core::Result<void> FileOutput::commit()
{
    const int fd = std::exchange(m_fd, -1);
    if (::close(fd) != 0)
        return failed(errno);
    if (m_temporary.empty())
        return {};
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return failed(errno);
    m_temporary.clear();
    return {};
}

struct GzipOutput::State {
    z_stream stream{};
    bool isReady = false;
    std::string out = std::string(64 * 1024, '\0');
};

GzipOutput::GzipOutput(ByteOutput &output)
    : m_output(output)
    , m_state(std::make_unique<State>())
{
    constexpr int kGzipWindow = 15 + 16; // the largest window, and gzip's header and sum
    m_state->isReady = deflateInit2(&m_state->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK;
}

GzipOutput::~GzipOutput()
{
    if (m_state->isReady)
        deflateEnd(&m_state->stream);
}

core::Result<void> GzipOutput::deflateAll(int flush)
{
    if (!m_state->isReady)
        return notWritten("gzip", ENOMEM);
    z_stream &stream = m_state->stream;
    do {
        stream.next_out = reinterpret_cast<Bytef *>(m_state->out.data());
        stream.avail_out = static_cast<uInt>(m_state->out.size());
        deflate(&stream, flush);
        const std::size_t made = m_state->out.size() - stream.avail_out;
        if (made == 0)
            continue;
        if (auto written = m_output.write(std::string_view(m_state->out.data(), made)); !written)
            return written;
    } while (stream.avail_out == 0);
    return {};
}

core::Result<void> GzipOutput::write(std::string_view bytes)
{
    constexpr std::size_t kMostAtOnce = std::size_t(1) << 30; // zlib counts in 32 bits
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, kMostAtOnce);
        // zlib's pointer is not const; it only reads.
        m_state->stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(part.data()));
        m_state->stream.avail_in = static_cast<uInt>(part.size());
        if (auto done = deflateAll(Z_NO_FLUSH); !done)
            return done;
        bytes.remove_prefix(part.size());
    }
    return {};
}

core::Result<void> GzipOutput::finish()
{
    return deflateAll(Z_FINISH);
}

} // namespace table
