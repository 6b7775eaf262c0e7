// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/translator.h"

namespace tdengine::server {

Translator::Translator(const Context &context, RelationFinder finder)
    : m_context(context)
    , m_finder(std::move(finder))
{
}

void Translator::addSource(Frame &frame, const Source &source)
{
    ScopeSource added;
    const std::string sql = "s" + std::to_string(m_nextSource++);
    added.alias = source.alias.empty() ? source.table : source.alias;
    if (source.query) {
        std::vector<Column> columns;
        added.from = '(' + subquery(*source.query, columns).sql + ") AS " + sql;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            added.columns.push_back({columns[i].name, columns[i].type, sql + ".o" + std::to_string(i)});
            if (columns[i].type.type == Type::Timestamp && added.time.empty()) {
                added.time = added.columns.back().sql;
                added.precision = columns[i].type.precision;
            }
        }
    } else {
        added.table = source.table;
        added.database = source.database.empty() ? m_context.database : source.database;
        const FoundRelation found = m_finder(added.database, source.table, m_failure);
        if (!found.relation)
            return;
        const Relation &relation = *found.relation;
        RelationModule &module = m_plan.relations.emplace_back();
        module.name = "r" + std::to_string(m_plan.relations.size() - 1);
        module.relation = found.relation;
        added.module = &module;
        added.from = module.name + " AS " + sql;
        added.starHasTags = !found.isChild;
        added.precision = relation.precision;
        const auto add = [&added, &sql](const Column &column, bool isTag) {
            const std::string name = sql + ".c" + std::to_string(added.columns.size());
            added.columns.push_back({column.name, column.type, name, isTag});
        };
        for (const Column &column : relation.columns)
            add(column, false);
        for (const Column &tag : relation.tags)
            add(tag, true);
        if (!relation.isSystem) {
            added.tableName = sql + ".tb";
            added.time = sql + ".c0";
        }
    }
    if (frame.sources.empty())
        frame.precision = added.precision;
    frame.sources.push_back(std::move(added));
}

std::string Translator::fromSql(Frame &frame)
{
    std::string sql;
    for (const Source &source : frame.select->from) {
        addSource(frame, source);
        if (failed())
            return {};
        const std::string &added = frame.sources.back().from;
        if (source.join.empty())
            sql += " FROM " + added;
        else
            sql += (source.join == "," ? ", " : ' ' + source.join + ' ') + added;
        if (source.on)
            sql += " ON " + render(*source.on, frame).sql;
    }
    return sql;
}

// The bounds that WHERE sets to the primary timestamp, as far as its conjunction tells.
void Translator::findRange(Frame &frame, const Expr &expr)
{
    if (expr.kind == Expr::Kind::Binary && expr.name == "and") {
        findRange(frame, expr.args[0]);
        findRange(frame, expr.args[1]);
        return;
    }
    const auto isTime = [this, &frame](const Expr &side) {
        return side.kind == Expr::Kind::Column && !frame.sources.empty() && !frame.sources.front().time.empty()
            && render(side, frame).sql == frame.sources.front().time;
    };
    const auto raise = [&frame](std::int64_t low) { frame.lowTicks = std::max(frame.lowTicks.value_or(low), low); };
    const auto lower = [&frame](std::int64_t high) { frame.highTicks = std::min(frame.highTicks.value_or(high), high); };
    if (expr.kind == Expr::Kind::Between && !expr.negated && isTime(expr.args[0])) {
        if (const auto low = constantTicks(expr.args[1], frame.precision))
            raise(*low);
        if (const auto high = constantTicks(expr.args[2], frame.precision))
            lower(*high);
        return;
    }
    if (expr.kind != Expr::Kind::Binary)
        return;
    std::string name = expr.name;
    const bool isTurned = isTime(expr.args[1]);
    if (!isTurned && !isTime(expr.args[0]))
        return;
    const auto ticks = constantTicks(expr.args[isTurned ? 0 : 1], frame.precision);
    if (!ticks)
        return;
    if (isTurned && name.front() == '<')
        name.front() = '>';
    else if (isTurned && name.front() == '>')
        name.front() = '<';
    if (name == "=" || name == ">=")
        raise(*ticks);
    if (name == "=" || name == "<=")
        lower(*ticks);
    if (name == ">")
        raise(*ticks + 1);
    if (name == "<")
        lower(*ticks - 1);
}

void Translator::prepareWindow(Frame &frame)
{
    const Window &window = frame.select->window;
    if (window.kind == Window::Kind::None)
        return;
    const std::string time = timeOf(frame);
    if (failed())
        return;
    if (window.kind != Window::Kind::Interval) {
        frame.windowStart = "min(" + time + ')';
        frame.windowEnd = "max(" + time + ')';
        return;
    }
    WindowSpec spec;
    spec.interval = window.interval;
    spec.offset = window.offset;
    spec.sliding = window.sliding;
    spec.precision = frame.precision;
    spec.zone = m_context.zone;
    if (spec.interval.ticks(spec.precision) <= 0) {
        fail(0x2614, "Interval too small");
        return;
    }
    if (spec.sliding.count && spec.sliding.ticks(spec.precision) > spec.interval.ticks(spec.precision)) {
        fail(0x2631, "sliding value no larger than the interval value");
        return;
    }
    if (spec.sliding.count && (spec.interval.isCalendar() || spec.sliding.isCalendar())) {
        fail(0x2630, "Does not support sliding when interval is natural month/year");
        return;
    }
    frame.windowIndex = addWindow(spec);
    ScopeSource &first = frame.sources.front();
    if (spec.overlaps()) {
        frame.windowStart = "win.w";
    } else if (first.module && frame.sources.size() == 1) {
        // The table itself tells the window, and comes in the order of it.
        first.module->windows = spec;
        frame.windowStart = first.time.substr(0, first.time.find('.')) + ".w";
    } else {
        frame.windowStart = "td_window_start(" + time + ", " + std::to_string(frame.windowIndex) + ')';
    }
}

} // namespace tdengine::server
