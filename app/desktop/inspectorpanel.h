// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>
#include <QTimer>

namespace inspector {
class CellInspector;
}

namespace desktop {

class ResultPage;

// The inspector at the right edge of the window: follows the current cell of the result that is looked at.
class InspectorPanel : public QFrame
{
    Q_OBJECT
public:
    explicit InspectorPanel(QWidget *parent = nullptr);

    // Null: nothing to inspect.
    void follow(ResultPage *page);
    inspector::CellInspector *cell() const { return m_cell; }

Q_SIGNALS:
    void closeWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();

    QPointer<ResultPage> m_page;
    inspector::CellInspector *m_cell;
    QTimer m_timer; // a held arrow key passes over cells faster than they can be shown
};

} // namespace desktop
