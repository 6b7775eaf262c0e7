// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include <array>

namespace tdengine::server {

namespace {

constexpr const char *kServerVersion = "3.3.6.0";

std::string joinedSql(const std::vector<std::string> &parts, std::string_view between)
{
    std::string all;
    for (const std::string &part : parts) {
        if (!all.empty())
            all += between;
        all += part;
    }
    return all;
}

} // namespace

Translator::Value Translator::renderCall(const Expr &expr, Frame &frame)
{
    if (auto special = specialCall(expr, frame))
        return *special;
    if (auto time = timeCall(expr, frame))
        return *time;
    if (isSeriesName(expr.name))
        return seriesCall(expr, frame);
    const FunctionForm *form = functionForm(expr.name, expr.args.size());
    if (!form) {
        if (isFunctionName(expr.name))
            return fail(code::kFunctionArguments, "Invalid number of parameters: " + expr.name);
        return fail(code::kInvalidFunction, "Invalid function name: " + expr.name);
    }
    if (form->kind == FunctionForm::Kind::Aggregate)
        return aggregateCall(expr, *form, frame);
    std::vector<Value> args;
    for (const Expr &arg : expr.args)
        args.push_back(renderOperand(arg, args.empty() ? makeType(Type::Null) : args.front().type, frame));
    DataType type = resultType(*form, args.empty() ? makeType(Type::Null) : args.front().type);
    if (form->result == FunctionForm::Result::SameText) {
        for (std::size_t i = 1; expr.name.starts_with("concat") && i < args.size(); ++i)
            type.length += args[i].type.length;
    }
    if (type.type == Type::Null && args.size() > 1)
        type = args[1].type;
    return {filledIn(*form, args, frame), type};
}

std::string Translator::filledIn(const FunctionForm &form, const std::vector<Value> &args, Frame &frame)
{
    std::vector<std::string> parts;
    for (const Value &arg : args)
        parts.push_back(arg.sql);
    std::string sql;
    for (std::size_t i = 0; i < form.form.size(); ++i) {
        if (form.form[i] != '$') {
            sql += form.form[i];
            continue;
        }
        switch (const char what = form.form[++i]; what) {
        case '*': sql += joinedSql(parts, ", "); break;
        case '|': sql += joinedSql(parts, " || "); break;
        case 't': sql += timeOf(frame); break;
        case 'o': sql += seriesWindow(frame); break;
        case 'p': sql += std::to_string(ticksPerSecond(frame.precision)); break;
        default: sql += parts[static_cast<std::size_t>(what - '1')];
        }
    }
    return sql;
}

// Functions about the server and the session, and those with forms of their own.
std::optional<Translator::Value> Translator::specialCall(const Expr &expr, Frame &frame)
{
    const std::string &name = expr.name;
    const auto text = [](std::string_view value) {
        return Value{quotedSql(value), makeType(Type::Varchar, std::max(1, static_cast<int>(value.size())))};
    };
    if (name == "server_version" || name == "client_version")
        return text(kServerVersion);
    if (name == "server_status")
        return Value{"1", makeType(Type::Int)};
    if (name == "database")
        return m_context.database.empty() ? Value{"NULL", makeType(Type::Varchar, 64)} : text(m_context.database);
    if (name == "user" || name == "current_user")
        return text(m_context.user + "@%");
    if (name == "if" && expr.args.size() == 3) {
        const Value condition = render(expr.args[0], frame);
        const Value yes = render(expr.args[1], frame);
        return Value{"iif(" + condition.sql + ", " + yes.sql + ", " + render(expr.args[2], frame).sql + ')', yes.type};
    }
    if (name == "count" && expr.args.size() == 1 && expr.args[0].kind == Expr::Kind::Star) {
        if (!frame.isOuterOfFill)
            return Value{"count(*)", makeType(Type::BigInt)};
        frame.fillAggregates.push_back({"count(*)", makeType(Type::BigInt)});
        return Value{"a" + std::to_string(frame.fillAggregates.size() - 1), makeType(Type::BigInt)};
    }
    return std::nullopt;
}

std::optional<Translator::Value> Translator::timeCall(const Expr &expr, Frame &frame)
{
    const std::string &name = expr.name;
    const std::string precision = std::to_string(static_cast<int>(frame.precision));
    const DataType time = timestampType(frame.precision);
    if (name == "now" || name == "today")
        return Value{std::to_string(constantTicks(expr, frame.precision).value_or(0)), time};
    if (name == "timezone")
        return Value{"td_zone()", makeType(Type::Varchar, 64)};
    if (name == "to_iso8601" && !expr.args.empty()) {
        const Value value = renderOperand(expr.args[0], time, frame);
        return Value{"td_iso(" + value.sql + ", " + precision + ')', makeType(Type::Varchar, 64)};
    }
    if (name == "to_unixtimestamp" && !expr.args.empty()) {
        const bool asTime = expr.args.size() > 1 && expr.args[1].name == "1";
        return Value{"td_parse_time(" + render(expr.args[0], frame).sql + ", " + precision + ')',
            asTime ? time : makeType(Type::BigInt)};
    }
    if (name == "timetruncate" && expr.args.size() >= 2 && expr.args[1].kind == Expr::Kind::Duration) {
        WindowSpec spec;
        spec.interval = expr.args[1].duration;
        spec.precision = frame.precision;
        if (expr.args.size() < 3 || expr.args[2].name != "0")
            spec.zone = m_context.zone;
        const Value value = renderOperand(expr.args[0], time, frame);
        return Value{"td_window_start(" + value.sql + ", " + std::to_string(addWindow(spec)) + ')', time};
    }
    if (name == "timediff" && expr.args.size() >= 2) {
        const Value from = renderOperand(expr.args[0], time, frame);
        std::string sql = '(' + from.sql + " - " + renderOperand(expr.args[1], time, frame).sql + ')';
        if (expr.args.size() > 2 && expr.args[2].kind == Expr::Kind::Duration)
            sql = '(' + sql + " / " + std::to_string(std::max<std::int64_t>(1, expr.args[2].duration.ticks(frame.precision))) + ')';
        return Value{sql, makeType(Type::BigInt)};
    }
    if (name == "elapsed" && !expr.args.empty()) {
        const std::int64_t unit
            = expr.args.size() > 1 && expr.args[1].kind == Expr::Kind::Duration ? expr.args[1].duration.ticks(frame.precision) : 1;
        Expr spread;
        spread.kind = Expr::Kind::Call;
        spread.name = "spread";
        spread.args = {expr.args[0]};
        const Value value = render(spread, frame);
        return Value{"(" + value.sql + " * 1.0 / " + std::to_string(std::max<std::int64_t>(1, unit)) + ')', makeType(Type::Double)};
    }
    return std::nullopt;
}

Translator::Value Translator::aggregateCall(const Expr &expr, const FunctionForm &form, Frame &frame)
{
    if (frame.insideAggregate)
        return fail(0x261E, "Aggregate functions do not support nesting");
    if (!frame.isAggregate)
        return fail(code::kAggregateNotAllowed, "There mustn't be aggregation");
    frame.insideAggregate = true;
    std::vector<Value> args;
    for (const Expr &arg : expr.args)
        args.push_back(render(arg, frame));
    frame.insideAggregate = false;
    const DataType first = args.front().type;
    const DataType type = resultType(form, first);
    std::string sql;
    if (expr.isDistinct)
        sql = std::string(form.name) + "(DISTINCT " + args.front().sql + ')';
    else if (form.name == "sum" && first.type == Type::Decimal)
        sql = "td_sum_decimal(" + args.front().sql + ", " + std::to_string(first.scale) + ')';
    else if (form.name == "sum" && first.type == Type::UBigInt)
        sql = "td_sum_unsigned(" + args.front().sql + ')';
    else if ((form.name == "min" || form.name == "max") && first.type == Type::Decimal)
        sql = (form.name == "min" ? "td_first(CAST(" : "td_last(CAST(") + args.front().sql + " AS REAL), " + args.front().sql + ')';
    else if (form.name == "avg" && first.type == Type::UBigInt)
        sql = "avg(CAST(" + args.front().sql + " AS REAL))";
    else
        sql = filledIn(form, args, frame);
    if (!frame.isOuterOfFill)
        return {sql, type};
    frame.fillAggregates.push_back({sql, type});
    return {"a" + std::to_string(frame.fillAggregates.size() - 1), type};
}

std::string Translator::seriesWindow(Frame &frame)
{
    std::string sql = "(";
    for (std::size_t i = 0; i < frame.keys.size(); ++i)
        sql += (i == 0 ? "PARTITION BY " : ", ") + frame.keys[i].sql;
    return sql + " ORDER BY " + timeOf(frame) + ')';
}

Translator::Value Translator::seriesCall(const Expr &expr, Frame &frame)
{
    if (!frame.isSeries || frame.isAggregate)
        return fail(code::kNotSingleGroup, "Not a single-group group function");
    if (expr.args.empty())
        return fail(code::kFunctionArguments, "Invalid number of parameters: " + expr.name);
    const Value value = render(expr.args[0], frame);
    const std::string over = " OVER " + seriesWindow(frame);
    if (const FunctionForm *form = functionForm(expr.name, expr.args.size())) {
        if (expr.name == "diff")
            frame.seriesDrop = std::max(frame.seriesDrop, 1);
        return {filledIn(*form, {value}, frame), resultType(*form, value.type)};
    }
    if (expr.name == "mavg" && expr.args.size() == 2) {
        const int width = std::max(1, static_cast<int>(constantTicks(expr.args[1], frame.precision).value_or(1)));
        frame.seriesDrop = std::max(frame.seriesDrop, width - 1);
        std::string window = seriesWindow(frame);
        window.insert(window.size() - 1, " ROWS " + std::to_string(width - 1) + " PRECEDING");
        return {"avg(" + value.sql + ") OVER " + window, makeType(Type::Double)};
    }
    if (expr.name == "derivative" && expr.args.size() >= 2 && expr.args[1].kind == Expr::Kind::Duration) {
        frame.seriesDrop = std::max(frame.seriesDrop, 1);
        const std::string time = timeOf(frame);
        return {"((" + value.sql + " - lag(" + value.sql + ')' + over + ") * " + std::to_string(expr.args[1].duration.ticks(frame.precision))
                + ".0 / (" + time + " - lag(" + time + ')' + over + "))", makeType(Type::Double)};
    }
    return fail(code::kFunctionArguments, "Invalid number of parameters: " + expr.name);
}

int Translator::addWindow(const WindowSpec &spec)
{
    m_plan.windows.push_back(spec);
    return static_cast<int>(m_plan.windows.size()) - 1;
}

} // namespace tdengine::server
