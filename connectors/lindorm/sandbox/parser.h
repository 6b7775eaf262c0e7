// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/ast.h"
#include "sandbox/lexer.h"

#include <initializer_list>

namespace lindorm::server {

// One statement of Lindorm's SQL as a tree. Refuses anything else with the place of the word that it stumbled over; a
// semicolon at the end is such a word.
class Parser
{
public:
    explicit Parser(std::string_view statement);

    Statement statement();

private:
    // Statements
    Statement create();
    Statement createTable();
    Statement drop();
    Statement insert();
    Statement remove();
    Statement alter();
    Statement grant(Statement::Kind kind);
    Statement show();
    Statement describe();
    Statement kill();
    void columnDefinition(Statement &statement);
    void keyDefinition(Statement &statement);
    void markColumns(Statement &statement, bool ColumnDefinition::*mark);
    void options(Statement &statement);
    void tableName(Statement &statement);

    // SELECT
    Select select();
    void selectItems(Select &select);
    void sources(Select &select);
    Source source();
    Sample sample();
    std::int64_t interval();
    void fill(Sample &sample);
    void order(Select &select);
    std::int64_t count();

    // Expressions, loosest first
    Expr expression();
    Expr conjunction();
    Expr negation();
    Expr comparison();
    Expr sum();
    Expr product();
    Expr sign();
    Expr primary();
    Expr columnOrCall();
    Expr call(Expr expr);
    Expr caseExpression();
    Expr cast();
    Expr inList(Expr left, bool isNegated);
    Expr binary(std::string text, Expr left, Expr right);
    // With its depth; refuses what later steps, which recurse, could not walk through.
    Expr settled(Expr expr) const;
    std::vector<Expr> expressions();

    // Words
    const Token &peek(std::size_t ahead = 0) const;
    bool isWord(std::string_view word, std::size_t ahead = 0) const;
    bool isSymbol(std::string_view symbol) const;
    bool take(std::string_view word);
    bool takeAll(std::initializer_list<std::string_view> words);
    bool takeSymbol(std::string_view symbol);
    void need(std::string_view word);
    void needSymbol(std::string_view symbol);
    std::string name();
    std::string text();
    bool isName() const;
    [[noreturn]] void stumble() const;
    void end();

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_nesting = 0; // of expressions and SELECTs that are being read
};

} // namespace lindorm::server
