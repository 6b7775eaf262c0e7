// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <string>
#include <string_view>

// Texts turned into bytes whose plain order is the order that is wanted. Any thread.
namespace table {

// Appends bytes that order as the numbers do that the texts write, exactly, whatever their length or exponent: "-1e400"
// before "-0.5" before "0.0" = "-0" before "1" = "1.00". The infinities stand at the ends. False, with nothing
// appended, for what is no number, NaN among it.
ONDO_EXPORT bool appendDecimalKey(std::string &out, std::string_view text);

// Appends bytes that order texts as people do: case does not count, and digits count by the number that they write, so
// that "file9" stands before "File10". Texts that are equal in this way stand in the order of their bytes.
ONDO_EXPORT void appendNaturalKey(std::string &out, std::string_view text);

// Appends the text with its case folded (Unicode, character by character); what is not UTF-8 stays as it is.
ONDO_EXPORT void appendFolded(std::string &out, std::string_view text);

} // namespace table
