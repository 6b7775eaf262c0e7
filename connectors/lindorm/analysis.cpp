// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis.h"

#include "connector/tokens.h"

#include <algorithm>
#include <array>

namespace lindorm {

using connector::Token;

bool changesTables(std::string_view statement, const connector::Language &language)
{
    constexpr std::array<std::string_view, 3> changing{"CREATE", "ALTER", "DROP"};
    connector::Scanner scanner(statement, language);
    const std::string_view first = scanner.text(scanner.nextMeaning());
    return std::any_of(changing.begin(), changing.end(), [first](std::string_view word) { return connector::sameWord(first, word); });
}

std::string_view stripped(std::string_view statement, const connector::Language &language)
{
    const std::size_t begin = statement.find_first_not_of(" \t\r\n\f\v");
    if (begin == std::string_view::npos)
        return {};
    std::size_t end = 0;
    connector::Scanner scanner(statement, language);
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        if (token.kind != Token::Kind::Separator)
            end = token.end;
    }
    return end <= begin ? std::string_view() : statement.substr(begin, end - begin);
}

} // namespace lindorm
