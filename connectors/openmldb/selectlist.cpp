// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectlist.h"

#include "connector/tokens.h"
#include "names.h"

#include <algorithm>
#include <array>
#include <map>

namespace openmldb {

namespace {

using connector::Token;

struct Word {
    Token::Kind kind = Token::Kind::End;
    std::string_view text;
    std::size_t begin = 0;
};

bool isAny(std::string_view text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [text](const char *word) { return connector::sameWord(word, text); });
}

// Words that join an operand to what follows: what stands behind one is no alias.
bool isOperatorWord(std::string_view word)
{
    return isAny(word, {"AND", "OR", "NOT", "LIKE", "ILIKE", "RLIKE", "IS", "IN", "BETWEEN", "OVER", "ESCAPE", "DIV", "MOD", "XOR",
                           "THEN", "ELSE", "WHEN", "CASE", "DISTINCT", "ALL", "SELECT", "INTERVAL"});
}

bool endsSource(std::string_view word)
{
    return isAny(word, {"WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "UNION", "CONFIG", "ON", "LAST", "LEFT", "RIGHT",
                           "INNER", "CROSS", "FULL", "JOIN", "OPTIONS", "INTO"});
}

class SelectParser
{
public:
    SelectParser(std::string_view text, const connector::Language &language)
        : m_text(text)
    {
        connector::Scanner scanner(text, language);
        for (Token token = scanner.nextMeaning(); token.kind != Token::Kind::End; token = scanner.nextMeaning())
            m_words.push_back({token.kind, scanner.text(token), token.begin});
        m_words.push_back({Token::Kind::End, {}, text.size()});
    }

    std::optional<Select> parse();

private:
    const Word &word(std::size_t ahead = 0) const { return m_words[std::min(m_at + ahead, m_words.size() - 1)]; }
    bool is(const char *text, std::size_t ahead = 0) const
    {
        const Word &one = word(ahead);
        return (one.kind == Token::Kind::Word || one.kind == Token::Kind::Symbol) && connector::sameWord(one.text, text);
    }
    bool atEnd() const { return word().kind == Token::Kind::End || word().kind == Token::Kind::Separator; }
    bool take(const char *text)
    {
        const bool found = is(text);
        m_at += found ? 1 : 0;
        return found;
    }
    static bool isName(const Word &one) { return one.kind == Token::Kind::Word || one.kind == Token::Kind::QuotedName; }

    bool parseCommon();
    std::optional<Select> parseQuery();
    bool parseItem(Select &select);
    SelectItem itemOf(std::size_t begin, std::size_t end) const;
    std::optional<std::size_t> aliasAt(std::size_t begin, std::size_t end) const;
    std::string textOf(std::size_t begin, std::size_t end) const;
    void parseSources(Select &select);
    bool parseSource(Select &select);
    void skipToSourceEnd();
    void skipParentheses();

    std::string_view m_text;
    std::vector<Word> m_words;
    std::size_t m_at = 0;
    std::map<std::string, std::shared_ptr<const Select>> m_common; // WITH name AS (…)
};

std::optional<Select> SelectParser::parse()
{
    if (take("WITH") && !parseCommon())
        return std::nullopt;
    return parseQuery();
}

bool SelectParser::parseCommon()
{
    do {
        if (!isName(word()) || !is("AS", 1) || !is("(", 2))
            return false;
        const std::string name = unquoted(word().text);
        m_at += 3;
        auto query = parseQuery();
        if (!query)
            return false;
        m_common[name] = std::make_shared<const Select>(std::move(*query));
        while (!atEnd() && !is(")"))
            is("(") ? skipParentheses() : static_cast<void>(++m_at);
        if (!take(")"))
            return false;
    } while (take(","));
    return true;
}

std::optional<Select> SelectParser::parseQuery()
{
    if (!take("SELECT"))
        return std::nullopt;
    if (!take("DISTINCT"))
        take("ALL");
    Select select;
    do {
        if (!parseItem(select))
            return std::nullopt;
    } while (take(","));
    if (take("FROM"))
        parseSources(select);
    return select;
}

void SelectParser::skipParentheses()
{
    int depth = 0;
    do {
        depth += is("(") ? 1 : is(")") ? -1 : 0;
        ++m_at;
    } while (depth > 0 && !atEnd());
}

bool SelectParser::parseItem(Select &select)
{
    const std::size_t begin = m_at;
    while (!atEnd() && !is(",") && !is(")")
        && !(word().kind == Token::Kind::Word && isAny(word().text, {"FROM", "UNION", "LIMIT", "INTO", "CONFIG"}))) {
        if (is("("))
            skipParentheses();
        else
            ++m_at;
    }
    if (m_at == begin)
        return false;
    select.items.push_back(itemOf(begin, m_at));
    return true;
}

SelectItem SelectParser::itemOf(std::size_t begin, std::size_t end) const
{
    SelectItem item;
    if (m_words[end - 1].text == "*" && (end - begin == 1 || m_words[end - 2].text == ".")) {
        item.isStar = true;
        if (end - begin >= 3)
            item.starOf = unquoted(m_words[end - 3].text);
        return item;
    }
    if (const auto alias = aliasAt(begin, end)) {
        item.name = unquoted(m_words[*alias].text);
        return item;
    }
    // A column by its own name, whatever it is looked up in.
    bool isColumn = (end - begin) % 2 == 1;
    for (std::size_t i = begin; i < end && isColumn; ++i)
        isColumn = (i - begin) % 2 == 1 ? m_words[i].text == "." : isName(m_words[i]);
    item.name = isColumn ? unquoted(m_words[end - 1].text) : textOf(begin, end);
    return item;
}

std::optional<std::size_t> SelectParser::aliasAt(std::size_t begin, std::size_t end) const
{
    const Word &last = m_words[end - 1];
    if (end - begin < 2 || !isName(last))
        return std::nullopt;
    const Word &before = m_words[end - 2];
    if (before.kind == Token::Kind::Word && connector::sameWord(before.text, "AS"))
        return end - 1;
    if (last.kind == Token::Kind::Word && isAny(last.text, {"NULL", "TRUE", "FALSE", "END"}))
        return std::nullopt;
    const bool endsOperand = isName(before) || before.kind == Token::Kind::Number || before.kind == Token::Kind::String || before.text == ")";
    const bool isOperator = before.kind == Token::Kind::Word && isOperatorWord(before.text);
    return endsOperand && !isOperator ? std::optional(end - 1) : std::nullopt;
}

// As written, with one blank for what stands between words.
std::string SelectParser::textOf(std::size_t begin, std::size_t end) const
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
        if (i != begin && m_words[i - 1].begin + m_words[i - 1].text.size() != m_words[i].begin)
            text += ' ';
        text += m_words[i].text;
    }
    return text;
}

void SelectParser::parseSources(Select &select)
{
    for (bool isSource = true; isSource;) {
        if (!parseSource(select)) {
            select.hasKnownSources = false;
            return;
        }
        skipToSourceEnd();
        isSource = take(",") || take("JOIN");
    }
}

// To the next source's "," or JOIN, or to the clause behind all of them.
void SelectParser::skipToSourceEnd()
{
    if (is(","))
        return;
    while (!atEnd() && !is(")") && !is("JOIN")) {
        if (word().kind == Token::Kind::Word && isAny(word().text, {"WHERE", "GROUP", "HAVING", "WINDOW", "LIMIT", "UNION", "CONFIG", "INTO"}))
            return;
        if (is("("))
            skipParentheses();
        else
            ++m_at;
    }
}

bool SelectParser::parseSource(Select &select)
{
    SelectSource source;
    if (take("(")) {
        auto query = parseQuery();
        if (!query)
            return false;
        source.query = std::make_shared<const Select>(std::move(*query));
        while (!atEnd() && !is(")"))
            is("(") ? skipParentheses() : static_cast<void>(++m_at);
        if (!take(")"))
            return false;
    } else {
        if (!isName(word()))
            return false;
        source.table = unquoted(word().text);
        ++m_at;
        if (is(".") && isName(word(1))) {
            source.database = std::move(source.table);
            source.table = unquoted(word(1).text);
            m_at += 2;
        }
        if (const auto common = m_common.find(source.table); source.database.empty() && common != m_common.end()) {
            source.query = common->second;
            source.name = std::move(source.table);
            source.table.clear();
        } else {
            source.name = source.table;
        }
    }
    const bool hasAs = take("AS");
    if (isName(word()) && (hasAs || word().kind == Token::Kind::QuotedName || !endsSource(word().text))) {
        source.name = unquoted(word().text);
        ++m_at;
    }
    select.sources.push_back(std::move(source));
    return true;
}

std::optional<std::vector<SelectedColumn>> columnsOfSource(const SelectSource &source, const TableColumns &columnsOf)
{
    return source.query ? selectedColumns(*source.query, columnsOf) : columnsOf(source.database, source.table);
}

} // namespace

std::optional<Select> parseSelect(std::string_view statement, const connector::Language &language)
{
    return SelectParser(statement, language).parse();
}

std::optional<std::vector<SelectedColumn>> selectedColumns(const Select &select, const TableColumns &columnsOf)
{
    std::vector<SelectedColumn> columns;
    for (const SelectItem &item : select.items) {
        if (!item.isStar) {
            columns.push_back({item.name, {}});
            continue;
        }
        if (!select.hasKnownSources)
            return std::nullopt;
        bool isFound = false;
        for (const SelectSource &source : select.sources) {
            if (!item.starOf.empty() && item.starOf != source.name)
                continue;
            isFound = true;
            auto more = columnsOfSource(source, columnsOf);
            if (!more)
                return std::nullopt;
            columns.insert(columns.end(), more->begin(), more->end());
        }
        if (!isFound)
            return std::nullopt;
    }
    return columns;
}

} // namespace openmldb
