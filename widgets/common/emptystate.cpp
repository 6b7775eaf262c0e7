// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/emptystate.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace common {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QVBoxLayout)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setMaximumWidth(105 * kStep);
    for (QLabel *label : {m_picture, m_title, m_text})
        label->setAlignment(Qt::AlignCenter);
    m_buttons->setAlignment(Qt::AlignHCenter);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kStep, 4 * kStep, 4 * kStep, 4 * kStep);
    column->addStretch(2);
    column->addWidget(m_picture);
    column->addSpacing(kStep);
    column->addWidget(m_title);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_text, 100);
    row->addStretch();
    column->addLayout(row);
    column->addSpacing(kStep);
    column->addLayout(m_buttons);
    column->addStretch(3);
    applyTheme();
}

void EmptyState::setContents(const QString &iconName, const QString &title, const QString &text)
{
    m_iconName = iconName;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    applyTheme();
}

void EmptyState::addAction(QAction *action)
{
    const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
    QString label = action->text().remove(QLatin1Char('&'));
    if (!shortcut.isEmpty())
        label += QStringLiteral("   ") + shortcut;
    auto *button = new QPushButton(action->icon(), label, this);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_buttons->addWidget(button);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void EmptyState::applyTheme()
{
    m_picture->setVisible(!m_iconName.isEmpty());
    if (!m_iconName.isEmpty())
        m_picture->setPixmap(icon(m_iconName, Tint::Muted).pixmap(QSize(10 * kStep, 10 * kStep), devicePixelRatioF()));
    m_text->setForegroundRole(QPalette::PlaceholderText);
}

} // namespace common

#include "moc_emptystate.cpp"
