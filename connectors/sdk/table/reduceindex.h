// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/reduce.h"
#include "table/table.h"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace table {

// Which columns make the lines of a chart.
struct SeriesSpec {
    std::optional<std::size_t> x; // a time or integer column; none: the row number
    std::vector<std::size_t> ys; // numeric columns
    std::vector<std::size_t> by; // one line for each combination of these columns' values; none: one for all rows
    std::size_t mostGroups = 200; // rows of further combinations are counted, not drawn
    bool operator==(const SeriesSpec &) const = default;
};

struct IndexedSeries {
    std::size_t y = 0; // column
    std::string group; // the values of SeriesSpec::by; empty without
    PointSeries points;
};

struct SeriesSet {
    std::vector<IndexedSeries> series; // group by group in order of appearance, each with all ys
    int unitDigits = 0; // of x where that is a time: counts of 10^-unitDigits seconds
    std::int64_t rows = 0; // of the table that was read
    std::int64_t rowsWithoutX = 0;
    std::int64_t rowsLeftOut = 0; // of groups over mostGroups
    bool wasSorted = false; // the rows did not come in ascending x
    std::size_t memoryBytes = 0; // beside the table's own
};

// Turns a growing table into sorted, summarised lines. One thread at a time uses it: a worker that calls update with one
// snapshot after another, each of which must continue the one before. Rows that come in ascending x are taken by
// reference; all others are copied and sorted, by groups.
class ONDO_EXPORT SeriesIndexer
{
public:
    explicit SeriesIndexer(SeriesSpec spec);

    const SeriesSpec &spec() const { return m_spec; }
    // Reads what is new. Stopped half-way it answers nothing and the indexer is to be thrown away.
    std::optional<SeriesSet> update(const Table &snapshot, std::stop_token stop);

private:
    using Segments = std::vector<std::shared_ptr<const Segment>>;
    struct Group {
        std::string label;
        std::vector<std::int64_t> xs;
        std::vector<std::uint32_t> rows;
        std::vector<std::vector<double>> ys;
        bool ascends = true;
        std::vector<Segments> sealed; // for each y: full segments that stay as they are while the group ascends
    };
    struct Dictionary {
        std::unordered_map<std::string, std::uint32_t> ids;
        std::vector<std::string> texts;
        std::string last; // rows of one value often follow each other
        std::uint32_t lastId = 0;
        bool hasLast = false;
    };

    bool canRefer(const Table &snapshot) const;
    bool referTo(const Table &snapshot, std::stop_token stop);
    void referToPart(const Table &snapshot, std::size_t from, std::size_t to, std::stop_token stop);
    bool collect(const Table &snapshot, std::stop_token stop);
    void collectChunk(const Chunk &chunk, std::uint32_t from, std::int64_t firstRow);
    std::uint32_t groupOf(const Chunk &chunk, std::uint32_t row);
    std::uint32_t keyOf(Dictionary &dictionary, const Column &column, std::uint32_t row);
    bool chooseUnit(const Table &snapshot);
    std::optional<SeriesSet> referred(const Table &snapshot) const;
    std::optional<SeriesSet> collected(const Table &snapshot, std::stop_token stop);
    std::vector<Segments> segmentsOf(Group &group, std::stop_token stop) const;
    void startOver();

    SeriesSpec m_spec;
    bool m_refers = true;
    int m_unitDigits = -1;
    // by reference
    std::vector<Segments> m_referred; // for each y
    // by copy
    std::int64_t m_rowsRead = 0;
    std::int64_t m_rowsWithoutX = 0;
    std::int64_t m_rowsLeftOut = 0;
    std::vector<Group> m_groups;
    std::vector<Dictionary> m_dictionaries; // for each column of by
    std::map<std::vector<std::uint32_t>, std::uint32_t> m_groupIds;
};

// The text that names a cell's value in a legend.
ONDO_EXPORT std::string groupText(const Column &column, std::uint32_t row);

} // namespace table
