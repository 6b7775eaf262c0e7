// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/exportjob.h"
#include "grid/selection.h"
#include "table/rowmap.h"

namespace grid {
class GridView;
}

namespace desktop {

// What of a result a grid shows and what is selected in it, as rows and columns to export. GUI thread; what it puts into
// a request is a snapshot.
class ExportRows
{
public:
    explicit ExportRows(grid::GridView &view);

    // Whether other rows, another order or other columns show than the result has.
    bool isRearranged() const { return m_isRearranged; }
    qint64 shownCount() const;
    // Rows that the selection touches; 0 where nothing is selected.
    qint64 selectedCount() const { return m_selectedCount; }

    void chooseShown(ExportRequest &request) const;
    void chooseSelected(ExportRequest &request) const;

private:
    struct Stretch {
        qint64 first; // row of the view
        qint64 end;
        qint64 before; // rows of the stretches before it
    };

    const table::TableView m_view;
    const std::vector<grid::Range> m_ranges;
    std::vector<Stretch> m_selected;
    qint64 m_selectedCount = 0;
    bool m_isRearranged = false;
};

} // namespace desktop
