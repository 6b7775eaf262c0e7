// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/filter.h"

#include "table/matcher.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <unordered_map>

namespace table {

namespace {

struct FilterTr {
    Q_DECLARE_TR_FUNCTIONS(table::Filter)
};

struct ViewHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using Counts = std::unordered_map<std::string, std::int64_t, ViewHash, std::equal_to<>>;

// A condition and what it needs for each column that it is about.
struct Compiled {
    Condition condition;
    std::vector<std::pair<std::size_t, std::unique_ptr<Matcher>>> matchers;
};

core::Result<std::unique_ptr<Matcher>> matcherFor(const Condition &condition, const ColumnInfo &info, const std::optional<Zone> &zone)
{
    if (condition.test == Condition::Test::Range)
        return rangeMatcher(condition, info, zone);
    return textMatcher(condition, zone);
}

core::Result<std::vector<Compiled>> compileAll(
    const Schema &schema, const std::vector<Condition> &conditions, const std::optional<Zone> &zone)
{
    std::vector<Compiled> all;
    for (const Condition &condition : conditions) {
        Compiled compiled{condition, {}};
        for (std::size_t column = 0; column < schema.columns.size(); ++column) {
            if (condition.column && *condition.column != column)
                continue;
            auto matcher = matcherFor(condition, schema.columns[column], zone);
            if (!matcher)
                return std::move(matcher).error();
            compiled.matchers.emplace_back(column, std::move(*matcher));
        }
        all.push_back(std::move(compiled));
    }
    return all;
}

} // namespace

struct Filter::State {
    std::vector<Condition> conditions;
    std::optional<Zone> zone;
};

core::Result<Filter> Filter::compile(const Schema &schema, std::vector<Condition> conditions, const std::optional<Zone> &zone)
{
    for (const Condition &condition : conditions) {
        if (condition.test != Condition::Test::Pattern)
            continue;
        const QRegularExpression pattern(QString::fromStdString(condition.text));
        if (!pattern.isValid())
            return core::Error{.kind = core::ErrorKind::Usage,
                .message = FilterTr::tr("This is no regular expression: %1").arg(pattern.errorString())};
    }
    if (auto compiled = compileAll(schema, conditions, zone); !compiled)
        return std::move(compiled).error();
    Filter filter;
    filter.m_state = std::make_shared<const State>(State{std::move(conditions), zone});
    return filter;
}

core::Result<Rows> Filter::rows(const Table &table, std::int64_t first, std::int64_t last, const Task &task) const
{
    const auto firstChunk = static_cast<std::size_t>(first >> kChunkShift);
    const std::size_t chunks = last <= first ? 0 : static_cast<std::size_t>((last - 1) >> kChunkShift) + 1 - firstChunk;
    std::vector<Rows> found(std::max(1U, task.threads));
    std::atomic<std::size_t> done = 0;
    const auto search = [&](std::size_t from, std::size_t to, unsigned part) {
        auto compiled = compileAll(table.schema(), m_state->conditions, m_state->zone);
        if (!compiled)
            return;
        auto hits = std::make_unique<Hits>();
        auto passes = std::make_unique<Hits>();
        for (std::size_t i = firstChunk + from; i < firstChunk + to && !task.isStopped(); ++i) {
            const Chunk &chunk = *table.chunks()[i];
            const std::int64_t base = static_cast<std::int64_t>(i) << kChunkShift;
            const auto begin = static_cast<std::uint32_t>(std::max<std::int64_t>(first - base, 0));
            const auto end = static_cast<std::uint32_t>(std::min<std::int64_t>(last - base, chunk.rows));
            std::fill(passes->begin() + begin, passes->begin() + end, std::uint8_t(1));
            for (Compiled &each : *compiled) {
                std::fill(hits->begin() + begin, hits->begin() + end, std::uint8_t(0));
                for (auto &[column, matcher] : each.matchers)
                    matcher->match(table.schema().columns[column], chunk.columns[column], begin, end, *hits);
                const std::uint8_t wanted = each.condition.isNegated ? 0 : 1;
                for (std::uint32_t row = begin; row < end; ++row)
                    (*passes)[row] &= static_cast<std::uint8_t>((*hits)[row] == wanted);
            }
            for (std::uint32_t row = begin; row < end; ++row) {
                if ((*passes)[row])
                    found[part].push_back(static_cast<std::uint32_t>(base + row));
            }
            task.tell(static_cast<double>(++done) / static_cast<double>(chunks));
        }
    };
    // A chunk's rows are too many to be a unit of inParallel's own.
    inParallel(chunks << kChunkShift, kChunkRows, task, [&](std::size_t from, std::size_t to, unsigned part) {
        search(from >> kChunkShift, (to + kChunkRows - 1) >> kChunkShift, part);
    });
    if (task.isStopped())
        return cancelledError();
    Rows all = std::move(found.front());
    for (std::size_t part = 1; part < found.size(); ++part)
        all.insert(all.end(), found[part].begin(), found[part].end());
    return all;
}

bool Filter::marks(const Table &table, std::int64_t row, std::size_t column) const
{
    const Cell cell = table.cell(row, column);
    auto hits = std::make_unique<Hits>();
    for (const Condition &condition : m_state->conditions) {
        if (condition.isNegated || (condition.column && *condition.column != column))
            continue;
        auto matcher = matcherFor(condition, table.schema().columns[column], m_state->zone);
        if (!matcher)
            continue;
        (*hits)[cell.row] = 0;
        (*matcher)->match(table.schema().columns[column], *cell.column, cell.row, cell.row + 1, *hits);
        if ((*hits)[cell.row])
            return true;
    }
    return false;
}

core::Result<ValueCounts> valueCounts(const Table &table, std::size_t column, std::size_t most, const Task &task)
{
    const auto rows = static_cast<std::size_t>(table.rowCount());
    std::vector<Counts> parts(std::max(1U, task.threads));
    std::vector<std::int64_t> nulls(parts.size());
    std::atomic<bool> isCut = false;
    inParallel(rows, kChunkRows, task, [&](std::size_t from, std::size_t to, unsigned part) {
        for (std::size_t i = from >> kChunkShift; i << kChunkShift < to && !task.isStopped() && !isCut; ++i) {
            const Column &held = table.chunks()[i]->columns[column];
            std::int64_t texts = 0;
            forTexts(table.schema().columns[column], held, 0, held.rows(), nullptr, [&](std::uint32_t, std::string_view text) {
                ++texts;
                const auto it = parts[part].find(text);
                if (it != parts[part].end())
                    ++it->second;
                else if (!isCut)
                    parts[part].emplace(text, 1);
            });
            nulls[part] += held.rows() - texts;
            isCut = isCut || parts[part].size() > most;
            task.tell(static_cast<double>((i << kChunkShift) - from) / static_cast<double>(to - from));
        }
    });
    if (task.isStopped())
        return cancelledError();
    ValueCounts counts;
    for (std::size_t part = 1; part < parts.size(); ++part) {
        for (const auto &[text, count] : parts[part])
            parts[0][text] += count;
        nulls[0] += nulls[part];
    }
    counts.isCut = isCut || parts[0].size() > most;
    if (counts.isCut)
        return counts;
    for (const auto &[text, count] : parts[0])
        counts.values.push_back({text, count});
    if (nulls[0] > 0)
        counts.values.push_back({std::nullopt, nulls[0]});
    std::sort(counts.values.begin(), counts.values.end(), [](const ValueCount &a, const ValueCount &b) {
        return a.count != b.count ? a.count > b.count : a.text < b.text;
    });
    return counts;
}

} // namespace table
