// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace desktop {

// The time zone of a tab: a button that names it and a menu to choose another. Until one is chosen it is the
// connection's own, or UTC.
class ZoneMenu : public QToolButton
{
    Q_OBJECT
public:
    explicit ZoneMenu(QWidget *parent = nullptr);

    // IANA name; empty or unknown: none of its own.
    void setConnectionZone(const QString &zone);
    // IANA name; empty or unknown: that of the connection.
    void setChosen(const QString &zone);
    QString chosen() const { return m_chosen; }
    // What holds now.
    QString zone() const;

Q_SIGNALS:
    void zoneChanged();

private:
    void fill(QMenu &menu);
    void addZone(QMenu &menu, const QString &zone, const QString &label);
    void choose(const QString &zone);
    void refresh();

    QString m_connectionZone;
    QString m_chosen;
};

} // namespace desktop
