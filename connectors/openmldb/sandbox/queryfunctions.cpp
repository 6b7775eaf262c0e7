// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/query.h"

#include <algorithm>
#include <array>

namespace openmldb::server {

namespace {

enum class Gives { First, Double, Int32, Int64, String, Bool };

// "$1" … stand for the arguments, "$*" for all of them.
struct Function {
    const char *name;
    std::size_t least;
    std::size_t most;
    Gives gives;
    const char *sql;
};

constexpr std::array<Function, 62> kFunctions{{
    {"abs", 1, 1, Gives::First, "abs($1)"}, {"acos", 1, 1, Gives::Double, "acos($1)"}, {"asin", 1, 1, Gives::Double, "asin($1)"},
    {"atan", 1, 1, Gives::Double, "atan($1)"}, {"atan2", 2, 2, Gives::Double, "atan2($*)"}, {"cos", 1, 1, Gives::Double, "cos($1)"},
    {"sin", 1, 1, Gives::Double, "sin($1)"}, {"tan", 1, 1, Gives::Double, "tan($1)"}, {"sqrt", 1, 1, Gives::Double, "sqrt($1)"},
    {"exp", 1, 1, Gives::Double, "exp($1)"}, {"ln", 1, 1, Gives::Double, "ln($1)"}, {"log", 1, 1, Gives::Double, "ln($1)"},
    {"log2", 1, 1, Gives::Double, "log2($1)"}, {"log10", 1, 1, Gives::Double, "log10($1)"}, {"pow", 2, 2, Gives::Double, "pow($*)"},
    {"power", 2, 2, Gives::Double, "pow($*)"}, {"degrees", 1, 1, Gives::Double, "degrees($1)"}, {"radians", 1, 1, Gives::Double, "radians($1)"},
    {"ceil", 1, 1, Gives::Int64, "CAST(ceil($1) AS INTEGER)"}, {"ceiling", 1, 1, Gives::Int64, "CAST(ceil($1) AS INTEGER)"},
    {"floor", 1, 1, Gives::Int64, "CAST(floor($1) AS INTEGER)"}, {"round", 1, 2, Gives::First, "round($*)"},
    {"truncate", 1, 1, Gives::First, "trunc($1)"}, {"upper", 1, 1, Gives::String, "upper($1)"}, {"ucase", 1, 1, Gives::String, "upper($1)"},
    {"lower", 1, 1, Gives::String, "lower($1)"}, {"lcase", 1, 1, Gives::String, "lower($1)"}, {"substr", 2, 3, Gives::String, "substr($*)"},
    {"substring", 2, 3, Gives::String, "substr($*)"}, {"replace", 3, 3, Gives::String, "replace($*)"}, {"concat", 1, 64, Gives::String, "om_concat($*)"},
    {"char_length", 1, 1, Gives::Int32, "length($1)"}, {"character_length", 1, 1, Gives::Int32, "length($1)"},
    {"hex", 1, 1, Gives::String, "hex($1)"}, {"ifnull", 2, 2, Gives::First, "ifnull($*)"}, {"nvl", 2, 2, Gives::First, "ifnull($*)"},
    {"nvl2", 3, 3, Gives::First, "iif($1 IS NOT NULL, $2, $3)"}, {"if", 3, 3, Gives::First, "iif($*)"},
    {"is_null", 1, 1, Gives::Bool, "($1 IS NULL)"}, {"isnull", 1, 1, Gives::Bool, "($1 IS NULL)"},
    {"strcmp", 2, 2, Gives::Int32, "(($1 > $2) - ($1 < $2))"}, {"greatest", 2, 64, Gives::First, "max($*)"}, {"least", 2, 64, Gives::First, "min($*)"},
    {"maximum", 2, 2, Gives::First, "max($*)"}, {"minimum", 2, 2, Gives::First, "min($*)"}, {"identity", 1, 1, Gives::First, "$1"},
    {"inc", 1, 1, Gives::First, "($1 + 1)"}, {"like_match", 2, 2, Gives::Bool, "om_like($2, $1, 0)"}, {"ilike_match", 2, 2, Gives::Bool, "om_like($2, $1, 1)"},
    {"year", 1, 1, Gives::Int32, "om_part($1, 'Y')"}, {"month", 1, 1, Gives::Int32, "om_part($1, 'm')"},
    {"day", 1, 1, Gives::Int32, "om_part($1, 'd')"}, {"dayofmonth", 1, 1, Gives::Int32, "om_part($1, 'd')"},
    {"dayofweek", 1, 1, Gives::Int32, "om_part($1, 'w')"}, {"dayofyear", 1, 1, Gives::Int32, "om_part($1, 'j')"},
    {"hour", 1, 1, Gives::Int32, "om_part($1, 'H')"}, {"minute", 1, 1, Gives::Int32, "om_part($1, 'M')"},
    {"second", 1, 1, Gives::Int32, "om_part($1, 'S')"}, {"date_format", 2, 2, Gives::String, "om_format($1, $2)"},
    {"unix_timestamp", 1, 1, Gives::Int64, "(om_timestamp($1) / 1000)"}, {"datediff", 2, 2, Gives::Int32, "om_days($1, $2)"},
    {"reverse", 1, 1, Gives::String, "om_reverse($1)"},
}};

Type typeOf(Gives gives, Type first)
{
    switch (gives) {
    case Gives::Double:
        return Type::Double;
    case Gives::Int32:
        return Type::Int32;
    case Gives::Int64:
        return Type::Int64;
    case Gives::String:
        return Type::String;
    case Gives::Bool:
        return Type::Bool;
    case Gives::First:
        break;
    }
    return first;
}

std::string filled(const char *pattern, const std::vector<std::string> &arguments)
{
    std::string sql;
    for (const char *at = pattern; *at != '\0'; ++at) {
        if (*at != '$') {
            sql += *at;
            continue;
        }
        ++at;
        if (*at != '*') {
            sql += arguments[static_cast<std::size_t>(*at - '1')];
            continue;
        }
        for (std::size_t i = 0; i < arguments.size(); ++i)
            sql += (i == 0 ? "" : ", ") + arguments[i];
    }
    return sql;
}

bool isAggregateName(const std::string &name)
{
    static constexpr std::array<const char *, 14> kNames{"count", "sum", "avg", "min", "max", "distinct_count", "first_value", "lag", "at",
        "count_where", "sum_where", "avg_where", "min_where", "max_where"};
    return std::any_of(kNames.begin(), kNames.end(), [&name](const char *known) { return name == known; });
}

} // namespace

QueryTranslator::Value QueryTranslator::call(const std::string &written)
{
    const std::string name = lowerCase(written);
    m_reader.expect("(");
    std::vector<Value> arguments;
    if (name == "count" && m_reader.take("*")) {
        arguments.push_back({"*", Type::Int64, {}, false});
    } else if (!m_reader.is(")")) {
        const bool isDistinct = name == "count" && m_reader.take("DISTINCT");
        do {
            arguments.push_back(expression());
        } while (m_reader.take(","));
        if (isDistinct)
            arguments[0].sql = "DISTINCT " + arguments[0].sql;
    }
    m_reader.expect(")");
    if (isAggregateName(name))
        return over(aggregate(name, arguments));
    if (const auto type = typeNamed(name); type && arguments.size() == 1)
        return converted(arguments[0], *type);
    return function(name, arguments);
}

QueryTranslator::Value QueryTranslator::function(const std::string &name, std::vector<Value> &arguments)
{
    const auto known = std::find_if(kFunctions.begin(), kFunctions.end(), [&name](const Function &one) { return name == one.name; });
    if (known == kFunctions.end() || arguments.size() < known->least || arguments.size() > known->most) {
        std::string types;
        for (const Value &argument : arguments)
            types += (types.empty() ? "" : ", ") + std::string(sqlName(argument.type));
        return failed(kPlanError, "Fail to resolve function: " + name + "(" + types + ")");
    }
    std::vector<std::string> texts;
    for (const Value &argument : arguments)
        texts.push_back(argument.sql);
    // The type of IF and NVL2 is that of what they give.
    const std::size_t typed = name == "if" || name == "nvl2" ? 1 : 0;
    Type first = arguments[typed].type;
    for (std::size_t i = typed + 1; i < arguments.size() && first == Type::Unknown; ++i)
        first = arguments[i].type;
    if (name == "round" && isReal(first))
        first = Type::Double;
    return {filled(known->sql, texts), typeOf(known->gives, first), {}, false};
}

QueryTranslator::Value QueryTranslator::aggregate(const std::string &name, std::vector<Value> &arguments)
{
    const bool hasCondition = name.ends_with("_where");
    const std::string base = hasCondition ? name.substr(0, name.size() - 6) : name;
    const std::size_t expected = hasCondition || base == "lag" || base == "at" ? 2 : 1;
    if (arguments.size() != expected)
        return failed(kPlanError, "Fail to resolve function: " + name + " with " + std::to_string(arguments.size()) + " arguments");
    const Value &value = arguments[0];
    Type type = value.type;
    std::string sql = base + "(" + value.sql + ")";
    if (base == "count" || base == "distinct_count") {
        type = Type::Int64;
        sql = base == "count" ? sql : "count(DISTINCT " + value.sql + ")";
    } else if (base == "avg") {
        type = Type::Double;
    } else if (base == "sum") {
        type = isInteger(type) ? Type::Int64 : type;
    } else if (base == "first_value") {
        // Windows are read from the newest row on.
        sql = "last_value(" + value.sql + ")";
    } else if (base == "lag" || base == "at") {
        sql = "lag(" + value.sql + ", " + arguments[1].sql + ")";
    }
    if (base == "sum" || base == "avg") {
        if (!isNumeric(value.type))
            return failed(kPlanError, "Fail to resolve function: " + name + "(" + sqlName(value.type) + ")");
    }
    if (hasCondition)
        sql += " FILTER (WHERE " + arguments[1].sql + ")";
    return {sql, type, {}, false};
}

} // namespace openmldb::server
