// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/secretbar.h"

#include "common/theme.h"
#include "desktop/connectionfields.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr int kFieldsWidth = 130 * common::kStep;
}

SecretBar::SecretBar(ConnectionService &connections, QWidget *parent)
    : QFrame(parent)
    , m_connections(connections)
    , m_title(new QLabel(this))
    , m_place(new QVBoxLayout)
{
    setAutoFillBackground(true);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    auto *use = new QPushButton(tr("Connect"), this);
    auto *leave = new QPushButton(tr("Cancel"), this);
    use->setDefault(true);
    auto *row = new QHBoxLayout;
    auto *fields = new QWidget(this);
    fields->setMaximumWidth(kFieldsWidth);
    fields->setLayout(m_place);
    m_place->setContentsMargins(0, 0, 0, 0);
    row->addWidget(fields, 1);
    row->addStretch();
    row->addWidget(leave, 0, Qt::AlignBottom);
    row->addWidget(use, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * common::kStep, 2 * common::kStep, 3 * common::kStep, 2 * common::kStep);
    column->addWidget(m_title);
    column->addLayout(row);
    connect(use, &QPushButton::clicked, this, &SecretBar::submit);
    connect(leave, &QPushButton::clicked, this, &SecretBar::refuse);
    auto *escape = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &SecretBar::refuse);
    connect(&m_connections, &ConnectionService::secretsWanted, this, &SecretBar::ask);
    hide();
}

void SecretBar::ask(const QString &name, const std::vector<connector::Field> &fields)
{
    m_asked.push_back({name, fields});
    if (m_asked.size() == 1) {
        m_focus = QApplication::focusWidget();
        showFirst();
    }
}

void SecretBar::showFirst()
{
    qDeleteAll(m_rows);
    m_rows.clear();
    const Asked &asked = m_asked.front();
    m_title->setText(tr("\"%1\" needs a secret that is not known on this computer.").arg(asked.name));
    for (const connector::Field &field : asked.fields) {
        auto *row = new FieldRow(field, this);
        connect(row->line(), &QLineEdit::returnPressed, this, &SecretBar::submit);
        m_place->addWidget(row);
        m_rows << row;
    }
    show();
    m_rows.front()->focusEditor();
}

void SecretBar::submit()
{
    if (m_asked.empty())
        return;
    SecretMap secrets;
    for (FieldRow *row : m_rows) {
        secrets[row->field().key] = core::Secret(row->text().toStdString());
        row->setText({});
    }
    const QString name = m_asked.front().name;
    goOn();
    m_connections.giveSecrets(name, secrets);
}

void SecretBar::refuse()
{
    if (m_asked.empty())
        return;
    const QString name = m_asked.front().name;
    goOn();
    m_connections.refuseSecrets(name);
}

void SecretBar::goOn()
{
    m_asked.erase(m_asked.begin());
    if (!m_asked.empty()) {
        showFirst();
        return;
    }
    hide();
    if (m_focus)
        m_focus->setFocus();
}

} // namespace desktop

#include "moc_secretbar.cpp"
