// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace openmldb {

// Rows of a small answer, cell by cell as sent.
struct RawRows {
    std::vector<std::string> keys; // of the first row, where rows are objects
    std::vector<std::vector<std::string>> rows;

    std::size_t width() const; // of the widest
    // As an array of arrays.
    std::string text() const;
};

// Reads an array of arrays or objects as far as it goes.
RawRows readRawRows(std::string_view text);

} // namespace openmldb
