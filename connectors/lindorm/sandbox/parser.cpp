// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

// The words of a statement, and SELECT.
namespace lindorm::server {

namespace {

// Words that end a name's place: they cannot be names without backticks.
constexpr std::array<std::string_view, 41> kReserved{"SELECT", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "OFFSET",
    "SAMPLE", "FILL", "UNION", "ALL", "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "END",
    "CAST", "AS", "ON", "JOIN", "INNER", "CROSS", "DISTINCT", "INSERT", "UPSERT", "INTO", "VALUES", "TRUE", "FALSE", "DEFAULT", "WITH"};

constexpr int kMostSelects = 50; // one in another

bool isReserved(std::string_view word)
{
    return std::any_of(kReserved.begin(), kReserved.end(), [word](std::string_view other) { return sameText(word, other); });
}

} // namespace

Parser::Parser(std::string_view statement)
    : m_text(statement)
    , m_tokens(tokensOf(statement))
{
}

const Token &Parser::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

bool Parser::isWord(std::string_view word, std::size_t ahead) const
{
    return peek(ahead).kind == Token::Kind::Word && sameText(peek(ahead).text, word);
}

bool Parser::isSymbol(std::string_view symbol) const
{
    return peek().kind == Token::Kind::Symbol && peek().text == symbol;
}

bool Parser::take(std::string_view word)
{
    const bool isIt = isWord(word);
    m_at += isIt;
    return isIt;
}

bool Parser::takeAll(std::initializer_list<std::string_view> words)
{
    std::size_t ahead = 0;
    for (const std::string_view word : words) {
        if (!isWord(word, ahead++))
            return false;
    }
    m_at += words.size();
    return true;
}

bool Parser::takeSymbol(std::string_view symbol)
{
    const bool isIt = isSymbol(symbol);
    m_at += isIt;
    return isIt;
}

void Parser::need(std::string_view word)
{
    if (!take(word))
        stumble();
}

void Parser::needSymbol(std::string_view symbol)
{
    if (!takeSymbol(symbol))
        stumble();
}

bool Parser::isName() const
{
    return peek().kind == Token::Kind::QuotedName || (peek().kind == Token::Kind::Word && !isReserved(peek().text));
}

std::string Parser::name()
{
    if (!isName())
        stumble();
    return m_tokens[m_at++].text;
}

std::string Parser::text()
{
    if (peek().kind != Token::Kind::String)
        stumble();
    return m_tokens[m_at++].text;
}

void Parser::stumble() const
{
    const Token &token = peek();
    const std::string seen = token.kind == Token::Kind::End ? "<EOF>" : std::string(m_text.substr(token.begin, token.end - token.begin));
    refuse(code::kSyntax, "42000", "Encountered \"" + seen + "\" at " + placeText(m_text, token.begin) + ".");
}

void Parser::end()
{
    if (peek().kind != Token::Kind::End)
        stumble();
}

Select Parser::select()
{
    Select select;
    select.begin = peek().begin;
    if (++m_nesting > kMostSelects)
        refuse(code::kSyntax, "42000", "Statement too deep at " + placeText(m_text, select.begin) + ".");
    need("SELECT");
    select.isDistinct = take("DISTINCT");
    selectItems(select);
    if (take("FROM"))
        sources(select);
    if (take("WHERE"))
        select.where = expression();
    if (takeAll({"GROUP", "BY"}))
        select.groupBy = expressions();
    if (take("HAVING"))
        select.having = expression();
    if (takeAll({"SAMPLE", "BY"}))
        select.sample = sample();
    if (takeAll({"UNION", "ALL"})) {
        select.next = std::make_shared<Select>(this->select());
        // What stands behind the last one is about all of them.
        select.orderBy = std::move(select.next->orderBy);
        select.limit = std::exchange(select.next->limit, std::nullopt);
        select.offset = std::exchange(select.next->offset, std::nullopt);
    } else {
        order(select);
    }
    --m_nesting;
    return select;
}

void Parser::order(Select &select)
{
    if (takeAll({"ORDER", "BY"})) {
        do {
            OrderItem item{expression()};
            item.isDescending = take("DESC");
            if (!item.isDescending)
                take("ASC");
            select.orderBy.push_back(std::move(item));
        } while (takeSymbol(","));
    }
    if (take("LIMIT")) {
        select.limit = count();
        if (takeSymbol(",")) {
            select.offset = select.limit;
            select.limit = count();
        }
    }
    if (take("OFFSET"))
        select.offset = count();
}

std::int64_t Parser::count()
{
    std::int64_t value = 0;
    const std::string &digits = peek().text;
    const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (peek().kind != Token::Kind::Number || failure != std::errc() || stop != digits.data() + digits.size())
        stumble();
    ++m_at;
    return value;
}

void Parser::selectItems(Select &select)
{
    do {
        SelectItem item;
        if (isSymbol("*")) {
            item.expr.kind = Expr::Kind::Star;
            item.expr.begin = peek().begin;
            item.expr.end = peek().end;
            ++m_at;
        } else {
            item.expr = expression();
            if (take("AS") || isName())
                item.alias = name();
        }
        select.items.push_back(std::move(item));
    } while (takeSymbol(","));
}

void Parser::sources(Select &select)
{
    select.from.push_back(source());
    for (;;) {
        const bool isCross = take("CROSS");
        const bool isJoin = isCross || take("INNER") || isWord("JOIN");
        if (isJoin)
            need("JOIN");
        else if (!takeSymbol(","))
            return;
        select.from.push_back(source());
        if (isJoin && !isCross) {
            need("ON");
            select.from.back().on = expression();
        }
    }
}

Source Parser::source()
{
    Source source;
    source.begin = peek().begin;
    if (takeSymbol("(")) {
        source.select = std::make_shared<Select>(select());
        needSymbol(")");
    } else {
        source.table = name();
        if (takeSymbol(".")) {
            source.database = source.table;
            source.table = name();
        }
    }
    source.end = m_tokens[m_at - 1].end;
    if (take("AS") || isName())
        source.alias = name();
    return source;
}

Sample Parser::sample()
{
    Sample sample;
    if (peek().kind == Token::Kind::Number && peek().text == "0" && peek(1).kind != Token::Kind::Word)
        ++m_at;
    else if (peek().text == "0" && (isWord("FILL", 1) || isWord("OFFSET", 1) || isWord("ORDER", 1) || isWord("LIMIT", 1)))
        ++m_at;
    else
        sample.widthMs = interval();
    // OFFSET 3h shifts the windows; OFFSET 3 passes over rows.
    if (isWord("OFFSET") && peek(1).kind == Token::Kind::Number && peek(2).kind == Token::Kind::Word) {
        ++m_at;
        sample.offsetMs = interval();
    }
    if (take("FILL"))
        fill(sample);
    return sample;
}

std::int64_t Parser::interval()
{
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
        {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    const std::int64_t number = count();
    for (const auto &[unit, ms] : units) {
        if (number > 0 && number < 100'000'000 && take(unit))
            return number * ms;
    }
    stumble();
}

void Parser::fill(Sample &sample)
{
    using Fill = Sample::Fill;
    constexpr std::array<std::pair<std::string_view, Fill>, 7> words{{{"NONE", Fill::None}, {"NULL", Fill::Null}, {"ZERO", Fill::Zero},
        {"PREVIOUS", Fill::Previous}, {"AFTER", Fill::After}, {"LINEAR", Fill::Linear}, {"NEAR", Fill::Near}}};
    const bool hasBrackets = takeSymbol("(");
    const auto *found = std::find_if(words.begin(), words.end(), [this](const auto &word) { return isWord(word.first); });
    if (found != words.end()) {
        sample.fill = found->second;
        ++m_at;
    } else {
        const bool isNegative = takeSymbol("-");
        if (peek().kind != Token::Kind::Number)
            stumble();
        sample.fill = Fill::Value;
        sample.value = (isNegative ? "-" : "") + m_tokens[m_at++].text;
    }
    if (hasBrackets)
        needSymbol(")");
}

} // namespace lindorm::server
