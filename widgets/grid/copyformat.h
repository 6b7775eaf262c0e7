// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "grid/range.h"
#include "table/table.h"
#include "table/zone.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace grid {

enum class CopyFormat { Tsv, Csv, Json, Markdown, Html, Insert, InList };

inline constexpr CopyFormat kCopyFormats[]{CopyFormat::Tsv, CopyFormat::Csv, CopyFormat::Json, CopyFormat::Markdown,
    CopyFormat::Html, CopyFormat::Insert, CopyFormat::InList};

struct CopyStyle {
    CopyFormat format = CopyFormat::Tsv;
    bool withHeaders = false; // Tsv, Csv, Html; the others name columns where their form does
    bool decimalComma = false; // Tsv, Csv (then with semicolons) and Html: as a spreadsheet of that language reads numbers
    std::string tableName = "result"; // Insert
};

// Selected cells as somebody sees them: what is copied in a format is made of this. A snapshot.
struct CopyCells {
    const table::Schema *schema = nullptr;
    std::vector<std::size_t> columns; // of the schema, those that the selection touches, in their order on the screen
    std::vector<int> places; // where each stands on the screen
    std::vector<Range> ranges; // on the screen
    qint64 rowCount = 0; // on the screen
    std::function<table::Cell(qint64 row, std::size_t column)> cellAt; // row on the screen, column of the schema
    std::optional<table::Zone> zone;
};

// The selection as text; Html: a table in which whole numbers past 2^53, decimals and texts are marked as text, so that
// a spreadsheet keeps every digit. InList: ('a', 'b'), each value once, no NULL. What is not selected within the rows
// and columns that are is empty or null. Any thread. Errors: Limit past mostBytes, Cancelled.
struct CopiedFormat {
    std::string text;
    qint64 cells = 0;
};
core::Result<CopiedFormat> copyFormatted(const CopyCells &cells, const CopyStyle &style, qint64 mostBytes, std::stop_token stop);

// Whether pasting as plain text would lose something that the flavour for spreadsheets keeps.
bool wantsSpreadsheetFlavour(const CopyCells &cells);

// "CSV", "INSERT statements": as menus name it.
QString nameOf(CopyFormat format);

} // namespace grid
