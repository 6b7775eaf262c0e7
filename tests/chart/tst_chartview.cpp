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
private Q_SLOTS:
    void splitsDevicesIntoLines()
    {
        common::ResultTable result;
        fill(result, meters(40000));
        chart::ChartView view;
        view.resize(1200, 800);
        QSignalSpy settled(&view, &chart::ChartView::settled);
        view.setResult(&result);
        view.show();
        QTRY_VERIFY(settled.count() > 0);
        QCOMPARE(view.indexed()->set.series.size(), std::size_t(4));
        QCOMPARE(view.roles()->by, std::vector<std::size_t>{5});
        QCOMPARE(view.roles()->ys, std::vector<std::size_t>{1});
        QVERIFY(!view.plot()->state().isEmpty());
        const QByteArray folder = qgetenv("ONDO_PICTURES");
        if (!folder.isEmpty()) {
            const QString path = QString::fromLocal8Bit(folder);
            view.grab().save(path + QStringLiteral("/meters.png"));
            view.picture({1000, 500}).save(path + QStringLiteral("/picture.png"));
        }
    }
};

ONDO_TEST(ChartViewTest)
#include "tst_chartview.moc"
