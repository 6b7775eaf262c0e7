// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/zonemenu.h"

#include "common/icons.h"

#include <QMenu>
#include <QTimeZone>

#include <map>

namespace desktop {

namespace {

QString utcName()
{
    return QStringLiteral("UTC");
}

QString knownOrEmpty(const QString &zone)
{
    return QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()) ? zone : QString();
}

// "Asia/Shanghai" by "Asia"; aliases without a region ("Cuba", "EST5EDT") are left out.
std::map<QString, QStringList> zonesByRegion()
{
    std::map<QString, QStringList> regions;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        const QString zone = QString::fromUtf8(id);
        const qsizetype slash = zone.indexOf(QLatin1Char('/'));
        if (slash > 0)
            regions[zone.left(slash)] << zone;
    }
    return regions;
}

} // namespace

ZoneMenu::ZoneMenu(QWidget *parent)
    : QToolButton(parent)
{
    setAutoRaise(true);
    setIcon(common::icon(QStringLiteral("time"), common::Tint::Muted));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
    connect(this, &QToolButton::clicked, this, [this, menu] { menu->popup(mapToGlobal(QPoint(0, height()))); });
    refresh();
}

QString ZoneMenu::zone() const
{
    if (!m_chosen.isEmpty())
        return m_chosen;
    return m_connectionZone.isEmpty() ? utcName() : m_connectionZone;
}

void ZoneMenu::setConnectionZone(const QString &zone)
{
    m_connectionZone = knownOrEmpty(zone);
    refresh();
}

void ZoneMenu::setChosen(const QString &zone)
{
    m_chosen = knownOrEmpty(zone);
    refresh();
}

void ZoneMenu::choose(const QString &zone)
{
    setChosen(zone);
    Q_EMIT zoneChanged();
}

void ZoneMenu::addZone(QMenu &menu, const QString &zone, const QString &label)
{
    QAction *action = menu.addAction(label);
    action->setCheckable(true);
    action->setChecked(zone == m_chosen);
    connect(action, &QAction::triggered, this, [this, zone] { choose(zone); });
}

void ZoneMenu::fill(QMenu &menu)
{
    menu.clear();
    for (QMenu *old : menu.findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly))
        old->deleteLater();
    addZone(menu, {}, m_connectionZone.isEmpty() ? tr("Default (UTC)") : tr("The connection's (%1)").arg(m_connectionZone));
    menu.addSeparator();
    addZone(menu, utcName(), utcName());
    const QString system = QString::fromUtf8(QTimeZone::systemTimeZoneId());
    if (!system.isEmpty() && system != utcName())
        addZone(menu, system, tr("This computer's (%1)").arg(system));
    if (!m_chosen.isEmpty() && m_chosen != utcName() && m_chosen != system)
        addZone(menu, m_chosen, m_chosen);
    menu.addSeparator();
    for (const auto &[region, zones] : zonesByRegion()) {
        QMenu *places = menu.addMenu(region);
        connect(places, &QMenu::aboutToShow, this, [this, places, zones = zones] {
            places->clear();
            for (const QString &zone : zones)
                addZone(*places, zone, zone);
        });
    }
}

void ZoneMenu::refresh()
{
    setText(zone());
    setToolTip(tr("Time zone in which this tab shows instants: %1").arg(zone()));
    setAccessibleName(toolTip());
}

} // namespace desktop

#include "moc_zonemenu.cpp"
