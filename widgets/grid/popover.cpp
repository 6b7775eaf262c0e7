// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/popover.h"

#include "common/theme.h"
#include "grid/gridview.h"

#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

namespace grid {

Popover::Popover(GridView *view, int column, const QString &title)
    : QFrame(view, Qt::Popup)
    , m_view(view)
    , m_column(column)
    , m_source(view->state().columns()[static_cast<std::size_t>(column)])
    , m_rows(new QVBoxLayout(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_rows->setContentsMargins(3 * common::kStep, 3 * common::kStep, 3 * common::kStep, 3 * common::kStep);
    m_rows->setSpacing(2 * common::kStep);
    auto *head = new QLabel(title, this);
    head->setTextFormat(Qt::PlainText);
    QFont bold = head->font();
    bold.setBold(true);
    head->setFont(bold);
    m_rows->addWidget(head);
    setAccessibleName(title);
    // Places mean something else from then on.
    connect(&view->state(), &State::wasReset, this, &QWidget::close);
    connect(&view->state(), &State::columnsChanged, this, &QWidget::close);
}

void Popover::showAtHead()
{
    const Geometry &geometry = m_view->state().geometry();
    m_rows->activate(); // widgets may have come since the last time
    adjustSize();
    QPoint at = m_view->viewport()->mapToGlobal(QPoint(std::max(geometry.columnLeft(m_column), 0), geometry.headerHeight));
    if (const QScreen *screen = m_view->screen()) {
        const QRect room = screen->availableGeometry();
        at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
        at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    }
    move(at);
    show();
}

} // namespace grid

#include "moc_popover.cpp"
