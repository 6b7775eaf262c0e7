// SPDX-License-Identifier: GPL-3.0-or-later
// How long the GUI thread is away while 10,000,000 rows arrive, are selected, restyled, scrolled and copied; and the
// same with a QTableView on a model of the same table. Offscreen, 1200 x 800.
//
//     bench_grid [ROWS]
#include "common/theme.h"
#include "core/channel.h"
#include "grid/celltext.h"
#include "grid/gridview.h"
#include "table/builder.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace {

constexpr double kFrameMs = 33;
constexpr int kMostChunksPerDrain = 16;

std::shared_ptr<const table::Schema> makeSchema()
{
    auto schema = std::make_shared<table::Schema>();
    const auto add = [&](const char *name, table::Kind kind, const char *type) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = kind;
        info.serverType = type;
        schema->columns.push_back(info);
    };
    add("ts", table::Kind::Instant, "TIMESTAMP");
    add("current", table::Kind::Float, "FLOAT");
    add("voltage", table::Kind::Int, "INT");
    add("phase", table::Kind::Double, "DOUBLE");
    add("groupid", table::Kind::Int, "INT");
    add("location", table::Kind::Text, "VARCHAR(64)");
    return schema;
}

std::shared_ptr<const table::Chunk> makeChunk(const std::shared_ptr<const table::Schema> &schema, std::uint32_t rows)
{
    table::ChunkBuilder builder(schema);
    for (std::uint32_t row = 0; row < rows; ++row) {
        builder.column(0).appendTime(1538548685000 + row * 10000, 3, "");
        builder.column(1).appendFloat(10.0F + static_cast<float>(row % 97) / 7.0F);
        builder.column(2).appendInt(210 + row % 20);
        builder.column(3).appendDouble(static_cast<double>(row % 1013) / 3.0);
        builder.column(4).appendInt(row % 10);
        builder.column(5).appendBytes(row % 3 == 0 ? "California.SanFrancisco" : row % 3 == 1 ? "上海.浦东" : "Berlin");
        builder.finishRow();
    }
    return builder.seal();
}

// Keeps the longest times between two turns of the event loop.
class StallMeter : public QObject
{
public:
    StallMeter()
    {
        m_timer.setInterval(0);
        connect(&m_timer, &QTimer::timeout, this, &StallMeter::turn);
    }
    void start()
    {
        m_stalls.clear();
        m_clock.start();
        m_timer.start();
    }
    void stop()
    {
        turn();
        m_timer.stop();
        std::sort(m_stalls.begin(), m_stalls.end());
    }
    double worst() const { return m_stalls.empty() ? 0 : m_stalls.back(); }
    qint64 over(double ms) const
    {
        return m_stalls.end() - std::upper_bound(m_stalls.begin(), m_stalls.end(), ms);
    }

private:
    void turn()
    {
        m_stalls.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.restart();
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_stalls;
};

// What the grid is measured beside: the same cells through Qt's model and view.
class ComparedModel : public QAbstractTableModel
{
public:
    explicit ComparedModel(common::ResultTable *result)
        : m_result(result)
    {
        connect(result, &common::ResultTable::grew, this, &ComparedModel::grow);
    }
    int rowCount(const QModelIndex &) const override { return m_rows; }
    int columnCount(const QModelIndex &) const override { return static_cast<int>(m_result->table().columnCount()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        return grid::cellText(m_result->table(), {index.row(), index.column()}, nullptr).text;
    }

private:
    void grow(qint64)
    {
        const int rows = static_cast<int>(m_result->table().rowCount());
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    common::ResultTable *m_result;
    int m_rows = 0;
};

// Rows as the desktop gets them: a worker pushes chunks, a posted event drains some of them at a time.
class Feed : public QObject
{
public:
    Feed(common::ResultTable *result, qint64 rows)
        : m_result(result)
        , m_rows(rows)
        , m_channel([this] { post(); })
    {
    }
    void run()
    {
        const auto schema = makeSchema();
        m_result->reset(schema);
        std::jthread worker([this, schema] {
            // One chunk in memory, shared: what is measured is the view.
            const auto full = makeChunk(schema, table::kChunkRows);
            for (qint64 left = m_rows; left > 0; left -= table::kChunkRows)
                m_channel.push(left >= table::kChunkRows ? full : makeChunk(schema, static_cast<std::uint32_t>(left)));
        });
        while (m_result->table().rowCount() < m_rows)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

private:
    void post()
    {
        QMetaObject::invokeMethod(this, [this] { drain(); }, Qt::QueuedConnection);
    }
    void drain()
    {
        for (auto &chunk : m_channel.takeAll())
            m_waiting.push_back(std::move(chunk));
        const std::size_t end = std::min(m_waiting.size(), m_next + kMostChunksPerDrain);
        for (; m_next < end; ++m_next)
            m_result->append(m_waiting[m_next]);
        if (m_next < m_waiting.size())
            post();
    }
    common::ResultTable *m_result;
    const qint64 m_rows;
    core::Channel<std::shared_ptr<const table::Chunk>> m_channel;
    std::vector<std::shared_ptr<const table::Chunk>> m_waiting;
    std::size_t m_next = 0;
};

struct Figures {
    double arriving = 0;
    double arrivingSeconds = 0;
    double selectAll = 0;
    double theme = 0;
    double font = 0;
    double frameMedian = 0;
    double frameWorst = 0;
    qint64 stalls = 0;
};

void settle()
{
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
}

template <typename Action>
double stallOf(StallMeter &meter, Figures &figures, Action action)
{
    settle();
    meter.start();
    action();
    for (int i = 0; i < 10; ++i)
        QCoreApplication::processEvents();
    meter.stop();
    figures.stalls += meter.over(kFrameMs);
    return meter.worst();
}

void measureFrames(QAbstractScrollArea &view, Figures &figures)
{
    std::vector<double> frames;
    QScrollBar *bar = view.verticalScrollBar();
    for (int i = 0; i < 300; ++i) {
        QElapsedTimer clock;
        clock.start();
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * (i * 37 % 300) / 300));
        view.viewport()->repaint();
        frames.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(frames.begin(), frames.end());
    figures.frameMedian = frames[frames.size() / 2];
    figures.frameWorst = frames[frames.size() * 99 / 100];
}

template <typename SelectAll>
Figures measure(QAbstractScrollArea &view, common::ResultTable &result, qint64 rows, SelectAll selectAll)
{
    Figures figures;
    StallMeter meter;
    view.resize(1200, 800);
    view.show();
    Feed feed(&result, rows);
    QElapsedTimer clock;
    clock.start();
    figures.arriving = stallOf(meter, figures, [&] { feed.run(); });
    figures.arrivingSeconds = static_cast<double>(clock.elapsed()) / 1e3;
    figures.selectAll = stallOf(meter, figures, selectAll);
    figures.theme = stallOf(meter, figures, [] { QApplication::setPalette(common::Theme::dark().palette()); });
    QApplication::setPalette(common::Theme::light().palette());
    const QFont before = QApplication::font();
    QFont larger = before;
    larger.setPointSizeF(before.pointSizeF() + 2);
    figures.font = stallOf(meter, figures, [&] { QApplication::setFont(larger); });
    QApplication::setFont(before);
    settle();
    measureFrames(view, figures);
    return figures;
}

void print(const char *what, double ours, double theirs)
{
    std::printf("%-44s %9.1f %12.1f %9.1fx\n", what, ours, theirs, ours > 0 ? theirs / ours : 0);
}

void measureWide()
{
    auto schema = std::make_shared<table::Schema>();
    for (int i = 0; i < 1000; ++i) {
        table::ColumnInfo info;
        info.name.append("column_").append(std::to_string(i));
        info.kind = i % 2 == 0 ? table::Kind::Double : table::Kind::Text;
        info.serverType = "DOUBLE";
        schema->columns.push_back(info);
    }
    table::ChunkBuilder builder(schema);
    for (int row = 0; row < 1000; ++row) {
        for (int i = 0; i < 1000; ++i) {
            if (i % 2 == 0)
                builder.column(static_cast<std::size_t>(i)).appendDouble(row / 7.0 + i);
            else
                builder.column(static_cast<std::size_t>(i)).appendBytes("上海.浦东 text");
        }
        builder.finishRow();
    }
    const auto chunk = builder.seal();
    common::ResultTable result;
    grid::GridView view;
    view.resize(1200, 800);
    view.setResult(&result);
    view.show();
    settle();
    StallMeter meter;
    Figures figures;
    const double filled = stallOf(meter, figures, [&] {
        result.reset(schema);
        result.append(chunk);
    });
    std::vector<double> frames;
    for (int i = 0; i < 200; ++i) {
        QElapsedTimer clock;
        clock.start();
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->maximum() * (i * 37 % 200) / 200);
        view.viewport()->repaint();
        frames.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(frames.begin(), frames.end());
    std::printf("\n1,000 columns: shown after %.1f ms; a frame of sideways scrolling %.1f ms (median), %.1f (99 %%)\n",
        filled, frames[100], frames[198]);
    StallMeter copyMeter;
    bool isDone = false;
    QObject::connect(&view, &grid::GridView::copied, &view, [&] { isDone = true; });
    view.selectAll();
    settle();
    QElapsedTimer clock;
    clock.start();
    copyMeter.start();
    view.copy();
    while (!isDone)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    copyMeter.stop();
    std::printf("1,000,000 cells copied in %.0f ms, longest stall %.1f ms\n", static_cast<double>(clock.elapsed()),
        copyMeter.worst());
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    const qint64 rows = argc > 1 ? std::max(1LL, std::atoll(argv[1])) : 10'000'000;
    QApplication::setPalette(common::Theme::light().palette());

    Figures ours;
    {
        common::ResultTable result;
        grid::GridView view;
        view.setResult(&result);
        ours = measure(view, result, rows, [&] { view.selectAll(); });
    }
    Figures theirs;
    {
        common::ResultTable result;
        result.reset(makeSchema());
        ComparedModel model(&result);
        QTableView view;
        view.setModel(&model);
        view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        theirs = measure(view, result, rows, [&] { view.selectAll(); });
    }
    std::printf("%lld rows x 6 columns, 1200 x 800; longest stall of the GUI thread in ms\n",
        static_cast<long long>(rows));
    std::printf("%-44s %9s %12s %10s\n", "", "GridView", "QTableView", "ratio");
    print("rows arriving", ours.arriving, theirs.arriving);
    print("  seconds until all are there", ours.arrivingSeconds, theirs.arrivingSeconds);
    print("select all", ours.selectAll, theirs.selectAll);
    print("theme change", ours.theme, theirs.theme);
    print("font change", ours.font, theirs.font);
    print("frame of scrolling, median", ours.frameMedian, theirs.frameMedian);
    print("frame of scrolling, 99 %", ours.frameWorst, theirs.frameWorst);
    std::printf("stalls over %.0f ms: %lld (QTableView %lld)\n", kFrameMs, static_cast<long long>(ours.stalls),
        static_cast<long long>(theirs.stalls));
    measureWide();
    return 0;
}
