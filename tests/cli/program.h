// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

#include <optional>

// What a run of the program left behind.
struct Run {
    int exitCode = -1; // -1: it did not end by itself, or was killed
    QByteArray out;
    QByteArray err;
};

// The built program, run as others run it, with a home of its own.
class Program
{
public:
    explicit Program(QStringList arguments)
        : m_arguments(std::move(arguments))
    {
        m_environment.insert(QStringLiteral("ONDOGRAPH_HOME"), m_home.path());
        m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        m_environment.remove(QStringLiteral("DISPLAY"));
        m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent")); // no keychain
    }

    Program &with(const char *variable, const QString &value)
    {
        m_environment.insert(QString::fromLatin1(variable), value);
        return *this;
    }
    // Another copy of the program.
    Program &at(const QString &file)
    {
        m_file = file;
        return *this;
    }
    Program &input(const QByteArray &bytes)
    {
        m_input = bytes;
        return *this;
    }

    // To its end.
    Run run()
    {
        start();
        return finish();
    }

    void start()
    {
        m_process.setProcessEnvironment(m_environment);
        m_process.start(m_file, m_arguments);
        m_process.waitForStarted();
        m_process.write(m_input);
        m_process.closeWriteChannel();
    }
    Run finish()
    {
        Run run;
        if (m_process.waitForFinished(kPatienceMs) && m_process.exitStatus() == QProcess::NormalExit)
            run.exitCode = m_process.exitCode();
        else
            m_process.kill();
        run.out = m_process.readAllStandardOutput();
        run.err = m_process.readAllStandardError();
        return run;
    }

    QProcess &process() { return m_process; }
    QString home() const { return m_home.path(); }

private:
    static constexpr int kPatienceMs = 30000; // only for a program that hangs

    QTemporaryDir m_home;
    QString m_file = QStringLiteral(ONDO_PROGRAM);
    QStringList m_arguments;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    QByteArray m_input;
    QProcess m_process;
};
