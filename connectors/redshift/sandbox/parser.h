// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/tokens.h"
#include "sandbox/warehouse.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace redshift::server {

// What the database would complain about, with the character of the statement where it stands (from 1; 0: none).
struct SqlFailure {
    std::string message; // "syntax error at or near "x""
    std::size_t position = 0;

    std::string text() const; // as the Error of a statement has it
};

// An expression in SQLite's words, and its type.
struct Expression {
    std::string sql;
    SqlType type;
    std::optional<std::string> literal; // a text in quotes whose type is open
    std::string name; // that a result's column gets from it
    std::int64_t months = 0; // of an interval that is written down: those have no fixed length
    const Column *column = nullptr;
    const Relation *relation = nullptr;
    bool isAggregate = false;
};

// A column of a result.
struct Output {
    std::string name;
    SqlType type;
    std::string sourceName; // where it is a table's column
    std::string tableName;
    std::string schemaName;
    bool isNotNull = false;
};

struct Query {
    std::string sql;
    std::vector<Output> columns;
};

// The names that an expression may use: those of the sources of its SELECT, then those of the SELECTs around it.
struct Scope {
    struct Source {
        std::string alias;
        std::string quotedAlias;
        Relation relation;
    };
    std::vector<Source> sources;
    const Scope *outer = nullptr;
};

using Parameters = std::map<std::string, std::string>;

// Reads the dialect's text token by token and writes SQLite's as it goes. After the first failure all reading functions
// give nothing and the end has come.
class Parser
{
public:
    Parser(std::string_view text, Warehouse &warehouse, std::string database, const Parameters &parameters);

    const std::optional<SqlFailure> &failure() const { return m_failure; }

    // A SELECT, WITH, VALUES or bracketed query, up to where it ends.
    Query query(const Scope *outer = nullptr);
    Expression expression(const Scope *scope);
    SqlType type();
    std::vector<std::string> nameParts(); // up to three
    // A text that has no type of its own, or an expression of another type, as a value for a column.
    std::string converted(const Expression &expression, const SqlType &target, bool isAssignment);

    bool isAtEnd() const { return m_at + 1 >= m_tokens.size(); }
    bool isWord(std::string_view lower, std::size_t ahead = 0) const;
    bool isSymbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool takeWord(std::string_view lower);
    bool takeWords(std::initializer_list<std::string_view> lower); // all of them or none
    bool takeSymbol(std::string_view symbol);
    void expectWord(std::string_view lower);
    void expectSymbol(std::string_view symbol);
    std::string name();
    std::optional<std::int64_t> takeInteger();
    std::string takeText(); // a text in quotes
    void skipBrackets(); // from an opening one behind its closing one
    void skipToken() { advance(); }
    void failHere();
    void fail(const std::string &message, bool hasPosition = true);
    void failAt(const std::string &message, std::size_t token);
    std::size_t at() const { return m_at; }
    bool isName() const;

    Warehouse &warehouse() { return m_warehouse; }
    const std::string &database() const { return m_database; }

private:
    struct Word {
        connector::Token::Kind kind = connector::Token::Kind::End;
        std::string text; // words in lower case, quoted names and texts without their quotes
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    struct Cte {
        std::string name;
        Relation relation;
    };

    // One level of what stands within another while it lives; too many of them are refused.
    struct Level {
        explicit Level(Parser &parser)
            : owner(parser)
        {
            if (++owner.m_depth > kMostLevels)
                owner.fail("stack depth limit exceeded", false);
        }
        ~Level() { --owner.m_depth; }
        Parser &owner;
    };
    static constexpr int kMostLevels = 200;

    const Word &token(std::size_t ahead = 0) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    void advance();
    std::size_t characterOf(std::size_t byte) const;

    // parserquery.cpp
    Query selectCore(const Scope *outer, Scope &scope);
    Query valuesList();
    std::size_t findFrom() const;
    std::string fromClause(Scope &scope);
    std::string fromItem(Scope &scope);
    std::string joined(Scope &scope);
    std::string selectList(const Scope &scope, std::vector<Output> &columns, std::size_t end);
    void addStar(const Scope::Source &source, std::string &sql, std::vector<Output> &columns);
    std::string groupBy(const Scope &scope, const std::vector<Output> &columns);
    std::string orderBy(const Scope &scope, const std::vector<Output> &columns);
    std::string withClause();

    // parserexpression.cpp, parseroperators.cpp
    Expression orExpression(const Scope *scope);
    Expression andExpression(const Scope *scope);
    Expression notExpression(const Scope *scope);
    Expression comparison(const Scope *scope);
    Expression predicate(Expression left, const Scope *scope);
    Expression inList(Expression left, bool isNot, const Scope *scope);
    Expression like(Expression left, bool isNot, const Scope *scope);
    Expression concatenation(const Scope *scope);
    Expression additive(const Scope *scope);
    Expression multiplicative(const Scope *scope);
    Expression unary(const Scope *scope);
    Expression postfix(const Scope *scope);
    Expression primary(const Scope *scope);
    Expression typedLiteral(SqlType::Kind kind);
    Expression intervalLiteral();
    Expression caseExpression(const Scope *scope);
    Expression castCall(const Scope *scope);
    Expression extractCall(const Scope *scope);
    Expression columnOrCall(const Scope *scope);
    Expression columnReference(const std::vector<std::string> &parts, const Scope *scope, std::size_t start);
    Expression call(const std::string &function, const Scope *scope, std::size_t start);
    Expression over(Expression function, const Scope *scope);
    Expression sum(const Expression &left, const Expression &right, char sign);
    Expression shifted(const Expression &moment, const Expression &interval, char sign);
    void align(Expression &left, Expression &right);
    Expression cast(const Expression &value, const SqlType &target);
    std::optional<std::string> literalAs(const std::string &text, const SqlType &target);

    // parserfunctions.cpp
    Expression knownCall(const std::string &function, std::vector<Expression> arguments, bool isDistinct, bool isStar, std::size_t start);
    std::optional<Expression> aggregateCall(
        const std::string &function, const std::vector<Expression> &arguments, bool isDistinct, bool isStar);
    std::optional<Expression> windowCall(const std::string &function, const std::vector<Expression> &arguments);
    std::optional<Expression> timeCall(const std::string &function, std::vector<Expression> &arguments);
    std::optional<Expression> textCall(const std::string &function, const std::vector<Expression> &arguments);
    std::optional<Expression> otherCall(const std::string &function, std::vector<Expression> &arguments);
    SqlType commonType(std::vector<Expression> &arguments, std::size_t first = 0);

    std::string m_text;
    Warehouse &m_warehouse;
    std::string m_database;
    const Parameters &m_parameters;
    std::vector<Word> m_tokens; // the last one is the end
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<SqlFailure> m_failure;
    std::vector<Cte> m_ctes;
};

std::string joinedSql(const std::vector<Expression> &arguments, std::size_t first = 0);

} // namespace redshift::server
