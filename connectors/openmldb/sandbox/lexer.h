// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace openmldb::server {

struct Token {
    enum class Kind { Word, Name, String, Number, Interval, Parameter, Symbol, End };
    Kind kind = Kind::End;
    std::string text; // words as written; names and strings without quotes; numbers and intervals as written
    std::string upper; // of words and symbols
    std::size_t begin = 0; // in the statement
    std::size_t end = 0;
    int parameter = 0; // of "?", from 1
};

// Ends with a token of kind End. Failure: an unclosed quote or comment, a character that belongs to nothing.
std::vector<Token> tokensOf(std::string_view sql, Failure &failure);

// "[at 1:8]", as the server says where.
std::string placeOf(std::string_view sql, std::size_t at);

} // namespace openmldb::server
