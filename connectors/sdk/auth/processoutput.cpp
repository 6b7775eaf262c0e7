// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/processoutput.h"

#include "core/wait.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace auth {

namespace {

struct ProcessTr {
    Q_DECLARE_TR_FUNCTIONS(ProcessTr)
};

constexpr std::size_t kMostOutput = 1 << 20;

core::Error outputError(core::ErrorKind kind, const QString &message)
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    return error;
}

core::Error tooSlow()
{
    return outputError(core::ErrorKind::Timeout, ProcessTr::tr("The program did not end in time."));
}

core::Error stopped()
{
    return outputError(core::ErrorKind::Cancelled, ProcessTr::tr("Cancelled while a program gave credentials."));
}

class Pipe
{
public:
    Pipe()
    {
        if (::pipe2(m_ends, O_CLOEXEC) != 0)
            m_ends[0] = m_ends[1] = -1;
    }
    ~Pipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    int reading() const { return m_ends[0]; }
    int writing() const { return m_ends[1]; }
    bool isOpen() const { return m_ends[0] >= 0; }
    void closeWriting() { closeEnd(1); }
    void closeReading() { closeEnd(0); }

    // Takes what is there; at the end closes.
    void readInto(std::string &text)
    {
        char buffer[4096];
        const ssize_t size = ::read(m_ends[0], buffer, sizeof buffer);
        if (size > 0)
            text.append(buffer, static_cast<std::size_t>(size));
        else if (size == 0 || (errno != EINTR && errno != EAGAIN))
            closeReading();
    }

private:
    void closeEnd(int end)
    {
        if (m_ends[end] >= 0)
            ::close(m_ends[end]);
        m_ends[end] = -1;
    }

    int m_ends[2];
};

// The process with a group of its own, so that what it started ends with it.
class Process
{
public:
    ~Process()
    {
        if (m_pid > 0)
            ::kill(-m_pid, SIGKILL);
        while (m_pid > 0 && ::waitpid(m_pid, &m_status, 0) < 0 && errno == EINTR) { }
    }

    // 0, or the number of the system's error.
    int start(const std::vector<std::string> &words, const Pipe &output, const Pipe &errors)
    {
        std::vector<char *> arguments;
        for (const std::string &word : words)
            arguments.push_back(const_cast<char *>(word.c_str()));
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output.writing(), 1);
        posix_spawn_file_actions_adddup2(&actions, errors.writing(), 2);
        posix_spawn_file_actions_addclosefrom_np(&actions, 3);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        const int problem = posix_spawnp(&m_pid, arguments[0], &actions, &attributes, arguments.data(), environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        if (problem != 0)
            m_pid = -1;
        return problem;
    }

    bool hasEnded()
    {
        if (m_pid > 0 && ::waitpid(m_pid, &m_status, WNOHANG) == m_pid)
            m_pid = -1;
        return m_pid <= 0;
    }
    int exitCode() const { return WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1; }

private:
    pid_t m_pid = -1;
    int m_status = 0;
};

// Reads both pipes until the process has closed them.
core::Result<void> readAll(Pipe &output, Pipe &errors, const Pipe &wake, ProcessOutput &out,
    std::chrono::steady_clock::time_point deadline, const std::stop_token &stop)
{
    while (output.isOpen() || errors.isOpen()) {
        pollfd waiting[] = {{output.reading(), POLLIN, 0}, {errors.reading(), POLLIN, 0}, {wake.reading(), POLLIN, 0}};
        const auto left
            = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return tooSlow();
        static_cast<void>(::poll(waiting, 3, static_cast<int>(left)));
        if (stop.stop_requested())
            return stopped();
        if (waiting[0].revents != 0)
            output.readInto(out.output);
        if (waiting[1].revents != 0)
            errors.readInto(out.errors);
        if (out.output.size() + out.errors.size() > kMostOutput)
            return outputError(core::ErrorKind::Limit, ProcessTr::tr("The program printed more than 1 MB."));
    }
    return {};
}

} // namespace

core::Result<ProcessOutput> outputOf(
    const std::vector<std::string> &words, std::chrono::milliseconds limit, std::stop_token stop)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    Pipe output;
    Pipe errors;
    Pipe wake;
    if (words.empty() || !output.isOpen() || !errors.isOpen() || !wake.isOpen())
        return outputError(core::ErrorKind::Internal, ProcessTr::tr("There is no program to start."));
    Process process;
    if (const int problem = process.start(words, output, errors); problem != 0) {
        return outputError(core::ErrorKind::Internal,
            ProcessTr::tr("%1 cannot be started: %2")
                .arg(QString::fromStdString(words[0]), QString::fromLocal8Bit(std::strerror(problem))));
    }
    output.closeWriting();
    errors.closeWriting();
    const std::stop_callback waking(stop, [&wake] { static_cast<void>(::write(wake.writing(), "", 1) == 1); });
    ProcessOutput out;
    if (auto read = readAll(output, errors, wake, out, deadline, stop); !read)
        return std::move(read).error();
    while (!process.hasEnded()) { // it may go on after closing its output
        if (!core::waitFor(std::chrono::milliseconds(5), stop))
            return stopped();
        if (std::chrono::steady_clock::now() > deadline)
            return tooSlow();
    }
    out.exitCode = process.exitCode();
    return out;
}

} // namespace auth
