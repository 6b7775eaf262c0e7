// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/statementrun.h"

#include <QWidget>

class QLabel;

namespace desktop {

// The message line of a result: rows, time to the first, total time, bytes, and whether it is all there. In a narrow
// window the later facts give way, whole ones at a time, and are in the tooltip.
class StatusLine : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showState(const RunState &state);
    // All facts, also those that there is no room for.
    QString text() const;
    QString completeness() const;

    QSize minimumSizeHint() const override { return {0, QWidget::minimumSizeHint().height()}; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showFacts();
    void showBadge(const RunState &state);
    void setBadge(const QString &iconName, int tint, const QString &words, const QString &explanation);

    QStringList m_allFacts; // the weightiest first
    QString m_serverTime;
    QLabel *m_facts;
    QLabel *m_badgeIcon;
    QLabel *m_badge;
    QString m_iconName;
    int m_tint = 0;
};

// "12,408", "1.2 MB", "41 ms", "2.13 s": how quantities are written everywhere in the window.
QString countText(qint64 count);
QString rowsText(qint64 count); // "1 row", "12,408 rows"
QString bytesText(qint64 bytes);
QString durationText(qint64 milliseconds);
// Whether a result is all there, in words: short, and explained.
QString completenessText(const connector::Outcome &outcome);
QString completenessExplanation(const connector::Outcome &outcome);

} // namespace desktop
