// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridpanel.h"

#include "grid/columnfinder.h"
#include "grid/filterpopover.h"
#include "grid/findrow.h"
#include "grid/recordpopover.h"
#include "grid/statisticspopover.h"
#include "grid/totalsline.h"

#include <QVBoxLayout>

namespace grid {

GridPanel::GridPanel(QWidget *parent)
    : QWidget(parent)
    , m_view(new GridView(this))
    , m_find(new FindRow(m_view, this))
    , m_totals(new TotalsLine(m_view, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_view, 1);
    column->addWidget(m_totals);
    setFocusProxy(m_view);
    connect(m_view, &GridView::findWanted, this, &GridPanel::openFind);
    connect(m_view, &GridView::findColumnWanted, this, &GridPanel::openColumns);
    connect(m_view, &GridView::filterWanted, this, &GridPanel::openFilter);
    connect(m_view, &GridView::recordWanted, this, &GridPanel::openRecord);
    connect(m_view, &GridView::statisticsWanted, this, &GridPanel::openStatistics);
}

void GridPanel::openFind()
{
    m_find->open();
}

void GridPanel::openFilter(int column)
{
    m_view->state().setFilterRow(true);
    (new FilterPopover(m_view, column))->showAtHead();
}

void GridPanel::openStatistics(int column)
{
    (new StatisticsPopover(m_view, column))->showAtHead();
}

void GridPanel::openRecord()
{
    if (m_view->currentRow() >= 0)
        (new RecordPopover(m_view))->showAtHead();
}

void GridPanel::openColumns()
{
    if (m_view->state().columnCount() > 0)
        (new ColumnFinder(m_view))->showAtHead();
}

} // namespace grid

#include "moc_gridpanel.cpp"
