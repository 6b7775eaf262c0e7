// SPDX-License-Identifier: GPL-3.0-or-later
#include "statementtext.h"

#include "connector/tokens.h"

#include <algorithm>
#include <optional>

namespace openmldb {

namespace {

using connector::Token;

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    return upper;
}

// Its ASCII letters: blanks beyond ASCII count as letters for the scanner.
std::string lettersOf(std::string_view word)
{
    std::string letters = upperCase(word);
    std::erase_if(letters, [](char c) { return c < 'A' || c > 'Z'; });
    return letters;
}

} // namespace

std::string stripped(std::string_view text, const connector::Language &language)
{
    connector::Scanner scanner(text, language);
    std::optional<std::size_t> begin;
    std::size_t end = 0;
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        if (token.kind == Token::Kind::Separator)
            continue;
        begin = begin.value_or(token.begin);
        end = token.end;
    }
    return begin ? std::string(text.substr(*begin, end - *begin)) : std::string();
}

bool isShellExit(std::string_view text, const connector::Language &language)
{
    connector::Scanner scanner(text, language);
    bool isFirst = true;
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        const std::string letters = isFirst && token.kind == Token::Kind::Word ? lettersOf(scanner.text(token)) : std::string();
        if (letters == "EXIT" || letters == "QUIT")
            return true;
        // A word without a letter is a blank of another script: the next one is still the first.
        isFirst = token.kind == Token::Kind::Separator || (isFirst && token.kind == Token::Kind::Word && letters.empty());
    }
    return false;
}

std::vector<std::string> firstWords(std::string_view text, const connector::Language &language, std::size_t count)
{
    std::vector<std::string> words;
    connector::Scanner scanner(text, language);
    for (Token token = scanner.nextMeaning(); words.size() < count && token.kind == Token::Kind::Word; token = scanner.nextMeaning())
        words.push_back(upperCase(scanner.text(token)));
    return words;
}

bool readsOnly(std::string_view text, const connector::Language &language)
{
    const std::vector<std::string> words = firstWords(text, language, 1);
    if (words.empty())
        return false;
    if (words[0] == "SHOW" || words[0] == "DESC" || words[0] == "DESCRIBE" || words[0] == "EXPLAIN")
        return true;
    if (words[0] != "SELECT" && words[0] != "WITH")
        return false;
    connector::Scanner scanner(text, language);
    for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning()) {
        // SELECT … INTO OUTFILE writes a file.
        if (token.kind == Token::Kind::Word && connector::sameWord(scanner.text(token), "INTO"))
            return false;
    }
    return true;
}

} // namespace openmldb
