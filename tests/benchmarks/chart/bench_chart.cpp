// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart costs: first paint, and frames while it is panned and zoomed, at 1200 x 800 with software rendering,
// beside a plain QLineSeries with the same points in the same run.
#include "chart/chartview.h"
#include "chart/plot.h"

#include "common/resulttable.h"
#include "common/theme.h"
#include "table/builder.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QElapsedTimer>
#include <QLineSeries>
#include <QMouseEvent>
#include <QValueAxis>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

namespace {

constexpr QSize kSize(1200, 800);
constexpr std::int64_t kStart = 1704067200000; // 2024-01-01 in ms

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

table::Table makeTable(std::int64_t rows)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns.resize(2);
    schema->columns[0].name = "ts";
    schema->columns[0].kind = table::Kind::Instant;
    schema->columns[1].name = "value";
    schema->columns[1].kind = table::Kind::Double;
    table::Table made(schema);
    table::ChunkBuilder builder(schema);
    std::mt19937_64 random(7);
    double value = 0;
    for (std::int64_t row = 0; row < rows; ++row) {
        value += static_cast<double>(static_cast<std::int64_t>(random() % 2001) - 1000) / 1000;
        builder.column(0).appendTime(kStart + row * 100, 3, {});
        builder.column(1).appendDouble(value);
        builder.finishRow();
        if (builder.isFull() || row + 1 == rows)
            made.append(builder.seal());
    }
    return made;
}

struct Figures {
    std::vector<double> values;
    void add(double value) { values.push_back(value); }
    double percentile(double share)
    {
        std::sort(values.begin(), values.end());
        return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    }
};

// Waits for an answer of the chart's workers; the event loop runs meanwhile, as it does in the window.
void waitFor(const bool &done)
{
    while (!done)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void paint(QWidget &widget, QImage &image)
{
    QPainter painter(&image);
    widget.render(&painter);
}

void sendWheel(QWidget &viewport, QPointF at, int delta)
{
    QWheelEvent event(at, viewport.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&viewport, &event);
}

void sendMouse(QWidget &viewport, QEvent::Type type, QPointF at)
{
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, viewport.mapToGlobal(at), button, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&viewport, &event);
}

void measureChart(const table::Table &table)
{
    common::ResultTable result;
    result.reset(table.sharedSchema());
    for (const auto &chunk : table.chunks())
        result.append(chunk);
    chart::ChartView view;
    view.resize(kSize);
    view.show();
    QApplication::processEvents();
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);

    bool isSettled = false;
    QObject::connect(&view, &chart::ChartView::settled, &view, [&isSettled] { isSettled = true; });
    QElapsedTimer timer;
    timer.start();
    view.setResult(&result);
    waitFor(isSettled);
    const double ready = milliseconds(timer);
    paint(view, image);
    const double first = milliseconds(timer);

    QWidget &viewport = *view.plot()->viewport();
    Figures frames;
    Figures answers;
    const auto step = [&](const std::function<void()> &act) {
        isSettled = false;
        timer.start();
        act();
        paint(viewport, image);
        frames.add(milliseconds(timer));
        waitFor(isSettled);
        paint(viewport, image);
        answers.add(milliseconds(timer));
    };
    for (int i = 0; i < 40; ++i)
        step([&] { sendWheel(viewport, {500.0 + i * 3, 300}, i < 25 ? 120 : -120); });
    sendMouse(viewport, QEvent::MouseButtonPress, {800, 300});
    for (int i = 1; i <= 100; ++i)
        step([&] { sendMouse(viewport, QEvent::MouseMove, {800.0 - i * 5 - 20, 300}); });
    sendMouse(viewport, QEvent::MouseButtonRelease, {300, 300});
    std::printf("%10lld points  chart       first paint %7.1f ms (ready %6.1f)   frame p50 %6.2f p95 %6.2f ms   exact picture "
                "p50 %6.2f p95 %6.2f ms\n",
        static_cast<long long>(table.rowCount()), first, ready, frames.percentile(0.5), frames.percentile(0.95),
        answers.percentile(0.5), answers.percentile(0.95));
    std::fflush(stdout);
}

// The usual case: rows arrive while the chart is in sight, and are indexed as they do. The time from the last ones to
// the picture with them.
void measureGrowing(const table::Table &table)
{
    common::ResultTable result;
    result.reset(table.sharedSchema());
    chart::ChartView view;
    view.resize(kSize);
    view.show();
    QApplication::processEvents();
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);
    view.setResult(&result);
    const auto &chunks = table.chunks();
    const std::size_t last = chunks.size() - std::min<std::size_t>(chunks.size(), 64);
    Figures stalls;
    QElapsedTimer timer;
    for (std::size_t i = 0; i < last; ++i) {
        timer.start();
        result.append(chunks[i]);
        QApplication::processEvents();
        if (i % 64 == 0)
            paint(view, image);
        stalls.add(milliseconds(timer));
    }
    while (last > 0 && (!view.indexed() || view.indexed()->set.rows < result.table().rowCount()))
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    bool isSettled = false;
    QObject::connect(&view, &chart::ChartView::settled, &view, [&] {
        isSettled = view.indexed()->set.rows == table.rowCount();
    });
    timer.start();
    for (std::size_t i = last; i < chunks.size(); ++i)
        result.append(chunks[i]);
    waitFor(isSettled);
    paint(view, image);
    std::printf("%10lld points  chart, growing: last rows to picture %6.1f ms   GUI thread while they came p95 %6.2f most %6.2f ms\n",
        static_cast<long long>(table.rowCount()), milliseconds(timer), stalls.percentile(0.95), stalls.percentile(1));
    std::fflush(stdout);
}

void measureLineSeries(const table::Table &table)
{
    QElapsedTimer timer;
    timer.start();
    auto *series = new QLineSeries;
    QList<QPointF> points;
    points.reserve(table.rowCount());
    for (const auto &chunk : table.chunks()) {
        for (std::uint32_t row = 0; row < chunk->rows; ++row)
            points.append(QPointF(static_cast<double>(chunk->columns[0].ints()[row]), chunk->columns[1].doubles()[row]));
    }
    series->replace(points);
    auto *plot = new QChart;
    plot->addSeries(series);
    plot->createDefaultAxes();
    QChartView view(plot);
    view.resize(kSize);
    view.show();
    QApplication::processEvents();
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);
    paint(view, image);
    const double first = milliseconds(timer);
    Figures frames;
    auto *axis = qobject_cast<QValueAxis *>(plot->axes(Qt::Horizontal).value(0));
    const double low = axis->min();
    const double span = (axis->max() - low) / 4;
    for (int i = 0; i < 8; ++i) {
        timer.start();
        axis->setRange(low + span * i / 8, low + span * (1 + i / 8.0));
        QApplication::processEvents();
        paint(*view.viewport(), image);
        frames.add(milliseconds(timer));
    }
    std::printf("%10lld points  QLineSeries first paint %7.1f ms                    frame p50 %6.2f p95 %6.2f ms\n",
        static_cast<long long>(table.rowCount()), first, frames.percentile(0.5), frames.percentile(0.95));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    QApplication::setPalette(common::Theme::light().palette());
    for (const std::int64_t rows : {100'000, 1'000'000, 10'000'000}) {
        const table::Table table = makeTable(rows);
        measureChart(table);
        measureGrowing(table);
        if (rows <= 1'000'000)
            measureLineSeries(table);
    }
    return 0;
}
