// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace grid {

class GridView;

// A small window at a column's head that goes when one clicks elsewhere or presses Escape.
class Popover : public QFrame
{
    Q_OBJECT
public:
    Popover(GridView *view, int column, const QString &title);

    void showAtHead();

protected:
    GridView *view() const { return m_view; }
    int column() const { return m_column; } // of the view
    std::size_t source() const { return m_source; } // of the table
    QVBoxLayout *rows() const { return m_rows; }

private:
    GridView *m_view;
    int m_column;
    std::size_t m_source;
    QVBoxLayout *m_rows;
};

} // namespace grid
