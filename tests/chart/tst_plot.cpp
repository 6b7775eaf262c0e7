// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/plot.h"

#include "chart/chartdata.h"
#include "chart/chartview.h"
#include "chart/readings.h"

#include "common/resulttable.h"

#include "support/ondotest.h"

#include <QSignalSpy>
#include <QWheelEvent>

#include <cmath>

namespace {

// A chart of 2,000 points at one a second, settled at 1200 x 800.
struct PlotFixture {
    common::ResultTable result;
    chart::ChartView view;
    QSignalSpy settled{&view, &chart::ChartView::settled};

    explicit PlotFixture(std::int64_t rows = 2000)
    {
        const table::Table from = support::makeTable(
            {support::column("ts", table::Kind::Instant), support::column("v", table::Kind::Int)}, rows,
            [](table::ChunkBuilder &builder, std::int64_t row) {
                builder.column(0).appendTime(1710244800000 + row * 1000, 3, {});
                builder.column(1).appendInt(9007199254740993 + row % 100);
            });
        result.reset(from.sharedSchema());
        for (const auto &chunk : from.chunks())
            result.append(chunk);
        view.setZone(QTimeZone::utc());
        view.resize(1200, 800);
        view.setResult(&result);
        view.show();
    }
    bool settle()
    {
        settled.clear();
        return settled.wait(5000);
    }
    chart::Plot &plot() { return *view.plot(); }
    QWidget *port() { return view.plot()->viewport(); }
    QPoint center() { return view.plot()->state().area.center().toPoint(); }

    void wheel(QPoint at, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWheelEvent event(at, port()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(port(), &event);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mousePress(port(), Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= 4; ++i) {
            const QPointF at = QPointF(from) + QPointF(to - from) * i / 4.0;
            QMouseEvent event(QEvent::MouseMove, at, port()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
            QApplication::sendEvent(port(), &event);
        }
        QTest::mouseRelease(port(), Qt::LeftButton, modifiers, to);
    }
};

bool isNear(long double a, long double b, long double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class PlotTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wheelZoomsAtThePointer()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::Look before = fixture.plot().look();
        const QPoint at(300, 200);
        const long double under = fixture.plot().state().xAt(at.x());
        fixture.wheel(at, 120);
        QVERIFY(isNear(fixture.plot().state().xAt(at.x()), under, 1));
        QVERIFY(isNear(fixture.plot().look().x.span(), before.x.span() / 1.25L, 1));
        QVERIFY(!fixture.plot().isFitted());
        fixture.wheel(at, -120);
        QVERIFY(isNear(fixture.plot().look().x.low, before.x.low, 1));
        QVERIFY(fixture.settle());
        QVERIFY(fixture.plot().state().reduction->range == fixture.plot().look().x);
    }

    void controlWheelZoomsTheValues()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::YRange before = fixture.plot().state().y;
        fixture.wheel(fixture.center(), 120, Qt::ControlModifier);
        const chart::YRange after = fixture.plot().state().y;
        QVERIFY(fixture.plot().look().y.has_value());
        QVERIFY((after.high - after.low) < (before.high - before.low) * 0.9);
    }

    void dragPansByThePixelsMoved()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        fixture.wheel(fixture.center(), 120);
        const chart::XRange before = fixture.plot().look().x;
        fixture.drag({600, 300}, {400, 300});
        const chart::XRange after = fixture.plot().look().x;
        const long double moved = before.span() * 200 / static_cast<long double>(fixture.plot().state().area.width());
        QVERIFY(isNear(after.low, before.low + moved, 1));
        QVERIFY(isNear(after.span(), before.span(), 1e-3L));
    }

    void aClickMovesNothing()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::Look before = fixture.plot().look();
        QTest::mouseClick(fixture.port(), Qt::LeftButton, Qt::NoModifier, fixture.center());
        QVERIFY(fixture.plot().look() == before);
        QVERIFY(fixture.plot().isFitted());
    }

    void shiftDragZoomsToTheBox()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const long double low = fixture.plot().state().xAt(300);
        const long double high = fixture.plot().state().xAt(700);
        const double top = fixture.plot().state().yAt(200);
        fixture.drag({700, 400}, {300, 200}, Qt::ShiftModifier);
        QVERIFY(isNear(fixture.plot().look().x.low, low, 1));
        QVERIFY(isNear(fixture.plot().look().x.high, high, 1));
        QVERIFY(std::abs(fixture.plot().look().y->high - top) < 1);
        QVERIFY(!fixture.plot().state().box);
    }

    void doubleClickAndHomeFit()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::XRange whole = fixture.plot().look().x;
        fixture.wheel(fixture.center(), 480);
        QTest::mouseDClick(fixture.port(), Qt::LeftButton, Qt::NoModifier, fixture.center());
        QVERIFY(fixture.plot().look().x == whole);
        fixture.wheel(fixture.center(), 480, Qt::ControlModifier);
        QTest::keyClick(&fixture.plot(), Qt::Key_Home);
        QVERIFY(fixture.plot().look().x == whole);
        QVERIFY(!fixture.plot().look().y);
    }

    void keysPanAndZoom()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::XRange whole = fixture.plot().look().x;
        QTest::keyClick(&fixture.plot(), Qt::Key_Plus);
        const chart::XRange zoomed = fixture.plot().look().x;
        QVERIFY(zoomed.span() < whole.span());
        QTest::keyClick(&fixture.plot(), Qt::Key_Right);
        QVERIFY(fixture.plot().look().x.low > zoomed.low);
        QTest::keyClick(&fixture.plot(), Qt::Key_Left);
        QVERIFY(isNear(fixture.plot().look().x.low, zoomed.low, 1));
        QTest::keyClick(&fixture.plot(), Qt::Key_Up);
        QVERIFY(fixture.plot().look().y.has_value());
        QTest::keyClick(&fixture.plot(), Qt::Key_Minus);
        QVERIFY(isNear(fixture.plot().look().x.span(), whole.span(), 1));
    }

    void goesBackAndForward()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const chart::Look whole = fixture.plot().look();
        QVERIFY(!fixture.plot().canGoBack());
        fixture.drag({700, 400}, {300, 200}, Qt::ShiftModifier);
        const chart::Look boxed = fixture.plot().look();
        fixture.drag({600, 300}, {400, 300});
        QTest::keyClick(&fixture.plot(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(fixture.plot().look() == boxed);
        QTest::keyClick(&fixture.plot(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(fixture.plot().look() == whole);
        QVERIFY(fixture.plot().isFitted());
        QVERIFY(!fixture.plot().canGoBack());
        QTest::keyClick(&fixture.plot(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(fixture.plot().look() == boxed);
    }

    void crosshairReadsTheExactValue()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        const auto x = static_cast<long double>(1710244800000 + 778 * 1000);
        const QPointF at(fixture.plot().state().pixelOf(x), 300);
        QMouseEvent event(QEvent::MouseMove, at, fixture.port()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(fixture.port(), &event);
        const auto reading = chart::readingAt(fixture.plot().state(), 0);
        QVERIFY(reading);
        QCOMPARE(reading->point.row, std::int64_t(778));
        QCOMPARE(reading->text, QStringLiteral("9007199254741071")); // no double holds it
        QCOMPARE(chart::xText(fixture.plot().state(), reading->point.x), QStringLiteral("2024-03-12 12:12:58.000"));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&fixture.plot(), &leave);
        QVERIFY(!chart::readingAt(fixture.plot().state(), 0));
    }

    void zoomEndsAtTheFinestAndTheWidest()
    {
        PlotFixture fixture;
        QVERIFY(fixture.settle());
        for (int i = 0; i < 60; ++i)
            fixture.wheel(fixture.center(), 360);
        QVERIFY(fixture.plot().look().x.span() >= 7.9L);
        for (int i = 0; i < 200; ++i)
            fixture.wheel(fixture.center(), -600);
        QVERIFY(std::isfinite(static_cast<double>(fixture.plot().look().x.span())));
        for (int i = 0; i < 200; ++i)
            fixture.wheel(fixture.center(), -600, Qt::ControlModifier);
        QVERIFY(std::isfinite(fixture.plot().state().y.high));
        fixture.view.grab();
    }

    // What the items draw is the range of all points: each pixel column has ink where the values are, and nowhere else.
    void everySpikeIsDrawn()
    {
        common::ResultTable result;
        const table::Table from = support::makeTable(
            {support::column("ts", table::Kind::Instant), support::column("v", table::Kind::Double)}, 500000,
            [](table::ChunkBuilder &builder, std::int64_t row) {
                builder.column(0).appendTime(1710244800000 + row * 1000, 3, {});
                builder.column(1).appendDouble(row == 333333 ? 1000 : std::sin(static_cast<double>(row)));
            });
        result.reset(from.sharedSchema());
        for (const auto &chunk : from.chunks())
            result.append(chunk);
        chart::ChartView view;
        view.setResult(&result);
        const QImage image = view.picture({1200, 800});
        const QRgb ink = common::Theme::light().series[0].rgb();
        int columnsWithSpike = 0;
        for (int x = 0; x < image.width(); ++x) {
            int inked = 0;
            for (int y = 60; y < 600; ++y)
                inked += image.pixel(x, y) == ink ? 1 : 0;
            columnsWithSpike += inked > 500 ? 1 : 0;
        }
        QVERIFY(columnsWithSpike >= 1 && columnsWithSpike <= 2); // up in one column, down in it or the next
    }
};

ONDO_TEST(PlotTest)
#include "tst_plot.moc"
