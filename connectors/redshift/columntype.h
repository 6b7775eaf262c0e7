// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/reader.h"
#include "table/type.h"

#include <QJsonObject>

#include <string>
#include <string_view>

namespace redshift {

// A member of ColumnMetadata.
struct ColumnMeta {
    std::string name;
    std::string label;
    std::string typeName;
    int precision = -1;
    int scale = -1;
    std::int64_t length = -1;
    int nullable = 2; // 0 no, 1 yes, 2 unknown

    bool operator==(const ColumnMeta &) const = default;
};

// The object whose beginning is the reader's last token; members that are not known are passed over. False: the reader
// failed.
bool readColumnMeta(json::Reader &reader, ColumnMeta &column);

table::ColumnInfo columnOf(const ColumnMeta &column);

// "numeric(8,2)", "varchar(256)": a column's type as SQL writes it.
std::string typeText(const ColumnMeta &column);

} // namespace redshift
