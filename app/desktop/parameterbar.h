// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"

#include <QHash>
#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QToolButton;

namespace desktop {

// A line for each parameter of the statement at the cursor: its value, NULL, and where the server is told types, the
// type. Hidden while there is none. What was entered for a name stays as long as the tab, whatever is at the cursor.
class ParameterBar : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterBar(QWidget *parent = nullptr);

    // types: what can be chosen; empty: types are not told.
    void setParameters(const std::vector<std::string> &names, const QStringList &types);
    // All that were ever entered, for those who take what they use.
    std::vector<connector::Parameter> parameters() const;
    // The first of these that has no value yet gets the keyboard; false if all have one.
    bool askForMissing(const std::vector<std::string> &names);

Q_SIGNALS:
    void runWanted(); // Return was pressed in a field

private:
    struct Entry {
        QString value;
        QString type;
        bool isNull = false;
        bool isEntered = false;
    };
    struct Row {
        QString name;
        QLineEdit *value;
        QComboBox *type;
        QToolButton *null;
    };

    void addRow(const QString &name, const QStringList &types);
    void keep(const Row &row);

    QGridLayout *m_grid;
    std::vector<Row> m_rows;
    QHash<QString, Entry> m_entries;
    QStringList m_types;
};

} // namespace desktop
