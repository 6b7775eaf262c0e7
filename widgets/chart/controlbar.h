// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/engine.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace chart {

// The bar above a plot: what is drawn against what, by what rule lines break, and the ways through the zooms.
class ControlBar : public QWidget
{
    Q_OBJECT
public:
    explicit ControlBar(QWidget *parent = nullptr);

    // Nothing indexed: the bar stays, with nothing to choose.
    void setState(std::shared_ptr<const Indexed> indexed, double gapFactor);
    void setHistory(bool canGoBack, bool canGoForward);

Q_SIGNALS:
    void rolesChosen(const chart::Roles &roles);
    void gapFactorChosen(double factor);
    void fitWanted();
    void backWanted();
    void forwardWanted();

private:
    QToolButton *addChoice(QHBoxLayout *row, void (ControlBar::*fill)(QMenu &));
    QToolButton *addButton(QHBoxLayout *row, const QString &text, const QString &tip, void (ControlBar::*signal)());
    void fillX(QMenu &menu);
    void fillY(QMenu &menu);
    void fillBy(QMenu &menu);
    void fillGaps(QMenu &menu);
    void updateTexts();
    QString columnName(std::size_t column) const;
    QString xName(const XRole &x) const;

    std::shared_ptr<const Indexed> m_indexed;
    double m_gapFactor = 0;
    QToolButton *m_x = nullptr;
    QToolButton *m_y = nullptr;
    QToolButton *m_by = nullptr;
    QToolButton *m_gaps = nullptr;
    QToolButton *m_back = nullptr;
    QToolButton *m_forward = nullptr;
    QToolButton *m_fit = nullptr;
    QLabel *m_note = nullptr;
};

} // namespace chart
