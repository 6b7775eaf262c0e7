// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include "sandbox/timetext.h"

#include <algorithm>
#include <array>
#include <charconv>

// Expressions.
namespace lindorm::server {

namespace {

bool isNumeric(Type type)
{
    return type == Type::BigInt || type == Type::Double;
}

Type numberType(const std::string &literal)
{
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(literal.data(), literal.data() + literal.size(), value);
    return failure == std::errc() && stop == literal.data() + literal.size() ? Type::BigInt : Type::Double;
}

Type joined(Type left, Type right)
{
    if (left == right || right == Type::Null)
        return left;
    if (left == Type::Null)
        return right;
    return isNumeric(left) && isNumeric(right) ? Type::Double : Type::Varchar;
}

// The left side of a chain such as a AND b AND c without brackets of its own: SQLite nests them no deeper than 100.
std::string chainedSql(const Expr &expr, const std::string &left)
{
    const Expr &first = expr.args[0];
    const bool isChain = first.kind == Expr::Kind::Binary && first.text == expr.text && left.starts_with('(');
    return isChain ? left.substr(1, left.size() - 2) : left;
}

} // namespace

Translator::Value Translator::value(const Expr &expr, Context &context)
{
    using Kind = Expr::Kind;
    switch (expr.kind) {
    case Kind::Null:
        return {"NULL", Type::Null, {}};
    case Kind::Boolean:
        return {expr.text == "TRUE" ? "1" : "0", Type::Boolean, {}};
    case Kind::Number:
        return {expr.text, numberType(expr.text), {}};
    case Kind::Text:
        return {sqliteText(expr.text), Type::Varchar, {}};
    case Kind::Column:
        return column(expr, context);
    case Kind::Unary:
        return unary(expr, context);
    case Kind::Binary:
        return binary(expr, context);
    case Kind::Call:
        return call(expr, context);
    case Kind::Case:
        return caseOf(expr, context);
    case Kind::Cast:
        return cast(expr, context);
    case Kind::In:
        return inList(expr, context);
    case Kind::Star:
        break;
    default:
        return compared(expr, context);
    }
    complain(code::kSyntax, "42000", expr, "'*' cannot stand here");
}

const Translator::ScopeColumn &Translator::resolved(const Expr &expr, const Scope &scope) const
{
    const ScopeColumn *found = nullptr;
    for (const bool exact : {true, false}) {
        for (const ScopeColumn &column : scope) {
            const bool isName = exact ? column.name == expr.text : sameText(column.name, expr.text);
            if (!isName || (!expr.qualifier.empty() && !sameText(column.source, expr.qualifier)))
                continue;
            if (found && exact)
                complain(code::kNoColumn, "42S22", expr, "Column '" + expr.text + "' is ambiguous");
            found = found ? found : &column;
        }
        if (found)
            return *found;
    }
    complain(code::kNoColumn, "42S22", expr, "Column '" + expr.text + "' not found in any table");
}

Translator::Value Translator::column(const Expr &expr, Context &context)
{
    const ScopeColumn &found = resolved(expr, context.scope);
    if (context.slots)
        return sampleColumn(expr, found, *context.slots);
    if (context.groups && !context.groups->contains(found.sql))
        complain(code::kSyntax, "42000", expr, "Expression '" + expr.text + "' is not being grouped");
    return {found.sql, found.type, found.name, found.role};
}

Translator::Value Translator::unary(const Expr &expr, Context &context)
{
    const Value operand = value(expr.args[0], context);
    if (expr.text == "NOT")
        return {"(NOT " + operand.sql + ')', Type::Boolean, {}};
    return {"(- " + operand.sql + ')', operand.type, {}};
}

Translator::Value Translator::binary(const Expr &expr, Context &context)
{
    Value left = value(expr.args[0], context);
    Value right = value(expr.args[1], context);
    const std::string &sign = expr.text;
    if (sign == "AND" || sign == "OR")
        return {'(' + chainedSql(expr, left.sql) + ' ' + sign + ' ' + right.sql + ')', Type::Boolean, {}};
    if (sign == "||")
        return {'(' + chainedSql(expr, left.sql) + " || " + right.sql + ')', Type::Varchar, {}};
    if (sign == "+" || sign == "-" || sign == "*" || sign == "/" || sign == "%")
        return arithmetic(expr, left, right);
    align(expr.args[0], left, expr.args[1], right);
    return {'(' + left.sql + ' ' + sign + ' ' + right.sql + ')', Type::Boolean, {}};
}

Translator::Value Translator::arithmetic(const Expr &expr, const Value &left, const Value &right) const
{
    const auto fits = [](Type type) { return isNumeric(type) || type == Type::Timestamp || type == Type::Null; };
    if (!fits(left.type) || !fits(right.type))
        complain(code::kSyntax, "42000", expr,
            "Cannot apply '" + expr.text + "' to arguments of type '<" + typeName(left.type) + "> " + expr.text + " <" + typeName(right.type) + ">'");
    const bool isReal = left.type == Type::Double || right.type == Type::Double;
    const Type type = isReal ? Type::Double : Type::BigInt;
    if (expr.text == "/")
        return {std::string(isReal ? "l_fdiv(" : "l_div(") + left.sql + ", " + right.sql + ')', type, {}};
    if (expr.text == "%")
        return {"l_mod(" + left.sql + ", " + right.sql + ')', Type::BigInt, {}};
    return {'(' + chainedSql(expr, left.sql) + ' ' + expr.text + ' ' + right.sql + ')', type, {}};
}

std::string Translator::timeLiteral(const Expr &expr) const
{
    const auto time = timeOfText(expr.text);
    if (!time)
        complain(code::kValue, "HY000", expr, "Incorrect TIMESTAMP value: '" + expr.text + "'");
    return std::to_string(*time);
}

void Translator::align(const Expr &left, Value &leftValue, const Expr &right, Value &rightValue) const
{
    if (leftValue.type == Type::Timestamp && right.kind == Expr::Kind::Text)
        rightValue = {timeLiteral(right), Type::Timestamp, {}};
    else if (rightValue.type == Type::Timestamp && left.kind == Expr::Kind::Text)
        leftValue = {timeLiteral(left), Type::Timestamp, {}};
    const bool isMixed = (leftValue.type == Type::Varchar && isNumeric(rightValue.type)) || (rightValue.type == Type::Varchar && isNumeric(leftValue.type));
    if (isMixed)
        complain(code::kSyntax, "42000", right,
            std::string("Cannot compare <") + typeName(leftValue.type) + "> with <" + typeName(rightValue.type) + '>');
}

// IS NULL, LIKE, BETWEEN
Translator::Value Translator::compared(const Expr &expr, Context &context)
{
    Value left = value(expr.args[0], context);
    const std::string negation = expr.isNegated ? " NOT" : "";
    if (expr.kind == Expr::Kind::IsNull)
        return {'(' + left.sql + " IS" + negation + " NULL)", Type::Boolean, {}};
    Value low = value(expr.args[1], context);
    if (expr.kind == Expr::Kind::Like)
        return {'(' + left.sql + negation + " LIKE " + low.sql + ')', Type::Boolean, {}};
    Value high = value(expr.args[2], context);
    align(expr.args[0], left, expr.args[1], low);
    align(expr.args[0], left, expr.args[2], high);
    return {'(' + left.sql + negation + " BETWEEN " + low.sql + " AND " + high.sql + ')', Type::Boolean, {}};
}

Translator::Value Translator::inList(const Expr &expr, Context &context)
{
    Value left = value(expr.args[0], context);
    std::string list;
    if (expr.select) {
        list = select(*expr.select).sql;
    } else {
        for (std::size_t i = 1; i < expr.args.size(); ++i) {
            Value item = value(expr.args[i], context);
            align(expr.args[0], left, expr.args[i], item);
            list += (i > 1 ? ", " : "") + item.sql;
        }
    }
    return {'(' + left.sql + (expr.isNegated ? " NOT IN (" : " IN (") + list + "))", Type::Boolean, {}};
}

Translator::Value Translator::caseOf(const Expr &expr, Context &context)
{
    std::string sql = "CASE";
    Type type = Type::Null;
    std::size_t i = 0;
    for (; i + 1 < expr.args.size(); i += 2) {
        const Value then = value(expr.args[i + 1], context);
        sql += " WHEN " + value(expr.args[i], context).sql + " THEN " + then.sql;
        type = joined(type, then.type);
    }
    if (i < expr.args.size()) {
        const Value other = value(expr.args[i], context);
        sql += " ELSE " + other.sql;
        type = joined(type, other.type);
    }
    return {sql + " END", type, {}};
}

Translator::Value Translator::cast(const Expr &expr, Context &context)
{
    const Value operand = value(expr.args[0], context);
    switch (expr.type) {
    case Type::BigInt:
        return {"l_bigint(" + operand.sql + ')', expr.type, {}};
    case Type::Double:
        return {"l_double(" + operand.sql + ')', expr.type, {}};
    case Type::Timestamp:
        return {"l_time(" + operand.sql + ')', expr.type, {}};
    case Type::Boolean:
        return {"(" + operand.sql + " <> 0)", expr.type, {}};
    default:
        return {"CAST(" + operand.sql + " AS TEXT)", Type::Varchar, {}};
    }
}

Translator::Value Translator::call(const Expr &expr, Context &context)
{
    if (context.slots && (isAggregate(expr.text) || expr.text == "LATEST" || expr.text == "RATE" || expr.text == "DELTA"))
        return sampleCall(expr, context);
    if (isAggregate(expr.text))
        return aggregate(expr, context);
    if (expr.text == "LATEST" || expr.text == "RATE" || expr.text == "DELTA")
        complain(code::kSyntax, "42000", expr, expr.text + " is only supported in a query with SAMPLE BY");
    return scalar(expr, context);
}

std::string Translator::timeOf(const Scope &scope)
{
    for (const Role role : {Role::Time, Role::None}) {
        for (const ScopeColumn &column : scope) {
            if (column.type == Type::Timestamp && (role == Role::None || column.role == role))
                return column.sql;
        }
    }
    return {};
}

// Also of SAMPLE BY: then the argument is looked at in the rows below.
Translator::Value Translator::aggregate(const Expr &expr, Context &context)
{
    if (!context.mayAggregate)
        complain(code::kSyntax, "42000", expr, "Aggregate expression is illegal here");
    const bool isCount = expr.text == "COUNT";
    const std::size_t wanted = expr.text == "PERCENTILE" ? 2 : 1;
    if (expr.args.size() != wanted)
        complain(code::kSyntax, "42000", expr, "Invalid number of arguments to function '" + expr.text + "'");
    if (expr.args[0].kind == Expr::Kind::Star) {
        if (!isCount)
            complain(code::kSyntax, "42000", expr, "'*' cannot stand here");
        return {"COUNT(*)", Type::BigInt, {}};
    }
    Context rows{context.scope};
    const Value operand = value(expr.args[0], rows);
    const bool needsNumber = expr.text == "SUM" || expr.text == "AVG" || expr.text == "PERCENTILE";
    if (needsNumber && !isNumeric(operand.type) && operand.type != Type::Null)
        complain(code::kSyntax, "42000", expr,
            "Cannot apply '" + expr.text + "' to arguments of type '" + expr.text + "(<" + typeName(operand.type) + ">)'");
    if (expr.text == "PERCENTILE")
        return {"l_percentile(" + operand.sql + ", " + value(expr.args[1], rows).sql + ')', Type::Double, {}};
    if (expr.text == "FIRST" || expr.text == "LAST") {
        const std::string time = timeOf(context.scope);
        if (time.empty())
            complain(code::kSyntax, "42000", expr, expr.text + " needs a time column");
        return {(expr.text == "FIRST" ? "l_first(" : "l_last(") + operand.sql + ", " + time + ')', operand.type, {}};
    }
    const Type type = isCount ? Type::BigInt : expr.text == "AVG" ? Type::Double : operand.type;
    return {expr.text + (expr.isDistinct ? "(DISTINCT " : "(") + operand.sql + ')', type, {}};
}

Translator::Value Translator::scalar(const Expr &expr, Context &context)
{
    struct Function {
        std::string_view name;
        const char *sqlite;
        std::size_t least;
        std::size_t most;
        Type type; // Null: that of the first argument
    };
    constexpr std::array<Function, 16> functions{{{"ABS", "abs", 1, 1, Type::Null}, {"CEIL", "ceil", 1, 1, Type::Double},
        {"FLOOR", "floor", 1, 1, Type::Double}, {"ROUND", "round", 1, 2, Type::Double}, {"SQRT", "sqrt", 1, 1, Type::Double},
        {"POWER", "pow", 2, 2, Type::Double}, {"MOD", "l_mod", 2, 2, Type::BigInt}, {"UPPER", "upper", 1, 1, Type::Varchar},
        {"LOWER", "lower", 1, 1, Type::Varchar}, {"LENGTH", "length", 1, 1, Type::BigInt}, {"CHAR_LENGTH", "length", 1, 1, Type::BigInt},
        {"SUBSTRING", "substr", 2, 3, Type::Varchar}, {"COALESCE", "coalesce", 2, 9, Type::Null}, {"CONCAT", "concat", 1, 9, Type::Varchar},
        {"CURRENT_TIMESTAMP", "", 0, 0, Type::Timestamp}, {"NOW", "", 0, 0, Type::Timestamp}}};
    const auto *found = std::find_if(functions.begin(), functions.end(), [&](const Function &one) { return one.name == expr.text; });
    if (found == functions.end() || expr.args.size() < found->least || expr.args.size() > found->most)
        complain(code::kSyntax, "42000", expr, "No match found for function signature " + expr.text + "(" + std::to_string(expr.args.size()) + " arguments)");
    if (found->most == 0)
        return {std::to_string(nowMs()), Type::Timestamp, {}};
    std::string list;
    Type first = Type::Null;
    for (const Expr &arg : expr.args) {
        const Value operand = value(arg, context);
        if (first == Type::Null)
            first = operand.type;
        list += (list.empty() ? "" : expr.text == "CONCAT" ? " || " : ", ") + operand.sql;
    }
    const std::string sql = expr.text == "CONCAT" ? '(' + list + ')' : std::string(found->sqlite) + '(' + list + ')';
    return {sql, found->type == Type::Null ? first : found->type, {}};
}

} // namespace lindorm::server
