// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/controlbar.h"

#include "common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace chart {

ControlBar::ControlBar(QWidget *parent)
    : QWidget(parent)
{
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(common::kStep * 2, common::kStep, common::kStep * 2, common::kStep);
    row->setSpacing(common::kStep);
    m_x = addChoice(row, &ControlBar::fillX);
    m_y = addChoice(row, &ControlBar::fillY);
    m_by = addChoice(row, &ControlBar::fillBy);
    m_gaps = addChoice(row, &ControlBar::fillGaps);
    m_note = new QLabel(this);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    row->addSpacing(common::kStep);
    // Gives way in a narrow window rather than widen it; the tooltip has it in full.
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_note, 1);
    m_back = addButton(row, QStringLiteral("←"), tr("The view before (Alt+Left)"), &ControlBar::backWanted);
    m_forward = addButton(row, QStringLiteral("→"), tr("The view after (Alt+Right)"), &ControlBar::forwardWanted);
    m_fit = addButton(row, tr("Fit"), tr("Everything there is (Home, or double click)"), &ControlBar::fitWanted);
    setHistory(false, false);
    updateTexts();
}

QToolButton *ControlBar::addChoice(QHBoxLayout *row, void (ControlBar::*fill)(QMenu &))
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto *menu = new QMenu(button);
    connect(button, &QToolButton::clicked, this, [this, button, menu, fill] {
        menu->clear();
        (this->*fill)(*menu);
        menu->popup(button->mapToGlobal(QPoint(0, button->height())));
    });
    row->addWidget(button);
    return button;
}

QToolButton *ControlBar::addButton(
    QHBoxLayout *row, const QString &text, const QString &tip, void (ControlBar::*signal)())
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    connect(button, &QToolButton::clicked, this, signal);
    row->addWidget(button);
    return button;
}

void ControlBar::setState(std::shared_ptr<const Indexed> indexed, double gapFactor)
{
    m_indexed = std::move(indexed);
    m_gapFactor = gapFactor;
    updateTexts();
}

void ControlBar::setHistory(bool canGoBack, bool canGoForward)
{
    m_back->setEnabled(canGoBack);
    m_forward->setEnabled(canGoForward);
}

QString ControlBar::columnName(std::size_t column) const
{
    return QString::fromStdString(m_indexed->table.schema().columns[column].name);
}

QString ControlBar::xName(const XRole &x) const
{
    switch (x.kind) {
    case XRole::Kind::RowNumber:
        return tr("row number");
    case XRole::Kind::Epoch:
        return x.digits == 0 ? tr("%1 (seconds since 1970)").arg(columnName(*x.column))
            : x.digits == 3  ? tr("%1 (milliseconds since 1970)").arg(columnName(*x.column))
            : x.digits == 6  ? tr("%1 (microseconds since 1970)").arg(columnName(*x.column))
                             : tr("%1 (nanoseconds since 1970)").arg(columnName(*x.column));
    default:
        return columnName(*x.column);
    }
}

void ControlBar::updateTexts()
{
    const bool hasChoices = m_indexed && !m_indexed->choices.ys.empty();
    for (QToolButton *button : {m_x, m_y, m_by, m_gaps, m_fit})
        button->setVisible(hasChoices);
    m_back->setVisible(hasChoices);
    m_forward->setVisible(hasChoices);
    m_note->clear();
    m_note->setToolTip({});
    if (!hasChoices)
        return;
    const Roles &roles = m_indexed->roles;
    const auto names = [this](const std::vector<std::size_t> &columns) {
        QStringList list;
        for (const std::size_t column : columns)
            list.append(columnName(column));
        return list.size() > 3 ? tr("%1 and %2 more").arg(list.mid(0, 2).join(QStringLiteral(", "))).arg(list.size() - 2)
                               : list.join(QStringLiteral(", "));
    };
    m_x->setText(tr("X: %1").arg(xName(roles.x)));
    m_y->setText(roles.ys.empty() ? tr("Y: none") : tr("Y: %1").arg(names(roles.ys)));
    m_by->setText(roles.by.empty() ? tr("Series by: –") : tr("Series by: %1").arg(names(roles.by)));
    m_gaps->setText(m_gapFactor > 0 ? tr("Gaps > %1 × step").arg(m_gapFactor) : tr("Gaps: joined"));
    for (QToolButton *button : {m_x, m_y, m_by, m_gaps})
        button->setText(button->text() + QStringLiteral(" ▾"));
    m_by->setVisible(!m_indexed->choices.by.empty());
    const QLocale locale;
    QStringList notes;
    const auto isTime = [](const XRole &x) { return x.isTime(); };
    if (std::none_of(m_indexed->choices.xs.begin(), m_indexed->choices.xs.end(), isTime))
        notes.append(tr("no time column"));
    if (m_indexed->set.wasSorted)
        notes.append(tr("sorted by time"));
    if (m_indexed->set.rowsWithoutX > 0)
        notes.append(tr("rows without x: %1").arg(locale.toString(m_indexed->set.rowsWithoutX)));
    if (m_indexed->set.rowsLeftOut > 0)
        notes.append(tr("rows of further series, not drawn: %1").arg(locale.toString(m_indexed->set.rowsLeftOut)));
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_note->setToolTip(m_note->text());
    layout()->activate(); // the new texts have their places before they are painted
}

void ControlBar::fillX(QMenu &menu)
{
    for (const XRole &x : m_indexed->choices.xs) {
        QAction *action = menu.addAction(xName(x));
        action->setCheckable(true);
        action->setChecked(x == m_indexed->roles.x);
        connect(action, &QAction::triggered, this, [this, x] {
            Roles roles = m_indexed->roles;
            roles.x = x;
            Q_EMIT rolesChosen(roles);
        });
    }
}

void ControlBar::fillY(QMenu &menu)
{
    for (const std::size_t column : m_indexed->choices.ys) {
        QAction *action = menu.addAction(columnName(column));
        const std::vector<std::size_t> &ys = m_indexed->roles.ys;
        action->setCheckable(true);
        action->setChecked(std::find(ys.begin(), ys.end(), column) != ys.end());
        connect(action, &QAction::triggered, this, [this, column](bool on) {
            Roles roles = m_indexed->roles;
            std::erase(roles.ys, column);
            if (on)
                roles.ys.insert(std::lower_bound(roles.ys.begin(), roles.ys.end(), column), column);
            Q_EMIT rolesChosen(roles);
        });
    }
}

void ControlBar::fillBy(QMenu &menu)
{
    QAction *none = menu.addAction(tr("one line for all rows"));
    none->setCheckable(true);
    none->setChecked(m_indexed->roles.by.empty());
    connect(none, &QAction::triggered, this, [this] {
        Roles roles = m_indexed->roles;
        roles.by.clear();
        Q_EMIT rolesChosen(roles);
    });
    menu.addSeparator();
    for (const std::size_t column : m_indexed->choices.by) {
        QAction *action = menu.addAction(columnName(column));
        const std::vector<std::size_t> &by = m_indexed->roles.by;
        action->setCheckable(true);
        action->setChecked(std::find(by.begin(), by.end(), column) != by.end());
        connect(action, &QAction::triggered, this, [this, column](bool on) {
            Roles roles = m_indexed->roles;
            std::erase(roles.by, column);
            if (on)
                roles.by.push_back(column);
            Q_EMIT rolesChosen(roles);
        });
    }
}

void ControlBar::fillGaps(QMenu &menu)
{
    for (const double factor : {0.0, 2.0, 5.0, 10.0, 100.0}) {
        QAction *action = menu.addAction(
            factor > 0 ? tr("break lines at gaps over %1 times the usual step").arg(factor) : tr("join over all gaps"));
        action->setCheckable(true);
        action->setChecked(factor == m_gapFactor);
        connect(action, &QAction::triggered, this, [this, factor] { Q_EMIT gapFactorChosen(factor); });
    }
}

} // namespace chart

#include "moc_controlbar.cpp"
