// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/connectionservice.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace desktop {

class FieldRow;

// A line in the window that asks for the secrets of a connection when it is first used without them. Others that are
// wanted meanwhile wait for their turn. Hidden while nothing is asked.
class SecretBar : public QFrame
{
    Q_OBJECT
public:
    explicit SecretBar(ConnectionService &connections, QWidget *parent = nullptr);

    QString connection() const { return m_asked.empty() ? QString() : m_asked.front().name; }
    FieldRow *row(int index) const { return m_rows.value(index); }
    void submit();
    void refuse();

private:
    struct Asked {
        QString name;
        std::vector<connector::Field> fields;
    };
    void ask(const QString &name, const std::vector<connector::Field> &fields);
    void showFirst();
    void goOn();

    ConnectionService &m_connections;
    std::vector<Asked> m_asked;
    QLabel *m_title;
    QVBoxLayout *m_place;
    QList<FieldRow *> m_rows;
    QPointer<QWidget> m_focus; // where the focus was
};

} // namespace desktop
