// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/commandpalette.h"

#include "common/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace common {

namespace {

constexpr int kShortcutRole = Qt::UserRole;
constexpr int kIndexRole = Qt::UserRole + 1;
constexpr int kRowsShown = 12;

QString nameOf(const QAction *action)
{
    QString name = action->property("paletteName").toString();
    if (name.isEmpty())
        name = action->text();
    name.remove(QLatin1Char('&'));
    name.remove(QStringLiteral("…"));
    return name;
}

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const Theme &theme = Theme::of(option.widget);
        painter->setPen(theme.muted);
        painter->drawText(option.rect.adjusted(0, 0, -3 * kStep, 0), Qt::AlignRight | Qt::AlignVCenter,
            index.data(kShortcutRole).toString());
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), 7 * kStep};
    }
};

} // namespace

int fuzzyScore(QStringView pattern, QStringView text)
{
    if (pattern.isEmpty())
        return 1;
    if (const auto at = text.indexOf(pattern, 0, Qt::CaseInsensitive); at >= 0)
        return 10000 - static_cast<int>(std::min<qsizetype>(at, 1000)) + (at == 0 || !text[at - 1].isLetter() ? 5000 : 0);
    int score = 1;
    qsizetype at = 0;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        const qsizetype found = text.indexOf(wanted, at, Qt::CaseInsensitive);
        if (found < 0)
            return 0;
        if (found == 0 || !text[found - 1].isLetter())
            score += 20;
        if (found == at)
            score += 5;
        at = found + 1;
    }
    return score;
}

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent)
    , m_input(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setFrameStyle(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_input->setPlaceholderText(tr("Type the name of a command"));
    m_input->setAccessibleName(tr("Command palette"));
    m_input->installEventFilter(this);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize(QSize(16, 16));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kStep, 2 * kStep, 2 * kStep, 2 * kStep);
    column->addWidget(m_input);
    column->addWidget(m_list);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::refill);
    connect(m_input, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::openFor(const QList<QAction *> &actions)
{
    m_actions.clear();
    for (QAction *action : actions) {
        if (action->isEnabled() && action->isVisible() && !action->isSeparator() && !nameOf(action).isEmpty()
            && !m_actions.contains(action))
            m_actions << action;
    }
    m_input->clear();
    refill();
    const int width = qMin(150 * kStep, parentWidget()->width() - 8 * kStep);
    resize(width, height());
    move((parentWidget()->width() - width) / 2, 12 * kStep);
    show();
    raise();
    m_input->setFocus();
}

QStringList CommandPalette::listed() const
{
    QStringList names;
    for (int row = 0; row < m_list->count(); ++row)
        names << m_list->item(row)->text();
    return names;
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const int rows = m_list->count();
    if (key == Qt::Key_Escape) {
        hide();
        parentWidget()->setFocus();
        return true;
    }
    if ((key == Qt::Key_Down || key == Qt::Key_Up) && rows > 0) {
        m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : rows - 1)) % rows);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::refill()
{
    struct Match {
        int score;
        int index;
    };
    std::vector<Match> matches;
    const QString pattern = m_input->text().trimmed();
    for (int i = 0; i < m_actions.size(); ++i) {
        if (const int score = fuzzyScore(pattern, nameOf(m_actions[i])); score > 0)
            matches.push_back({score, i});
    }
    std::stable_sort(matches.begin(), matches.end(), [](Match a, Match b) { return a.score > b.score; });
    m_list->clear();
    QPixmap nothing(16, 16);
    nothing.fill(Qt::transparent);
    const QIcon blank(nothing); // keeps the names in line
    for (const Match &match : matches) {
        const QAction *action = m_actions[match.index];
        auto *item = new QListWidgetItem(action->icon().isNull() ? blank : action->icon(), nameOf(action), m_list);
        item->setData(kShortcutRole, action->shortcut().toString(QKeySequence::NativeText));
        item->setData(kIndexRole, match.index);
    }
    m_list->setCurrentRow(0);
    const int rows = std::clamp(m_list->count(), 1, kRowsShown);
    m_list->setFixedHeight(rows * 7 * kStep);
    resize(width(), rows * 7 * kStep + m_input->sizeHint().height() + 6 * kStep);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QPointer<QAction> action = m_actions[item->data(kIndexRole).toInt()];
    hide();
    if (action)
        action->trigger();
}

} // namespace common

#include "moc_commandpalette.cpp"
