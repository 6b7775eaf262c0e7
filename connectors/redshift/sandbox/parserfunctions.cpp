// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/parser.h"

#include <algorithm>
#include <array>

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;

Expression result(std::string sql, SqlType type)
{
    return {.sql = std::move(sql), .type = type, .literal = {}, .name = {}};
}

Expression result(std::string sql, Kind kind)
{
    return result(std::move(sql), SqlType{kind, 0, 0});
}

bool isAmong(const std::string &name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::string joinedSql(const std::vector<Expression> &arguments, std::size_t first)
{
    std::string sql;
    for (std::size_t i = first; i < arguments.size(); ++i)
        sql += (sql.empty() ? "" : ", ") + arguments[i].sql;
    return sql;
}

Expression Parser::knownCall(
    const std::string &function, std::vector<Expression> arguments, bool isDistinct, bool isStar, std::size_t start)
{
    std::optional<Expression> value = aggregateCall(function, arguments, isDistinct, isStar);
    if (!value)
        value = windowCall(function, arguments);
    if (!value)
        value = timeCall(function, arguments);
    if (!value)
        value = textCall(function, arguments);
    if (!value)
        value = otherCall(function, arguments);
    if (!value && !m_failure) {
        std::string types;
        for (const Expression &argument : arguments)
            types += (types.empty() ? "" : ", ") + std::string(argument.literal ? "\"unknown\"" : sqlName(argument.type.kind));
        failAt("function " + function + "(" + types + ") does not exist", start);
    }
    Expression out = value.value_or(Expression());
    out.name = function;
    return out;
}

std::optional<Expression> Parser::aggregateCall(
    const std::string &function, const std::vector<Expression> &arguments, bool isDistinct, bool isStar)
{
    const std::string distinct = isDistinct ? "DISTINCT " : "";
    if (function == "count" && isStar)
        return result("count(*)", Kind::Int8);
    if (function == "count" && arguments.size() == 1)
        return result("count(" + distinct + arguments[0].sql + ")", Kind::Int8);
    if (arguments.empty() || isStar)
        return std::nullopt;
    const std::string sql = distinct + arguments[0].sql;
    const SqlType type = arguments[0].type;
    if (isAmong(function, {"min", "max", "any_value"}))
        return result((function == "any_value" ? "min" : function) + "(" + sql + ")", type);
    if (function == "sum") {
        const SqlType sumType = type.isInteger() ? SqlType{type.kind == Kind::Int8 ? Kind::Numeric : Kind::Int8, 38, 0}
            : type.kind == Kind::Numeric ? SqlType{Kind::Numeric, 38, type.scale}
                                         : SqlType{Kind::Float8, 0, 0};
        return result("sum(" + sql + ")", type.kind == Kind::Interval ? type : sumType);
    }
    if (function == "avg") {
        if (type.isInteger()) // the mean of integers is one
            return result("CAST(avg(" + sql + ") AS INTEGER)", type.kind == Kind::Int8 ? Kind::Int8 : Kind::Int8);
        if (type.kind == Kind::Numeric)
            return result("round(avg(" + sql + "), " + std::to_string(type.scale) + ")", SqlType{Kind::Numeric, 38, type.scale});
        return result("avg(" + sql + ")", Kind::Float8);
    }
    if (function == "listagg") {
        const std::string mark = arguments.size() > 1 ? arguments[1].sql : "''";
        return result(isDistinct ? "group_concat(" + sql + ")" : "group_concat(" + sql + ", " + mark + ")", SqlType{Kind::Varchar, 65535, 0});
    }
    if (function == "bool_or" || function == "bool_and")
        return result((function == "bool_or" ? "max(" : "min(") + sql + ")", Kind::Bool);
    return std::nullopt;
}

std::optional<Expression> Parser::windowCall(const std::string &function, const std::vector<Expression> &arguments)
{
    if (isAmong(function, {"row_number", "rank", "dense_rank"}) && arguments.empty())
        return result(function + "()", Kind::Int8);
    if (isAmong(function, {"percent_rank", "cume_dist"}) && arguments.empty())
        return result(function + "()", Kind::Float8);
    if (function == "ntile" && arguments.size() == 1)
        return result("ntile(" + arguments[0].sql + ")", Kind::Int8);
    if (isAmong(function, {"lag", "lead", "first_value", "last_value", "nth_value"}) && !arguments.empty())
        return result(function + "(" + joinedSql(arguments) + ")", arguments[0].type);
    return std::nullopt;
}

std::optional<Expression> Parser::timeCall(const std::string &function, std::vector<Expression> &arguments)
{
    const std::size_t count = arguments.size();
    const std::string now = std::to_string(nowMicroseconds());
    // A time that is written as a text is a timestamp.
    const auto moment = [&](std::size_t index) {
        if (arguments[index].literal || arguments[index].type.isText())
            arguments[index] = cast(arguments[index], {Kind::Timestamp, 0, 0});
        return arguments[index].sql;
    };
    if (count == 0 && function == "getdate")
        return result(now, Kind::Timestamp);
    if (count == 0 && function == "now")
        return result(now, Kind::TimestampTz);
    if (count == 2 && isAmong(function, {"date_trunc", "trunc_date"})) {
        const std::string sql = "rs_trunc(lower(" + arguments[0].sql + "), " + moment(1) + ")";
        return result(sql, arguments[1].type.kind == Kind::TimestampTz ? Kind::TimestampTz : Kind::Timestamp);
    }
    if (count == 2 && isAmong(function, {"date_part", "pgdate_part"}))
        return result("CAST(rs_part(lower(" + arguments[0].sql + "), " + moment(1) + ") AS INTEGER)", Kind::Int4);
    if (count == 3 && function == "dateadd") {
        const std::string sql = "rs_dateadd(lower(" + arguments[0].sql + "), " + arguments[1].sql + ", " + moment(2) + ")";
        return result(sql, arguments[2].type.kind == Kind::TimestampTz ? Kind::TimestampTz : Kind::Timestamp);
    }
    if (count == 3 && function == "datediff")
        return result("rs_datediff(lower(" + arguments[0].sql + "), " + moment(1) + ", " + moment(2) + ")", Kind::Int8);
    if (count == 2 && function == "add_months")
        return result("rs_addmonths(" + moment(0) + ", " + arguments[1].sql + ")", Kind::Timestamp);
    if (count == 1 && function == "last_day")
        return result("(rs_addmonths(rs_trunc('month', " + moment(0) + "), 1) - 86400000000)", Kind::Date);
    if (count == 1 && function == "trunc" && arguments[0].type.isMoment())
        return result("rs_trunc('day', " + arguments[0].sql + ")", Kind::Date);
    if (function == "to_date" && count >= 1)
        return result("rs_moment(" + arguments[0].sql + ", 'date')", Kind::Date);
    if (function == "to_timestamp" && count >= 1)
        return result("rs_moment(" + arguments[0].sql + ", 'timestamptz')", Kind::TimestampTz);
    return std::nullopt;
}

std::optional<Expression> Parser::textCall(const std::string &function, const std::vector<Expression> &arguments)
{
    const std::size_t count = arguments.size();
    const SqlType text{Kind::Varchar, 0, 0};
    if (count == 0)
        return std::nullopt;
    const std::string all = joinedSql(arguments);
    if (count == 1 && isAmong(function, {"upper", "lower", "ltrim", "rtrim", "trim"}))
        return result(function + "(" + all + ")", text);
    if (count == 1 && function == "btrim")
        return result("trim(" + all + ")", text);
    if (count == 1 && isAmong(function, {"len", "length", "char_length", "character_length"}))
        return result("length(" + all + ")", Kind::Int4);
    if (count == 1 && function == "octet_length")
        return result("length(CAST(" + all + " AS BLOB))", Kind::Int4);
    if (isAmong(function, {"substring", "substr"}) && (count == 2 || count == 3))
        return result("substr(" + all + ")", text);
    if (count == 2 && function == "left")
        return result("substr(" + arguments[0].sql + ", 1, " + arguments[1].sql + ")", text);
    if (count == 2 && function == "right")
        return result("substr(" + arguments[0].sql + ", -(" + arguments[1].sql + "))", text);
    if (count == 2 && function == "concat")
        return result("(" + arguments[0].sql + " || " + arguments[1].sql + ")", text);
    if (count == 3 && function == "replace")
        return result("replace(" + all + ")", text);
    if (count == 3 && function == "split_part")
        return result("rs_splitpart(" + all + ")", text);
    if (count == 2 && isAmong(function, {"strpos", "position"}))
        return result("rs_position(" + all + ")", Kind::Int4);
    if (count == 2 && function == "charindex")
        return result("rs_position(" + arguments[1].sql + ", " + arguments[0].sql + ")", Kind::Int4);
    if ((count == 2 || count == 3) && isAmong(function, {"lpad", "rpad"}))
        return result("rs_pad(" + all + (count == 2 ? ", ' '" : "") + (function == "lpad" ? ", 1)" : ", 0)"), text);
    if (count == 1 && function == "json_parse")
        return result("json(" + all + ")", Kind::Super);
    if (count == 1 && function == "json_serialize")
        return result("CAST(" + all + " AS TEXT)", text);
    if (function == "json_extract_path_text" && count >= 2) {
        std::string sql = arguments[0].sql;
        for (std::size_t i = 1; i < count; ++i)
            sql = "json_extract(" + sql + ", '$.' || " + arguments[i].sql + ")";
        return result("CAST(" + sql + " AS TEXT)", text);
    }
    if (count == 1 && isAmong(function, {"quote_ident", "quote_literal"}))
        return result("quote(" + all + ")", text);
    if (count == 1 && function == "chr")
        return result("char(" + all + ")", text);
    if (count == 1 && function == "ascii")
        return result("unicode(" + all + ")", Kind::Int4);
    return std::nullopt;
}

std::optional<Expression> Parser::otherCall(const std::string &function, std::vector<Expression> &arguments)
{
    const std::size_t count = arguments.size();
    if (count == 0) {
        if (function == "version")
            return result("'PostgreSQL 8.0.2, Redshift 1.0.0 (Ondograph sandbox)'", Kind::Varchar);
        if (isAmong(function, {"current_database", "current_schema", "pg_backend_pid", "pi", "random"})) {
            if (function == "current_database")
                return result(quotedText(m_database), Kind::Name);
            if (function == "current_schema")
                return result("'public'", Kind::Name);
            if (function == "pg_backend_pid")
                return result("1073742000", Kind::Int4);
            return result(function == "pi" ? "pi()" : "(abs(random() % 9007199254740992) / 9007199254740992.0)", Kind::Float8);
        }
        return std::nullopt;
    }
    if (isAmong(function, {"coalesce", "nvl"})) {
        const SqlType type = commonType(arguments);
        return result(count == 1 ? arguments[0].sql : "coalesce(" + joinedSql(arguments) + ")", type);
    }
    if (function == "nvl2" && count == 3) {
        const SqlType type = commonType(arguments, 1);
        return result("CASE WHEN " + arguments[0].sql + " IS NOT NULL THEN " + arguments[1].sql + " ELSE " + arguments[2].sql + " END", type);
    }
    if (function == "nullif" && count == 2) {
        align(arguments[0], arguments[1]);
        return result("nullif(" + joinedSql(arguments) + ")", arguments[0].type);
    }
    if (isAmong(function, {"greatest", "least"})) {
        const SqlType type = commonType(arguments);
        return result(count == 1 ? arguments[0].sql : (function == "greatest" ? "max(" : "min(") + joinedSql(arguments) + ")", type);
    }
    if (function == "decode" && count >= 3) {
        std::vector<Expression> results;
        std::string sql = "CASE";
        for (std::size_t i = 1; i < count; i += 2)
            results.push_back(arguments[i + 1 < count ? i + 1 : i]);
        const SqlType type = commonType(results);
        std::size_t taken = 0;
        for (std::size_t i = 1; i + 1 < count; i += 2) {
            Expression subject = arguments[0];
            align(subject, arguments[i]);
            sql += " WHEN " + subject.sql + " IS " + arguments[i].sql + " THEN " + results[taken++].sql;
        }
        return result("(" + sql + (count % 2 == 0 ? " ELSE " + results.back().sql : "") + " END)", type);
    }
    const SqlType &type = arguments[0].type;
    if (count == 1 && function == "abs")
        return result("abs(" + arguments[0].sql + ")", type);
    if (count == 1 && isAmong(function, {"floor", "ceil", "ceiling"})) {
        const std::string name = function == "floor" ? "floor" : "ceil";
        return result(name + "(" + arguments[0].sql + ")", type.isInteger() ? type : type.isFloat() ? SqlType{Kind::Float8, 0, 0} : SqlType{Kind::Numeric, 38, 0});
    }
    if (isAmong(function, {"round", "trunc"}) && count <= 2) {
        const std::string places = count == 2 ? arguments[1].sql : "0";
        const std::string sql = function == "round" ? "round(" + arguments[0].sql + ", " + places + ")"
                                                    : "(trunc(" + arguments[0].sql + " * pow(10, " + places + ")) / pow(10, " + places + "))";
        return result(sql, type.isFloat() ? SqlType{Kind::Float8, 0, 0} : type);
    }
    if (count == 2 && function == "mod")
        return result("(" + arguments[0].sql + " % " + arguments[1].sql + ")", type);
    if (count == 1 && isAmong(function, {"sqrt", "exp", "ln", "sin", "cos", "tan", "asin", "acos", "atan", "sign", "degrees", "radians"}))
        return result(function + "(" + arguments[0].sql + ")", Kind::Float8);
    if (count == 1 && function == "log")
        return result("log10(" + arguments[0].sql + ")", Kind::Float8);
    if (count == 2 && isAmong(function, {"power", "pow"}))
        return result("pow(" + joinedSql(arguments) + ")", Kind::Float8);
    return std::nullopt;
}

} // namespace redshift::server
