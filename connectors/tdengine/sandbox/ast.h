// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/timetext.h"
#include "sandbox/types.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tdengine::server {

struct Query;

struct Expr {
    enum class Kind {
        Null, Bool, Integer, Float, String, Time, // literals; text holds them as written
        Duration,
        Column, // name, qualifier
        Star, // qualifier or none
        Call, // name, args
        Cast, // args[0] to type
        Unary, // name: "-", "+", "not"
        Binary, // name: operator in lower case; args[0], args[1]
        IsNull, // args[0]; negated
        Between, // args[0..2]; negated
        In, // args[0] in the rest or in the query; negated
        Case, // args: [operand if hasOperand] when, then, …, [else if hasElse]
        Query, // a query with one value
        Exists,
    };
    Kind kind = Kind::Null;
    std::string name;
    std::string qualifier;
    std::string text; // as the user wrote it: the name of an unnamed result column
    DataType type; // of Cast
    Duration duration;
    std::vector<Expr> args;
    std::shared_ptr<Query> query;
    bool negated = false;
    bool isDistinct = false;
    bool hasOperand = false;
    bool hasElse = false;
};

struct SelectItem {
    Expr expr;
    std::string alias;
};

struct Source {
    std::string database;
    std::string table; // or a query
    std::shared_ptr<Query> query;
    std::string alias;
    std::string join; // "", ",", "join", "left join" …: how it is joined to those before
    std::optional<Expr> on;
};

struct Window {
    enum class Kind { None, Interval, Session, State, Count, Event };
    Kind kind = Kind::None;
    Duration interval;
    Duration offset;
    Duration sliding;
    std::vector<Expr> args; // State: the expression; Event: start and end condition
    std::int64_t count = 0;
    std::int64_t countSliding = 0;
    std::string fill; // "", "none", "null", "value", "prev", "next", "linear", "null_f", "value_f"
    std::vector<Expr> fillValues;
};

struct OrderItem {
    Expr expr;
    bool isDescending = false;
    std::string nulls; // "", "first", "last"
};

struct Select {
    bool isDistinct = false;
    std::vector<SelectItem> items;
    std::vector<Source> from;
    std::optional<Expr> where;
    std::vector<SelectItem> partitionBy;
    std::vector<Expr> groupBy;
    std::optional<Expr> having;
    Window window;
};

struct Limit {
    std::optional<std::int64_t> count;
    std::int64_t offset = 0;
};

// One or more selects joined by UNION.
struct Query {
    std::vector<Select> selects;
    std::vector<bool> unionAll; // before each select but the first
    std::vector<OrderItem> orderBy;
    Limit limit;
    Limit partitions; // SLIMIT, SOFFSET
};

} // namespace tdengine::server
