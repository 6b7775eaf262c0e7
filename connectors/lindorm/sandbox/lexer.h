// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

namespace lindorm::server {

struct Token {
    enum class Kind : std::uint8_t { Word, QuotedName, String, Number, Symbol, End };
    Kind kind = Kind::End;
    std::string text; // of names and strings: what they say
    std::size_t begin = 0; // in the statement
    std::size_t end = 0;
};

// The words of a statement, comments left out; the last one is End. Refuses what is no word of SQL.
std::vector<Token> tokensOf(std::string_view statement);

// "line 1, column 8" of a place in a statement, as the server counts.
std::string placeText(std::string_view statement, std::size_t offset);

} // namespace lindorm::server
