// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/statementrun.h"

#include <QWidget>

class QLabel;

namespace desktop {

// The message line of a result: rows, time to the first, total time, bytes, time zone, and whether it is all there.
class StatusLine : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showState(const RunState &state, const QString &zone);
    QString text() const;
    QString completeness() const;

    QSize minimumSizeHint() const override { return {0, QWidget::minimumSizeHint().height()}; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void showBadge(const RunState &state);
    void setBadge(const QString &iconName, int tint, const QString &words, const QString &explanation);

    QLabel *m_facts;
    QLabel *m_badgeIcon;
    QLabel *m_badge;
    QString m_iconName;
    int m_tint = 0;
};

// "12,408", "1.2 MB", "41 ms", "2.13 s": how quantities are written everywhere in the window.
QString countText(qint64 count);
QString bytesText(qint64 bytes);
QString durationText(qint64 milliseconds);
// Whether a result is all there, in words: short, and explained.
QString completenessText(const connector::Outcome &outcome);
QString completenessExplanation(const connector::Outcome &outcome);

} // namespace desktop
