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
constexpr int kBadgeIconSize = 16;

QString dot()
{
    return QStringLiteral(" · ");
}
}

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

QString rowsText(qint64 count)
{
    return count == 1 ? StatusTr::tr("1 row") : StatusTr::tr("%1 rows").arg(countText(count));
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

void StatusLine::showState(const RunState &state)
{
    m_allFacts.clear();
    const bool isFinished = state.phase == RunState::Phase::Finished;
    if (state.phase == RunState::Phase::Connecting)
        m_allFacts << tr("Connecting…");
    else if (state.isResultSet || state.rows > 0)
        m_allFacts << rowsText(state.rows);
    else if (isFinished && state.outcome.affectedRows)
        m_allFacts << tr("%1 affected").arg(countText(*state.outcome.affectedRows));
    else if (!isFinished && state.phase != RunState::Phase::Idle)
        m_allFacts << (state.serverState.isEmpty() ? tr("Waiting for the answer…") : state.serverState);
    if (state.firstRowMs >= 0)
        m_allFacts << tr("%1 to the first").arg(durationText(state.firstRowMs));
    if (state.phase != RunState::Phase::Idle)
        m_allFacts << tr("%1 in all").arg(durationText(state.elapsedMs));
    if (state.wireBytes > 0)
        m_allFacts << bytesText(state.wireBytes);
    m_serverTime = isFinished && state.outcome.serverMicroseconds
        ? tr("The server says that it took %1 ms.").arg(QLocale().toString(static_cast<double>(*state.outcome.serverMicroseconds) / 1000, 'f', 1))
        : QString();
    showBadge(state);
    showFacts();
}

void StatusLine::showFacts()
{
    // Measured with digits of one width, so that facts do not come and go while figures grow.
    const auto widthOf = [this](QString text) {
        for (QChar &c : text) {
            if (c.isDigit())
                c = QLatin1Char('0');
        }
        return m_facts->fontMetrics().horizontalAdvance(text);
    };
    const int badge = m_badge->isHidden() ? 0 : m_badge->sizeHint().width() + kBadgeIconSize + 5 * common::kStep;
    const int room = width() - badge;
    qsizetype shown = m_allFacts.size();
    while (shown > 1 && widthOf(m_allFacts.mid(0, shown).join(dot())) > room)
        --shown;
    m_facts->setText(m_allFacts.mid(0, shown).join(dot()));
    QStringList lines;
    if (shown < m_allFacts.size())
        lines << text();
    if (!m_serverTime.isEmpty())
        lines << m_serverTime;
    m_facts->setToolTip(lines.join(QLatin1Char('\n')));
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showFacts();
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
            common::icon(iconName, static_cast<common::Tint>(tint)).pixmap(QSize(kBadgeIconSize, kBadgeIconSize), devicePixelRatioF()));
}

QString StatusLine::text() const
{
    return m_allFacts.join(dot());
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
            common::icon(m_iconName, static_cast<common::Tint>(m_tint)).pixmap(QSize(kBadgeIconSize, kBadgeIconSize), devicePixelRatioF()));
}

} // namespace desktop

#include "moc_statusline.cpp"
