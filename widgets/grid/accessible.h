// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/range.h"

#include <QAccessibleWidget>

#include <unordered_map>

namespace grid {

class GridView;

// The grid to screen readers: a table whose cells and heads are made when they are asked for and forgotten again, so
// that ten million rows cost nothing. Its children count row by row, the row of column heads first and the row number
// first in each. Answers that would list every selected row name the first thousand.
class GridAccessible : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit GridAccessible(GridView *view);
    ~GridAccessible() override;

    // Screen readers find GridViews from then on. May be called again.
    static void install();

    // A cell, or with row or column -1 a head. The interface is ours.
    QAccessibleInterface *at(Position position) const;
    void forgetCells();
    GridView *view() const;

    void *interface_cast(QAccessible::InterfaceType type) override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override;
    int selectedCellCount() const override;
    QList<QAccessibleInterface *> selectedCells() const override;
    QString columnDescription(int column) const override;
    QString rowDescription(int row) const override;
    int selectedColumnCount() const override;
    int selectedRowCount() const override;
    int columnCount() const override;
    int rowCount() const override;
    QList<int> selectedColumns() const override;
    QList<int> selectedRows() const override;
    bool isColumnSelected(int column) const override;
    bool isRowSelected(int row) const override;
    bool selectRow(int row) override;
    bool selectColumn(int column) override;
    bool unselectRow(int row) override;
    bool unselectColumn(int column) override;
    void modelChange(QAccessibleTableModelChangeEvent *event) override;

private:
    mutable std::unordered_map<qint64, QAccessible::Id> m_made;
};

} // namespace grid
