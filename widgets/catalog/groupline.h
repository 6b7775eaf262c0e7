// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace catalog {

// A line that asks into which group a connection goes: one that there is, a new one by its name, or none. Hidden until
// it asks.
class GroupLine : public QWidget
{
    Q_OBJECT
public:
    explicit GroupLine(QWidget *parent = nullptr);

    void ask(const QString &connection, const QStringList &groups, const QString &current);

Q_SIGNALS:
    void chosen(const QString &connection, const QString &group);
    void closed();

private:
    void submit();
    void close();

    QString m_connection;
    QLabel *m_label;
    QComboBox *m_group;
};

} // namespace catalog
