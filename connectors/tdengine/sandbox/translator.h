// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/ast.h"
#include "sandbox/functiontable.h"
#include "sandbox/modules.h"
#include "sandbox/store.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tdengine::server {

// Under which a statement runs.
struct Context {
    std::string database; // default one; empty: none
    std::string user;
    std::string application;
    Zone zone; // in which literals without an offset are read, and windows of days begin
    std::int64_t nowNs = 0;
};

// A query as SQLite runs it.
struct Plan {
    std::string sql;
    std::vector<Column> columns;
    std::deque<RelationModule> relations; // addresses stay
    std::vector<WindowSpec> windows;
};

// Finds what a name in FROM means; nothing and a failure if there is none. isChild: tags are not part of "*".
struct FoundRelation {
    std::shared_ptr<const Relation> relation;
    bool isChild = false;
};
using RelationFinder = std::function<FoundRelation(const std::string &database, const std::string &table, Failure &failure)>;

// Writes the dialect's queries in SQLite's terms, with the types of their columns. The first failure ends it.
class Translator
{
public:
    Translator(const Context &context, RelationFinder finder);

    Plan translated(const Query &query);
    const Failure &failure() const { return m_failure; }

    // The value of an expression without columns as ticks; nothing if it has any.
    std::optional<std::int64_t> constantTicks(const Expr &expr, Precision precision);

private:
    struct Value {
        std::string sql;
        DataType type;
    };
    struct ScopeColumn {
        std::string name;
        DataType type;
        std::string sql;
        bool isTag = false;
    };
    struct ScopeSource {
        std::string alias;
        std::string database;
        std::string table;
        std::string from; // how it stands in FROM
        std::vector<ScopeColumn> columns;
        std::string tableName; // SQL of tbname; empty: has none
        std::string time; // SQL of the primary timestamp; empty: has none
        RelationModule *module = nullptr;
        Precision precision = Precision::Milli;
        bool starHasTags = true;
    };
    // A select on its way.
    struct Frame {
        const Select *select = nullptr;
        std::vector<ScopeSource> sources;
        std::string where;
        std::vector<Value> keys; // of PARTITION BY or GROUP BY
        std::string windowStart; // SQL; empty: no window
        std::string windowEnd;
        std::string windowGroup; // SQL of the window's number where it is no interval
        int windowIndex = -1;
        bool isAggregate = false;
        bool isSeries = false;
        int seriesDrop = 0; // leading rows of a partition that a series has no value for
        bool insideAggregate = false;
        bool isOuterOfFill = false; // aggregates and keys are columns of the filled windows
        std::vector<Value> fillAggregates;
        std::string pick; // "td_first" …: how a bare column beside one selecting aggregate is taken
        std::vector<Column> outputs;
        std::vector<std::string> outputTexts;
        std::vector<std::string> outputSql;
        Precision precision = Precision::Milli;
        std::optional<std::int64_t> lowTicks, highTicks; // of WHERE
    };

    // Selects
    Value subquery(const Query &query, std::vector<Column> &columns);
    std::string selectSql(const Query &query, const Select &select, bool isOnly, std::vector<Column> &columns);
    void addSource(Frame &frame, const Source &source);
    std::string fromSql(Frame &frame);
    void findRange(Frame &frame, const Expr &expr);
    void prepareWindow(Frame &frame);
    void chooseRole(Frame &frame, const Query &query);
    std::vector<SelectItem> expandedItems(Frame &frame);
    void renderItems(Frame &frame, const std::vector<SelectItem> &items);
    std::string plainSql(Frame &frame, const Query &query, bool isOnly);
    std::string filledSql(Frame &frame, const Query &query, const std::vector<SelectItem> &items, bool isOnly);
    std::string fillValue(Frame &frame, std::size_t index, const std::string &partition);
    std::string sessionFrom(Frame &frame, const std::string &from);
    std::string orderSql(Frame &frame, const Query &query);
    std::string limitSql(const Query &query) const;
    std::string outputList(const Frame &frame) const;
    std::string keyList(const Frame &frame, const std::string &more = {}) const;

    // Expressions
    Value render(const Expr &expr, Frame &frame);
    Value renderColumn(const Expr &expr, Frame &frame);
    std::optional<Value> pseudoColumn(const Expr &expr, Frame &frame);
    Value renderInteger(const Expr &expr);
    Value renderUnary(const Expr &expr, Frame &frame);
    Value renderBinary(const Expr &expr, Frame &frame);
    Value renderArithmetic(const Expr &expr, Frame &frame);
    Value renderComparison(const Expr &expr, Frame &frame);
    Value renderOperand(const Expr &expr, const DataType &against, Frame &frame);
    Value renderBetween(const Expr &expr, Frame &frame);
    Value renderIn(const Expr &expr, Frame &frame);
    Value renderCase(const Expr &expr, Frame &frame);
    Value renderCast(const Expr &expr, Frame &frame);
    Value renderCall(const Expr &expr, Frame &frame);
    std::optional<Value> specialCall(const Expr &expr, Frame &frame);
    std::optional<Value> timeCall(const Expr &expr, Frame &frame);
    Value aggregateCall(const Expr &expr, const FunctionForm &form, Frame &frame);
    Value seriesCall(const Expr &expr, Frame &frame);
    std::string filledIn(const FunctionForm &form, const std::vector<Value> &args, Frame &frame);
    std::string timeOf(Frame &frame);
    std::string seriesWindow(Frame &frame);
    int addWindow(const WindowSpec &spec);

    Value fail(int code, std::string desc);
    bool failed() const { return m_failure.code != 0; }

    const Context &m_context;
    RelationFinder m_finder;
    Plan m_plan;
    Failure m_failure;
    int m_nextSource = 0;
    int m_depth = 0;
};

std::string quotedSql(std::string_view text);
bool hasAggregate(const Expr &expr);
bool hasSeries(const Expr &expr);
// '\x7f82' and 7f82 as the bytes that they name; other text as its own bytes.
std::string bytesOfLiteral(std::string_view text);

} // namespace tdengine::server
