// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/statusline.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

namespace desktop {

namespace {
struct StatusTr {
    Q_DECLARE_TR_FUNCTIONS(StatusLine)
};
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1, QLocale::DataSizeTraditionalFormat);
}

QString durationText(qint64 milliseconds)
{
    if (milliseconds < 1000)
        return StatusTr::tr("%1 ms").arg(milliseconds);
    if (milliseconds < 60000)
        return StatusTr::tr("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / 1000, 'f', 2));
    return StatusTr::tr("%1 min %2 s").arg(milliseconds / 60000).arg(milliseconds / 1000 % 60);
}

QString completenessText(const connector::Outcome &outcome)
{
    if (outcome.completeness == connector::Completeness::Complete)
        return StatusTr::tr("complete");
    if (outcome.completeness == connector::Completeness::Unknown)
        return StatusTr::tr("cannot be told");
    if (outcome.error && outcome.error->kind == core::ErrorKind::Cancelled)
        return StatusTr::tr("cut: stopped");
    switch (outcome.reason) {
    case connector::Reason::RowLimit:
        return StatusTr::tr("cut: row limit");
    case connector::Reason::ServerCap:
        return StatusTr::tr("cut: server's limit");
    default:
        return StatusTr::tr("cut: broken off");
    }
}

QString completenessExplanation(const connector::Outcome &outcome)
{
    if (outcome.completeness == connector::Completeness::Complete)
        return StatusTr::tr("These are all rows of the result.");
    if (outcome.completeness == connector::Completeness::Unknown) {
        return outcome.reason == connector::Reason::ServerCap
            ? StatusTr::tr("As many rows came as this server gives at most. There may be more.")
            : StatusTr::tr("This server ends a result in the same way whether or not it was cut, so nobody can tell "
                           "whether these are all rows. A LIMIT in the statement makes it certain.");
    }
    if (outcome.error && outcome.error->kind == core::ErrorKind::Cancelled)
        return StatusTr::tr("You stopped the statement. The rows that had come until then are shown.");
    switch (outcome.reason) {
    case connector::Reason::RowLimit:
        return StatusTr::tr("The row limit of this tab was reached. The server has more rows.");
    case connector::Reason::ServerCap:
        return StatusTr::tr("The server cut the result at a limit of its own.");
    default:
        return StatusTr::tr("The answer broke off. The rows that had come until then are shown; more are missing.");
    }
}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_facts(new QLabel(this))
    , m_badgeIcon(new QLabel(this))
    , m_badge(new QLabel(this))
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_badge->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(common::kStep);
    row->addStretch();
    row->addWidget(m_facts);
    row->addSpacing(common::kStep);
    row->addWidget(m_badgeIcon);
    row->addWidget(m_badge);
}

void StatusLine::showState(const RunState &state, const QString &zone)
{
    const QString dot = QStringLiteral("  ·  ");
    QStringList facts;
    const bool isFinished = state.phase == RunState::Phase::Finished;
    if (state.phase == RunState::Phase::Connecting)
        facts << tr("Connecting…");
    else if (state.isResultSet || state.rows > 0)
        facts << (state.rows == 1 ? tr("1 row") : tr("%1 rows").arg(countText(state.rows)));
    else if (isFinished && state.outcome.affectedRows)
        facts << tr("%1 affected").arg(countText(*state.outcome.affectedRows));
    else if (!isFinished && state.phase != RunState::Phase::Idle)
        facts << tr("Waiting for the answer…");
    if (state.firstRowMs >= 0)
        facts << tr("first after %1").arg(durationText(state.firstRowMs));
    if (state.phase != RunState::Phase::Idle)
        facts << durationText(state.elapsedMs);
    if (state.wireBytes > 0)
        facts << bytesText(state.wireBytes);
    if (state.isResultSet && !zone.isEmpty())
        facts << zone;
    m_facts->setText(facts.join(dot));
    m_facts->setToolTip(isFinished && state.outcome.serverMicroseconds
            ? tr("The server says that it took %1 ms.").arg(QLocale().toString(static_cast<double>(*state.outcome.serverMicroseconds) / 1000, 'f', 1))
            : QString());
    showBadge(state);
}

void StatusLine::showBadge(const RunState &state)
{
    using common::Tint;
    if (state.phase == RunState::Phase::Held) {
        setBadge(QStringLiteral("warning"), int(Tint::Warning), tr("held at the row limit"),
            tr("The request is held for up to a minute until you decide."));
        return;
    }
    if (state.phase != RunState::Phase::Finished) {
        setBadge({}, 0, {}, {});
        return;
    }
    const connector::Outcome &outcome = state.outcome;
    const bool isCancelled = outcome.error && outcome.error->kind == core::ErrorKind::Cancelled;
    if (outcome.error && !isCancelled && !state.isResultSet)
        setBadge(QStringLiteral("error"), int(Tint::Danger), tr("failed"), outcome.error->message);
    else if (outcome.completeness == connector::Completeness::Complete)
        setBadge(QStringLiteral("complete"), int(Tint::Good), completenessText(outcome), completenessExplanation(outcome));
    else if (outcome.completeness == connector::Completeness::Unknown)
        setBadge(QStringLiteral("unknown"), int(Tint::Warning), completenessText(outcome), completenessExplanation(outcome));
    else
        setBadge(QStringLiteral("cut"), int(Tint::Warning), completenessText(outcome), completenessExplanation(outcome));
}

void StatusLine::setBadge(const QString &iconName, int tint, const QString &words, const QString &explanation)
{
    m_iconName = iconName;
    m_tint = tint;
    m_badge->setText(words);
    m_badge->setToolTip(explanation);
    m_badgeIcon->setToolTip(explanation);
    m_badgeIcon->setVisible(!iconName.isEmpty());
    m_badge->setVisible(!words.isEmpty());
    if (!iconName.isEmpty())
        m_badgeIcon->setPixmap(
            common::icon(iconName, static_cast<common::Tint>(tint)).pixmap(QSize(16, 16), devicePixelRatioF()));
}

QString StatusLine::text() const
{
    return m_facts->text();
}

QString StatusLine::completeness() const
{
    return m_badge->text();
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty())
        m_badgeIcon->setPixmap(
            common::icon(m_iconName, static_cast<common::Tint>(m_tint)).pixmap(QSize(16, 16), devicePixelRatioF()));
}

} // namespace desktop
