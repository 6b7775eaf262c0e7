// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/headertext.h"

#include "grid/celltext.h"

#include <QCoreApplication>
#include <QStringList>

namespace grid {

namespace {

constexpr int kMostHeaderChars = 120;

struct HeaderTr {
    Q_DECLARE_TR_FUNCTIONS(grid::Header)
};

QString kindText(table::Kind kind)
{
    switch (kind) {
    case table::Kind::Null:
        return HeaderTr::tr("no type: every value is NULL");
    case table::Kind::Bool:
        return HeaderTr::tr("boolean");
    case table::Kind::Int:
        return HeaderTr::tr("whole number");
    case table::Kind::UInt:
        return HeaderTr::tr("whole number, not negative");
    case table::Kind::Float:
        return HeaderTr::tr("binary floating point, 32 bits");
    case table::Kind::Double:
        return HeaderTr::tr("binary floating point, 64 bits");
    case table::Kind::Decimal:
        return HeaderTr::tr("decimal number, as sent");
    case table::Kind::Text:
        return HeaderTr::tr("text");
    case table::Kind::Binary:
        return HeaderTr::tr("bytes, shown in hex");
    case table::Kind::Json:
        return HeaderTr::tr("JSON, as sent");
    case table::Kind::Instant:
        return HeaderTr::tr("point in time");
    case table::Kind::LocalDateTime:
        return HeaderTr::tr("date and time without a zone");
    case table::Kind::Date:
        return HeaderTr::tr("date");
    case table::Kind::Time:
        return HeaderTr::tr("time of day");
    case table::Kind::Interval:
        return HeaderTr::tr("interval");
    }
    return {};
}

} // namespace

HeaderText headerText(const table::ColumnInfo &info, const QString &zoneName)
{
    HeaderText header{lineText(info.name, kMostHeaderChars).text, lineText(info.serverType, kMostHeaderChars).text};
    if (info.kind == table::Kind::Instant && !zoneName.isEmpty())
        header.type = header.type.isEmpty() ? zoneName : header.type % QStringLiteral(" · ") % zoneName;
    return header;
}

QString headerDetails(const table::ColumnInfo &info, const QString &zoneName)
{
    QStringList lines{lineText(info.name, kMostCharsTold).text};
    if (!info.serverType.empty())
        lines << HeaderTr::tr("Server type: %1").arg(lineText(info.serverType).text);
    lines << HeaderTr::tr("Shown as: %1").arg(kindText(info.kind));
    if (info.length >= 0)
        lines << HeaderTr::tr("Length: %1").arg(info.length);
    if (info.precision >= 0)
        lines << HeaderTr::tr("Digits: %1, after the point: %2").arg(info.precision).arg(std::max(0, info.scale));
    if (info.kind == table::Kind::Instant && !zoneName.isEmpty())
        lines << HeaderTr::tr("Zone: %1").arg(zoneName);
    return lines.join(u'\n');
}

} // namespace grid
