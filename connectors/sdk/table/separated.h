// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace table {

// Rows of text as a file of separated values or a spreadsheet's clipboard holds them.
struct SeparatedText {
    char separator = ',';
    std::vector<std::string> names; // the first line
    // None: nothing between the separators, or \N between tabs; "" is an empty text.
    std::vector<std::vector<std::optional<std::string>>> rows;
};

// Reads RFC 4180 with LF or CR LF, a byte order mark or none, and as separator the one of tab , ; | that the first line
// has most of. Decode error with line and row: a quote that does not close, a row that has more or fewer values than
// there are names.
ONDO_EXPORT core::Result<SeparatedText> readSeparated(std::string_view text);

} // namespace table
