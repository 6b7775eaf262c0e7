// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/reduce.h"

#include <algorithm>
#include <charconv>

namespace table {

namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kLanes = 8;

double decimalValue(std::string_view text)
{
    double value = 0;
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : kNoValue;
}

// Least and greatest of a block in lanes, which the compiler turns into vector instructions; a loop with one
// accumulator it may not, because of NaN. isFinite tells whether the answer can be trusted.
template <typename T>
struct Extremes {
    T min[kLanes];
    T max[kLanes];
    bool isFinite = true;

    Extremes(const T *values, std::uint32_t count)
    {
        T strange[kLanes] = {};
        for (std::uint32_t lane = 0; lane < kLanes; ++lane)
            min[lane] = max[lane] = values[0];
        std::uint32_t i = 0;
        for (; i + kLanes <= count; i += kLanes) {
            for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
                const T value = values[i + lane];
                min[lane] = value < min[lane] ? value : min[lane];
                max[lane] = value > max[lane] ? value : max[lane];
                if constexpr (std::is_floating_point_v<T>)
                    strange[lane] += value * T(0); // 0 for finite values, else NaN
            }
        }
        for (; i < count; ++i) {
            min[0] = values[i] < min[0] ? values[i] : min[0];
            max[0] = values[i] > max[0] ? values[i] : max[0];
            if constexpr (std::is_floating_point_v<T>)
                strange[0] += values[i] * T(0);
        }
        for (const T one : strange)
            isFinite = isFinite && one == T(0);
    }
    double least() const { return static_cast<double>(*std::min_element(min, min + kLanes)); }
    double greatest() const { return static_cast<double>(*std::max_element(max, max + kLanes)); }
};

} // namespace

double chartValue(const Column &y, std::uint32_t row)
{
    if (!y.hasValue(row))
        return kNoValue;
    switch (y.kind()) {
    case Kind::Int:
        return static_cast<double>(y.ints()[row]);
    case Kind::UInt:
        return static_cast<double>(y.uints()[row]);
    case Kind::Float:
        return static_cast<double>(y.floats()[row]);
    case Kind::Double:
        return y.doubles()[row];
    case Kind::Decimal:
        return decimalValue(y.bytes(row));
    default:
        return kNoValue;
    }
}

void Bucket::append(const Bucket &next)
{
    if (next.count == 0) {
        breaksAfter |= next.breaksAfter;
        breaksBefore |= count == 0 && next.breaksBefore;
    } else if (count == 0) {
        const bool broken = breaksBefore;
        *this = next;
        breaksBefore |= broken;
    } else {
        min = std::min(min, next.min);
        max = std::max(max, next.max);
        last = next.last;
        lastX = next.lastX;
        count += next.count;
        breaksAfter = next.breaksAfter;
    }
}

std::shared_ptr<const Segment> Segment::ofChunk(
    std::shared_ptr<const Chunk> chunk, const Column *x, std::int64_t factor, const Column &y, std::int64_t firstRow)
{
    std::shared_ptr<Segment> segment(new Segment);
    segment->m_size = chunk->rows;
    segment->m_chunk = std::move(chunk);
    segment->m_xs = x != nullptr ? x->ints().data() : nullptr;
    segment->m_factor = factor;
    segment->m_firstRow = firstRow;
    if (y.kind() == Kind::Decimal) {
        segment->m_ownYs.reserve(segment->m_size);
        for (std::uint32_t i = 0; i < segment->m_size; ++i)
            segment->m_ownYs.push_back(chartValue(y, i));
    } else {
        segment->m_y = &y;
    }
    segment->summarise();
    return segment;
}

std::shared_ptr<const Segment> Segment::ofPoints(std::shared_ptr<const Positions> positions, std::vector<double> ys)
{
    std::shared_ptr<Segment> segment(new Segment);
    segment->m_size = static_cast<std::uint32_t>(ys.size());
    segment->m_xs = positions->xs.data();
    segment->m_positions = std::move(positions);
    segment->m_ownYs = std::move(ys);
    segment->summarise();
    return segment;
}

double Segment::yAt(std::uint32_t i) const
{
    return m_y != nullptr ? chartValue(*m_y, i) : m_ownYs[i];
}

std::size_t Segment::memoryBytes() const
{
    return sizeof(Segment) + m_ownYs.capacity() * sizeof(double) + m_blocks.capacity() * sizeof(Bucket)
        + (m_positions ? m_size * (sizeof(std::int64_t) + sizeof(std::uint32_t)) : 0);
}

std::uint32_t Segment::lowerBound(std::int64_t x) const
{
    std::uint32_t low = 0;
    std::uint32_t high = m_size;
    while (low < high) {
        const std::uint32_t middle = (low + high) / 2;
        if (xAt(middle) < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void Segment::addPoints(Bucket &bucket, std::uint32_t from, std::uint32_t to) const
{
    for (std::uint32_t i = from; i < to; ++i) {
        const double y = yAt(i);
        if (!std::isfinite(y)) {
            bucket.breaksAfter = true;
            bucket.breaksBefore |= bucket.count == 0;
            continue;
        }
        const std::int64_t x = xAt(i);
        if (bucket.count++ == 0) {
            bucket.first = bucket.min = bucket.max = y;
            bucket.firstX = x;
        }
        bucket.min = std::min(bucket.min, y);
        bucket.max = std::max(bucket.max, y);
        bucket.last = y;
        bucket.lastX = x;
        bucket.breaksAfter = false;
    }
}

void Segment::addTo(Bucket &bucket, std::uint32_t from, std::uint32_t to) const
{
    if (from == 0 && to == m_size) {
        bucket.append(m_summary);
        return;
    }
    const std::uint32_t firstBlock = (from + kBlockPoints - 1) / kBlockPoints;
    const std::uint32_t lastBlock = to == m_size ? static_cast<std::uint32_t>(m_blocks.size()) : to / kBlockPoints;
    if (firstBlock >= lastBlock) {
        addPoints(bucket, from, to);
        return;
    }
    addPoints(bucket, from, firstBlock * kBlockPoints);
    for (std::uint32_t block = firstBlock; block < lastBlock; ++block)
        bucket.append(m_blocks[block]);
    if (to != m_size)
        addPoints(bucket, lastBlock * kBlockPoints, to);
}

template <typename T>
Bucket Segment::blockOf(const T *values, std::uint32_t from, std::uint32_t to) const
{
    const Extremes<T> extremes(values + from, to - from);
    Bucket block;
    if (!extremes.isFinite) {
        addPoints(block, from, to);
        return block;
    }
    block.first = static_cast<double>(values[from]);
    block.last = static_cast<double>(values[to - 1]);
    block.min = extremes.least();
    block.max = extremes.greatest();
    block.firstX = xAt(from);
    block.lastX = xAt(to - 1);
    block.count = to - from;
    return block;
}

void Segment::summarise()
{
    m_blocks.reserve((m_size + kBlockPoints - 1) / kBlockPoints);
    const Storage storage = m_y == nullptr ? Storage::Float64
        : m_y->hasAllValues()              ? storageOf(m_y->kind())
                                           : Storage::None;
    for (std::uint32_t from = 0; from < m_size; from += kBlockPoints) {
        const std::uint32_t to = std::min(from + kBlockPoints, m_size);
        Bucket block;
        if (storage == Storage::Float64)
            block = blockOf(m_y != nullptr ? m_y->doubles().data() : m_ownYs.data(), from, to);
        else if (storage == Storage::Int64)
            block = blockOf(m_y->ints().data(), from, to);
        else if (storage == Storage::UInt64)
            block = blockOf(m_y->uints().data(), from, to);
        else if (storage == Storage::Float32)
            block = blockOf(m_y->floats().data(), from, to);
        else
            addPoints(block, from, to);
        m_summary.append(block);
        m_blocks.push_back(block);
    }
}

namespace {

// Some steps of each segment are enough: a median does not need them all.
std::int64_t medianStepOf(const std::vector<std::shared_ptr<const Segment>> &segments)
{
    constexpr std::size_t kSample = 4096;
    std::vector<std::int64_t> steps;
    const std::size_t perSegment = std::max<std::size_t>(1, kSample / std::max<std::size_t>(1, segments.size()));
    for (const auto &segment : segments) {
        if (segment->size() < 2)
            continue;
        const std::size_t stride = std::max<std::size_t>(1, (segment->size() - 1) / perSegment);
        for (std::size_t i = 1; i < segment->size(); i += stride) {
            std::int64_t step = 0;
            const auto at = static_cast<std::uint32_t>(i);
            if (!__builtin_sub_overflow(segment->xAt(at), segment->xAt(at - 1), &step) && step > 0)
                steps.push_back(step);
        }
    }
    if (steps.empty())
        return 0;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return *middle;
}

} // namespace

PointSeries::PointSeries(std::vector<std::shared_ptr<const Segment>> segments)
    : m_segments(std::move(segments))
{
    m_starts.reserve(m_segments.size() + 1);
    std::int64_t start = 0;
    for (const auto &segment : m_segments) {
        m_starts.push_back(start);
        start += segment->size();
        m_summary.append(segment->summary());
    }
    m_starts.push_back(start);
    m_medianStep = medianStepOf(m_segments);
}

Point PointSeries::at(std::int64_t index) const
{
    const auto it = std::upper_bound(m_starts.begin(), m_starts.end(), index) - 1;
    const Segment &segment = *m_segments[static_cast<std::size_t>(it - m_starts.begin())];
    const auto i = static_cast<std::uint32_t>(index - *it);
    return {segment.xAt(i), segment.yAt(i), segment.rowAt(i)};
}

std::int64_t PointSeries::lowerBound(std::int64_t x) const
{
    const auto it = std::partition_point(m_segments.begin(), m_segments.end(),
        [x](const auto &segment) { return segment->xAt(segment->size() - 1) < x; });
    if (it == m_segments.end())
        return size();
    return m_starts[static_cast<std::size_t>(it - m_segments.begin())] + (*it)->lowerBound(x);
}

Bucket PointSeries::summaryOf(std::int64_t from, std::int64_t to) const
{
    Bucket bucket;
    if (from >= to)
        return bucket;
    const auto first = std::upper_bound(m_starts.begin(), m_starts.end(), from) - 1 - m_starts.begin();
    for (auto i = static_cast<std::size_t>(first); i < m_segments.size() && m_starts[i] < to; ++i) {
        const std::int64_t begin = std::max<std::int64_t>(from - m_starts[i], 0);
        const std::int64_t end = std::min<std::int64_t>(to - m_starts[i], m_segments[i]->size());
        m_segments[i]->addTo(bucket, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    }
    return bucket;
}

std::int64_t PointSeries::nearest(std::int64_t x) const
{
    if (isEmpty())
        return -1;
    const auto distance = [x](std::int64_t other) {
        return x > other ? static_cast<std::uint64_t>(x) - static_cast<std::uint64_t>(other)
                         : static_cast<std::uint64_t>(other) - static_cast<std::uint64_t>(x);
    };
    const std::int64_t after = lowerBound(x);
    if (after == size())
        return after - 1;
    if (after == 0 || distance(at(after).x) < distance(at(after - 1).x))
        return after;
    return after - 1;
}

std::vector<Bucket> reduce(const PointSeries &series, std::span<const std::int64_t> bounds)
{
    std::vector<Bucket> columns(bounds.empty() ? 0 : bounds.size() - 1);
    std::int64_t from = bounds.empty() ? 0 : series.lowerBound(bounds.front());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::int64_t to = series.lowerBound(bounds[i + 1]);
        columns[i] = series.summaryOf(from, to);
        from = to;
    }
    return columns;
}

} // namespace table
