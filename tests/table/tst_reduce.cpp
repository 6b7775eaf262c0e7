// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/reduceindex.h"

#include "support/ondotest.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace {

using table::Bucket;
using table::Kind;
using table::PointSeries;

struct ReducePoint {
    std::int64_t x;
    double y; // NaN: no value
};

constexpr double kHole = std::numeric_limits<double>::quiet_NaN();

table::ColumnInfo reduceColumn(const char *name, Kind kind)
{
    table::ColumnInfo info;
    info.name = name;
    info.kind = kind;
    return info;
}

table::Table reduceTable(std::vector<table::ColumnInfo> columns, std::size_t rows,
    const std::function<void(table::ChunkBuilder &, std::size_t)> &fill)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns = std::move(columns);
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    for (std::size_t row = 0; row < rows; ++row) {
        fill(builder, row);
        builder.finishRow();
        if (builder.isFull())
            made.append(builder.seal());
    }
    if (builder.rows() > 0)
        made.append(builder.seal());
    return made;
}

// ts in nanoseconds and a double, NULL every other time that there is a hole, NaN else.
table::Table tableOf(const std::vector<ReducePoint> &points)
{
    return reduceTable({reduceColumn("ts", Kind::Instant), reduceColumn("v", Kind::Double)}, points.size(),
        [&](table::ChunkBuilder &builder, std::size_t row) {
            builder.column(0).appendTime(points[row].x, 9, {});
            if (std::isnan(points[row].y) && row % 2 == 0)
                builder.column(1).appendNull();
            else
                builder.column(1).appendDouble(points[row].y);
        });
}

table::SeriesSet indexed(const table::Table &table, table::SeriesSpec spec)
{
    table::SeriesIndexer indexer(std::move(spec));
    auto set = indexer.update(table, {});
    return set ? *set : table::SeriesSet{};
}

PointSeries seriesOf(const std::vector<ReducePoint> &points)
{
    return indexed(tableOf(points), {.x = 0, .ys = {1}}).series.at(0).points;
}

// The plain definition, point by point over all of them in order of x.
Bucket bruteForce(const std::vector<ReducePoint> &points, std::int64_t from, std::int64_t to)
{
    Bucket bucket;
    for (const ReducePoint &point : points) {
        if (point.x < from || point.x >= to)
            continue;
        if (!std::isfinite(point.y)) {
            bucket.breaksAfter = true;
            bucket.breaksBefore = bucket.breaksBefore || bucket.count == 0;
            continue;
        }
        if (bucket.count++ == 0) {
            bucket.first = bucket.min = bucket.max = point.y;
            bucket.firstX = point.x;
        }
        bucket.min = std::min(bucket.min, point.y);
        bucket.max = std::max(bucket.max, point.y);
        bucket.last = point.y;
        bucket.lastX = point.x;
        bucket.breaksAfter = false;
    }
    return bucket;
}

enum class Shape { Random, Spiky, Gappy, Holes, Unsorted, Duplicates, Huge };

std::vector<ReducePoint> pointsOf(Shape shape, std::size_t count)
{
    std::mt19937_64 random(static_cast<std::uint64_t>(shape) * 77 + count);
    std::vector<ReducePoint> points;
    std::int64_t x = -5000;
    for (std::size_t i = 0; i < count; ++i) {
        double y = static_cast<double>(static_cast<std::int64_t>(random() % 2000001) - 1000000) / 1000;
        x += 1 + static_cast<std::int64_t>(random() % 20);
        if (shape == Shape::Spiky)
            y = i % 4999 == 17 ? 1e9 : std::sin(static_cast<double>(i) / 100);
        if (shape == Shape::Gappy && random() % 500 == 0)
            x += 100000;
        if (shape == Shape::Holes && random() % 3 != 0)
            y = random() % 50 == 0 ? -std::numeric_limits<double>::infinity() : kHole;
        if (shape == Shape::Duplicates && i % 5 != 0)
            x = points.back().x;
        if (shape == Shape::Huge)
            y *= 1e302;
        points.push_back({x, y});
    }
    if (shape == Shape::Unsorted)
        std::shuffle(points.begin(), points.end(), random);
    return points;
}

} // namespace

class ReduceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equalsBruteForce_data()
    {
        QTest::addColumn<int>("shape");
        QTest::addColumn<int>("count");
        const std::pair<const char *, Shape> shapes[] = {{"random", Shape::Random}, {"spiky", Shape::Spiky},
            {"gappy", Shape::Gappy}, {"holes", Shape::Holes}, {"unsorted", Shape::Unsorted},
            {"duplicates", Shape::Duplicates}, {"huge", Shape::Huge}};
        for (const auto &[name, shape] : shapes) {
            for (const int count : {1, 2, 63, 64, 65, 8191, 8192, 8193, 30000})
                QTest::addRow("%s %d", name, count) << static_cast<int>(shape) << count;
        }
    }
    void equalsBruteForce()
    {
        QFETCH(int, shape);
        QFETCH(int, count);
        const std::vector<ReducePoint> points = pointsOf(static_cast<Shape>(shape), static_cast<std::size_t>(count));
        const PointSeries series = seriesOf(points);
        QCOMPARE(series.size(), std::int64_t(points.size()));
        std::vector<ReducePoint> sorted = points;
        std::stable_sort(
            sorted.begin(), sorted.end(), [](const ReducePoint &a, const ReducePoint &b) { return a.x < b.x; });
        std::mt19937_64 random(99);
        for (int round = 0; round < 6; ++round) {
            const std::int64_t span = series.lastX() - series.firstX() + 20;
            std::int64_t low = series.firstX() - 10;
            std::int64_t high = series.lastX() + 10;
            if (round > 0) {
                low += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span));
                high = low + 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span));
            }
            std::vector<std::int64_t> bounds;
            for (int i = 0; i <= 40; ++i)
                bounds.push_back(low + (high - low) * i / 40);
            const std::vector<Bucket> columns = table::reduce(series, bounds);
            QCOMPARE(columns.size(), std::size_t(40));
            for (std::size_t i = 0; i < columns.size(); ++i)
                QVERIFY2(columns[i] == bruteForce(sorted, bounds[i], bounds[i + 1]), qPrintable(QString::number(i)));
        }
    }

    void readsEveryNumericKind_data()
    {
        QTest::addColumn<int>("kind");
        for (const Kind kind : {Kind::Int, Kind::UInt, Kind::Float, Kind::Double, Kind::Decimal})
            QTest::addRow("%d", static_cast<int>(kind)) << static_cast<int>(kind);
    }
    void readsEveryNumericKind()
    {
        QFETCH(int, kind);
        for (const bool withHoles : {false, true}) {
            const table::Table table = reduceTable({reduceColumn("v", static_cast<Kind>(kind))}, 10000,
                [kind, withHoles](table::ChunkBuilder &builder, std::size_t row) {
                    table::ColumnBuilder &v = builder.column(0);
                    if (withHoles && row % 10 == 3)
                        return row % 20 == 3 ? v.appendNull() : v.appendLiteral("much");
                    switch (static_cast<Kind>(kind)) {
                    case Kind::Int:
                        return v.appendInt(static_cast<std::int64_t>(row) - 5000);
                    case Kind::UInt:
                        return v.appendUInt(row);
                    case Kind::Float:
                        return v.appendFloat(static_cast<float>(row) / 4);
                    case Kind::Double:
                        return v.appendDouble(static_cast<double>(row) / 8);
                    default:
                        return v.appendBytes(std::to_string(row) + ".5");
                    }
                });
            const table::SeriesSet set = indexed(table, {.x = std::nullopt, .ys = {0}});
            const PointSeries &points = set.series.at(0).points;
            QCOMPARE(points.size(), std::int64_t(10000));
            QCOMPARE(points.summary().count, std::uint64_t(withHoles ? 9000 : 10000));
            const std::vector<std::int64_t> bounds = {100, 103, 104, 9990};
            const auto columns = table::reduce(points, bounds);
            const table::Cell cell = table.cell(100, 0);
            QCOMPARE(columns[0].first, table::chartValue(*cell.column, cell.row));
            QCOMPARE(columns[0].count, std::uint64_t(3));
            QCOMPARE(columns[1].count, std::uint64_t(withHoles ? 0 : 1));
            QCOMPARE(columns[1].breaksBefore, withHoles);
            QCOMPARE(points.at(9999).row, std::int64_t(9999));
        }
    }

    void keepsIntegerExtremes()
    {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        const table::Table table = reduceTable({reduceColumn("x", Kind::Int), reduceColumn("v", Kind::UInt)}, 3,
            [](table::ChunkBuilder &builder, std::size_t row) {
                builder.column(0).appendInt(row == 0 ? least : row == 1 ? 0 : most);
                builder.column(1).appendUInt(row == 2 ? std::numeric_limits<std::uint64_t>::max() : row);
            });
        const PointSeries points = indexed(table, {.x = 0, .ys = {1}}).series.at(0).points;
        QCOMPARE(points.firstX(), least);
        QCOMPARE(points.lastX(), most);
        QCOMPARE(points.nearest(least + 5), std::int64_t(0));
        QCOMPARE(points.nearest(most - 5), std::int64_t(2));
        QCOMPARE(points.nearest(3), std::int64_t(1));
        QCOMPARE(points.summary().max, 18446744073709551615.0);
    }

    void nothingIsNothing()
    {
        const table::Table none = tableOf({});
        const table::SeriesSet set = indexed(none, {.x = 0, .ys = {1}});
        QVERIFY(set.series.empty() || set.series[0].points.isEmpty());
        const PointSeries empty;
        QCOMPARE(empty.size(), std::int64_t(0));
        QCOMPARE(empty.nearest(3), std::int64_t(-1));
        const std::vector<std::int64_t> bounds = {0, 1};
        QCOMPARE(table::reduce(empty, bounds).at(0).count, std::uint64_t(0));
        const PointSeries holes = seriesOf({{1, kHole}, {2, kHole}, {3, kHole}});
        QCOMPARE(holes.summary().count, std::uint64_t(0));
        QVERIFY(holes.summary().breaksBefore);
    }

    void medianStepIsThatOfMostSteps()
    {
        std::vector<ReducePoint> points;
        for (std::int64_t i = 0; i < 20000; ++i)
            points.push_back({i * 10 + (i > 9000 ? 1000000 : 0), 1.0});
        QCOMPARE(seriesOf(points).medianStep(), std::int64_t(10));
        QCOMPARE(seriesOf({{5, 1.0}}).medianStep(), std::int64_t(0));
    }
};

ONDO_TEST(ReduceTest)

class SeriesIndexerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Short last chunks that their successors replace, rows in order, groups, rows out of order.
    void growsToTheSameAsAtOnce_data()
    {
        QTest::addColumn<bool>("grouped");
        QTest::addColumn<int>("shape");
        QTest::newRow("by reference") << false << static_cast<int>(Shape::Random);
        QTest::newRow("unsorted") << false << static_cast<int>(Shape::Unsorted);
        QTest::newRow("groups") << true << static_cast<int>(Shape::Random);
        QTest::newRow("groups, unsorted") << true << static_cast<int>(Shape::Unsorted);
    }
    void growsToTheSameAsAtOnce()
    {
        QFETCH(bool, grouped);
        QFETCH(int, shape);
        const std::vector<ReducePoint> points = pointsOf(static_cast<Shape>(shape), 40000);
        auto schema = std::make_shared<table::Schema>();
        schema->columns = {reduceColumn("ts", Kind::Instant), reduceColumn("v", Kind::Double), reduceColumn("s", Kind::Text)};
        const table::SeriesSpec spec{
            .x = 0, .ys = {1}, .by = grouped ? std::vector<std::size_t>{2} : std::vector<std::size_t>{}};
        table::SeriesIndexer growing(spec);
        table::Table table(schema);
        table::ChunkBuilder builder(schema);
        std::optional<table::SeriesSet> set;
        for (std::size_t i = 0; i < points.size(); ++i) {
            builder.column(0).appendTime(points[i].x, 9, {});
            builder.column(1).appendDouble(points[i].y);
            builder.column(2).appendBytes(i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c");
            builder.finishRow();
            const bool isFull = builder.isFull();
            if (!isFull && i % 3001 != 0 && i + 1 != points.size())
                continue;
            table.append(isFull ? builder.seal() : builder.peek());
            set = growing.update(table, {});
            QVERIFY(set);
        }
        const table::SeriesSet whole = indexed(table, spec);
        QCOMPARE(set->series.size(), std::size_t(grouped ? 3 : 1));
        QCOMPARE(whole.series.size(), set->series.size());
        for (std::size_t i = 0; i < whole.series.size(); ++i) {
            const PointSeries &a = set->series[i].points;
            const PointSeries &b = whole.series[i].points;
            QCOMPARE(set->series[i].group, whole.series[i].group);
            QCOMPARE(a.size(), b.size());
            QVERIFY(a.summary() == b.summary());
            for (std::int64_t at = 0; at < a.size(); ++at) {
                QCOMPARE(a.at(at).x, b.at(at).x);
                QCOMPARE(a.at(at).row, b.at(at).row);
                QVERIFY(at == 0 || a.at(at - 1).x <= a.at(at).x);
            }
        }
        QCOMPARE(whole.wasSorted, static_cast<Shape>(shape) == Shape::Unsorted);
    }

    void rowsLeadBackToTheirCells()
    {
        const std::vector<ReducePoint> points = pointsOf(Shape::Unsorted, 20000);
        const table::Table table = tableOf(points);
        const PointSeries series = indexed(table, {.x = 0, .ys = {1}}).series.at(0).points;
        for (std::int64_t i = 0; i < series.size(); i += 97) {
            const table::Point point = series.at(i);
            QCOMPARE(points[static_cast<std::size_t>(point.row)].x, point.x);
            QCOMPARE(points[static_cast<std::size_t>(point.row)].y, point.y);
        }
    }

    void equalTimesKeepTheOrderOfTheirRows()
    {
        const PointSeries series = seriesOf({{5, 1}, {3, 2}, {5, 3}, {3, 4}, {5, 5}});
        std::vector<double> ys;
        for (std::int64_t i = 0; i < series.size(); ++i)
            ys.push_back(series.at(i).y);
        QCOMPARE(ys, (std::vector<double>{2, 4, 1, 3, 5}));
    }

    void unitsOfChunksAreBroughtTogether()
    {
        auto schema = std::make_shared<table::Schema>();
        schema->columns = {reduceColumn("ts", Kind::Instant), reduceColumn("v", Kind::Int)};
        table::Table table(schema);
        table::ChunkBuilder builder(schema);
        const auto append = [&](std::int64_t time, int digits, std::uint32_t rows) {
            for (std::uint32_t i = 0; i < rows; ++i) {
                builder.column(0).appendTime(time, digits, {});
                builder.column(1).appendInt(i);
                builder.finishRow();
            }
        };
        append(1700000000000, 3, table::kChunkRows);
        table.append(builder.seal());
        append(1700000001000000000, 9, 2);
        table.append(builder.seal());
        const table::SeriesSet set = indexed(table, {.x = 0, .ys = {1}});
        QCOMPARE(set.unitDigits, 9);
        QCOMPARE(set.series[0].points.firstX(), std::int64_t(1700000000000000000));
        QCOMPARE(set.series[0].points.lastX(), std::int64_t(1700000001000000000));
    }

    void rowsWithoutTimeAreCounted()
    {
        const table::Table table = reduceTable({reduceColumn("ts", Kind::Instant), reduceColumn("v", Kind::Int)}, 10,
            [](table::ChunkBuilder &builder, std::size_t row) {
                if (row % 5 == 2)
                    builder.column(0).appendNull();
                else
                    builder.column(0).appendTime(static_cast<std::int64_t>(row), 3, {});
                builder.column(1).appendInt(static_cast<std::int64_t>(row));
            });
        const table::SeriesSet set = indexed(table, {.x = 0, .ys = {1}});
        QCOMPARE(set.rowsWithoutX, std::int64_t(2));
        QCOMPARE(set.series[0].points.size(), std::int64_t(8));
    }

    void groupsBeyondTheMostAreCounted()
    {
        const table::Table table = reduceTable({reduceColumn("s", Kind::Text), reduceColumn("v", Kind::Int)}, 100,
            [](table::ChunkBuilder &builder, std::size_t row) {
                if (row % 10 == 9)
                    builder.column(0).appendNull();
                else
                    builder.column(0).appendBytes("s" + std::to_string(row % 10));
                builder.column(1).appendInt(static_cast<std::int64_t>(row));
            });
        const table::SeriesSet all = indexed(table, {.x = std::nullopt, .ys = {1}, .by = {0}});
        QCOMPARE(all.series.size(), std::size_t(10));
        QCOMPARE(all.series[9].group, std::string("NULL"));
        const table::SeriesSet some = indexed(table, {.x = std::nullopt, .ys = {1}, .by = {0}, .mostGroups = 4});
        QCOMPARE(some.series.size(), std::size_t(4));
        QCOMPARE(some.rowsLeftOut, std::int64_t(60));
    }

    void stopsBetweenChunks()
    {
        std::stop_source stop;
        stop.request_stop();
        table::SeriesIndexer indexer({.x = 0, .ys = {1}});
        QVERIFY(!indexer.update(tableOf(pointsOf(Shape::Unsorted, 20000)), stop.get_token()));
    }

    void tenMillionRowsOfSharedChunks()
    {
        constexpr std::int64_t kRows = 10'000'000;
        auto schema = std::make_shared<table::Schema>();
        schema->columns = {reduceColumn("v", Kind::Double)};
        table::ChunkBuilder builder(schema);
        for (std::uint32_t i = 0; i < table::kChunkRows; ++i) {
            builder.column(0).appendDouble(i == 4711 ? 1000.0 : std::sin(i / 1000.0));
            builder.finishRow();
        }
        const std::shared_ptr<const table::Chunk> chunk = builder.seal();
        table::Table table(schema);
        while (table.rowCount() < kRows)
            table.append(chunk);
        const table::SeriesSet set = indexed(table, {.x = std::nullopt, .ys = {0}});
        const PointSeries &points = set.series.at(0).points;
        QCOMPARE(points.size(), table.rowCount());
        std::vector<std::int64_t> bounds;
        for (std::int64_t i = 0; i <= 1200; ++i)
            bounds.push_back(points.size() * i / 1200);
        std::uint64_t count = 0;
        for (const Bucket &bucket : table::reduce(points, bounds)) {
            count += bucket.count;
            // A column holds more than one chunk: no spike is lost.
            QCOMPARE(bucket.max, 1000.0);
        }
        QCOMPARE(count, std::uint64_t(points.size()));
    }
};

ONDO_TEST(SeriesIndexerTest)
#include "tst_reduce.moc"
