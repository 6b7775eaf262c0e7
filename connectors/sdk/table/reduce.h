// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/chunk.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace table {

// All that a line chart can show of a stretch of points that fall into one pixel column: nothing is smoothed away, a
// spike of one sample is the min or the max. Values that cannot be drawn (NULL, NaN, infinities, literals) are left
// out and break the line.
struct Bucket {
    double first = 0;
    double min = 0;
    double max = 0;
    double last = 0;
    std::int64_t firstX = 0; // of the first and the last value
    std::int64_t lastX = 0;
    std::uint64_t count = 0; // values; with 0 the members above mean nothing
    bool breaksBefore = false; // a point without a value stands before the first value ...
    bool breaksAfter = false; // ... or behind the last one; with count 0 both say that there is such a point

    // Adds the stretch that follows this one.
    ONDO_EXPORT void append(const Bucket &next);
    bool operator==(const Bucket &) const = default;
};

// One point as it is drawn. y is NaN where the line breaks. row is the row of the table that it came from.
struct Point {
    std::int64_t x = 0;
    double y = std::numeric_limits<double>::quiet_NaN();
    std::int64_t row = -1;
    bool hasValue() const { return std::isfinite(y); }
};

// Up to kChunkRows points in ascending x with a summary of every kBlockPoints of them. Immutable once built.
// The x of a point is taken from a column (times a factor, for chunks of a coarser unit) or from own memory, or counts
// up from firstRow; y likewise from a numeric column or from own memory, so that sorted results are not copied.
class ONDO_EXPORT Segment
{
public:
    static constexpr std::uint32_t kBlockPoints = 64;

    // Points by reference to a chunk whose x column ascends and has all values; x null: the row number is x.
    // y must be numeric; decimals are read once, here.
    static std::shared_ptr<const Segment> ofChunk(
        std::shared_ptr<const Chunk> chunk, const Column *x, std::int64_t factor, const Column &y, std::int64_t firstRow);
    // Points of its own: xs and rows are shared by the segments of several y columns.
    struct Positions {
        std::vector<std::int64_t> xs;
        std::vector<std::uint32_t> rows;
    };
    static std::shared_ptr<const Segment> ofPoints(std::shared_ptr<const Positions> positions, std::vector<double> ys);

    std::uint32_t size() const { return m_size; }
    std::size_t memoryBytes() const; // beside the chunk's own
    const Bucket &summary() const { return m_summary; }
    const std::shared_ptr<const Chunk> &chunk() const { return m_chunk; }
    std::int64_t xAt(std::uint32_t i) const { return m_xs ? m_xs[i] * m_factor : m_firstRow + i; }
    double yAt(std::uint32_t i) const;
    std::int64_t rowAt(std::uint32_t i) const { return m_positions ? m_positions->rows[i] : m_firstRow + i; }
    // The first point at x or later; size() if there is none.
    std::uint32_t lowerBound(std::int64_t x) const;
    // Adds points from (inclusive) to to (exclusive) to a bucket.
    void addTo(Bucket &bucket, std::uint32_t from, std::uint32_t to) const;

private:
    Segment() = default;
    void addPoints(Bucket &bucket, std::uint32_t from, std::uint32_t to) const;
    void summarise();
    template <typename T>
    Bucket blockOf(const T *values, std::uint32_t from, std::uint32_t to) const;

    std::shared_ptr<const Chunk> m_chunk;
    std::shared_ptr<const Positions> m_positions;
    std::vector<double> m_ownYs;
    const std::int64_t *m_xs = nullptr;
    const Column *m_y = nullptr; // null: m_ownYs
    std::int64_t m_factor = 1;
    std::int64_t m_firstRow = 0;
    std::uint32_t m_size = 0;
    std::vector<Bucket> m_blocks;
    Bucket m_summary;
};

// The points of one line in ascending x. A value: copies share the segments, so that it can be handed to other threads.
class ONDO_EXPORT PointSeries
{
public:
    PointSeries() = default;
    // Empty segments are not allowed; each begins where the one before ended or later.
    explicit PointSeries(std::vector<std::shared_ptr<const Segment>> segments);

    std::int64_t size() const { return m_starts.empty() ? 0 : m_starts.back(); }
    bool isEmpty() const { return m_segments.empty(); }
    std::int64_t firstX() const { return m_segments.front()->xAt(0); }
    std::int64_t lastX() const { return m_segments.back()->xAt(m_segments.back()->size() - 1); }
    const Bucket &summary() const { return m_summary; } // of all points
    // The step from point to point in the middle of all steps (of a sample of them); 0 with fewer than two points.
    std::int64_t medianStep() const { return m_medianStep; }
    const std::vector<std::shared_ptr<const Segment>> &segments() const { return m_segments; }

    Point at(std::int64_t index) const;
    // Index of the first point at x or later; size() if there is none.
    std::int64_t lowerBound(std::int64_t x) const;
    // What points from (inclusive) to to (exclusive) come to. Costs no more than some hundred steps and the segments between.
    Bucket summaryOf(std::int64_t from, std::int64_t to) const;
    // Index of the point nearest to x, with a value or without; of two equally near ones the earlier; -1 if there is none.
    std::int64_t nearest(std::int64_t x) const;

private:
    std::vector<std::shared_ptr<const Segment>> m_segments;
    std::vector<std::int64_t> m_starts; // index of each segment's first point, and the size at the end
    std::int64_t m_medianStep = 0;
    Bucket m_summary;
};

// Column c of the answer holds the points with bounds[c] <= x < bounds[c + 1]; bounds ascend.
ONDO_EXPORT std::vector<Bucket> reduce(const PointSeries &series, std::span<const std::int64_t> bounds);

// The value as a chart can place it; NaN for what breaks the line. y must be numeric.
ONDO_EXPORT double chartValue(const Column &y, std::uint32_t row);

} // namespace table
