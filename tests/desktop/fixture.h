// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/appearance.h"
#include "desktop/connectionservice.h"
#include "desktop/mainwindow.h"
#include "desktop/querytab.h"
#include "workspace/sessionstore.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

// The whole program but its main function: registry, workers, connections, session and window, in a home of its own.
class DesktopFixture
{
public:
    DesktopFixture()
        : registry({QStringLiteral(ONDO_CONNECTOR_FOLDER)})
    {
        qputenv("ONDOGRAPH_HOME", home.path().toLocal8Bit()); // saved connections are looked for there
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // no keychain
    }

    void open(const workspace::SessionState &state)
    {
        store = std::make_unique<workspace::SessionStore>(home.path());
        workers = std::make_unique<desktop::Workers>();
        connections = std::make_unique<desktop::ConnectionService>(registry, *workers);
        window = std::make_unique<desktop::MainWindow>(*connections, *workers, *store);
        window->restoreSession(state);
        window->resize(1280, 840);
        window->show();
    }
    void close()
    {
        window->close();
        window.reset();
        workers->stopAll();
        connections.reset();
        workers.reset();
        store.reset();
    }
    ~DesktopFixture()
    {
        if (window)
            close();
    }

    // The first sandbox that there is: tests of the desktop know no dialect.
    QString sandbox() const
    {
        for (const connector::Manifest &manifest : connections->manifests()) {
            if (manifest.hasSandbox && !manifest.samples.empty())
                return QStringLiteral("sandbox/") + QString::fromStdString(manifest.id);
        }
        return {};
    }
    desktop::QueryTab *tab() const { return window->currentTab(); }
    const desktop::RunState &runState() const { return tab()->results()->page()->run()->state(); }
    bool waitForEnd(int milliseconds = 20000) const
    {
        return QTest::qWaitFor([this] { return !tab()->isRunning(); }, milliseconds);
    }

    static workspace::SessionState oneTab(const QString &connection, const QString &text, qint64 cursor = 0)
    {
        workspace::SessionState state;
        workspace::DocumentState document;
        document.title = QStringLiteral("One");
        document.connection = connection;
        document.text = text;
        document.cursor = cursor;
        state.documents.push_back(document);
        return state;
    }

    QTemporaryDir home;
    connector::Registry registry;
    std::unique_ptr<workspace::SessionStore> store;
    std::unique_ptr<desktop::Workers> workers;
    std::unique_ptr<desktop::ConnectionService> connections;
    std::unique_ptr<desktop::MainWindow> window;
};
