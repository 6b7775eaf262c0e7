// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/input.h"

#include "cli/options.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace cli {

namespace {

struct InputTr {
    Q_DECLARE_TR_FUNCTIONS(InputTr)
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// As read(2) on standard input, ended by a request to stop.
core::Result<std::size_t> readSome(char *into, std::size_t most, Interrupt &interrupt)
{
    while (true) {
        if (interrupt.isRequested()) {
            core::Error error;
            error.kind = core::ErrorKind::Cancelled;
            error.message = InputTr::tr("Interrupted while reading standard input.");
            return error;
        }
        interrupt.setBlocking(true);
        const ssize_t size = ::read(STDIN_FILENO, into, most);
        const int reason = errno;
        interrupt.setBlocking(false);
        if (size >= 0)
            return static_cast<std::size_t>(size);
        if (reason != EINTR) {
            return usageError(InputTr::tr("Standard input cannot be read: %1.").arg(QString::fromLocal8Bit(std::strerror(reason))));
        }
    }
}

std::string withoutMark(std::string text)
{
    if (text.starts_with(kByteOrderMark))
        text.erase(0, kByteOrderMark.size());
    return text;
}

} // namespace

core::Result<std::string> readStandardInput(Interrupt &interrupt)
{
    std::string text;
    char block[16 * 1024];
    while (true) {
        const auto size = readSome(block, sizeof block, interrupt);
        if (!size)
            return size.error();
        if (*size == 0)
            return withoutMark(std::move(text));
        text.append(block, *size);
    }
}

core::Result<std::string> readFile(const std::string &path)
{
    QFile file(QFile::decodeName(path.c_str()));
    if (!file.open(QIODevice::ReadOnly))
        return usageError(InputTr::tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return usageError(InputTr::tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
    return withoutMark(bytes.toStdString());
}

core::Result<core::Secret> readPassword(Interrupt &interrupt)
{
    std::string line;
    char c = 0;
    while (true) {
        const auto size = readSome(&c, 1, interrupt);
        if (!size)
            return size.error();
        if (*size == 0 || c == '\n')
            break;
        line += c;
    }
    if (line.ends_with('\r'))
        line.pop_back();
    core::Secret password(line);
    core::wipe(line);
    if (password.isEmpty())
        return usageError(InputTr::tr("No password came from standard input (--password-stdin)."));
    return password;
}

} // namespace cli
