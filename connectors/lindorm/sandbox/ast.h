// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <map>
#include <memory>

namespace lindorm::server {

struct Select;

struct Expr {
    enum class Kind : std::uint8_t { Null, Boolean, Number, Text, Column, Star, Unary, Binary, Call, Case, Cast, In, Between, IsNull, Like };
    Kind kind = Kind::Null;
    std::string text; // literal, name, or operator and function in capitals
    std::string qualifier; // of a column: its source
    std::vector<Expr> args; // Case: when, then, …, else where their number is odd
    bool isNegated = false; // NOT IN, IS NOT NULL, …
    bool isDistinct = false; // COUNT(DISTINCT …)
    Type type = Type::Null; // Cast
    std::shared_ptr<Select> select; // In
    int depth = 0; // of what stands below it
    std::size_t begin = 0; // in the statement
    std::size_t end = 0;
};

struct SelectItem {
    Expr expr;
    std::string alias;
};

struct Source {
    std::string database; // empty: the request's
    std::string table;
    std::string alias;
    std::shared_ptr<Select> select; // instead of a table
    std::optional<Expr> on; // of a JOIN with what stands before
    std::size_t begin = 0;
    std::size_t end = 0;
};

// SAMPLE BY width [OFFSET offset] [FILL how]
struct Sample {
    enum class Fill : std::uint8_t { None, Null, Zero, Value, Previous, After, Linear, Near };
    std::int64_t widthMs = 0; // 0: the whole range
    std::int64_t offsetMs = 0;
    Fill fill = Fill::None;
    std::string value;
};

struct OrderItem {
    Expr expr;
    bool isDescending = false;
};

struct Select {
    bool isDistinct = false;
    std::vector<SelectItem> items;
    std::vector<Source> from;
    std::optional<Expr> where;
    std::vector<Expr> groupBy;
    std::optional<Expr> having;
    std::optional<Sample> sample;
    std::vector<OrderItem> orderBy;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> offset;
    std::shared_ptr<Select> next; // UNION ALL
    std::size_t begin = 0;
};

struct ColumnDefinition {
    std::string name;
    Type type = Type::Null;
    bool isTag = false;
    bool isKey = false;
    bool isPartition = false;
};

struct Statement {
    enum class Kind : std::uint8_t {
        Select, Insert, Delete, CreateDatabase, DropDatabase, CreateTable, DropTable, CreateUser, DropUser, AlterUser, Grant, Revoke,
        SetParameter, Kill, DescribeTable, DescribeDatabase, ShowDatabases, ShowTables, ShowUsers, ShowPrivileges, ShowProcesslist,
        ShowParameter, ShowContinuousQueries, ShowPredownsamples
    };
    Kind kind = Kind::Select;
    Select select;
    std::string database; // qualifier of name, empty: the request's
    std::string name; // of table, database, user, parameter, query
    std::string value; // password, parameter's value, privilege
    bool isLenient = false; // IF [NOT] EXISTS
    std::map<std::string, std::string> options; // WITH (…)
    std::vector<ColumnDefinition> columns; // CREATE TABLE
    std::vector<std::string> names; // columns of INSERT
    std::vector<std::vector<Expr>> rows;
    std::optional<Expr> where; // DELETE
    std::size_t begin = 0; // of name
    std::size_t end = 0;
};

} // namespace lindorm::server
