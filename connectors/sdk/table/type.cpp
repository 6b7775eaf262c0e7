// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/type.h"

#include <algorithm>

namespace table {

namespace {
char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
}

std::optional<std::size_t> Schema::find(std::string_view name) const
{
    std::optional<std::size_t> loose;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name)
            return i;
        const bool same = std::equal(name.begin(), name.end(), columns[i].name.begin(), columns[i].name.end(),
            [](char a, char b) { return lowerAscii(a) == lowerAscii(b); });
        if (same && !loose)
            loose = i;
    }
    return loose;
}

} // namespace table
