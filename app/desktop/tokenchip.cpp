// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/tokenchip.h"

#include "common/icons.h"
#include "desktop/connectionservice.h"
#include "desktop/silentsink.h"

#include <QDateTime>
#include <QLocale>
#include <QMenu>
#include <QTimer>

namespace desktop {

namespace {

struct TokenTr {
    Q_DECLARE_TR_FUNCTIONS(TokenChip)
};

constexpr int kClockMs = 1000;

using Clock = std::chrono::system_clock;

QString spanText(std::chrono::seconds span)
{
    const qint64 seconds = qMax<qint64>(0, span.count());
    if (seconds < 60)
        return TokenTr::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return TokenTr::tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return TokenTr::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
    return TokenTr::tr("%1 days").arg(seconds / 86400);
}

QString timeText(Clock::time_point time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat);
}

std::chrono::seconds secondsBetween(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration_cast<std::chrono::seconds>(to - from);
}

} // namespace

TokenChip::TokenChip(ConnectionService &connections, Workers &workers, QWidget *parent)
    : QToolButton(parent)
    , m_connections(connections)
    , m_workers(workers)
    , m_clock(new QTimer(this))
{
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setToolTip(tr("The token of this connection's log-in"));
    setAccessibleName(toolTip());
    auto *menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
    connect(this, &QToolButton::clicked, this, [this, menu] { menu->popup(mapToGlobal(QPoint(0, height()))); });
    m_clock->setInterval(kClockMs);
    connect(m_clock, &QTimer::timeout, this, &TokenChip::refresh);
    hide();
}

void TokenChip::setConnection(const QString &name)
{
    m_connection = name;
    refresh();
}

void TokenChip::refresh()
{
    const auto state = m_connections.loginState(m_connection);
    setVisible(state.has_value());
    if (!state) {
        m_clock->stop();
        return;
    }
    if (!m_clock->isActive())
        m_clock->start();
    showState(*state);
}

void TokenChip::showState(const connector::LoginState &state)
{
    const auto now = Clock::now();
    const bool isOver = state.expiresAt && *state.expiresAt <= now;
    QString text;
    if (m_isRenewing)
        text = tr("Fetching a token…");
    else if (!state.fetchedAt)
        text = tr("No token yet");
    else if (isOver)
        text = tr("Token expired");
    else if (state.expiresAt)
        text = tr("Token: %1 left").arg(spanText(secondsBetween(now, *state.expiresAt)));
    else
        text = tr("Token: %1 old").arg(spanText(secondsBetween(*state.fetchedAt, now)));
    setText(text);
    setIcon(common::icon(QStringLiteral("key"), isOver ? common::Tint::Warning : common::Tint::Muted));
}

void TokenChip::fill(QMenu &menu)
{
    menu.clear();
    const auto state = m_connections.loginState(m_connection);
    if (!state)
        return;
    const auto now = Clock::now();
    const auto add = [&menu](const QString &text) { menu.addAction(text)->setEnabled(false); };
    add(QString::fromStdString(state->scheme));
    if (state->fetchedAt)
        add(tr("Fetched %1 ago (%2)").arg(spanText(secondsBetween(*state->fetchedAt, now)), timeText(*state->fetchedAt)));
    else
        add(tr("Fetched with the first statement"));
    if (state->expiresAt)
        add(tr("Expires in %1 (%2)").arg(spanText(secondsBetween(now, *state->expiresAt)), timeText(*state->expiresAt)));
    else if (state->fetchedAt)
        add(tr("The server told no end of it"));
    if (state->renewals > 0)
        add(tr("Renewals: %1").arg(state->renewals));
    menu.addSeparator();
    QAction *renewal = menu.addAction(tr("Renew now"));
    renewal->setEnabled(!m_isRenewing);
    connect(renewal, &QAction::triggered, this, &TokenChip::renew);
}

void TokenChip::renew()
{
    if (std::exchange(m_isRenewing, true))
        return;
    refresh();
    m_connections.open(m_connection, this, [this](const ConnectionResult &opened) {
        if (!opened) {
            m_isRenewing = false;
            Q_EMIT renewFailed(opened.error());
            return;
        }
        m_workers.ask<core::Result<void>>(
            this,
            [open = opened.value()](std::stop_token stop) {
                SilentSink sink;
                return open->session->renewLogin(sink, std::move(stop));
            },
            [this](const core::Result<void> &renewed) {
                m_isRenewing = false;
                refresh();
                if (!renewed)
                    Q_EMIT renewFailed(renewed.error());
            });
    });
}

} // namespace desktop

#include "moc_tokenchip.cpp"
