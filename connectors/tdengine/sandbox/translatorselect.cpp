// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

#include <algorithm>

namespace tdengine::server {

namespace {

constexpr int kDeepestQuery = 32;

bool isSelecting(const Expr &expr)
{
    if (expr.kind == Expr::Kind::Call
        && (expr.name == "first" || expr.name == "last" || expr.name == "last_row" || expr.name == "min" || expr.name == "max"
            || expr.name == "mode"))
        return true;
    return std::any_of(expr.args.begin(), expr.args.end(), isSelecting);
}

std::string columnTitle(const SelectItem &item)
{
    if (!item.alias.empty())
        return item.alias;
    if (item.expr.kind == Expr::Kind::Column)
        return item.expr.name;
    return item.expr.text;
}

} // namespace

Plan Translator::translated(const Query &query)
{
    std::vector<Column> columns;
    m_plan.sql = subquery(query, columns).sql;
    m_plan.columns = std::move(columns);
    return std::move(m_plan);
}

Translator::Value Translator::subquery(const Query &query, std::vector<Column> &columns)
{
    if (++m_depth > kDeepestQuery)
        return fail(code::kParserInternal, "SQL statement too long");
    std::string sql;
    const bool isOnly = query.selects.size() == 1;
    for (std::size_t i = 0; i < query.selects.size() && !failed(); ++i) {
        std::vector<Column> own;
        const std::string select = selectSql(query, query.selects[i], isOnly, own);
        if (i > 0) {
            sql += query.unionAll[i - 1] ? " UNION ALL " : " UNION ";
            if (own.size() != columns.size())
                return fail(0x2635, "Query block has incorrect number of result columns");
        } else {
            columns = std::move(own);
        }
        sql += isOnly ? select : "SELECT * FROM (" + select + ')';
    }
    if (!isOnly && !failed()) {
        Frame frame;
        frame.outputs = columns;
        for (const Column &column : columns)
            frame.outputTexts.push_back(column.name);
        sql += orderSql(frame, query) + limitSql(query);
    }
    --m_depth;
    return {sql, columns.empty() ? makeType(Type::Null) : columns.front().type};
}

std::string Translator::selectSql(const Query &query, const Select &select, bool isOnly, std::vector<Column> &columns)
{
    Frame frame;
    frame.select = &select;
    std::string from = fromSql(frame);
    if (failed())
        return {};
    if (select.where) {
        findRange(frame, *select.where);
        frame.where = " WHERE " + render(*select.where, frame).sql;
    }
    prepareWindow(frame);
    for (const SelectItem &key : select.partitionBy)
        frame.keys.push_back(render(key.expr, frame));
    for (const Expr &key : select.groupBy)
        frame.keys.push_back(render(key, frame));
    const std::vector<SelectItem> items = expandedItems(frame);
    chooseRole(frame, query);
    if (failed())
        return {};
    if (select.window.kind == Window::Kind::Interval) {
        if (frame.windowStart == "win.w")
            from += ", td_windows(" + timeOf(frame) + ", " + timeOf(frame) + ", " + std::to_string(frame.windowIndex) + ") AS win";
    } else if (select.window.kind != Window::Kind::None) {
        from = sessionFrom(frame, from);
    }
    frame.sources.front().from = from;
    std::string sql;
    if (!select.window.fill.empty() && select.window.fill != "none") {
        sql = filledSql(frame, query, items, isOnly);
    } else {
        renderItems(frame, items);
        sql = plainSql(frame, query, isOnly);
    }
    columns = frame.outputs;
    return sql;
}

void Translator::chooseRole(Frame &frame, const Query &query)
{
    const Select &select = *frame.select;
    int aggregates = 0;
    int selecting = 0;
    for (const SelectItem &item : select.items) {
        frame.isSeries |= hasSeries(item.expr);
        if (hasAggregate(item.expr)) {
            ++aggregates;
            selecting += isSelecting(item.expr);
            if (frame.pick.empty() && isSelecting(item.expr))
                frame.pick = item.expr.name == "first" ? "td_first" : item.expr.name == "last_row" ? "td_last_row" : item.expr.name == "last" ? "td_last" : "";
        }
    }
    const bool having = select.having && hasAggregate(*select.having);
    const bool ordered = std::any_of(query.orderBy.begin(), query.orderBy.end(), [](const OrderItem &o) { return hasAggregate(o.expr); });
    frame.isAggregate = aggregates > 0 || having || ordered || !select.groupBy.empty() || select.window.kind != Window::Kind::None;
    if (selecting != aggregates)
        frame.pick.clear();
    if (frame.isAggregate && select.where && hasAggregate(*select.where))
        fail(code::kAggregateNotAllowed, "There mustn't be aggregation");
    if (query.partitions.count && frame.keys.empty())
        fail(0x2638, "slimit/soffset only available for PARTITION/GROUP BY query");
    if (frame.sources.empty())
        frame.sources.emplace_back();
}

std::vector<SelectItem> Translator::expandedItems(Frame &frame)
{
    std::vector<SelectItem> items;
    const auto addAll = [&frame, &items](const std::string &qualifier, const std::string &function) {
        bool found = false;
        for (const ScopeSource &source : frame.sources) {
            if (!qualifier.empty() && qualifier != source.alias && qualifier != source.table && qualifier != source.database + '.' + source.table)
                continue;
            found = true;
            for (const ScopeColumn &column : source.columns) {
                if (column.isTag && (!source.starHasTags || !function.empty()))
                    continue;
                SelectItem item;
                item.expr.kind = Expr::Kind::Column;
                item.expr.name = column.name;
                item.expr.text = column.name;
                if (frame.sources.size() > 1 || !qualifier.empty())
                    item.expr.qualifier = source.alias;
                if (!function.empty()) {
                    Expr call;
                    call.kind = Expr::Kind::Call;
                    call.name = function;
                    call.text = function + '(' + column.name + ')';
                    call.args = {item.expr};
                    item.expr = call;
                }
                items.push_back(std::move(item));
            }
        }
        return found && !frame.sources.empty();
    };
    for (const SelectItem &item : frame.select->items) {
        const bool isPick = item.expr.kind == Expr::Kind::Call && item.expr.args.size() == 1
            && item.expr.args[0].kind == Expr::Kind::Star
            && (item.expr.name == "last" || item.expr.name == "first" || item.expr.name == "last_row");
        const Expr &star = isPick ? item.expr.args[0] : item.expr;
        if (star.kind != Expr::Kind::Star) {
            items.push_back(item);
        } else if (!addAll(star.qualifier, isPick ? item.expr.name : std::string())) {
            if (star.qualifier.empty())
                fail(code::kSyntax, "syntax error near \"*\"");
            else
                fail(code::kTableNotExist, "Table does not exist: " + star.qualifier);
        }
    }
    return items;
}

void Translator::renderItems(Frame &frame, const std::vector<SelectItem> &items)
{
    for (const SelectItem &item : items) {
        const Value value = render(item.expr, frame);
        frame.outputs.push_back({columnTitle(item), value.type});
        frame.outputTexts.push_back(item.alias.empty() ? item.expr.text : item.alias);
        frame.outputSql.push_back(value.sql);
    }
}

std::string Translator::outputList(const Frame &frame) const
{
    std::string sql;
    for (std::size_t i = 0; i < frame.outputSql.size(); ++i)
        sql += (i ? ", " : "") + frame.outputSql[i] + " AS o" + std::to_string(i);
    return sql;
}

std::string Translator::keyList(const Frame &frame, const std::string &more) const
{
    std::string sql;
    for (const Value &key : frame.keys)
        sql += (sql.empty() ? "" : ", ") + key.sql;
    if (!more.empty())
        sql += (sql.empty() ? "" : ", ") + more;
    return sql;
}

// A select whose windows, if any, are not filled. PARTITION BY with LIMIT and no ORDER BY limits each partition.
std::string Translator::plainSql(Frame &frame, const Query &query, bool isOnly)
{
    const Select &select = *frame.select;
    const bool isWindow = select.window.kind != Window::Kind::None;
    const bool isInterval = select.window.kind == Window::Kind::Interval;
    const std::string windowKey = !isWindow ? "" : isInterval ? frame.windowStart : frame.windowGroup;
    std::string sql = frame.sources.front().from + frame.where;
    if (frame.isAggregate && (!frame.keys.empty() || isWindow))
        sql += " GROUP BY " + keyList(frame, windowKey);
    if (select.having)
        sql += (frame.isAggregate ? " HAVING " : "") + render(*select.having, frame).sql;
    const std::string head = std::string("SELECT ") + (select.isDistinct ? "DISTINCT " : "") + outputList(frame);
    const bool hasLimit = query.limit.count.has_value();
    const bool limitsPartitions = isOnly && !select.partitionBy.empty() && ((hasLimit && query.orderBy.empty() && (isWindow || !frame.isAggregate)));
    if (!limitsPartitions && !query.partitions.count && !frame.isSeries) {
        if (!isOnly)
            return head + sql;
        std::string order = orderSql(frame, query);
        if (order.empty() && isWindow)
            order = " ORDER BY " + keyList(frame, windowKey);
        return head + sql + order + limitSql(query);
    }
    const std::string inOrder = isWindow ? (isInterval ? windowKey : frame.windowStart) : frame.isAggregate ? std::string("1") : timeOf(frame);
    const std::string keys = keyList(frame);
    sql = head + ", row_number() OVER (" + (keys.empty() ? "" : "PARTITION BY " + keys + ' ') + "ORDER BY " + inOrder + ") AS rn, dense_rank() OVER ("
        + (keys.empty() ? "" : "ORDER BY " + keys) + ") AS pn" + sql;
    sql = "SELECT * FROM (" + sql + ") WHERE rn > " + std::to_string(frame.seriesDrop + (limitsPartitions ? query.limit.offset : 0));
    if (limitsPartitions)
        sql += " AND rn <= " + std::to_string(frame.seriesDrop + query.limit.offset + *query.limit.count);
    if (query.partitions.count)
        sql += " AND pn > " + std::to_string(query.partitions.offset) + " AND pn <= "
            + std::to_string(query.partitions.offset + *query.partitions.count);
    const std::string order = orderSql(frame, query);
    sql += order.empty() ? " ORDER BY pn, rn" : order;
    return limitsPartitions ? sql : sql + limitSql(query);
}

// The windows without rows are made, then filled: from the windows that there are, and SQL's window functions.
std::string Translator::filledSql(Frame &frame, const Query &query, const std::vector<SelectItem> &items, bool isOnly)
{
    const Window &window = frame.select->window;
    if (window.kind != Window::Kind::Interval || !frame.lowTicks || !frame.highTicks) {
        fail(code::kFillTimeRange, "Start(end) time of query range required or time range too large");
        return {};
    }
    frame.isOuterOfFill = true;
    renderItems(frame, items);
    const std::string having = frame.select->having ? " WHERE " + render(*frame.select->having, frame).sql : std::string();
    const std::string order = orderSql(frame, query);
    std::string keys, keysOn, partition;
    for (std::size_t i = 0; i < frame.keys.size(); ++i) {
        const std::string key = "k" + std::to_string(i);
        keys += frame.keys[i].sql + " AS " + key + ", ";
        keysOn += " AND a." + key + " IS p." + key;
        partition += (i ? ", " : "PARTITION BY ") + key;
    }
    std::string sql = "WITH a AS MATERIALIZED (SELECT " + keys + frame.windowStart + " AS w";
    for (std::size_t i = 0; i < frame.fillAggregates.size(); ++i)
        sql += ", " + frame.fillAggregates[i].sql + " AS a" + std::to_string(i);
    sql += frame.sources.front().from + frame.where + " GROUP BY " + keyList(frame, frame.windowStart) + "), ";
    std::string names, pNames;
    for (std::size_t i = 0; i < frame.keys.size(); ++i) {
        names += (i ? ", k" : "k") + std::to_string(i);
        pNames += "p.k" + std::to_string(i) + ", ";
    }
    const bool always = window.fill == "null_f" || window.fill == "value_f";
    sql += "p AS MATERIALIZED (" + (names.empty() ? std::string(always ? "SELECT 1" : "SELECT 1 FROM a LIMIT 1") : "SELECT DISTINCT " + names + " FROM a") + "), ";
    sql += "g AS (SELECT " + pNames + "s.w AS w, a.w IS NULL AS miss";
    for (std::size_t i = 0; i < frame.fillAggregates.size(); ++i)
        sql += ", a.a" + std::to_string(i) + " AS a" + std::to_string(i);
    sql += " FROM p CROSS JOIN td_windows(" + std::to_string(*frame.lowTicks) + ", " + std::to_string(*frame.highTicks) + ", "
        + std::to_string(frame.windowIndex) + ") AS s LEFT JOIN a ON a.w = s.w" + keysOn + "), ";
    sql += "f AS (SELECT " + (names.empty() ? "" : names + ", ") + "w, miss";
    for (std::size_t i = 0; i < frame.fillAggregates.size(); ++i)
        sql += ", " + fillValue(frame, i, partition) + " AS a" + std::to_string(i);
    sql += " FROM g) SELECT " + outputList(frame) + " FROM f" + having;
    if (!isOnly)
        return sql;
    return sql + (order.empty() ? " ORDER BY " + (names.empty() ? "" : names + ", ") + "w" : order) + limitSql(query);
}

// What stands in the place of an aggregate of a window without one; one fill value for each aggregate, the last for the rest.
std::string Translator::fillValue(Frame &frame, std::size_t index, const std::string &partition)
{
    const Window &window = frame.select->window;
    const DataType &type = frame.fillAggregates[index].type;
    const std::string a = "a" + std::to_string(index);
    const std::string before = " OVER (" + partition + " ORDER BY w)";
    const std::string after = " OVER (" + partition + " ORDER BY w DESC)";
    if (window.fill == "prev")
        return "td_previous(" + a + ')' + before;
    if (window.fill == "next")
        return "td_previous(" + a + ')' + after;
    if (window.fill == "linear") {
        const std::string at = "CASE WHEN " + a + " IS NOT NULL THEN w END";
        const std::string line = "ifnull(" + a + ", td_linear(w, td_previous(" + at + ')' + before + ", td_previous(" + a + ')'
            + before + ", td_previous(" + at + ')' + after + ", td_previous(" + a + ')' + after + "))";
        return type.isInteger() ? "CAST(" + line + " AS INTEGER)" : line;
    }
    if (window.fill.starts_with("value")) {
        const Expr &value = window.fillValues[std::min(index, window.fillValues.size() - 1)];
        return "CASE WHEN miss THEN " + renderOperand(value, type, frame).sql + " ELSE " + a + " END";
    }
    return a;
}

// SESSION, STATE_WINDOW, COUNT_WINDOW and EVENT_WINDOW: rows are numbered by the window that they fall into.
std::string Translator::sessionFrom(Frame &frame, const std::string &from)
{
    const Window &window = frame.select->window;
    const std::string time = timeOf(frame);
    const std::string keys = keyList(frame);
    const std::string over = " OVER (" + (keys.empty() ? "" : "PARTITION BY " + keys + ' ') + "ORDER BY " + time + ')';
    std::string starts;
    const bool wasAggregate = frame.isAggregate;
    frame.isAggregate = false;
    if (window.kind == Window::Kind::Session) {
        starts = '(' + time + " - lag(" + time + ')' + over + " > " + std::to_string(window.interval.ticks(frame.precision)) + ')';
    } else if (window.kind == Window::Kind::State) {
        const std::string state = render(window.args[0], frame).sql;
        starts = '(' + state + " IS NOT lag(" + state + ')' + over + ')';
    } else if (window.kind == Window::Kind::Count) {
        starts = "((row_number()" + over + " - 1) % " + std::to_string(std::max<std::int64_t>(1, window.count)) + " = 0)";
    } else {
        const std::string opens = render(window.args[0], frame).sql;
        const std::string closes = render(window.args[1], frame).sql;
        starts = "td_event(" + opens + ", " + closes + ')' + over;
    }
    frame.isAggregate = wasAggregate;
    // The rows again, under the names that the rest of the select uses, with the number of their window.
    std::string inner = "SELECT ";
    ScopeSource &source = frame.sources.front();
    const std::string name = source.time.substr(0, source.time.find('.'));
    for (const ScopeColumn &column : source.columns)
        inner += column.sql + " AS " + column.sql.substr(column.sql.find('.') + 1) + ", ";
    if (!source.tableName.empty())
        inner += source.tableName + " AS tb, ";
    inner += starts + " AS st" + from + frame.where;
    const std::string counted = window.kind == Window::Kind::Event ? "st" : "sum(ifnull(st, 0)) OVER (" + (keys.empty() ? std::string() : "PARTITION BY " + keys + ' ') + "ORDER BY " + time + ')';
    frame.where.clear();
    frame.windowGroup = name + ".g";
    std::string sql = " FROM (SELECT " + name + ".*, " + counted + " AS g FROM (" + inner + ") AS " + name + ") AS " + name;
    if (window.kind == Window::Kind::Event)
        frame.where = " WHERE g IS NOT NULL";
    return sql;
}

std::string Translator::orderSql(Frame &frame, const Query &query)
{
    std::string sql;
    for (const OrderItem &order : query.orderBy) {
        std::string key;
        for (std::size_t i = 0; i < frame.outputs.size(); ++i) {
            const bool isSame = order.expr.text == frame.outputTexts[i]
                || (order.expr.kind == Expr::Kind::Column && order.expr.qualifier.empty() && order.expr.name == frame.outputs[i].name);
            const bool isPosition = order.expr.kind == Expr::Kind::Integer && order.expr.name == std::to_string(i + 1);
            if ((isSame || isPosition) && key.empty()) {
                key = "o" + std::to_string(i);
                if (frame.outputs[i].type.type == Type::Decimal)
                    key = "CAST(" + key + " AS REAL)";
            }
        }
        if (key.empty() && order.expr.kind == Expr::Kind::Integer)
            fail(0x2609, "ORDER BY item must be the number of a SELECT-list expression");
        if (key.empty()) {
            const Value value = render(order.expr, frame);
            key = value.type.type == Type::Decimal ? "CAST(" + value.sql + " AS REAL)" : value.sql;
        }
        sql += (sql.empty() ? " ORDER BY " : ", ") + key + (order.isDescending ? " DESC" : "");
        if (!order.nulls.empty())
            sql += " NULLS " + order.nulls;
    }
    return sql;
}

std::string Translator::limitSql(const Query &query) const
{
    if (!query.limit.count)
        return {};
    return " LIMIT " + std::to_string(*query.limit.count)
        + (query.limit.offset ? " OFFSET " + std::to_string(query.limit.offset) : std::string());
}

} // namespace tdengine::server
