// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include <algorithm>
#include <charconv>

// SAMPLE BY: every series, which is what has the same tags, in windows of its own.
namespace lindorm::server {

namespace {

std::string numbered(const char *letter, std::size_t index)
{
    return letter + std::to_string(index);
}

// "g0, g1": the tags of the rows below, each with something in front.
std::string tagList(std::size_t count, const std::string &prefix = {})
{
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
        list += (list.empty() ? "" : ", ") + prefix + numbered("g", i);
    return list;
}

std::string partition(std::size_t tags, const std::string &prefix = {})
{
    return tags == 0 ? std::string() : "PARTITION BY " + tagList(tags, prefix) + ' ';
}

bool isChangeCall(const Expr &expr)
{
    return expr.text == "RATE" || expr.text == "DELTA";
}

// '1s', '10m': milliseconds; 0 for anything else.
std::int64_t unitMs(const std::string &text)
{
    std::int64_t number = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit(stop, text.data() + text.size());
    if (failure != std::errc() || number <= 0 || number > 1'000'000)
        return 0;
    return number * (unit == "ms" ? 1 : unit == "s" ? 1000 : unit == "m" ? 60'000 : unit == "h" ? 3'600'000 : unit == "d" ? 86'400'000 : 0);
}

// The value of a window that the series has no rows in.
std::string fillValue(Sample::Fill fill, const Sample &sample, const std::string &value, const std::string &growing, const std::string &shrinking)
{
    using Fill = Sample::Fill;
    const std::string before = "l_last(" + value + ", grid.b) OVER (" + growing + ')';
    const std::string after = "l_first(" + value + ", grid.b) OVER (" + shrinking + ')';
    const std::string seen = "CASE WHEN " + value + " IS NOT NULL THEN grid.b END";
    const std::string beforeTime = "MAX(" + seen + ") OVER (" + growing + ')';
    const std::string afterTime = "MIN(" + seen + ") OVER (" + shrinking + ')';
    switch (fill) {
    case Fill::Zero: return "0";
    case Fill::Value: return sample.value;
    case Fill::Previous: return before;
    case Fill::After: return after;
    case Fill::Near: return "CASE WHEN grid.b - " + beforeTime + " <= " + afterTime + " - grid.b THEN " + before + " ELSE " + after + " END";
    case Fill::Linear:
        return '(' + before + " + (" + after + " - " + before + ") * 1.0 * (grid.b - " + beforeTime + ") / (" + afterTime + " - " + beforeTime + "))";
    default: return "NULL";
    }
}

} // namespace

Translation Translator::sampled(const Select &select)
{
    if (!select.groupBy.empty() || select.having)
        refuse(code::kSyntax, "42000", range(select.begin, select.begin + 6) + ": SAMPLE BY and GROUP BY can not be used at the same level");
    if (select.from.size() != 1 || select.from[0].select)
        refuse(code::kSyntax, "42000", range(select.begin, select.begin + 6) + ": SAMPLE BY works on one table");
    Scope scope;
    const std::string from = sources(select, scope);
    Slots slots;
    slots.sample = &*select.sample;
    for (const ScopeColumn &column : scope) {
        if (column.role == Role::Tag)
            slots.tags.push_back(column.name);
    }
    Context context{scope};
    context.slots = &slots;
    context.mayAggregate = true;
    Translation translation;
    const std::string list = items(select, context, translation.columns);
    if (slots.hasLatest + slots.hasAggregates + slots.hasChanges != 1)
        refuse(code::kSyntax, "42000", range(select.begin, select.begin + 6) + ": SAMPLE BY takes aggregates, or LATEST alone, or RATE and DELTA alone");
    const std::string order = tail(select, context, translation.columns); // before the rows: it may need more of them
    std::string rows = sampleRows(select, scope, slots, from);
    if (slots.sample->fill != Sample::Fill::None && slots.sample->widthMs > 0 && !slots.hasLatest)
        rows = filled(rows, slots);
    if (slots.hasChanges)
        rows = withRowBefore(rows, slots);
    translation.sql = "SELECT " + list + " FROM (" + rows + ')' + (slots.hasChanges ? " WHERE pb IS NOT NULL" : "");
    const std::string tags = tagList(slots.tags.size());
    translation.sql += select.orderBy.empty() ? " ORDER BY " + tags + (tags.empty() ? "b" : ", b") + order : order;
    return translation;
}

// Conditions on fields are passed over, as the server does.
std::optional<Expr> Translator::withoutFields(const Expr &expr, const Scope &scope)
{
    const bool isJunction = expr.kind == Expr::Kind::Binary && (expr.text == "AND" || expr.text == "OR");
    if (isJunction) {
        auto left = withoutFields(expr.args[0], scope);
        auto right = withoutFields(expr.args[1], scope);
        if (!left || !right)
            return left ? left : right;
        Expr both = expr;
        both.args = {std::move(*left), std::move(*right)};
        return both;
    }
    if (expr.kind == Expr::Kind::Column) {
        const auto found = std::find_if(scope.begin(), scope.end(), [&](const ScopeColumn &column) { return sameText(column.name, expr.text); });
        return found != scope.end() && found->role == Role::Field ? std::nullopt : std::optional(expr);
    }
    const bool isClean = std::all_of(expr.args.begin(), expr.args.end(), [&](const Expr &arg) { return withoutFields(arg, scope).has_value(); });
    return isClean ? std::optional(expr) : std::nullopt;
}

// The condition that the server keeps, as SQLite writes it; empty: none.
std::string Translator::sampleCondition(const Select &select, const Scope &scope)
{
    if (!select.where)
        return {};
    Context rows{scope};
    static_cast<void>(value(*select.where, rows)); // names that there are none of are refused in any case
    const auto kept = withoutFields(*select.where, scope);
    return kept ? value(*kept, rows).sql : std::string();
}

// Columns g0 …, b, a0 …: one row a series and window, or the rows themselves for LATEST, RATE and DELTA over the whole range.
std::string Translator::sampleRows(const Select &select, const Scope &scope, const Slots &slots, const std::string &from)
{
    SampledParts parts;
    parts.from = from;
    parts.condition = sampleCondition(select, scope);
    for (const ScopeColumn &column : scope) {
        if (column.role == Role::Tag) {
            parts.tags += column.sql + " AS " + numbered("g", parts.tagCount++) + ", ";
            parts.series += (parts.series.empty() ? "PARTITION BY " : ", ") + column.sql;
        } else if (column.role == Role::Time) {
            parts.time = column.sql;
        }
    }
    for (std::size_t i = 0; i < slots.values.size(); ++i)
        parts.values += ", " + slots.values[i] + " AS " + numbered("a", i);
    const bool isOfRows = !slots.hasAggregates && slots.sample->widthMs == 0;
    return isOfRows ? wholeRange(parts, slots) : windows(parts, *slots.sample);
}

std::string Translator::wholeRange(const SampledParts &parts, const Slots &slots)
{
    std::string where;
    for (const std::string &value : slots.values)
        where += (where.empty() ? " WHERE (" : " OR ") + value + " IS NOT NULL";
    where += ')' + (parts.condition.empty() ? std::string() : " AND " + parts.condition);
    if (!slots.hasLatest)
        return "SELECT " + parts.tags + parts.time + " AS b" + parts.values + parts.from + where;
    // Of one row a series SQLite takes the other columns from the row that has the greatest time.
    if (slots.latest == 1)
        return "SELECT " + parts.tags + "MAX(" + parts.time + ") AS b" + parts.values + parts.from + where
            + (parts.tagCount == 0 ? " HAVING COUNT(*) > 0" : " GROUP BY " + tagList(parts.tagCount));
    return "SELECT * FROM (SELECT " + parts.tags + parts.time + " AS b" + parts.values + ", ROW_NUMBER() OVER (" + parts.series + " ORDER BY "
        + parts.time + " DESC) AS n" + parts.from + where + ") WHERE n <= " + std::to_string(slots.latest);
}

std::string Translator::windows(const SampledParts &parts, const Sample &sample)
{
    const std::string width = std::to_string(sample.widthMs);
    const std::string shifted = '(' + parts.time + " - " + std::to_string(sample.offsetMs) + ')';
    const std::string bucket = sample.widthMs == 0
        ? "MIN(" + parts.time + ')'
        : '(' + parts.time + " - (" + shifted + " % " + width + " + " + width + ") % " + width + ')';
    std::string groups = tagList(parts.tagCount);
    if (sample.widthMs > 0)
        groups += groups.empty() ? "b" : ", b";
    return "SELECT " + parts.tags + bucket + " AS b" + parts.values + parts.from + (parts.condition.empty() ? "" : " WHERE " + parts.condition)
        + (groups.empty() ? " HAVING COUNT(*) > 0" : " GROUP BY " + groups);
}

// Every window between a series' first and last, those without rows filled as asked for.
std::string Translator::filled(const std::string &rows, const Slots &slots)
{
    const std::size_t tags = slots.tags.size();
    const std::string own = tagList(tags) + (tags == 0 ? "" : ", ");
    const std::string width = std::to_string(slots.sample->widthMs);
    const std::string grouping = tags == 0 ? std::string() : " GROUP BY " + tagList(tags);
    std::string join;
    for (std::size_t i = 0; i < tags; ++i)
        join += "agg." + numbered("g", i) + " IS grid." + numbered("g", i) + " AND ";
    const std::string growing = partition(tags, "grid.") + "ORDER BY grid.b";
    const std::string shrinking = growing + " DESC";
    std::string values;
    for (std::size_t i = 0; i < slots.values.size(); ++i) {
        const std::string value = "agg." + numbered("a", i);
        values += ", CASE WHEN agg.b IS NULL THEN " + fillValue(slots.sample->fill, *slots.sample, value, growing, shrinking) + " ELSE " + value
            + " END AS " + numbered("a", i);
    }
    return "WITH RECURSIVE agg AS MATERIALIZED (" + rows + "), grid(" + own + "b, hi) AS (SELECT " + own + "MIN(b), MAX(b) FROM agg" + grouping
        + " UNION ALL SELECT " + own + "b + " + width + ", hi FROM grid WHERE b + " + width + " <= hi) SELECT "
        + tagList(tags, "grid.") + (tags == 0 ? "" : ", ") + "grid.b AS b" + values + " FROM grid LEFT JOIN agg ON " + join
        + "agg.b = grid.b WHERE grid.b IS NOT NULL";
}

std::string Translator::withRowBefore(const std::string &rows, const Slots &slots)
{
    std::string before = "LAG(b) OVER w AS pb";
    for (std::size_t i = 0; i < slots.values.size(); ++i)
        before += ", LAG(" + numbered("a", i) + ") OVER w AS " + numbered("p", i);
    return "SELECT *, " + before + " FROM (" + rows + ") WINDOW w AS (" + partition(slots.tags.size()) + "ORDER BY b)";
}

Translator::Value Translator::sampleColumn(const Expr &expr, const ScopeColumn &column, const Slots &slots) const
{
    if (column.role == Role::Time)
        return {"b", Type::Timestamp, column.name, Role::Time};
    if (column.role != Role::Tag)
        complain(code::kSyntax, "42000", expr, "Expression '" + expr.text + "' is not being grouped");
    const auto tag = std::find(slots.tags.begin(), slots.tags.end(), column.name) - slots.tags.begin();
    return {numbered("g", static_cast<std::size_t>(tag)), Type::Varchar, column.name, Role::Tag};
}

Translator::Value Translator::slot(Slots &slots, std::string sql, Type type)
{
    const Sample &sample = *slots.sample;
    const bool isReal = sample.fill == Sample::Fill::Linear || (sample.fill == Sample::Fill::Value && sample.value.find('.') != std::string::npos);
    const bool isBetween = isReal && type == Type::BigInt; // what is filled in may not be whole
    const auto found = std::find(slots.values.begin(), slots.values.end(), sql);
    const auto index = static_cast<std::size_t>(found - slots.values.begin());
    if (found == slots.values.end())
        slots.values.push_back(std::move(sql));
    return {numbered("a", index), isBetween ? Type::Double : type, {}};
}

Translator::Value Translator::sampleCall(const Expr &expr, Context &context)
{
    Slots &slots = *context.slots;
    Context rows{context.scope};
    rows.mayAggregate = true;
    const bool isWhole = slots.sample->widthMs == 0;
    const bool isChange = isChangeCall(expr);
    if (isAggregate(expr.text)) {
        slots.hasAggregates = true;
        const Value inner = aggregate(expr, rows);
        return slot(slots, inner.sql, inner.type);
    }
    const std::size_t most = expr.text == "DELTA" ? 1 : 2;
    if (expr.args.empty() || expr.args.size() > most)
        complain(code::kSyntax, "42000", expr, "Invalid number of arguments to function '" + expr.text + "'");
    (isChange ? slots.hasChanges : slots.hasLatest) = true;
    Expr last = expr;
    last.text = "LAST";
    last.args.resize(1);
    const bool isNested = expr.args[0].kind == Expr::Kind::Call && isAggregate(expr.args[0].text);
    const Value inner = isNested ? aggregate(expr.args[0], rows) : isWhole ? value(expr.args[0], rows) : aggregate(last, rows);
    const Value now = slot(slots, inner.sql, inner.type);
    if (!isChange) {
        if (expr.args.size() == 2)
            std::from_chars(expr.args[1].text.data(), expr.args[1].text.data() + expr.args[1].text.size(), slots.latest);
        return now;
    }
    const std::string before = 'p' + now.sql.substr(1);
    if (expr.text == "DELTA")
        return {'(' + now.sql + " - " + before + ')', now.type, {}};
    const std::int64_t unit = expr.args.size() == 2 ? unitMs(expr.args[1].text) : 1000;
    if (unit == 0)
        complain(code::kSyntax, "42000", expr.args[1], "Invalid interval");
    return {"((" + now.sql + " - " + before + ") * " + std::to_string(unit) + ".0 / (b - pb))", Type::Double, {}};
}

} // namespace lindorm::server
