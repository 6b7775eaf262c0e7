// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxclient.h"
#include "support/ondotest.h"

#include <QDateTime>

#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <vector>

struct WindowPoint {
    qint64 ts = 0;
    std::optional<int> v;
};

namespace {

constexpr qint64 kFrom = 1'700'000'000'000;

qint64 floorTo(qint64 value, qint64 step)
{
    const qint64 quotient = value / step;
    return (value % step < 0 ? quotient - 1 : quotient) * step;
}

qint64 msOf(const QJsonValue &cell)
{
    return QDateTime::fromString(cell.toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

} // namespace

// Every window and fill against what plain loops find in the same points.
class WindowsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_sandbox = std::make_unique<TdengineSandbox>();
        m_sandbox->rows("create database w");
        m_sandbox->rows("create stable w.st (ts timestamp, v int) tags (g int)");
        std::mt19937 random(42);
        for (int table = 0; table < 3; ++table) {
            std::vector<WindowPoint> &points = m_points[table];
            qint64 ts = kFrom;
            QByteArray sql = "insert into w.t" + number(table) + " using w.st tags (" + number(table % 2) + ") values ";
            for (int i = 0; i < 120; ++i) {
                ts += 1 + static_cast<qint64>(random() % (i % 10 == 0 ? 9000 : 700));
                WindowPoint point{ts, std::nullopt};
                if (random() % 7 != 0)
                    point.v = static_cast<int>(random() % 1000) - 500;
                points.push_back(point);
                sql += '(' + number(ts) + ',' + (point.v ? number(*point.v) : QByteArray("null")) + ')';
            }
            m_sandbox->rows(sql);
        }
    }
    void cleanupTestCase() { m_sandbox.reset(); }

    void interval_data()
    {
        QTest::addColumn<qint64>("width");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("sliding");
        QTest::newRow("1s") << qint64(1000) << qint64(0) << qint64(1000);
        QTest::newRow("7s") << qint64(7000) << qint64(0) << qint64(7000);
        QTest::newRow("7s offset 2s") << qint64(7000) << qint64(2000) << qint64(7000);
        QTest::newRow("5s sliding 1s") << qint64(5000) << qint64(0) << qint64(1000);
        QTest::newRow("5s sliding 2s") << qint64(5000) << qint64(0) << qint64(2000);
        QTest::newRow("250 ms") << qint64(250) << qint64(0) << qint64(250);
    }
    void interval()
    {
        QFETCH(qint64, width);
        QFETCH(qint64, offset);
        QFETCH(qint64, sliding);
        struct Sums {
            qint64 count = 0, sum = 0, first = 0, last = 0, low = 0, high = 0, values = 0;
        };
        std::map<qint64, Sums> expected;
        for (const WindowPoint &point : m_points[0]) {
            for (qint64 start = floorTo(point.ts - offset, sliding) + offset; start > point.ts - width; start -= sliding) {
                Sums &sums = expected[start];
                ++sums.count;
                if (!point.v)
                    continue;
                sums.first = sums.values ? sums.first : *point.v;
                sums.low = sums.values ? std::min<qint64>(sums.low, *point.v) : *point.v;
                sums.high = sums.values ? std::max<qint64>(sums.high, *point.v) : *point.v;
                sums.last = *point.v;
                sums.sum += *point.v;
                ++sums.values;
            }
        }
        QByteArray sql = "select _wstart, _wend, _wduration, count(*), count(v), sum(v), min(v), max(v), first(v), last(v) from w.t0 interval("
            + number(width) + "a" + (offset ? ", " + number(offset) + 'a' : QByteArray()) + ')';
        if (sliding != width)
            sql += " sliding(" + number(sliding) + "a)";
        const QJsonArray rows = m_sandbox->rows(sql);
        QCOMPARE(std::size_t(rows.size()), expected.size());
        qsizetype at = 0;
        for (const auto &[start, sums] : expected) {
            const QJsonArray row = rows[at++].toArray();
            QCOMPARE(msOf(row[0]), start);
            QCOMPARE(msOf(row[1]), start + width);
            QCOMPARE(row[2].toInteger(), width);
            QCOMPARE(row[3].toInteger(), sums.count);
            QCOMPARE(row[4].toInteger(), sums.values);
            QCOMPARE(row[5].isNull(), sums.values == 0);
            QCOMPARE(row[5].toInteger(), sums.sum);
            QCOMPARE(row[6].toInteger(), sums.low);
            QCOMPARE(row[7].toInteger(), sums.high);
            QCOMPARE(row[8].toInteger(), sums.first);
            QCOMPARE(row[9].toInteger(), sums.last);
        }
    }

    void fill_data()
    {
        QTest::addColumn<QByteArray>("mode");
        for (const char *mode : {"none", "null", "value, 77", "prev", "next", "linear"})
            QTest::newRow(mode) << QByteArray(mode);
    }
    // One table, and all tables partitioned by their names.
    void fill()
    {
        QFETCH(QByteArray, mode);
        const qint64 from = kFrom - 3000;
        const qint64 to = kFrom + 60000;
        const QByteArray range = " where ts >= " + number(from) + " and ts < " + number(to);
        const QByteArray window = " interval(1s) fill(" + mode + ')';
        const QJsonArray single = m_sandbox->rows("select _wstart, avg(v) from w.t1" + range + window);
        compareFilled(single, 0, expectedFill(1, from, to, mode));
        const QJsonArray all = m_sandbox->rows("select tbname, _wstart, avg(v) from w.st" + range + " partition by tbname" + window);
        for (int table = 0; table < 3; ++table) {
            QJsonArray own;
            for (const QJsonValue &row : all) {
                if (row.toArray()[0].toString() == QStringLiteral("t%1").arg(table))
                    own.append(row);
            }
            compareFilled(own, 1, expectedFill(table, from, to, mode));
        }
    }
    void fillWorksInSubqueriesWithOrderAndLimit()
    {
        const QByteArray filled = "select _wstart as w, count(*) as n from w.t0 where ts >= " + number(kFrom) + " and ts < "
            + number(kFrom + 20000) + " interval(1s) fill(value, 0)";
        const QJsonArray all = m_sandbox->rows(filled);
        QCOMPARE(all.size(), 20);
        const QJsonArray last = m_sandbox->rows(filled + " order by w desc limit 2");
        QCOMPARE(last.size(), 2);
        QCOMPARE(last[0].toArray(), all[19].toArray());
        qint64 sum = 0;
        for (const QJsonValue &row : all)
            sum += row.toArray()[1].toInteger();
        QCOMPARE(m_sandbox->rows("select sum(n), count(*) from (" + filled + ')')[0].toArray()[0].toInteger(), sum);
    }
    void fillNeedsARange()
    {
        QCOMPARE(m_sandbox->ask("select count(*) from w.t0 interval(1s) fill(prev)").code(), 0x263B);
    }
    void partitionsByTagsAndLimitsEach()
    {
        std::map<std::pair<qint64, qint64>, qint64> expected;
        for (int table = 0; table < 3; ++table) {
            for (const WindowPoint &point : m_points[table])
                ++expected[{table % 2, floorTo(point.ts, 5000)}];
        }
        const QJsonArray rows = m_sandbox->rows("select g, _wstart, count(*) from w.st partition by g interval(5s)");
        QCOMPARE(std::size_t(rows.size()), expected.size());
        for (const QJsonValue &value : rows) {
            const QJsonArray row = value.toArray();
            QCOMPARE(row[2].toInteger(), (expected[{row[0].toInteger(), msOf(row[1])}]));
        }
        const QByteArray byName = "select tbname, _wstart, count(*) from w.st partition by tbname interval(5s)";
        QCOMPARE(m_sandbox->rows(byName + " limit 2").size(), 6);
        QCOMPARE(m_sandbox->rows(byName + " slimit 1 soffset 1 limit 2")[0].toArray()[0].toString(), QStringLiteral("t1"));
        QCOMPARE(m_sandbox->rows(byName + " slimit 2 limit 3 offset 1").size(), 6);
        QCOMPARE(m_sandbox->rows(byName + " order by _wstart limit 2").size(), 2);
        QCOMPARE(m_sandbox->rows("select * from w.st partition by tbname limit 4").size(), 12);
    }
    void alignsDaysAndMonthsToTheZone()
    {
        m_sandbox->rows("create table w.days (ts timestamp, v int)");
        m_sandbox->rows("insert into w.days values ('2024-01-31T23:30:00Z', 1) ('2024-02-29T15:59:59Z', 2) ('2024-02-29T16:00:00Z', 3)");
        const auto starts = [this](const QByteArray &window, const QByteArray &zone) {
            QStringList all;
            for (const QJsonValue &row : m_sandbox->rows("select _wstart, count(*) from w.days interval(" + window + ')', "?conn_tz=" + zone))
                all += row.toArray()[0].toString() + QLatin1Char('=') + QString::number(row.toArray()[1].toInt());
            return all;
        };
        QCOMPARE(starts("1n", "UTC"), (QStringList{QStringLiteral("2024-01-01T00:00:00.000Z=1"), QStringLiteral("2024-02-01T00:00:00.000Z=2")}));
        QCOMPARE(starts("1n", "Asia/Shanghai"),
            (QStringList{QStringLiteral("2024-02-01T00:00:00.000+08:00=2"), QStringLiteral("2024-03-01T00:00:00.000+08:00=1")}));
        QCOMPARE(starts("1d", "Asia/Shanghai"),
            (QStringList{QStringLiteral("2024-02-01T00:00:00.000+08:00=1"), QStringLiteral("2024-02-29T00:00:00.000+08:00=1"),
                QStringLiteral("2024-03-01T00:00:00.000+08:00=1")}));
        QCOMPARE(starts("1y", "UTC"), QStringList{QStringLiteral("2024-01-01T00:00:00.000Z=3")});
    }
    void findsSessionsStatesAndCounts()
    {
        qint64 sessions = 1;
        for (std::size_t i = 1; i < m_points[0].size(); ++i)
            sessions += m_points[0][i].ts - m_points[0][i - 1].ts > 800;
        QCOMPARE(qint64(m_sandbox->rows("select _wstart, _wend, count(*) from w.t0 session(ts, 800a)").size()), sessions);
        qint64 states = 1;
        for (std::size_t i = 1; i < m_points[0].size(); ++i)
            states += m_points[0][i].v != m_points[0][i - 1].v;
        QCOMPARE(qint64(m_sandbox->rows("select count(*) from w.t0 state_window(v)").size()), states);
        QCOMPARE(m_sandbox->rows("select count(*) from w.t0 count_window(50)").size(), 3);
    }
    void aggregatesOverTime()
    {
        double mean = 0, squares = 0, area = 0;
        std::vector<WindowPoint> known;
        for (const WindowPoint &point : m_points[2]) {
            if (point.v)
                known.push_back(point);
        }
        for (std::size_t i = 0; i < known.size(); ++i) {
            mean += *known[i].v / double(known.size());
            if (i > 0)
                area += (*known[i].v + *known[i - 1].v) / 2.0 * double(known[i].ts - known[i - 1].ts);
        }
        for (const WindowPoint &point : known)
            squares += (*point.v - mean) * (*point.v - mean) / double(known.size());
        const QJsonArray row = m_sandbox->rows("select avg(v), stddev(v), twa(v), elapsed(ts, 1s), first(v), last(v), spread(v), last_row(v), last_row(ts) from w.t2")[0].toArray();
        QVERIFY(std::abs(row[0].toDouble() - mean) < 1e-9);
        QVERIFY(std::abs(row[1].toDouble() - std::sqrt(squares)) < 1e-9);
        QVERIFY(std::abs(row[2].toDouble() - area / double(known.back().ts - known.front().ts)) < 1e-9);
        QCOMPARE(row[3].toDouble(), double(m_points[2].back().ts - m_points[2].front().ts) / 1000.0);
        QCOMPARE(row[4].toInt(), *known.front().v);
        QCOMPARE(row[5].toInt(), *known.back().v);
        QCOMPARE(row[7].isNull(), !m_points[2].back().v);
        QCOMPARE(msOf(row[8]), m_points[2].back().ts);
    }
    void differencesAndRunningSums()
    {
        m_sandbox->rows("create table w.series (ts timestamp, v int)");
        m_sandbox->rows("insert into w.series values (1000, 1) (2000, 4) (4000, 2) (5000, 9)");
        const auto column = [this](const QByteArray &expression) {
            QList<double> values;
            for (const QJsonValue &row : m_sandbox->rows("select " + expression + " from w.series"))
                values += row.toArray()[0].toDouble();
            return values;
        };
        QCOMPARE(column("diff(v)"), (QList<double>{3, -2, 7}));
        QCOMPARE(column("csum(v)"), (QList<double>{1, 5, 7, 16}));
        QCOMPARE(column("mavg(v, 2)"), (QList<double>{2.5, 3, 5.5}));
        QCOMPARE(column("derivative(v, 1s, 0)"), (QList<double>{3, -1, 7}));
    }

private:
    // Windows of one second from the one that holds from to the one that holds to - 1.
    std::map<qint64, std::optional<double>> expectedFill(int table, qint64 from, qint64 to, const QByteArray &mode)
    {
        std::map<qint64, std::pair<double, int>> sums;
        for (const WindowPoint &point : m_points[table]) {
            if (point.ts < from || point.ts >= to)
                continue;
            auto &[sum, count] = sums[floorTo(point.ts, 1000)];
            sum += point.v.value_or(0);
            count += point.v.has_value();
        }
        std::map<qint64, std::optional<double>> known;
        for (const auto &[start, sum] : sums)
            known[start] = sum.second ? std::optional(sum.first / sum.second) : std::nullopt;
        if (mode == "none")
            return known;
        std::map<qint64, std::optional<double>> filled;
        for (qint64 start = floorTo(from, 1000); start <= floorTo(to - 1, 1000); start += 1000) {
            const auto own = known.find(start);
            filled[start] = own == known.end() ? std::nullopt : own->second;
            if (mode.startsWith("value") && own == known.end())
                filled[start] = 77;
            if (filled[start] || mode == "null" || mode.startsWith("value"))
                continue;
            const std::pair<const qint64, std::optional<double>> *before = nullptr, *after = nullptr;
            for (const auto &entry : known) {
                if (entry.first < start && entry.second)
                    before = &entry;
                if (entry.first > start && entry.second && !after)
                    after = &entry;
            }
            if (mode == "prev" && before)
                filled[start] = before->second;
            if (mode == "next" && after)
                filled[start] = after->second;
            if (mode == "linear" && before && after)
                filled[start] = *before->second + (*after->second - *before->second) * double(start - before->first) / double(after->first - before->first);
        }
        return filled;
    }
    void compareFilled(const QJsonArray &rows, qsizetype column, const std::map<qint64, std::optional<double>> &expected)
    {
        QCOMPARE(std::size_t(rows.size()), expected.size());
        qsizetype at = 0;
        for (const auto &[start, value] : expected) {
            const QJsonArray row = rows[at++].toArray();
            QCOMPARE(msOf(row[column]), start);
            QCOMPARE(row[column + 1].isNull(), !value.has_value());
            QVERIFY(std::abs(row[column + 1].toDouble() - value.value_or(0)) < 1e-9);
        }
    }

    std::unique_ptr<TdengineSandbox> m_sandbox;
    std::map<int, std::vector<WindowPoint>> m_points;
};

ONDO_TEST(WindowsTest)
#include "tst_windows.moc"
