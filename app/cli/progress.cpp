// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstdio>

#include <unistd.h>

namespace cli {

namespace {
struct ProgressTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};
constexpr std::chrono::milliseconds kInterval{200};

void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}
}

Progress::Progress(bool rowsGoToTerminal)
    : m_isShown(isatty(STDERR_FILENO) != 0)
    , m_rowsGoToTerminal(rowsGoToTerminal)
{
    if (m_isShown)
        m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

Progress::~Progress()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
    const std::lock_guard lock(m_mutex);
    clear();
}

void Progress::say(const QString &text)
{
    say(text.toStdString());
}

void Progress::say(const std::string &text)
{
    const std::lock_guard lock(m_mutex);
    clear();
    print(text.ends_with('\n') ? text : text + '\n');
}

void Progress::rowsCame(std::int64_t rows)
{
    if (!m_isShown)
        return;
    const std::lock_guard lock(m_mutex);
    m_rows = rows;
    if (m_rowsGoToTerminal) {
        m_isOver = true;
        clear();
    }
}

void Progress::stateCame(const QString &state)
{
    if (!m_isShown)
        return;
    const std::lock_guard lock(m_mutex);
    m_state = state;
}

void Progress::run(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, kInterval, [&] { return stop.stop_requested(); })) {
        if (m_isOver)
            continue;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        QString line = ProgressTr::tr("%1 rows, %2 s").arg(QLocale().toString(qint64(m_rows))).arg(seconds, 0, 'f', 1);
        if (!m_state.isEmpty())
            line += QStringLiteral(", ") + m_state;
        print("\r\x1B[K" + line.toStdString());
        m_isOnScreen = true;
    }
}

void Progress::clear()
{
    if (m_isOnScreen)
        print("\r\x1B[K");
    m_isOnScreen = false;
}

} // namespace cli
