// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/type.h"

#include <QString>

namespace grid {

inline constexpr int kMarkWidth = 16; // a column's mark and the gap behind it

// What a column's head says: its name as sent and, on a second line, its server type and, for instants, the zone in
// which they are shown.
struct HeaderText {
    QString name;
    QString type;
};
HeaderText headerText(const table::ColumnInfo &info, const QString &zoneName = {});

// All that is known of the column, for a tooltip; plain text, several lines.
QString headerDetails(const table::ColumnInfo &info, const QString &zoneName);

} // namespace grid
