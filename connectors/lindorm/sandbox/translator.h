// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/ast.h"
#include "sandbox/store.h"

#include <set>

namespace lindorm::server {

// A statement as SQLite's SQL, whose columns are named c0, c1, …, and what they are for the client.
struct Translation {
    std::string sql;
    std::vector<OutputColumn> columns;
};

// Writes SELECT as SQLite's SQL over the store's tables. Refuses names that there are none of, types that do not go
// together, and what the user may not read. For one statement.
class Translator
{
public:
    // database: where names without one are looked up.
    Translator(const Store &store, std::string_view text, std::string database, std::string user);

    Translation select(const Select &select);
    // The condition of a DELETE, as SQLite writes it.
    std::string condition(const TableEntry &table, const Expr &where);

private:
    struct ScopeColumn {
        std::string source; // alias
        std::string name;
        std::string sql;
        Type type = Type::Null;
        Role role = Role::None;
    };
    using Scope = std::vector<ScopeColumn>;

    // What the items of a SAMPLE BY query need of the rows below them.
    struct Slots {
        const Sample *sample = nullptr;
        std::vector<std::string> tags; // names; g0, g1, …
        std::vector<std::string> values; // SQL of what becomes a0, a1, …
        bool hasAggregates = false;
        bool hasLatest = false;
        bool hasChanges = false; // RATE, DELTA: p0, p1, … and pb are those of the row before
        std::int64_t latest = 1;
    };

    // The rows below a SAMPLE BY query, as pieces of SQL.
    struct SampledParts {
        std::string tags; // "tag AS g0, …, "
        std::size_t tagCount = 0;
        std::string series; // "PARTITION BY tag, …"
        std::string time;
        std::string values; // ", value AS a0, …"
        std::string from;
        std::string condition;
    };

    // In what an expression is looked at.
    struct Context {
        const Scope &scope;
        std::set<std::string> *groups = nullptr; // SQL of what may stand outside aggregates
        Slots *slots = nullptr;
        bool mayAggregate = false;
    };
    struct Value {
        std::string sql;
        Type type = Type::Null;
        std::string name; // of a bare column
        Role role = Role::None;
    };

    // translator.cpp
    Translation plain(const Select &select);
    Translation united(const Select &select);
    std::string sources(const Select &select, Scope &scope);
    std::string source(const Source &source, std::size_t index, Scope &scope);
    TablePtr table(const Source &source) const;
    static void addTable(const TableEntry &table, const std::string &prefix, const std::string &alias, Scope &scope);
    std::string items(const Select &select, Context &context, std::vector<OutputColumn> &columns);
    std::string tail(const Select &select, Context &context, const std::vector<OutputColumn> &columns);
    static bool aggregates(const Expr &expr);

    // translatorsample.cpp
    Translation sampled(const Select &select);
    static std::optional<Expr> withoutFields(const Expr &expr, const Scope &scope);
    std::string sampleCondition(const Select &select, const Scope &scope);
    std::string sampleRows(const Select &select, const Scope &scope, const Slots &slots, const std::string &from);
    static std::string wholeRange(const SampledParts &parts, const Slots &slots);
    static std::string windows(const SampledParts &parts, const Sample &sample);
    static std::string filled(const std::string &rows, const Slots &slots);
    static std::string withRowBefore(const std::string &rows, const Slots &slots);
    Value sampleColumn(const Expr &expr, const ScopeColumn &column, const Slots &slots) const;
    Value sampleCall(const Expr &expr, Context &context);
    static Value slot(Slots &slots, std::string sql, Type type);

    // translatorexpr.cpp
    Value value(const Expr &expr, Context &context);
    Value column(const Expr &expr, Context &context);
    const ScopeColumn &resolved(const Expr &expr, const Scope &scope) const;
    Value unary(const Expr &expr, Context &context);
    Value binary(const Expr &expr, Context &context);
    Value arithmetic(const Expr &expr, const Value &left, const Value &right) const;
    Value compared(const Expr &expr, Context &context);
    Value inList(const Expr &expr, Context &context);
    Value caseOf(const Expr &expr, Context &context);
    Value cast(const Expr &expr, Context &context);
    Value call(const Expr &expr, Context &context);
    Value aggregate(const Expr &expr, Context &context);
    Value scalar(const Expr &expr, Context &context);
    // Both sides of a comparison: a text beside a time is one.
    void align(const Expr &left, Value &leftValue, const Expr &right, Value &rightValue) const;
    std::string timeLiteral(const Expr &expr) const;
    static std::string timeOf(const Scope &scope);

    [[noreturn]] void complain(int code, const char *state, const Expr &at, const std::string &message) const;
    std::string range(std::size_t begin, std::size_t end) const;

    const Store &m_store;
    std::string_view m_text;
    std::string m_database;
    std::string m_user;
};

bool isAggregate(std::string_view function);

} // namespace lindorm::server
