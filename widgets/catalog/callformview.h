// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/call.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableWidget;
class QToolButton;

namespace common {
class MessageBar;
}

namespace catalog {

// What calling a deployment, a procedure, a resource or an insert takes, as a table: one line a row to send, one column
// a field. An empty cell is NULL (or not given), '' is an empty text. Hidden until a form is set.
class CallFormView : public QFrame
{
    Q_OBJECT
public:
    explicit CallFormView(QWidget *parent = nullptr);

    void setForm(const connector::CallForm &form);
    const connector::CallForm &form() const { return m_form; }
    connector::CallValues values() const;

    void showError(const QString &message, const QString &hint);
    void clearError();

    QTableWidget *rows() const { return m_rows; }
    QTableWidget *shared() const { return m_shared; }
    QPushButton *runButton() const { return m_run; }

Q_SIGNALS:
    void runWanted();

private:
    void fill(QTableWidget *table, const std::vector<connector::CallField> &fields);
    void addRow();
    void fitHeight(QTableWidget *table);

    connector::CallForm m_form;
    QLabel *m_title;
    QLabel *m_sharedTitle;
    QTableWidget *m_shared;
    QTableWidget *m_rows;
    QToolButton *m_add;
    QToolButton *m_remove;
    QCheckBox *m_objects;
    QPushButton *m_run;
    common::MessageBar *m_error;
};

} // namespace catalog
