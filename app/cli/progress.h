// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

namespace cli {

// One line on standard error that says how far the run is, several times a second; only where that is a terminal, and
// gone before anything else is printed there. Where rows go to the same terminal, it ends with the first of them.
class Progress
{
public:
    explicit Progress(bool rowsGoToTerminal);
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    // What is printed to standard error goes through here, a line or more at a time.
    void say(const QString &text);
    void say(const std::string &text);

    void rowsCame(std::int64_t rows);
    // What the server says that the statement is doing.
    void stateCame(const QString &state);

private:
    void run(std::stop_token stop);
    void clear(); // with the lock

    const bool m_isShown;
    const bool m_rowsGoToTerminal;
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::int64_t m_rows = 0;
    QString m_state;
    bool m_isOver = false;
    bool m_isOnScreen = false;
    std::jthread m_thread;
};

} // namespace cli
