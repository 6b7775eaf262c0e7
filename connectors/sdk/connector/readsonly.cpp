// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/readsonly.h"

#include "connector/request.h"
#include "connector/tokens.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace connector {

namespace {

constexpr std::array<std::string_view, 8> kReading{"SELECT", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "WITH", "VALUES", "TABLE"};
constexpr std::array<std::string_view, 23> kWriting{"INSERT", "UPDATE", "DELETE", "MERGE", "UPSERT", "INTO", "DROP", "ALTER", "TRUNCATE",
    "CREATE", "COPY", "UNLOAD", "GRANT", "REVOKE", "KILL", "CALL", "EXEC", "EXECUTE", "LOAD", "DEPLOY", "VACUUM", "LOCK", "SET"};

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N> &words)
{
    return std::any_of(words.begin(), words.end(), [word](std::string_view other) { return sameWord(word, other); });
}

bool readingRequest(const Statement &statement)
{
    const auto request = parseRequest(statement.text);
    return request && (request->method == "GET" || request->method == "HEAD" || request->method == "OPTIONS");
}

} // namespace

bool readsOnly(const Statement &statement, const Language &language)
{
    if (statement.isRequest || startsRequest(statement.text))
        return readingRequest(statement);
    Scanner scanner(statement.text, language);
    Token token = scanner.nextMeaning();
    while (token.kind == Token::Kind::Symbol && scanner.text(token) == "(")
        token = scanner.nextMeaning();
    const std::string_view first = scanner.text(token);
    if (token.kind != Token::Kind::Word || !isOneOf(first, kReading))
        return false;
    // SHOW CREATE TABLE and the like name what they only show.
    const bool onlyShows = sameWord(first, "SHOW") || sameWord(first, "DESCRIBE") || sameWord(first, "DESC");
    bool hasEnded = false;
    for (token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        if (hasEnded)
            return false;
        if (token.kind == Token::Kind::Separator)
            hasEnded = true;
        else if (token.kind == Token::Kind::Word && !onlyShows && isOneOf(scanner.text(token), kWriting))
            return false;
    }
    return true;
}

} // namespace connector
