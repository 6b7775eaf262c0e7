// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chartview.h"

#include "chart/chartdata.h"
#include "chart/plot.h"

#include "common/resulttable.h"

#include "support/ondotest.h"

#include <QSignalSpy>

#include <cmath>

namespace {

constexpr std::int64_t kNoon = 1710244800000; // 2024-03-12 12:00:00 UTC in ms

table::Table meters(std::int64_t rows)
{
    using table::Kind;
    return support::makeTable({support::column("ts", Kind::Instant), support::column("current", Kind::Float),
                                  support::column("voltage", Kind::Int), support::column("phase", Kind::Float),
                                  support::column("groupid", Kind::Int), support::column("location", Kind::Text)},
        rows, [rows](table::ChunkBuilder &builder, std::int64_t row) {
            const std::int64_t perDevice = rows / 4;
            const std::int64_t device = std::min<std::int64_t>(row / std::max<std::int64_t>(perDevice, 1), 3);
            const std::int64_t step = row - device * perDevice;
            const auto t = static_cast<double>(step);
            builder.column(0).appendTime(kNoon + step * 10000, 3, {});
            builder.column(1).appendFloat(static_cast<float>(10 + static_cast<double>(device) + std::sin(t / 300) + 0.3 * std::sin(t * 7.1)));
            builder.column(2).appendInt(215 + row % 9);
            builder.column(3).appendFloat(0.31f);
            builder.column(4).appendInt(device % 2 + 1);
            static const char *places[] = {"California.SanFrancisco", "California.LosAngeles", "Beijing.Chaoyang", "北京.海淀"};
            builder.column(5).appendBytes(places[device]);
        });
}

void fill(common::ResultTable &result, const table::Table &from)
{
    result.reset(from.sharedSchema());
    for (const auto &chunk : from.chunks())
        result.append(chunk);
}

} // namespace

class ChartViewTest : public QObject
{
    Q_OBJECT

    // Shows the result and waits until the plot has all of it.
    static bool settles(chart::ChartView &view, common::ResultTable &result)
    {
        QSignalSpy settled(&view, &chart::ChartView::settled);
        view.resize(1200, 800);
        view.setResult(&result);
        view.show();
        return settled.wait(5000);
    }

    static common::ResultTable *makeResult(QObject &parent, const table::Table &from)
    {
        auto *result = new common::ResultTable(&parent);
        fill(*result, from);
        return result;
    }

private Q_SLOTS:
    void splitsDevicesIntoLines()
    {
        common::ResultTable result;
        fill(result, meters(40000));
        chart::ChartView view;
        QVERIFY(settles(view, result));
        QCOMPARE(view.indexed()->set.series.size(), std::size_t(4));
        QCOMPARE(view.roles()->by, std::vector<std::size_t>{5});
        QCOMPARE(view.roles()->ys, std::vector<std::size_t>{1});
        QCOMPARE(chart::seriesName(*view.indexed(), 3), QStringLiteral("北京.海淀"));
        for (const table::IndexedSeries &series : view.indexed()->set.series)
            QCOMPARE(series.points.size(), std::int64_t(10000));
        QVERIFY(!view.plot()->state().isEmpty());
        const QStringList told = view.plot()->accessibleDescription().split(QLatin1Char(';')).filter(QStringLiteral("北京.海淀"));
        QVERIFY(told.join(QString()).contains(QStringLiteral("values in view: 10000")));
    }

    void emptyStatesSayWhatToDo()
    {
        QObject owner;
        chart::ChartView view;
        view.resize(600, 400);
        view.show();
        QVERIFY(view.plot()->state().emptyText.startsWith(QStringLiteral("Run a statement")));
        common::ResultTable *texts = makeResult(owner,
            support::makeTable({support::column("name", table::Kind::Text)}, 5,
                [](table::ChunkBuilder &builder, std::int64_t) { builder.column(0).appendBytes("x"); }));
        view.setResult(texts);
        QTRY_VERIFY(view.plot()->state().emptyText.startsWith(QStringLiteral("No numeric column")));
        QVERIFY(!view.picture({300, 200}).isNull());
        view.setResult(nullptr);
        QVERIFY(view.plot()->state().emptyText.startsWith(QStringLiteral("Run a statement")));
    }

    void followsAResultThatGrows()
    {
        const table::Table from = meters(40000);
        common::ResultTable result;
        result.reset(from.sharedSchema());
        chart::ChartView view;
        view.resize(800, 600);
        view.setResult(&result);
        view.show();
        for (const auto &chunk : from.chunks()) {
            result.append(chunk);
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(view.indexed() && view.indexed()->set.rows == 40000);
        QTRY_VERIFY(view.plot()->state().reduction && view.plot()->state().reduction->range == view.plot()->look().x);
        QVERIFY(view.plot()->isFitted());
        result.reset(std::make_shared<const table::Schema>());
        QVERIFY(!view.indexed());
    }

    void aHiddenChartDoesNoWork()
    {
        common::ResultTable result;
        fill(result, meters(400));
        chart::ChartView view;
        view.setResult(&result);
        QCoreApplication::processEvents();
        QVERIFY(!view.indexed());
        view.show();
        QTRY_VERIFY(view.indexed());
    }

    void aResultMayGoAway()
    {
        chart::ChartView view;
        {
            common::ResultTable result;
            fill(result, meters(100000));
            view.setResult(&result);
            view.show();
        }
        QCoreApplication::processEvents();
        QVERIFY(!view.indexed());
    }

    void strangeDataDrawsWithoutAFault_data()
    {
        QTest::addColumn<int>("shape");
        int shape = 0;
        for (const char *name : {"one point", "all NULL", "constant", "1e300", "int64 extremes", "NaN", "descending", "same time"})
            QTest::newRow(name) << shape++;
    }
    void strangeDataDrawsWithoutAFault()
    {
        QFETCH(int, shape);
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        const table::Table from = support::makeTable(
            {support::column("ts", table::Kind::Instant), support::column("v", table::Kind::Double), support::column("n", table::Kind::Int)},
            shape == 0 ? 1 : 1000, [shape](table::ChunkBuilder &builder, std::int64_t row) {
                const std::int64_t time = shape == 6 ? kNoon - row : shape == 7 ? kNoon : shape == 4 ? (row % 2 ? most : -most) : kNoon + row;
                builder.column(0).appendTime(time, 3, {});
                if (shape == 1)
                    builder.column(1).appendNull();
                else
                    builder.column(1).appendDouble(shape == 3 ? (row % 2 ? 1.7e308 : -1.7e308) : shape == 5 ? NAN : 4.5);
                builder.column(2).appendInt(shape == 4 ? (row % 2 ? most : -most) : 7);
            });
        common::ResultTable result;
        fill(result, from);
        chart::ChartView view;
        QVERIFY(settles(view, result));
        QVERIFY(!view.grab().isNull());
        QVERIFY(!view.picture({640, 480}, 2).isNull());
        const chart::PlotState &state = view.plot()->state();
        QVERIFY(state.y.high > state.y.low);
        QVERIFY(state.x.span() > 0);
        QVERIFY(std::isfinite(state.y.high) && std::isfinite(state.y.low));
    }

    void rolesCanBeChosen()
    {
        common::ResultTable result;
        fill(result, meters(4000));
        chart::ChartView view;
        QVERIFY(settles(view, result));
        chart::Roles roles = *view.roles();
        roles.by.clear();
        roles.ys = {1, 2};
        view.setRoles(roles);
        QTRY_COMPARE(view.indexed()->set.series.size(), std::size_t(2));
        QVERIFY(view.indexed()->set.wasSorted);
        roles.x = {};
        view.setRoles(roles);
        QTRY_VERIFY(view.indexed()->roles.x.kind == chart::XRole::Kind::RowNumber);
        QCOMPARE(view.indexed()->set.series[0].points.lastX(), std::int64_t(3999));
    }

    void linesAreSwitchedOffAndOn()
    {
        common::ResultTable result;
        fill(result, meters(4000));
        chart::ChartView view;
        QVERIFY(settles(view, result));
        QSignalSpy settled(&view, &chart::ChartView::settled);
        view.setSeriesShown(2, false);
        QCOMPARE(view.shownSeries(), (std::vector<std::size_t>{0, 1, 3}));
        QVERIFY(settled.wait(5000));
        QCOMPARE(view.plot()->state().reduction->lines.size(), std::size_t(3));
        view.setSeriesShown(2, true);
        QCOMPARE(view.shownSeries().size(), std::size_t(4));
    }

    void eightLinesAreShownAtFirst()
    {
        common::ResultTable result;
        fill(result, support::makeTable({support::column("ts", table::Kind::Instant), support::column("v", table::Kind::Int), support::column("tbname", table::Kind::Text)},
            3000, [](table::ChunkBuilder &builder, std::int64_t row) {
                builder.column(0).appendTime(kNoon + row / 30, 3, {});
                builder.column(1).appendInt(row);
                builder.column(2).appendBytes("d" + std::to_string(row % 30));
            }));
        chart::ChartView view;
        QVERIFY(settles(view, result));
        QCOMPARE(view.indexed()->set.series.size(), std::size_t(30));
        QCOMPARE(view.shownSeries().size(), chart::ChartView::kShownAtFirst);
    }

    // Pictures to look at, where ONDO_PICTURES names a folder.
    void takesPictures()
    {
        const QByteArray folder = qgetenv("ONDO_PICTURES");
        const QPalette before = QApplication::palette();
        for (const common::Theme *theme : {&common::Theme::light(), &common::Theme::dark()}) {
            QApplication::setPalette(theme->palette());
            for (const std::int64_t rows : {240, 12000}) {
                common::ResultTable result;
                fill(result, meters(rows));
                chart::ChartView view;
                view.setZone(QTimeZone("Europe/Berlin"));
                QVERIFY(settles(view, result));
                const QPointF at(500, 300);
                QMouseEvent move(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
                QApplication::sendEvent(view.plot()->viewport(), &move);
                const QImage picture = view.picture({1000, 500}, 1, QStringLiteral("power.meters"));
                QCOMPARE(picture.size(), QSize(1000, 500));
                QCOMPARE(picture.pixelColor(999, 499), theme->background);
                if (folder.isEmpty())
                    continue;
                const QString name = QString::fromLocal8Bit(folder) + (theme->isDark ? QStringLiteral("/dark-") : QStringLiteral("/light-")) + QString::number(rows);
                QVERIFY(view.grab().save(name + QStringLiteral(".png")));
                QVERIFY(picture.save(name + QStringLiteral("-picture.png")));
            }
        }
        QApplication::setPalette(before);
    }
};

ONDO_TEST(ChartViewTest)
#include "tst_chartview.moc"
