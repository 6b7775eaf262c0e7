// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a statement in the desktop's own result page (run, table, grid, hidden chart) against a server, offscreen, and
// prints what it took, from the first byte to the first painted row, and for how long the GUI thread was away. With
// "hands", all is selected, the theme changed, sorted and filtered while rows arrive; at the end the result is freed.
//
//     bench_desktop URL [hands]
#include "desktop/appearance.h"
#include "desktop/connectionservice.h"
#include "desktop/resultpage.h"
#include "grid/gridview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr double kFrameMs = 33;
constexpr std::int64_t kSelectAt = 1'000'000;
constexpr std::int64_t kDarkAt = 2'000'000;
constexpr std::int64_t kLightAt = 4'000'000;
constexpr std::int64_t kSortAt = 5'000'000;
constexpr std::int64_t kFilterAt = 7'000'000;

double nowMs()
{
    return std::chrono::duration<double, std::milli>(std::chrono::system_clock::now().time_since_epoch()).count();
}

double statusBytes(const std::string &name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name))
            return std::atof(line.c_str() + name.size() + 1) * 1024;
    }
    return 0;
}

// Keeps the times between two turns of the event loop, which is asked for a turn every 2 ms.
class TurnMeter : public QObject
{
public:
    TurnMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(2);
        connect(&m_timer, &QTimer::timeout, this, &TurnMeter::turn);
        m_timer.start();
        m_clock.start();
    }
    void restart()
    {
        m_gaps.clear();
        m_clock.restart();
    }
    void print(const char *what)
    {
        turn();
        const double worst = *std::max_element(m_gaps.begin(), m_gaps.end());
        const auto over = std::count_if(m_gaps.begin(), m_gaps.end(), [](double gap) { return gap > kFrameMs; });
        std::printf("  %-34s longest stall %6.1f ms, %lld over %.0f ms\n", what, worst, static_cast<long long>(over), kFrameMs);
        restart();
    }

private:
    void turn()
    {
        m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.restart();
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

// Knows when the first row was painted: at the first turn of the loop behind a paint event that came with rows there.
class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget *viewport, const common::ResultTable &table)
        : m_table(table)
    {
        viewport->installEventFilter(this);
    }
    double paintedAt() const { return m_paintedAt; }

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_isSeen && m_table.table().rowCount() > 0) {
            m_isSeen = true;
            QMetaObject::invokeMethod(this, [this] { m_paintedAt = nowMs(); }, Qt::QueuedConnection);
        }
        return false;
    }
    const common::ResultTable &m_table;
    bool m_isSeen = false;
    double m_paintedAt = 0;
};

class Bench
{
public:
    explicit Bench(const QString &url)
        : m_registry({QStringLiteral(ONDO_CONNECTOR_FOLDER)})
        , m_connections(m_registry, m_workers)
    {
        QObject context;
        bool isDone = false;
        m_connections.openUrl(url, {}, &context, [&](const core::Result<QString> &name) {
            isDone = true;
            if (name)
                m_name = *name;
            else
                std::fprintf(stderr, "%s\n", qPrintable(core::toText(name.error())));
        });
        while (!isDone)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    ~Bench() { m_workers.stopAll(); }

    bool run(bool hasHands)
    {
        auto page = std::make_unique<desktop::ResultPage>(m_connections, m_workers);
        page->resize(1200, 800);
        page->show();
        QApplication::processEvents();
        std::ofstream("/proc/self/clear_refs") << "5"; // the peak counts from here
        const double before = statusBytes("VmRSS");
        PaintWatch watch(page->gridView()->viewport(), page->table());
        double firstByteAt = 0;
        QObject::connect(page->run(), &desktop::StatementRun::exchangeChanged, &watch, [&](const http::Exchange &exchange) {
            firstByteAt = static_cast<double>(exchange.startedAtMs) + static_cast<double>(exchange.timings.firstByte) / 1e3;
        });
        TurnMeter meter;
        QElapsedTimer clock;
        clock.start();
        connector::Statement statement;
        statement.text = "select * from power.meters";
        page->start(m_name, statement, {});
        const double seconds = wait(*page, hasHands, meter);
        const desktop::RunState &state = page->run()->state();
        while (state.rows > 0 && watch.paintedAt() == 0)
            turns(1); // a small result ends before it is drawn
        if (state.outcome.error) {
            std::fprintf(stderr, "%s\n", qPrintable(core::toText(*state.outcome.error)));
            return false;
        }
        const auto bytes = static_cast<double>(state.outcome.bytes);
        std::printf("%lld rows, %.0f bytes: %.0f MB/s inside the desktop (%.3f s); first byte to first row painted %.1f ms; "
                    "growth/JSON %.3f\n",
            static_cast<long long>(state.rows), bytes, bytes / 1e6 / seconds, seconds, watch.paintedAt() - firstByteAt,
            (statusBytes("VmHWM") - before) / bytes);
        meter.print(hasHands ? "rest of the arrival" : "rows arriving");
        page.reset();
        turns(20);
        meter.print("freeing the result");
        return true;
    }

private:
    static void turns(int count)
    {
        for (int i = 0; i < count; ++i)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    static double wait(desktop::ResultPage &page, bool hasHands, TurnMeter &meter)
    {
        QElapsedTimer clock;
        clock.start();
        int step = 0;
        const auto isAt = [&](int wanted, std::int64_t rows) { return step == wanted && page.table().table().rowCount() >= rows; };
        double seconds = 0;
        QObject::connect(page.run(), &desktop::StatementRun::finished, &meter,
            [&] { seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9; });
        while (page.run()->isRunning()) {
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (!hasHands)
                continue;
            if (isAt(0, kSelectAt)) {
                meter.print("rows arriving");
                page.gridView()->selectAll();
                ++step;
            } else if (isAt(1, kDarkAt)) {
                meter.print("select all, and on");
                desktop::applyTheme(QStringLiteral("dark"));
                ++step;
            } else if (isAt(2, kLightAt)) {
                meter.print("theme change, and on");
                desktop::applyTheme(QStringLiteral("light"));
                ++step;
            } else if (isAt(3, kSortAt)) {
                meter.print("theme change, and on");
                page.gridView()->arranger().setKey({1, true}, false);
                ++step;
            } else if (isAt(4, kFilterAt)) {
                meter.print("sorting, and on");
                table::Condition condition;
                condition.text = "1";
                static_cast<void>(page.gridView()->arranger().setCondition(1, condition));
                ++step;
            }
        }
        if (hasHands)
            finishArranging(page, meter);
        return seconds;
    }

    static void finishArranging(desktop::ResultPage &page, TurnMeter &meter)
    {
        meter.print("sorting and filtering, and on");
        grid::Arranger &arranger = page.gridView()->arranger();
        while (arranger.isActive() && arranger.rowsArranged() < page.table().table().rowCount())
            turns(1);
        meter.print("the last rows sorted and filtered");
        arranger.clear();
        turns(20);
        meter.print("back to the order of arrival");
    }

    connector::Registry m_registry;
    desktop::Workers m_workers;
    desktop::ConnectionService m_connections;
    QString m_name;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {}); // offscreen remarks on every window
    QApplication app(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s URL [hands]\n", argv[0]);
        return 2;
    }
    desktop::applyLook(app);
    desktop::applyTheme(QStringLiteral("light"));
    Bench bench(QString::fromLocal8Bit(argv[1]));
    const bool hasHands = argc > 2;
    bool isFine = bench.run(hasHands);
    for (int repeat = 1; repeat < (hasHands ? 1 : 5) && isFine; ++repeat)
        isFine = bench.run(false);
    return isFine ? 0 : 1;
}
