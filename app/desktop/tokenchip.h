// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "core/error.h"
#include "desktop/workers.h"

#include <QToolButton>

class QMenu;
class QTimer;

namespace desktop {

class ConnectionService;

// The token of a connection's log-in: a button that says how long it holds, and a menu with its scheme, age and end that
// fetches another. Hidden where the connection has no token. Asks the session, which never waits; fetching is a worker's.
class TokenChip : public QToolButton
{
    Q_OBJECT
public:
    // Both outlive the chip.
    TokenChip(ConnectionService &connections, Workers &workers, QWidget *parent = nullptr);

    void setConnection(const QString &name);
    // Looks at the log-in again.
    void refresh();
    void renew();

Q_SIGNALS:
    void renewFailed(const core::Error &error);

private:
    void fill(QMenu &menu);
    void showState(const connector::LoginState &state);

    ConnectionService &m_connections;
    Workers &m_workers;
    QString m_connection;
    bool m_isRenewing = false;
    QTimer *m_clock; // only while there is something to show
};

} // namespace desktop
