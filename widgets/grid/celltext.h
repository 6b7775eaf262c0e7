// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grid/range.h"
#include "table/format.h"
#include "table/table.h"

#include <QString>

#include <vector>

namespace grid {

// A cell as it is drawn: one short line, whatever the value is. A megabyte of JSON is cut before anything looks at it.
struct CellText {
    enum class Look : quint8 {
        Plain,
        Null,
        Empty, // a text of no characters
        Literal, // what was sent does not fit the column's type
    };
    struct Span {
        int begin;
        int end;
    };

    QString text;
    std::vector<Span> muted; // stand-ins for line breaks, control and direction characters, zones; ascending
    Look look = Look::Plain;
    bool isCut = false;
    bool isAscii = false; // one cell of the monospaced font a character
};

inline constexpr int kMostCharsDrawn = 300;
inline constexpr int kMostCharsTold = 4000; // in tooltips and to screen readers

// zone as in table::FormatOptions.
CellText cellText(const table::Table &table, Position at, const table::Zone *zone, int mostChars = kMostCharsDrawn);

// Bytes that a server sent, as a line to draw: what is not UTF-8 becomes U+FFFD, control characters get stand-ins.
CellText lineText(std::string_view bytes, int mostChars = kMostCharsDrawn);

// Numbers are drawn at the right edge.
bool isRightAligned(table::Kind kind);

} // namespace grid
