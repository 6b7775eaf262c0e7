// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/store.h"
#include "sandbox/tokenreader.h"

#include <map>

namespace openmldb::server {

// A query as SQLite's SQL with the types of its columns.
struct Query {
    std::string sql;
    std::vector<Column> columns;
    std::vector<std::pair<std::string, std::string>> tables; // database, table; in order of mention
    bool hasRequestMark = false;
};

// Translates SELECT. Runs once over the words, sources first: their columns give the list its types.
class QueryTranslator
{
public:
    struct Settings {
        std::string database;
        std::vector<Type> parameters; // of "?"
        // Computes the query for one row that is added to the first table: its values are SQLite's parameters. The
        // result has a mark of that row.
        const std::vector<Column> *requestRow = nullptr;
    };

    QueryTranslator(TokenReader &reader, const Store &store, const Settings &settings);

    // From WITH or SELECT to the end of the query.
    Query translate();

private:
    struct Value {
        std::string sql;
        Type type = Type::Unknown;
        std::string column; // name, where it is a plain column
        bool isConstant = false;
    };
    struct Source {
        std::string name;
        std::vector<Column> columns;
        bool hasRequestMark = false;
    };
    using Scope = std::vector<Source>;
    struct Item {
        Value value;
        std::string name;
    };

    Query select();
    Query selectBody();
    void common();
    std::string from(Scope &scope, Query &query);
    std::string source(Scope &scope, Query &query);
    std::string tableSource(const std::string &database, const std::string &name, Source &source, Query &query);
    std::string requestSource(const Table &table, Source &source);
    std::string joined(Scope &scope, Query &query);
    std::string lastJoin(Scope &scope, Query &query);
    void window();
    std::string windowSpec();
    std::string frame();
    std::string bound(bool isRange);
    std::string groupBy();
    std::string rest();
    std::vector<Item> items();
    void addStar(const std::string &of, std::vector<Item> &items);
    std::string itemName(std::size_t begin, std::size_t end, const Value &value);
    Item item();

    Value expression();
    Value conjunction();
    Value negation();
    Value comparison();
    Value predicate(Value left, bool isNot);
    Value sum();
    Value product();
    Value unary();
    Value primary();
    Value literal();
    Value column();
    Value caseOf();
    Value cast();
    Value call(const std::string &name);
    Value over(Value value);
    Value function(const std::string &name, std::vector<Value> &arguments);
    Value aggregate(const std::string &name, std::vector<Value> &arguments);
    Value converted(const Value &value, Type type);
    Value arithmetic(const std::string &symbol, const Value &left, const Value &right);
    Value found(const std::string &table, const std::string &name);
    Value failed(int code, const std::string &msg);
    Value truth(std::string sql) const { return {std::move(sql), Type::Bool, {}, false}; }

    TokenReader &m_reader;
    const Store &m_store;
    const Settings &m_settings;
    Scope m_scope;
    std::map<std::string, std::string> m_windows;
    std::map<std::string, Query> m_common;
    bool m_isRequestUsed = false;
};

} // namespace openmldb::server
