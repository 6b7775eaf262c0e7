// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/reduceindex.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace table {

namespace {

constexpr std::uint32_t kNoGroup = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kStretch = 64; // chunks between two looks at the stop token, and the least that a thread is worth

std::int64_t powerOfTen(int exponent)
{
    std::int64_t power = 1;
    for (; exponent > 0; --exponent)
        power *= 10;
    return power;
}

bool ascends(const Column &x)
{
    const auto values = x.ints();
    std::uint32_t descents = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        descents += values[i] < values[i - 1] ? 1 : 0;
    return descents == 0;
}

// An integer as x; nothing for what has no value or does not fit 64 signed bits.
std::optional<std::int64_t> positionOf(const Column &x, std::uint32_t row, int unitDigits)
{
    if (!x.hasValue(row))
        return std::nullopt;
    if (x.kind() == Kind::UInt) {
        const std::uint64_t value = x.uints()[row];
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        return static_cast<std::int64_t>(value);
    }
    std::int64_t value = x.ints()[row];
    if (!isTime(x.kind()))
        return value;
    if (x.unitDigits() > unitDigits)
        return value / powerOfTen(x.unitDigits() - unitDigits);
    if (__builtin_mul_overflow(value, powerOfTen(unitDigits - x.unitDigits()), &value))
        return std::nullopt;
    return value;
}

// Positions in order of x, equal ones as they came. Runs of their own are sorted and then merged, so that a stop is
// heard in between.
bool sortedOrder(const std::vector<std::int64_t> &xs, std::vector<std::uint32_t> &order, std::stop_token stop)
{
    using Entry = std::pair<std::int64_t, std::uint32_t>;
    constexpr std::size_t kRun = 65536;
    std::vector<Entry> entries(xs.size());
    for (std::size_t i = 0; i < xs.size(); ++i)
        entries[i] = {xs[i], static_cast<std::uint32_t>(i)};
    for (std::size_t from = 0; from < entries.size(); from += kRun) {
        if (stop.stop_requested())
            return false;
        const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(from);
        std::sort(begin, entries.begin() + static_cast<std::ptrdiff_t>(std::min(from + kRun, entries.size())));
    }
    std::vector<Entry> merged(entries.size() > kRun ? entries.size() : 0);
    for (std::size_t run = kRun; run < entries.size(); run *= 2) {
        for (std::size_t from = 0; from < entries.size(); from += 2 * run) {
            if (stop.stop_requested())
                return false;
            const auto at = [&](std::size_t i) {
                return entries.begin() + static_cast<std::ptrdiff_t>(std::min(i, entries.size()));
            };
            std::merge(at(from), at(from + run), at(from + run), at(from + 2 * run),
                merged.begin() + static_cast<std::ptrdiff_t>(from));
        }
        entries.swap(merged);
    }
    order.resize(xs.size());
    std::transform(entries.begin(), entries.end(), order.begin(), [](const Entry &entry) { return entry.second; });
    return true;
}

} // namespace

std::string groupText(const Column &column, std::uint32_t row)
{
    if (const auto literal = column.literal(row))
        return std::string(*literal);
    if (!column.hasValue(row))
        return "NULL";
    char buffer[32];
    const auto number = [&](auto value) {
        return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
    };
    switch (storageOf(column.kind())) {
    case Storage::Byte:
        return column.bools()[row] != 0 ? "true" : "false";
    case Storage::Int64:
        return number(column.ints()[row]);
    case Storage::UInt64:
        return number(column.uints()[row]);
    case Storage::Float32:
        return number(column.floats()[row]);
    case Storage::Float64:
        return number(column.doubles()[row]);
    case Storage::Bytes:
        return std::string(column.bytes(row));
    case Storage::None:
        break;
    }
    return "NULL";
}

SeriesIndexer::SeriesIndexer(SeriesSpec spec)
    : m_spec(std::move(spec))
{
    startOver();
}

void SeriesIndexer::startOver()
{
    m_referred.assign(m_spec.ys.size(), {});
    m_rowsRead = m_rowsWithoutX = m_rowsLeftOut = 0;
    m_groups.clear();
    m_dictionaries.assign(m_spec.by.size(), {});
    m_groupIds.clear();
}

std::optional<SeriesSet> SeriesIndexer::update(const Table &snapshot, std::stop_token stop)
{
    if (!chooseUnit(snapshot))
        startOver();
    if (m_refers && canRefer(snapshot)) {
        if (referTo(snapshot, stop))
            return referred(snapshot);
        if (stop.stop_requested())
            return std::nullopt;
    }
    if (m_refers) {
        m_refers = false;
        startOver();
    }
    if (!collect(snapshot, stop))
        return std::nullopt;
    return collected(snapshot, stop);
}

// The finest unit of all chunks. Answers whether it is still the one from before.
bool SeriesIndexer::chooseUnit(const Table &snapshot)
{
    int digits = 0;
    if (m_spec.x && isTime(snapshot.schema().columns[*m_spec.x].kind)) {
        for (const auto &chunk : snapshot.chunks())
            digits = std::max(digits, chunk->columns[*m_spec.x].unitDigits());
    }
    const bool same = m_unitDigits == digits || m_unitDigits < 0;
    m_unitDigits = digits;
    return same;
}

bool SeriesIndexer::canRefer(const Table &snapshot) const
{
    return m_spec.by.empty() && (!m_spec.x || snapshot.schema().columns[*m_spec.x].kind != Kind::UInt);
}

// Answers whether all rows ascend. Chunks seen before are not looked at again.
bool SeriesIndexer::referTo(const Table &snapshot, std::stop_token stop)
{
    const auto &chunks = snapshot.chunks();
    if (m_spec.ys.empty())
        return true;
    std::size_t known = m_referred[0].size();
    while (known > 0 && m_referred[0][known - 1]->chunk() != chunks[known - 1])
        --known;
    for (Segments &segments : m_referred)
        segments.resize(chunks.size());
    const std::size_t fresh = chunks.size() - known;
    const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
    const std::size_t share = std::max(kStretch, (fresh + threads - 1) / threads);
    {
        std::vector<std::jthread> helpers;
        for (std::size_t from = known + share; from < chunks.size(); from += share) {
            helpers.emplace_back([this, &snapshot, from, to = std::min(from + share, chunks.size()), stop] {
                referToPart(snapshot, from, to, stop);
            });
        }
        referToPart(snapshot, known, std::min(known + share, chunks.size()), stop);
    }
    for (std::size_t i = known; i < chunks.size(); ++i) {
        const auto &segment = m_referred[0][i];
        if (!segment || (i > 0 && segment->xAt(0) < m_referred[0][i - 1]->xAt(m_referred[0][i - 1]->size() - 1)))
            return false;
    }
    return true;
}

void SeriesIndexer::referToPart(const Table &snapshot, std::size_t from, std::size_t to, std::stop_token stop)
{
    for (std::size_t i = from; i < to; ++i) {
        if (stop.stop_requested())
            return;
        const auto &chunk = snapshot.chunks()[i];
        if (chunk->rows == 0)
            return;
        const Column *x = m_spec.x ? &chunk->columns[*m_spec.x] : nullptr;
        std::int64_t factor = 1;
        if (x != nullptr) {
            if (!x->hasAllValues() || !ascends(*x))
                return;
            factor = isTime(x->kind()) ? powerOfTen(m_unitDigits - x->unitDigits()) : 1;
            std::int64_t scaled = 0;
            if (__builtin_mul_overflow(x->ints().front(), factor, &scaled)
                || __builtin_mul_overflow(x->ints().back(), factor, &scaled))
                return;
        }
        const auto firstRow = static_cast<std::int64_t>(i) << kChunkShift;
        for (std::size_t y = 0; y < m_spec.ys.size(); ++y)
            m_referred[y][i] = Segment::ofChunk(chunk, x, factor, chunk->columns[m_spec.ys[y]], firstRow);
    }
}

std::optional<SeriesSet> SeriesIndexer::referred(const Table &snapshot) const
{
    SeriesSet set;
    set.unitDigits = m_unitDigits;
    set.rows = snapshot.rowCount();
    for (std::size_t y = 0; y < m_spec.ys.size(); ++y) {
        set.series.push_back({m_spec.ys[y], {}, PointSeries(m_referred[y])});
        for (const auto &segment : m_referred[y])
            set.memoryBytes += segment->memoryBytes();
    }
    return set;
}

bool SeriesIndexer::collect(const Table &snapshot, std::stop_token stop)
{
    while (m_rowsRead < snapshot.rowCount()) {
        if (stop.stop_requested())
            return false;
        const auto index = static_cast<std::size_t>(m_rowsRead >> kChunkShift);
        const Chunk &chunk = *snapshot.chunks()[index];
        const auto firstRow = static_cast<std::int64_t>(index) << kChunkShift;
        collectChunk(chunk, static_cast<std::uint32_t>(m_rowsRead - firstRow), firstRow);
        m_rowsRead = firstRow + chunk.rows;
    }
    return true;
}

void SeriesIndexer::collectChunk(const Chunk &chunk, std::uint32_t from, std::int64_t firstRow)
{
    const Column *x = m_spec.x ? &chunk.columns[*m_spec.x] : nullptr;
    for (std::uint32_t row = from; row < chunk.rows; ++row) {
        const std::optional<std::int64_t> position = x != nullptr ? positionOf(*x, row, m_unitDigits) : firstRow + row;
        if (!position) {
            ++m_rowsWithoutX;
            continue;
        }
        const std::uint32_t id = groupOf(chunk, row);
        if (id == kNoGroup) {
            ++m_rowsLeftOut;
            continue;
        }
        Group &group = m_groups[id];
        group.ascends = group.ascends && (group.xs.empty() || group.xs.back() <= *position);
        group.xs.push_back(*position);
        group.rows.push_back(static_cast<std::uint32_t>(firstRow + row));
        for (std::size_t y = 0; y < m_spec.ys.size(); ++y)
            group.ys[y].push_back(chartValue(chunk.columns[m_spec.ys[y]], row));
    }
}

std::uint32_t SeriesIndexer::keyOf(Dictionary &dictionary, const Column &column, std::uint32_t row)
{
    const bool isText = storageOf(column.kind()) == Storage::Bytes && column.hasValue(row);
    if (isText && dictionary.hasLast && dictionary.last == column.bytes(row))
        return dictionary.lastId;
    std::string text = groupText(column, row);
    const auto [it, isNew] = dictionary.ids.try_emplace(text, static_cast<std::uint32_t>(dictionary.texts.size()));
    if (isNew)
        dictionary.texts.push_back(text);
    dictionary.last = std::move(text);
    dictionary.lastId = it->second;
    dictionary.hasLast = isText;
    return it->second;
}

std::uint32_t SeriesIndexer::groupOf(const Chunk &chunk, std::uint32_t row)
{
    std::vector<std::uint32_t> key(m_spec.by.size());
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = keyOf(m_dictionaries[i], chunk.columns[m_spec.by[i]], row);
    const auto known = m_groupIds.find(key);
    if (known != m_groupIds.end())
        return known->second;
    if (m_groups.size() >= std::max<std::size_t>(1, m_spec.mostGroups))
        return kNoGroup;
    Group group;
    for (std::size_t i = 0; i < key.size(); ++i)
        group.label += (i == 0 ? "" : " · ") + m_dictionaries[i].texts[key[i]];
    group.ys.resize(m_spec.ys.size());
    group.sealed.resize(m_spec.ys.size());
    const auto id = static_cast<std::uint32_t>(m_groups.size());
    m_groups.push_back(std::move(group));
    m_groupIds.emplace(std::move(key), id);
    return id;
}

std::vector<SeriesIndexer::Segments> SeriesIndexer::segmentsOf(Group &group, std::stop_token stop) const
{
    std::vector<Segments> all(m_spec.ys.size());
    std::vector<std::uint32_t> order;
    if (!group.ascends && !sortedOrder(group.xs, order, stop))
        return all;
    const auto source = [&](std::size_t i) { return order.empty() ? i : order[i]; };
    if (group.ascends)
        all = group.sealed;
    else
        group.sealed.assign(m_spec.ys.size(), {});
    const std::size_t sealed = all.empty() ? 0 : all[0].size() * kChunkRows;
    for (std::size_t from = sealed; from < group.xs.size() && !stop.stop_requested(); from += kChunkRows) {
        const std::size_t to = std::min<std::size_t>(from + kChunkRows, group.xs.size());
        auto positions = std::make_shared<Segment::Positions>();
        for (std::size_t i = from; i < to; ++i) {
            positions->xs.push_back(group.xs[source(i)]);
            positions->rows.push_back(group.rows[source(i)]);
        }
        for (std::size_t y = 0; y < all.size(); ++y) {
            std::vector<double> ys(to - from);
            for (std::size_t i = from; i < to; ++i)
                ys[i - from] = group.ys[y][source(i)];
            all[y].push_back(Segment::ofPoints(positions, std::move(ys)));
            if (group.ascends && to - from == kChunkRows)
                group.sealed[y].push_back(all[y].back());
        }
    }
    return all;
}

std::optional<SeriesSet> SeriesIndexer::collected(const Table &snapshot, std::stop_token stop)
{
    SeriesSet set;
    set.unitDigits = m_unitDigits;
    set.rows = snapshot.rowCount();
    set.rowsWithoutX = m_rowsWithoutX;
    set.rowsLeftOut = m_rowsLeftOut;
    for (Group &group : m_groups) {
        std::vector<Segments> segments = segmentsOf(group, stop);
        if (stop.stop_requested())
            return std::nullopt;
        set.wasSorted = set.wasSorted || !group.ascends;
        for (std::size_t y = 0; y < segments.size(); ++y) {
            for (const auto &segment : segments[y])
                set.memoryBytes += segment->memoryBytes();
            set.series.push_back({m_spec.ys[y], group.label, PointSeries(std::move(segments[y]))});
        }
    }
    return set;
}

} // namespace table
