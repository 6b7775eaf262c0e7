// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/inspectorpanel.h"

#include "common/icons.h"
#include "common/theme.h"
#include "desktop/resultpage.h"
#include "grid/gridview.h"
#include "inspector/cellinspector.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr int kSettleMs = 30;
}

InspectorPanel::InspectorPanel(QWidget *parent)
    : QFrame(parent)
    , m_cell(new inspector::CellInspector(this))
{
    setAutoFillBackground(true);
    auto *title = new QLabel(tr("Inspector"), this);
    title->setForegroundRole(QPalette::PlaceholderText);
    auto *close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(common::icon(QStringLiteral("close"), common::Tint::Muted));
    close->setToolTip(tr("Close the inspector (Ctrl+I)"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &InspectorPanel::closeWanted);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(3 * common::kStep, common::kStep, common::kStep, 0);
    head->addWidget(title, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(common::kStep);
    column->addLayout(head);
    column->addWidget(m_cell, 1);
    setMinimumWidth(60 * common::kStep);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kSettleMs);
    connect(&m_timer, &QTimer::timeout, this, &InspectorPanel::refresh);
}

void InspectorPanel::follow(ResultPage *page)
{
    if (m_page == page)
        return;
    if (m_page)
        m_page->gridView()->disconnect(&m_timer);
    m_page = page;
    if (page) {
        connect(page->gridView(), &grid::GridView::currentCellChanged, &m_timer, qOverload<>(&QTimer::start));
        connect(page, &ResultPage::zoneChanged, &m_timer, qOverload<>(&QTimer::start), Qt::UniqueConnection);
    }
    m_timer.start();
}

void InspectorPanel::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    refresh();
}

void InspectorPanel::refresh()
{
    if (!isVisible())
        return;
    grid::GridView *view = m_page ? m_page->gridView() : nullptr;
    if (!view || view->currentRow() < 0) {
        m_cell->clear();
        return;
    }
    inspector::Inspected inspected;
    inspected.table = m_page->table().table();
    const grid::Position source = view->state().source({view->currentRow(), view->currentColumn()});
    inspected.row = source.row;
    inspected.column = static_cast<std::size_t>(source.column);
    inspected.zone = view->state().sharedZone();
    inspected.zoneName = view->zoneName();
    m_cell->inspect(std::move(inspected));
}

} // namespace desktop

#include "moc_inspectorpanel.cpp"
