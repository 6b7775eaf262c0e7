// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/groupline.h"

#include "common/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace catalog {

GroupLine::GroupLine(QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_group(new QComboBox(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_group->setEditable(true);
    m_group->setInsertPolicy(QComboBox::NoInsert);
    m_group->setObjectName(QStringLiteral("catalog.group"));
    m_group->setAccessibleName(tr("Group"));
    m_group->lineEdit()->setPlaceholderText(tr("Empty: in no group"));
    auto *move = new QPushButton(tr("Move"), this);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    move->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(move);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * common::kStep, 0, 2 * common::kStep, 2 * common::kStep);
    column->addWidget(m_label);
    column->addWidget(m_group);
    column->addLayout(buttons);
    connect(m_group->lineEdit(), &QLineEdit::returnPressed, this, &GroupLine::submit);
    connect(move, &QPushButton::clicked, this, &GroupLine::submit);
    connect(cancel, &QPushButton::clicked, this, &GroupLine::close);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &GroupLine::close);
    hide();
}

void GroupLine::ask(const QString &connection, const QStringList &groups, const QString &current)
{
    m_connection = connection;
    m_label->setText(tr("Group of \"%1\"").arg(connection));
    m_group->clear();
    m_group->addItems(groups);
    m_group->setEditText(current);
    show();
    m_group->lineEdit()->selectAll();
    m_group->setFocus();
}

void GroupLine::submit()
{
    const QString group = m_group->currentText().trimmed();
    close();
    Q_EMIT chosen(m_connection, group);
}

void GroupLine::close()
{
    hide();
    Q_EMIT closed();
}

} // namespace catalog

#include "moc_groupline.cpp"
