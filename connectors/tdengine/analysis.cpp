// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis.h"

#include "connector/tokens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace tdengine {

namespace {

using connector::sameWord;
using connector::Token;

constexpr std::array<std::string_view, 5> kReading{"SELECT", "SHOW", "DESCRIBE", "DESC", "EXPLAIN"};
// Each of them makes more than one row of an aggregate, or applies LIMIT to parts of a result.
constexpr std::array<std::string_view, 12> kSplitting{"GROUP", "PARTITION", "INTERVAL", "SESSION", "STATE_WINDOW",
    "EVENT_WINDOW", "COUNT_WINDOW", "ANOMALY_WINDOW", "EXTERNAL_WINDOW", "UNION", "SLIMIT", "RANGE"};
constexpr std::array<std::string_view, 27> kAggregates{"COUNT", "SUM", "AVG", "MIN", "MAX", "FIRST", "LAST", "LAST_ROW",
    "SPREAD", "STD", "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP", "TWA", "ELAPSED",
    "APERCENTILE", "PERCENTILE", "HYPERLOGLOG", "LEASTSQUARES", "IRATE", "MODE", "GROUP_CONCAT", "CORR", "RATE"};

template <std::size_t N>
bool isOneOf(std::string_view word, const std::array<std::string_view, N> &words)
{
    return std::any_of(words.begin(), words.end(), [word](std::string_view other) { return sameWord(word, other); });
}

// The words of a statement outside parentheses; a pair of parentheses is one "()".
std::vector<std::string_view> outerWords(std::string_view statement, const connector::Language &language)
{
    std::vector<std::string_view> words;
    connector::Scanner scanner(statement, language);
    int depth = 0;
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        const std::string_view text = scanner.text(token);
        if (text == "(" && depth++ == 0)
            words.push_back("()");
        else if (text == ")")
            --depth;
        else if (depth == 0)
            words.push_back(text);
    }
    return words;
}

std::optional<std::int64_t> numberAt(const std::vector<std::string_view> &words, std::size_t index)
{
    std::int64_t number = 0;
    if (index >= words.size())
        return std::nullopt;
    const std::string_view word = words[index];
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    return failure == std::errc() && end == word.data() + word.size() ? std::optional(number) : std::nullopt;
}

// LIMIT n, LIMIT skipped, n
std::optional<std::int64_t> limitOf(const std::vector<std::string_view> &words)
{
    for (std::size_t i = words.size(); i-- > 0;) {
        if (!sameWord(words[i], "LIMIT"))
            continue;
        return i + 2 < words.size() && words[i + 2] == "," ? numberAt(words, i + 3) : numberAt(words, i + 1);
    }
    return std::nullopt;
}

// Between SELECT and FROM nothing but calls of aggregates, with or without another name.
bool isLoneAggregate(const std::vector<std::string_view> &words)
{
    bool atItem = true;
    std::size_t i = 1;
    for (; i < words.size() && !sameWord(words[i], "FROM"); ++i) {
        if (atItem && !(isOneOf(words[i], kAggregates) && i + 1 < words.size() && words[i + 1] == "()"))
            return false;
        const bool isOperator = words[i].size() == 1 && std::string_view("+-*/%").find(words[i][0]) != std::string_view::npos;
        if (isOperator)
            return false;
        atItem = words[i] == ",";
    }
    return i > 1 && i < words.size() && !atItem;
}

std::string_view firstWord(std::string_view statement, const connector::Language &language)
{
    connector::Scanner scanner(statement, language);
    Token token = scanner.nextMeaning();
    while (scanner.text(token) == "(")
        token = scanner.nextMeaning();
    return scanner.text(token);
}

} // namespace

Analysis analyse(std::string_view statement, const connector::Language &language)
{
    Analysis analysis;
    const std::string_view first = firstWord(statement, language);
    analysis.readsOnly = isOneOf(first, kReading);
    const std::vector<std::string_view> words = outerWords(statement, language);
    if (words.empty() || !sameWord(words[0], "SELECT"))
        return analysis;
    const bool isSplit = std::any_of(words.begin(), words.end(), [](std::string_view word) { return isOneOf(word, kSplitting); });
    if (isSplit)
        return analysis;
    analysis.mostRows = limitOf(words);
    if (!analysis.mostRows && isLoneAggregate(words))
        analysis.mostRows = 1;
    return analysis;
}

std::string_view stripped(std::string_view statement, const connector::Language &language)
{
    const std::string blanks = std::string(" \t\r\n\f\v") + language.separator;
    const std::size_t begin = statement.find_first_not_of(" \t\r\n\f\v");
    if (begin == std::string_view::npos)
        return {};
    const std::size_t last = statement.find_last_not_of(blanks);
    return last == std::string_view::npos || last < begin ? std::string_view() : statement.substr(begin, last + 1 - begin);
}

} // namespace tdengine
