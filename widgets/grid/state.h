// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "grid/geometry.h"
#include "grid/metrics.h"
#include "grid/selection.h"
#include "table/rowmap.h"
#include "table/zone.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace grid {

// What a grid shows and what is selected in it, without a widget: the view draws it, mouse, keyboard and screen readers
// change it. GUI thread.
class State : public QObject
{
    Q_OBJECT
public:
    explicit State(QObject *parent = nullptr);

    void setResult(common::ResultTable *result);
    common::ResultTable *result() const { return m_result; }
    const table::Table &table() const;
    int columnCount() const { return m_geometry.columns.count(); }
    qint64 rowCount() const { return m_geometry.rows; }

    // Rows and columns count as they are shown. What stands there in the table, and a snapshot for jobs:
    Position source(Position at) const
    {
        return {m_rows.tableRow(at.row), static_cast<int>(m_columns[static_cast<std::size_t>(at.column)])};
    }
    const table::ColumnInfo &info(int column) const
    {
        return table().schema().columns[m_columns[static_cast<std::size_t>(column)]];
    }
    const table::RowMap &rowMap() const { return m_rows; }
    const std::vector<std::size_t> &columns() const { return m_columns; }
    table::TableView view() const { return {table(), m_rows, m_columns}; }

    // Shows these rows, until the next call; all rows as they come without one. The current cell and the first row in
    // view stay on their rows where they are still shown; other selected cells are let go.
    void setRowMap(std::optional<table::RowMap> rows);
    bool isMapped() const { return m_isMapped; }
    // Shows these columns of the table in this order, at least one; the first of them (frozen) do not scroll sideways.
    void setColumns(std::vector<std::size_t> columns, int frozen);
    void moveColumn(int from, int to);
    void hideColumn(int column);
    void showAllColumns();
    // A line of filters under the heads.
    void setFilterRow(bool isShown);
    bool hasFilterRow() const { return m_geometry.filterHeight > 0; }
    int frozenColumns() const { return m_geometry.frozen; }
    void setFrozenColumns(int count);
    // -1 where it is hidden.
    int gridColumn(std::size_t tableColumn) const;

    const Geometry &geometry() const { return m_geometry; }
    const Selection &selection() const { return m_selection; }
    const Metrics &metrics() const { return m_metrics; }

    void setMetrics(const Metrics &metrics);
    void setViewSize(QSize size);
    // The zone in which instants are shown and copied; until then UTC.
    void setZone(const table::Zone &zone);
    const table::Zone *zone() const { return m_zone ? &*m_zone : nullptr; }
    const std::optional<table::Zone> &sharedZone() const { return m_zone; }
    void setFollowsEnd(bool follows) { m_followsEnd = follows; }
    bool followsEnd() const { return m_followsEnd; }

    // Pixels; held to what there is.
    void scrollTo(qint64 y, int x);
    void reveal(Position at);
    // How many rows one step of a scroll bar stands for: 1, unless the rows are more than an int can count.
    qint64 rowsOfBarStep() const { return rowCount() / std::numeric_limits<int>::max() + 1; }

    // Cells out of the table are held to it; in an empty table nothing happens.
    void select(Selection::Shape shape, Position at);
    void addToSelection(Selection::Shape shape, Position at);
    void removeFromSelection(Selection::Shape shape, Position at);
    void extendSelection(Position at);
    // As extendSelection, but as cells, rows or columns whatever the selection was before.
    void reshapeSelection(Selection::Shape shape, Position at);
    void selectAll();
    void clearSelection();
    Position held(Position at) const;

    void resizeColumn(int column, int width);
    void fitColumn(int column);

Q_SIGNALS:
    void wasReset(); // other columns, or none
    void wasRetyped();
    void tableGrew(); // the table did; what is shown may stay as it is
    void rowMapChanged();
    void columnsChanged(); // others are shown, or in another order
    void rowsCame(qint64 first); // rows from first on are new or there again; the scroll position is as it was
    void scrolled();
    void layoutChanged(); // sizes
    void currentChanged();
    void selectionChanged();

private:
    void onReset();
    void onRetyped();
    void onGrew(qint64 first);
    void sampleWidths();
    void layOutColumns();
    void keepCurrent(Position source);
    void changeRows(qint64 rows, qint64 first);
    template <typename Change>
    void changeSelection(Change change);

    QPointer<common::ResultTable> m_result;
    table::RowMap m_rows;
    std::vector<std::size_t> m_columns; // of the table, as they are shown
    Geometry m_geometry;
    Selection m_selection;
    Metrics m_metrics;
    std::optional<table::Zone> m_zone;
    std::vector<int> m_widths; // of all columns of the table
    bool m_isMapped = false; // rows that arrive do not show by themselves
    bool m_isSampled = false; // widths follow rows, not only names
    bool m_isResizedByHand = false;
    bool m_followsEnd = false;
};

} // namespace grid
