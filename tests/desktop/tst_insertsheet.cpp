// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "common/messagebar.h"
#include "desktop/insertsheet.h"
#include "desktop/inspectorpanel.h"
#include "desktop/silentsink.h"
#include "grid/gridview.h"
#include "inspector/cellinspector.h"

#include "support/ondotest.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

namespace {

// Takes batches of two rows and counts them; fails where told to.
class CountingSession : public connector::Session
{
public:
    connector::Outcome run(const connector::Statement &statement, const connector::RunOptions &, connector::Sink &, std::stop_token) override
    {
        sent.push_back(statement.text);
        connector::Outcome outcome;
        if (static_cast<int>(sent.size()) == failsAt) {
            core::Error error;
            error.kind = failure;
            error.mayHaveRun = failure == core::ErrorKind::Network;
            outcome.error = error;
        }
        return outcome;
    }
    core::Result<connector::StopReport> stopOnServer(const connector::RunningStatement &, connector::Sink &, std::stop_token) override { return connector::StopReport(); }
    core::Result<connector::CatalogPage> children(const connector::CatalogRequest &, connector::Sink &, std::stop_token) override { return connector::CatalogPage(); }
    core::Result<connector::AggregateStatement> aggregate(const connector::AggregateRequest &, connector::Sink &, std::stop_token) override
    {
        return connector::AggregateStatement();
    }
    std::string quotedPath(const std::vector<std::string> &) const override { return "t"; }
    std::string selectStatement(const std::vector<std::string> &, std::int64_t) const override { return {}; }
    core::Result<std::vector<connector::InsertBatch>> insertStatements(
        const std::vector<std::string> &, const connector::CallForm &form, std::span<const connector::InsertRow> rows) const override
    {
        return connector::insertSql("t", form, rows, {}, {100000, 2, [](const std::string &name) { return name; }, ", "});
    }

    std::vector<std::string> sent;
    int failsAt = 0;
    core::ErrorKind failure = core::ErrorKind::Statement;
};

desktop::InsertRows sevenRows()
{
    desktop::InsertRows rows;
    connector::CallField field;
    field.name = "a";
    rows.form.fields = {field};
    for (int i = 0; i < 7; ++i)
        rows.rows.push_back({std::to_string(i)});
    return rows;
}

} // namespace

class InsertSheetTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;

    // The first table into which rows can be written.
    static std::optional<std::vector<std::string>> findTable(connector::Session &session, const std::vector<std::string> &path, int depth)
    {
        desktop::SilentSink sink;
        connector::CatalogRequest request;
        request.path = path;
        const auto page = session.children(request, sink, {});
        for (std::size_t i = 0; page && depth > 0 && i < page->nodes.size(); ++i) {
            const connector::CatalogNode &node = page->nodes[i];
            std::vector<std::string> below = path;
            below.push_back(node.name);
            if (node.isSystem)
                continue;
            if (node.kind == "table" || node.kind == "supertable")
                return below;
            if (auto found = findTable(session, below, depth - 1))
                return found;
        }
        return std::nullopt;
    }

private Q_SLOTS:
    void accounts_data()
    {
        QTest::addColumn<int>("failsAt");
        QTest::addColumn<int>("failure");
        QTest::addColumn<QList<qint64>>("account"); // written, refused, unknown, unsent, batches
        const auto kind = [](core::ErrorKind failure) { return static_cast<int>(failure); };
        QTest::newRow("all") << 0 << kind(core::ErrorKind::Statement) << QList<qint64>{7, 0, 0, 0, 4};
        QTest::newRow("refused midway") << 3 << kind(core::ErrorKind::Statement) << QList<qint64>{4, 2, 0, 1, 3};
        QTest::newRow("lost midway") << 2 << kind(core::ErrorKind::Network) << QList<qint64>{2, 0, 2, 3, 2};
        QTest::newRow("stopped midway") << 4 << kind(core::ErrorKind::Cancelled) << QList<qint64>{6, 0, 1, 0, 4};
    }
    void accounts()
    {
        QFETCH(int, failsAt);
        QFETCH(int, failure);
        QFETCH(QList<qint64>, account);
        CountingSession session;
        session.failsAt = failsAt;
        session.failure = static_cast<core::ErrorKind>(failure);
        const desktop::InsertAccount got = desktop::InsertJob::send(session, sevenRows(), {}, {});
        QCOMPARE((QList<qint64>{got.written, got.refused, got.unknown, got.unsent, got.batches}), account);
        QCOMPARE(static_cast<qint64>(session.sent.size()), account[4]); // each once
        QCOMPARE(std::set<std::string>(session.sent.begin(), session.sent.end()).size(), session.sent.size());
        QCOMPARE(got.error.has_value(), failsAt != 0);
    }
    void rowsReachTheSandbox()
    {
        m_app = std::make_unique<DesktopFixture>();
        m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), QString()));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
        m_app->tab()->setConnectionName(m_app->sandbox());
        std::shared_ptr<workspace::Connection> connection;
        m_app->connections->open(m_app->sandbox(), m_app->window.get(), [&](const desktop::ConnectionResult &opened) { connection = opened.value(); });
        QVERIFY(QTest::qWaitFor([&] { return connection != nullptr; }, 20000));
        const auto path = findTable(*connection->session, {}, 3);
        QVERIFY(path);
        m_app->tab()->results()->showInsert(m_app->sandbox(), *path);
        desktop::InsertSheet *sheet = m_app->tab()->results()->insertSheet();
        QTRY_VERIFY_WITH_TIMEOUT(sheet->fields()->rowCount() > 1, 20000);
        QVERIFY(!sheet->isReady());
        // One value of each column, by its type; the first bad one is complained of.
        QStringList names;
        QStringList good;
        QStringList bad;
        for (int line = 0; line < sheet->fields()->rowCount(); ++line) {
            const QString type = sheet->fields()->item(line, 1)->text().toUpper();
            names << sheet->fields()->item(line, 0)->text();
            const bool isTime = type.contains(QStringLiteral("TIMESTAMP"));
            const bool isText = type.contains(QStringLiteral("CHAR"));
            good << (isTime ? QStringLiteral("2031-05-17 08:30:00.000") : isText ? QStringLiteral("it's") : QStringLiteral("1"));
            bad << (isTime ? QStringLiteral("2031-05-17 08:30:01.000") : isText ? QStringLiteral("it's") : QStringLiteral("one"));
        }
        if (const qsizetype table = names.indexOf(QStringLiteral("tbname")); table >= 0)
            good[table] = bad[table] = QStringLiteral("inserted_1");
        const QByteArray head = names.join(QLatin1Char('\t')).toUtf8() + '\n';
        sheet->useText(QStringLiteral("rows"), head + good.join(QLatin1Char('\t')).toUtf8() + '\n' + bad.join(QLatin1Char('\t')).toUtf8() + '\n');
        QTRY_VERIFY(sheet->preview()->toPlainText().contains(QStringLiteral("Row 2, ")));
        QVERIFY(!sheet->startButton()->isEnabled());
        sheet->useText(QStringLiteral("rows"), head + good.join(QLatin1Char('\t')).toUtf8() + '\n');
        QTRY_VERIFY(sheet->isReady());
        QVERIFY2(sheet->preview()->toPlainText().contains(QStringLiteral("2031-05-17")), qPrintable(sheet->preview()->toPlainText()));
        QSignalSpy finished(sheet, &desktop::InsertSheet::finished);
        sheet->start();
        QVERIFY(QTest::qWaitFor([&] { return finished.count() == 1; }, 20000));
        QVERIFY2(sheet->messages()->text().startsWith(QStringLiteral("1 row written")), qPrintable(sheet->messages()->text()));
        // It is there.
        m_app->tab()->setText(QStringLiteral("SELECT * FROM %1 WHERE %2 = 1").arg(QString::fromStdString(connection->session->quotedPath(*path)), names[good.indexOf(QStringLiteral("1"))]));
        m_app->tab()->runAll();
        QVERIFY(m_app->waitForEnd());
        QVERIFY(m_app->runState().rows >= 1);
        // The inspector follows the cell, in the tab's zone.
        m_app->window->commands().toggleInspector->trigger();
        m_app->tab()->results()->page()->gridView()->setCurrentCell(0, 0);
        QTRY_VERIFY(m_app->window->inspector()->cell()->title().contains(QStringLiteral("row 1")));
        m_app.reset();
    }
};

ONDO_TEST(InsertSheetTest)
#include "tst_insertsheet.moc"
