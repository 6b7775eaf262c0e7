// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>

// Expressions.
namespace lindorm::server {

namespace {

constexpr int kMostDepth = 900; // SQLite takes 1000
constexpr int kMostNesting = 100;

} // namespace

std::vector<Expr> Parser::expressions()
{
    std::vector<Expr> all;
    do
        all.push_back(expression());
    while (takeSymbol(","));
    return all;
}

Expr Parser::binary(std::string text, Expr left, Expr right)
{
    Expr expr;
    expr.kind = Expr::Kind::Binary;
    expr.text = std::move(text);
    expr.begin = left.begin;
    expr.end = right.end;
    expr.args.push_back(std::move(left));
    expr.args.push_back(std::move(right));
    return settled(std::move(expr));
}

Expr Parser::settled(Expr expr) const
{
    for (const Expr &arg : expr.args)
        expr.depth = std::max(expr.depth, arg.depth + 1);
    if (expr.depth > kMostDepth)
        refuse(code::kSyntax, "42000", "Expression too deep at " + placeText(m_text, expr.begin) + ".");
    return expr;
}

Expr Parser::expression()
{
    if (++m_nesting > kMostNesting)
        refuse(code::kSyntax, "42000", "Expression too deep at " + placeText(m_text, peek().begin) + ".");
    Expr left = conjunction();
    while (take("OR"))
        left = binary("OR", std::move(left), conjunction());
    --m_nesting;
    return left;
}

Expr Parser::conjunction()
{
    Expr left = negation();
    while (take("AND"))
        left = binary("AND", std::move(left), negation());
    return left;
}

Expr Parser::negation()
{
    const std::size_t begin = peek().begin;
    if (!take("NOT"))
        return comparison();
    Expr expr;
    expr.kind = Expr::Kind::Unary;
    expr.text = "NOT";
    if (isWord("NOT"))
        stumble();
    expr.args.push_back(negation());
    expr.begin = begin;
    expr.end = expr.args[0].end;
    return settled(std::move(expr));
}

Expr Parser::comparison()
{
    Expr left = sum();
    for (const char *sign : {"<=", ">=", "<>", "!=", "=", "<", ">"}) {
        if (takeSymbol(sign))
            return binary(sign, std::move(left), sum());
    }
    Expr expr;
    expr.begin = left.begin;
    if (take("IS")) {
        expr.kind = Expr::Kind::IsNull;
        expr.isNegated = take("NOT");
        need("NULL");
        expr.args.push_back(std::move(left));
        expr.end = m_tokens[m_at - 1].end;
        return settled(std::move(expr));
    }
    const bool isNegated = isWord("NOT") && (isWord("IN", 1) || isWord("LIKE", 1) || isWord("BETWEEN", 1)) && take("NOT");
    if (take("IN"))
        return inList(std::move(left), isNegated);
    if (take("LIKE")) {
        expr.kind = Expr::Kind::Like;
        expr.args.push_back(std::move(left));
        expr.args.push_back(sum());
    } else if (take("BETWEEN")) {
        expr.kind = Expr::Kind::Between;
        expr.args.push_back(std::move(left));
        expr.args.push_back(sum());
        need("AND");
        expr.args.push_back(sum());
    } else {
        return left;
    }
    expr.isNegated = isNegated;
    expr.end = expr.args.back().end;
    return settled(std::move(expr));
}

Expr Parser::inList(Expr left, bool isNegated)
{
    Expr expr;
    expr.kind = Expr::Kind::In;
    expr.isNegated = isNegated;
    expr.begin = left.begin;
    expr.args.push_back(std::move(left));
    needSymbol("(");
    if (isWord("SELECT")) {
        expr.select = std::make_shared<Select>(select());
    } else {
        for (Expr &item : expressions())
            expr.args.push_back(std::move(item));
    }
    needSymbol(")");
    expr.end = m_tokens[m_at - 1].end;
    return settled(std::move(expr));
}

Expr Parser::sum()
{
    Expr left = product();
    for (;;) {
        if (takeSymbol("+"))
            left = binary("+", std::move(left), product());
        else if (takeSymbol("-"))
            left = binary("-", std::move(left), product());
        else if (takeSymbol("||"))
            left = binary("||", std::move(left), product());
        else
            return left;
    }
}

Expr Parser::product()
{
    Expr left = sign();
    for (;;) {
        if (takeSymbol("*"))
            left = binary("*", std::move(left), sign());
        else if (takeSymbol("/"))
            left = binary("/", std::move(left), sign());
        else if (takeSymbol("%"))
            left = binary("%", std::move(left), sign());
        else
            return left;
    }
}

Expr Parser::sign()
{
    const std::size_t begin = peek().begin;
    if (takeSymbol("+"))
        return primary();
    if (!takeSymbol("-"))
        return primary();
    Expr expr = primary();
    if (expr.kind == Expr::Kind::Number) {
        expr.text = expr.text.starts_with('-') ? expr.text.substr(1) : '-' + expr.text;
        expr.begin = begin;
        return expr;
    }
    Expr negative;
    negative.kind = Expr::Kind::Unary;
    negative.text = "-";
    negative.begin = begin;
    negative.end = expr.end;
    negative.args.push_back(std::move(expr));
    return settled(std::move(negative));
}

Expr Parser::primary()
{
    Expr expr;
    const Token &token = peek();
    expr.begin = token.begin;
    expr.end = token.end;
    if (takeSymbol("(")) {
        expr = expression();
        needSymbol(")");
        return expr;
    }
    if (token.kind == Token::Kind::Number || token.kind == Token::Kind::String) {
        expr.kind = token.kind == Token::Kind::Number ? Expr::Kind::Number : Expr::Kind::Text;
        expr.text = token.text;
        ++m_at;
        return expr;
    }
    if (take("NULL"))
        return expr;
    if (isWord("TRUE") || isWord("FALSE")) {
        expr.kind = Expr::Kind::Boolean;
        expr.text = upperText(token.text);
        ++m_at;
        return expr;
    }
    if (take("CASE"))
        return caseExpression();
    if (take("CAST"))
        return cast();
    return columnOrCall();
}

Expr Parser::columnOrCall()
{
    Expr expr;
    expr.kind = Expr::Kind::Column;
    expr.begin = peek().begin;
    expr.text = name();
    if (isSymbol("(") && m_tokens[m_at - 1].kind == Token::Kind::Word)
        return call(std::move(expr));
    if (takeSymbol(".")) {
        expr.qualifier = expr.text;
        expr.text = name();
    }
    expr.end = m_tokens[m_at - 1].end;
    return expr;
}

Expr Parser::call(Expr expr)
{
    expr.kind = Expr::Kind::Call;
    expr.text = upperText(expr.text);
    needSymbol("(");
    if (isSymbol("*")) {
        Expr star;
        star.kind = Expr::Kind::Star;
        ++m_at;
        expr.args.push_back(std::move(star));
    } else if (!isSymbol(")")) {
        expr.isDistinct = take("DISTINCT");
        expr.args = expressions();
    }
    needSymbol(")");
    expr.end = m_tokens[m_at - 1].end;
    return settled(std::move(expr));
}

Expr Parser::caseExpression()
{
    Expr expr;
    expr.kind = Expr::Kind::Case;
    expr.begin = m_tokens[m_at - 1].begin;
    while (take("WHEN")) {
        expr.args.push_back(expression());
        need("THEN");
        expr.args.push_back(expression());
    }
    if (expr.args.empty())
        stumble();
    if (take("ELSE"))
        expr.args.push_back(expression());
    need("END");
    expr.end = m_tokens[m_at - 1].end;
    return settled(std::move(expr));
}

Expr Parser::cast()
{
    Expr expr;
    expr.kind = Expr::Kind::Cast;
    expr.begin = m_tokens[m_at - 1].begin;
    needSymbol("(");
    expr.args.push_back(expression());
    need("AS");
    const auto type = typeNamed(peek().text);
    if (!type)
        stumble();
    expr.type = *type;
    ++m_at;
    needSymbol(")");
    expr.end = m_tokens[m_at - 1].end;
    return settled(std::move(expr));
}

} // namespace lindorm::server
