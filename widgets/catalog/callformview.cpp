// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/callformview.h"

#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace catalog {

namespace {

constexpr int kMostShownRows = 6;

QTableWidget *makeTable(QWidget *parent, const QString &name)
{
    auto *table = new QTableWidget(parent);
    table->setAccessibleName(name);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setFrameShape(QFrame::StyledPanel);
    table->setTabKeyNavigation(true);
    return table;
}

std::vector<std::optional<std::string>> valuesOf(const QTableWidget *table, int row)
{
    std::vector<std::optional<std::string>> values;
    for (int column = 0; column < table->columnCount(); ++column) {
        const QTableWidgetItem *item = table->item(row, column);
        const QString text = item ? item->text() : QString();
        if (text.isEmpty())
            values.emplace_back(std::nullopt);
        else
            values.emplace_back(text == QLatin1String("''") ? std::string() : text.toStdString());
    }
    return values;
}

QToolButton *makeButton(QWidget *parent, const QString &iconName, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setIcon(common::icon(iconName));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace

CallFormView::CallFormView(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_sharedTitle(new QLabel(tr("Once for all rows"), this))
    , m_shared(makeTable(this, tr("Values for all rows")))
    , m_rows(makeTable(this, tr("Rows to send")))
    , m_add(makeButton(this, QStringLiteral("plus"), tr("Add a row")))
    , m_remove(makeButton(this, QStringLiteral("minus"), tr("Remove the current row")))
    , m_objects(new QCheckBox(tr("Send rows as objects"), this))
    , m_run(new QPushButton(tr("Call"), this))
    , m_error(new common::MessageBar(this))
{
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    auto *note = new QLabel(tr("An empty cell is NULL or not given; '' is an empty text."), this);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *close = makeButton(this, QStringLiteral("close"), tr("Close the form"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(close);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_add);
    foot->addWidget(m_remove);
    foot->addWidget(m_objects);
    foot->addWidget(note);
    foot->addStretch();
    foot->addWidget(m_run);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * common::kStep, common::kStep, 2 * common::kStep, common::kStep);
    column->setSpacing(common::kStep);
    column->addLayout(head);
    column->addWidget(m_sharedTitle);
    column->addWidget(m_shared);
    column->addWidget(m_rows);
    column->addLayout(foot);
    column->addWidget(m_error);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_add, &QToolButton::clicked, this, &CallFormView::addRow);
    connect(m_remove, &QToolButton::clicked, this, [this] {
        if (m_rows->rowCount() > 1)
            m_rows->removeRow(qMax(0, m_rows->currentRow()));
        fitHeight(m_rows);
    });
    connect(m_run, &QPushButton::clicked, this, &CallFormView::runWanted);
    hide();
}

void CallFormView::setForm(const connector::CallForm &form)
{
    m_form = form;
    m_title->setText(form.title);
    fill(m_shared, form.sharedFields);
    fill(m_rows, form.fields);
    const bool hasShared = !form.sharedFields.empty();
    m_shared->setVisible(hasShared);
    m_sharedTitle->setVisible(hasShared);
    m_rows->setVisible(!form.fields.empty());
    m_add->setVisible(form.takesSeveralRows);
    m_remove->setVisible(form.takesSeveralRows);
    m_objects->setVisible(form.takesObjects);
    m_run->setText(form.writes ? tr("Write") : tr("Call"));
    clearError();
    show();
    m_rows->setFocus();
    if (m_rows->columnCount() > 0)
        m_rows->setCurrentCell(0, 0);
}

void CallFormView::fill(QTableWidget *table, const std::vector<connector::CallField> &fields)
{
    table->clear();
    table->setRowCount(1);
    table->setColumnCount(static_cast<int>(fields.size()));
    for (int column = 0; column < table->columnCount(); ++column) {
        const connector::CallField &field = fields[static_cast<std::size_t>(column)];
        const QString name = QString::fromStdString(field.name);
        auto *title = new QTableWidgetItem(field.type.isEmpty() ? name : name + QLatin1Char('\n') + field.type);
        title->setToolTip(field.hint);
        table->setHorizontalHeaderItem(column, title);
        table->setItem(0, column, new QTableWidgetItem(QString::fromStdString(field.value)));
    }
    table->resizeColumnsToContents();
    for (int column = 0; column < table->columnCount(); ++column)
        table->setColumnWidth(column, qMax(table->columnWidth(column), 24 * common::kStep));
    fitHeight(table);
}

void CallFormView::addRow()
{
    const int row = m_rows->rowCount();
    m_rows->insertRow(row);
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        const QTableWidgetItem *above = m_rows->item(row - 1, column);
        m_rows->setItem(row, column, new QTableWidgetItem(above ? above->text() : QString()));
    }
    m_rows->setCurrentCell(row, 0);
    fitHeight(m_rows);
}

void CallFormView::fitHeight(QTableWidget *table)
{
    const int shown = qMin(table->rowCount(), kMostShownRows);
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height() + shown * table->verticalHeader()->defaultSectionSize()
        + 2 * table->frameWidth() + 4 * common::kStep);
}

connector::CallValues CallFormView::values() const
{
    connector::CallValues values;
    if (m_shared->columnCount() > 0)
        values.shared = valuesOf(m_shared, 0);
    for (int row = 0; row < m_rows->rowCount(); ++row)
        values.rows.push_back(valuesOf(m_rows, row));
    values.asObjects = m_form.takesObjects && m_objects->isChecked();
    return values;
}

void CallFormView::showError(const QString &message, const QString &hint)
{
    m_error->showMessage(common::MessageBar::Kind::Danger, message, hint);
}

void CallFormView::clearError()
{
    m_error->hide();
}

} // namespace catalog

#include "moc_callformview.cpp"
