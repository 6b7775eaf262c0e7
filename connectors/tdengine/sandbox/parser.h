// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/ast.h"
#include "sandbox/lexer.h"

namespace tdengine::server {

// Reads expressions, types and queries from the reader; a failure is left in it.
class Parser
{
public:
    explicit Parser(TokenReader &reader)
        : m_in(reader)
    {
    }

    Query query();
    Expr expression();
    DataType dataType();
    Duration duration();

private:
    Select select();
    SelectItem item();
    void from(Select &select);
    Source source();
    void clauses(Select &select);
    void window(Select &select);
    void fill(Window &window);
    void ordering(Query &query);
    void limit(Query &query);

    Expr conjunction(int level);
    Expr negation();
    Expr comparison();
    Expr predicate(Expr left, bool negated);
    Expr sum(int level);
    Expr unary();
    Expr postfix();
    Expr primary();
    Expr word();
    Expr call(const std::string &name);
    Expr cast();
    Expr caseOf();
    Expr column();
    std::vector<Expr> list();
    template <typename Body>
    Expr marked(Body body);

    TokenReader &m_in;
    int m_depth = 0;
};

} // namespace tdengine::server
