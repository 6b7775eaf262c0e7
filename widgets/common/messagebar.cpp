// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/messagebar.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace common {

namespace {

struct BarLook {
    const char *iconName;
    Tint tint;
};

BarLook lookOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Good:
        return {"complete", Tint::Good};
    case MessageBar::Kind::Warning:
        return {"warning", Tint::Warning};
    case MessageBar::Kind::Danger:
        return {"error", Tint::Danger};
    case MessageBar::Kind::Info:
        break;
    }
    return {"info", Tint::Accent};
}

QColor edgeOf(MessageBar::Kind kind, const Theme &theme)
{
    switch (kind) {
    case MessageBar::Kind::Good:
        return theme.good;
    case MessageBar::Kind::Warning:
        return theme.warning;
    case MessageBar::Kind::Danger:
        return theme.danger;
    case MessageBar::Kind::Info:
        break;
    }
    return theme.accent;
}

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_picture(new QLabel(this))
    , m_text(plainLabel(this))
    , m_hint(plainLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_close->setAutoRaise(true);
    m_close->setIcon(icon(QStringLiteral("close"), Tint::Muted));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    connect(m_close, &QToolButton::clicked, this, &MessageBar::hide);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::closed);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(kStep / 2);
    texts->addWidget(m_text);
    texts->addWidget(m_hint);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(3 * kStep, 2 * kStep, 2 * kStep, 2 * kStep);
    row->setSpacing(2 * kStep);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &hint)
{
    m_kind = kind;
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_text->setText(text);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    setAccessibleName(text);
    applyTheme();
    show();
}

void MessageBar::addButton(const QString &id, const QString &label)
{
    auto *button = new QPushButton(label, this);
    button->setObjectName(id);
    button->setAutoDefault(true); // Return presses the one that has the focus
    connect(button, &QPushButton::clicked, this, [this, id] { Q_EMIT pressed(id); });
    m_buttons->addWidget(button);
}

void MessageBar::focusButton(const QString &id)
{
    for (int i = 0; i < m_buttons->count(); ++i) {
        if (QWidget *button = m_buttons->itemAt(i)->widget(); button && button->objectName() == id)
            button->setFocus(Qt::OtherFocusReason);
    }
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const QColor edge = edgeOf(m_kind, theme);
    QPainter painter(this);
    QColor wash = edge;
    wash.setAlphaF(theme.isDark ? 0.16f : 0.08f);
    painter.fillRect(rect(), theme.background);
    painter.fillRect(rect(), wash);
    painter.fillRect(QRect(0, 0, 3, height()), edge);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void MessageBar::applyTheme()
{
    const BarLook look = lookOf(m_kind);
    m_picture->setPixmap(icon(QLatin1String(look.iconName), look.tint).pixmap(QSize(16, 16), devicePixelRatioF()));
    update();
}

} // namespace common

#include "moc_messagebar.cpp"
