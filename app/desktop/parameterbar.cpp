// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/parameterbar.h"

#include "common/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace desktop {

ParameterBar::ParameterBar(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(3 * common::kStep, common::kStep, 3 * common::kStep, common::kStep);
    m_grid->setHorizontalSpacing(2 * common::kStep);
    m_grid->setVerticalSpacing(common::kStep);
    m_grid->setColumnStretch(1, 1);
    hide();
}

void ParameterBar::setParameters(const std::vector<std::string> &names, const QStringList &types)
{
    QStringList wanted;
    for (const std::string &name : names)
        wanted << QString::fromStdString(name);
    QStringList shown;
    for (const Row &row : m_rows)
        shown << row.name;
    if (wanted == shown && types == m_types)
        return;
    m_types = types;
    m_rows.clear();
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &name : wanted)
        addRow(name, types);
    setVisible(!wanted.isEmpty());
}

void ParameterBar::addRow(const QString &name, const QStringList &types)
{
    const Entry entry = m_entries.value(name);
    const int line = static_cast<int>(m_rows.size());
    Row row{name, new QLineEdit(entry.value, this), nullptr, new QToolButton(this)};
    auto *label = new QLabel(name, this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(row.value);
    row.value->setAccessibleName(tr("Value of parameter %1").arg(name));
    row.value->setObjectName(QStringLiteral("parameter.") + name);
    row.value->setPlaceholderText(tr("Value"));
    row.value->setEnabled(!entry.isNull);
    row.null->setText(QStringLiteral("NULL"));
    row.null->setCheckable(true);
    row.null->setChecked(entry.isNull);
    row.null->setAutoRaise(true);
    row.null->setToolTip(tr("Send NULL"));
    m_grid->addWidget(label, line, 0);
    m_grid->addWidget(row.value, line, 1);
    if (!types.isEmpty()) {
        row.type = new QComboBox(this);
        row.type->addItem(tr("Type by its look"), QString());
        for (const QString &type : types)
            row.type->addItem(type, type);
        row.type->setCurrentIndex(qMax(0, row.type->findData(entry.type)));
        row.type->setAccessibleName(tr("Type of parameter %1").arg(name));
        m_grid->addWidget(row.type, line, 2);
        connect(row.type, &QComboBox::activated, this, [this, row] { keep(row); });
    }
    m_grid->addWidget(row.null, line, 3);
    connect(row.value, &QLineEdit::textEdited, this, [this, row] { keep(row); });
    connect(row.value, &QLineEdit::returnPressed, this, &ParameterBar::runWanted);
    connect(row.null, &QToolButton::toggled, this, [this, row](bool isNull) {
        row.value->setEnabled(!isNull);
        keep(row);
    });
    m_rows.push_back(row);
}

void ParameterBar::keep(const Row &row)
{
    m_entries[row.name] = {row.value->text(), row.type ? row.type->currentData().toString() : QString(), row.null->isChecked(), true};
}

std::vector<connector::Parameter> ParameterBar::parameters() const
{
    std::vector<connector::Parameter> parameters;
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (!entry->isEntered)
            continue;
        connector::Parameter parameter;
        parameter.name = entry.key().toStdString();
        parameter.type = entry->type.toStdString();
        if (!entry->isNull)
            parameter.value = entry->value.toStdString();
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

bool ParameterBar::askForMissing(const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        const QString wanted = QString::fromStdString(name);
        if (m_entries.value(wanted).isEntered)
            continue;
        for (const Row &row : m_rows) {
            if (row.name == wanted) {
                row.value->setFocus();
                return true;
            }
        }
        return true;
    }
    return false;
}

} // namespace desktop

#include "moc_parameterbar.cpp"
