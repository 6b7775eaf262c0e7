// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/cellfacts.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabBar;
class QToolButton;
class QTreeView;
class QTreeWidget;

namespace common {
class EmptyState;
}

namespace inspector {

class JsonModel;
class PagedText;

// One value in every form that it has, and its row: JSON as a tree, text, bytes, geometry, instants, digits. It shows
// the form that was chosen last, where the value has it, else the one that says most. GUI thread.
class CellInspector : public QWidget
{
    Q_OBJECT
public:
    enum class Form { Json, Geometry, Time, Number, Text, Hex, Base64, Row };

    explicit CellInspector(QWidget *parent = nullptr);

    void inspect(Inspected inspected);
    void clear();

    std::vector<Form> forms() const { return m_forms; }
    Form form() const;
    void showForm(Form form);
    // What shows, as text; of a long value all of it.
    QString shownText() const;
    QString title() const;

    JsonModel *jsonModel() const { return m_json; }
    QTreeView *jsonView() const { return m_tree; }
    PagedText *pagedText() const { return m_paged; }
    QTreeWidget *factList() const { return m_facts; }
    common::EmptyState *emptyState() const { return m_empty; }

public Q_SLOTS:
    void copy();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void findForms();
    void refresh();
    void onFormChosen(int index);
    void showFacts(const std::vector<Fact> &facts);
    void onJsonFailed(const core::Error &error);
    static QString nameOf(Form form);

    std::shared_ptr<const Inspected> m_inspected; // null: nothing
    std::shared_ptr<const std::string> m_text; // of the value, where it is no stretch of the table
    std::string_view m_bytes;
    std::string m_wkt;
    std::vector<Form> m_forms;
    Form m_wanted = Form::Row; // chosen by hand
    bool m_hasWanted = false;
    QLabel *m_name;
    QLabel *m_type;
    QToolButton *m_copy;
    QTabBar *m_bar;
    QStackedWidget *m_stack;
    common::EmptyState *m_empty;
    QTreeView *m_tree;
    PagedText *m_paged;
    QTreeWidget *m_facts;
    JsonModel *m_json;
};

} // namespace inspector
