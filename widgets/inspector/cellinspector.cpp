// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/cellinspector.h"

#include "common/emptystate.h"
#include "common/icons.h"
#include "common/theme.h"
#include "inspector/jsonmodel.h"
#include "inspector/pagedtext.h"
#include "table/wkb.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace inspector {

CellInspector::CellInspector(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_type(new QLabel(this))
    , m_copy(new QToolButton(this))
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new common::EmptyState(this))
    , m_tree(new QTreeView(this))
    , m_paged(new PagedText(this))
    , m_facts(new QTreeWidget(this))
    , m_json(new JsonModel(this))
{
    for (QLabel *label : {m_name, m_type}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setContentsMargins(3 * common::kStep, 0, 0, 0);
    }
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_type->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setAutoRaise(true);
    m_copy->setIcon(common::icon(QStringLiteral("copy")));
    m_copy->setToolTip(tr("Copy what is shown (Ctrl+C)"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setDocumentMode(true);
    m_bar->setUsesScrollButtons(true);
    m_bar->setAccessibleName(tr("Forms of the value"));
    m_empty->setContents(QStringLiteral("search"), tr("No cell"), tr("Select a cell of a result: its value shows here in every form that it has."));
    m_tree->setModel(m_json);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setFont(common::dataFont());
    m_tree->header()->setStretchLastSection(true);
    m_tree->setAccessibleName(tr("JSON value"));
    m_facts->setRootIsDecorated(false);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setUniformRowHeights(true);
    m_facts->setColumnCount(2);
    m_facts->setHeaderHidden(true);
    m_facts->setAccessibleName(tr("Forms of the value"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_paged);
    m_stack->addWidget(m_facts);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, common::kStep, 0);
    head->addWidget(m_name, 1);
    head->addWidget(m_copy, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(common::kStep);
    column->addLayout(head);
    column->addWidget(m_type);
    column->addWidget(m_bar);
    column->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &CellInspector::onFormChosen);
    connect(m_bar, &QTabBar::tabBarClicked, this, [this](int index) {
        m_hasWanted = index >= 0;
        m_wanted = m_hasWanted ? m_forms[static_cast<std::size_t>(index)] : m_wanted;
    });
    connect(m_copy, &QToolButton::clicked, this, &CellInspector::copy);
    connect(m_json, &JsonModel::opened, this, [this] {
        m_json->fetchMore(m_json->index(0, 0));
        m_tree->expand(m_json->index(0, 0));
    });
    connect(m_json, &JsonModel::failed, this, &CellInspector::onJsonFailed);
    clear();
}

QString CellInspector::nameOf(Form form)
{
    switch (form) {
    case Form::Json:
        return QStringLiteral("JSON");
    case Form::Geometry:
        return tr("Geometry");
    case Form::Time:
        return tr("Time");
    case Form::Number:
        return tr("Number");
    case Form::Text:
        return tr("Text");
    case Form::Hex:
        return tr("Hex");
    case Form::Base64:
        return QStringLiteral("Base64");
    case Form::Row:
        break;
    }
    return tr("Row");
}

void CellInspector::clear()
{
    m_inspected.reset();
    m_forms.clear();
    m_json->clear();
    m_name->hide();
    m_type->hide();
    m_copy->setEnabled(false);
    m_bar->hide();
    m_stack->setCurrentWidget(m_empty);
}

void CellInspector::inspect(Inspected inspected)
{
    m_inspected = std::make_shared<Inspected>(std::move(inspected));
    const table::Cell cell = m_inspected->cell();
    const bool isStretch = cell.column->hasValue(cell.row) && table::storageOf(cell.column->kind()) == table::Storage::Bytes;
    m_text = isStretch ? nullptr : std::make_shared<const std::string>(valueText(*m_inspected));
    m_bytes = isStretch ? cell.column->bytes(cell.row) : std::string_view(*m_text);
    findForms();
    const QString size = isStretch ? tr("%L1 bytes").arg(m_bytes.size()) : QString();
    const bool isNull = cell.column->isNull(cell.row);
    m_name->setText(tr("%1, row %L2").arg(QString::fromStdString(m_inspected->info().name)).arg(m_inspected->row + 1));
    m_type->setText(typeText(*m_inspected) + (isNull ? QStringLiteral(" · NULL") : size.isEmpty() ? QString() : QStringLiteral(" · ") + size));
    m_name->show();
    m_type->show();
    m_copy->setEnabled(true);
    {
        const QSignalBlocker blocker(m_bar);
        while (m_bar->count() > 0)
            m_bar->removeTab(0);
        for (const Form form : m_forms)
            m_bar->addTab(nameOf(form));
        const auto wanted = std::find(m_forms.begin(), m_forms.end(), m_wanted);
        m_bar->setCurrentIndex(m_hasWanted && wanted != m_forms.end() ? static_cast<int>(wanted - m_forms.begin()) : 0);
    }
    m_bar->show();
    refresh();
}

void CellInspector::findForms()
{
    m_forms.clear();
    m_wkt.clear();
    const table::Cell cell = m_inspected->cell();
    const table::Kind kind = m_inspected->info().kind;
    if (cell.column->isNull(cell.row)) {
        m_forms = {Form::Row};
        return;
    }
    const std::size_t first = m_bytes.find_first_not_of(" \t\r\n");
    const bool looksLikeJson = first != std::string_view::npos && (m_bytes[first] == '{' || m_bytes[first] == '[');
    if (kind == table::Kind::Json || (kind == table::Kind::Text && looksLikeJson))
        m_forms.push_back(Form::Json);
    constexpr std::size_t kMostGeometry = std::size_t(1) << 20; // what takes a millisecond
    if (m_bytes.size() <= 2 * kMostGeometry) {
        if (const auto bytes = geometryBytes(*m_inspected)) {
            if (auto text = table::wkbToText(*bytes)) {
                m_wkt = std::move(text).value();
                m_forms.push_back(Form::Geometry);
            } else if (m_inspected->info().serverType.find("GEOM") != std::string::npos) {
                m_wkt = text.error().message.toStdString();
                m_forms.push_back(Form::Geometry);
            }
        }
    }
    if (table::isTime(kind) && cell.column->hasValue(cell.row))
        m_forms.push_back(Form::Time);
    if (!numberFacts(*m_inspected).empty())
        m_forms.push_back(Form::Number);
    if (kind != table::Kind::Binary)
        m_forms.push_back(Form::Text);
    m_forms.push_back(Form::Hex);
    if (kind == table::Kind::Int)
        m_forms.push_back(Form::Time);
    if (table::storageOf(kind) == table::Storage::Bytes)
        m_forms.push_back(Form::Base64);
    m_forms.push_back(Form::Row);
}

CellInspector::Form CellInspector::form() const
{
    const int index = m_bar->currentIndex();
    return index >= 0 && static_cast<std::size_t>(index) < m_forms.size() ? m_forms[static_cast<std::size_t>(index)] : Form::Row;
}

void CellInspector::showForm(Form form)
{
    const auto found = std::find(m_forms.begin(), m_forms.end(), form);
    m_wanted = form;
    m_hasWanted = true;
    if (found != m_forms.end())
        m_bar->setCurrentIndex(static_cast<int>(found - m_forms.begin()));
}

void CellInspector::onFormChosen(int)
{
    if (m_inspected)
        refresh();
}

void CellInspector::refresh()
{
    std::shared_ptr<const void> owner = m_inspected;
    if (m_text)
        owner = m_text;
    const Form now = form();
    if (now != Form::Json)
        m_json->clear();
    switch (now) {
    case Form::Json:
        m_stack->setCurrentWidget(m_tree);
        m_json->setText(owner, m_bytes);
        return;
    case Form::Geometry: {
        auto text = std::make_shared<const std::string>(m_wkt);
        m_paged->setBytes(text, *text, PagedText::Form::Text);
        break;
    }
    case Form::Text:
        m_paged->setBytes(owner, m_bytes, PagedText::Form::Text);
        break;
    case Form::Hex:
        m_paged->setBytes(owner, m_bytes, PagedText::Form::Hex);
        break;
    case Form::Base64:
        m_paged->setBytes(owner, m_bytes, PagedText::Form::Base64);
        break;
    case Form::Time:
        showFacts(timeFacts(*m_inspected));
        return;
    case Form::Number:
        showFacts(numberFacts(*m_inspected));
        return;
    case Form::Row:
        showFacts(rowFacts(*m_inspected));
        return;
    }
    m_stack->setCurrentWidget(m_paged);
}

void CellInspector::showFacts(const std::vector<Fact> &facts)
{
    m_facts->clear();
    QList<QTreeWidgetItem *> items;
    const QColor muted = common::Theme::of(this).muted;
    const QFont dataFont = common::dataFont();
    for (const Fact &fact : facts) {
        auto *item = new QTreeWidgetItem({fact.label, fact.value});
        item->setForeground(0, muted);
        item->setFont(1, dataFont);
        item->setToolTip(1, fact.value.toHtmlEscaped().left(4000));
        if (fact.isMuted)
            item->setForeground(1, muted);
        items << item;
    }
    m_facts->addTopLevelItems(items);
    m_facts->resizeColumnToContents(0);
    m_facts->setColumnWidth(0, std::min(m_facts->columnWidth(0), 48 * common::kStep));
    m_stack->setCurrentWidget(m_facts);
}

// What is no JSON is still text.
void CellInspector::onJsonFailed(const core::Error &error)
{
    if (error.kind == core::ErrorKind::Cancelled || !m_inspected || form() != Form::Json)
        return;
    m_type->setText(typeText(*m_inspected) + QLatin1Char('\n') + tr("No whole JSON: %1").arg(error.message));
    m_paged->setBytes(m_text ? std::shared_ptr<const void>(m_text) : m_inspected, m_bytes, PagedText::Form::Text);
    m_stack->setCurrentWidget(m_paged);
}

QString CellInspector::title() const
{
    return m_name->text() + QLatin1Char('\n') + m_type->text();
}

QString CellInspector::shownText() const
{
    const QWidget *shown = m_stack->currentWidget();
    if (shown == m_paged)
        return m_paged->wholeText();
    if (shown == m_tree) {
        const std::string_view text = m_json->textAt(m_tree->currentIndex());
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    if (shown != m_facts)
        return {};
    const QList<QTreeWidgetItem *> chosen = m_facts->selectedItems();
    if (!chosen.isEmpty())
        return chosen.first()->text(1);
    QStringList lines;
    for (int i = 0; i < m_facts->topLevelItemCount(); ++i)
        lines << m_facts->topLevelItem(i)->text(0) + QLatin1Char('\t') + m_facts->topLevelItem(i)->text(1);
    return lines.join(QLatin1Char('\n'));
}

void CellInspector::copy()
{
    if (m_inspected)
        QGuiApplication::clipboard()->setText(shownText());
}

void CellInspector::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Find))
        m_paged->focusSearch();
    else
        QWidget::keyPressEvent(event);
}

} // namespace inspector

#include "moc_cellinspector.cpp"
