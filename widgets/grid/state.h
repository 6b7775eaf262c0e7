// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/resulttable.h"
#include "grid/geometry.h"
#include "grid/metrics.h"
#include "grid/selection.h"
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
    template <typename Change>
    void changeSelection(Change change);

    QPointer<common::ResultTable> m_result;
    Geometry m_geometry;
    Selection m_selection;
    Metrics m_metrics;
    std::optional<table::Zone> m_zone;
    bool m_isSampled = false; // widths follow rows, not only names
    bool m_isResizedByHand = false;
    bool m_followsEnd = false;
};

} // namespace grid
