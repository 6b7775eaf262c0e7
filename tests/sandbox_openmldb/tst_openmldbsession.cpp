// SPDX-License-Identifier: GPL-3.0-or-later
#include "apisandbox.h"
#include "support/ondotest.h"

#include <thread>

// The real session against the sandbox, over HTTP.
class OpenmldbSandboxSessionTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiSandbox> m_api;
    std::unique_ptr<connector::Session> m_session;

private Q_SLOTS:
    void initTestCase()
    {
        m_api = std::make_unique<ApiSandbox>();
        m_session = m_api->session("demo_db");
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_api.reset();
    }

    void namesAndTypesColumns()
    {
        support::KeepingSink sink;
        const auto outcome = m_api->run(*m_session, "SELECT *, c4 * 2 AS twice FROM demo_table1 WHERE c2 = 15", sink);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(core::toText(*outcome.error)) : "");
        QStringList names;
        for (const table::ColumnInfo &column : sink.table.schema().columns)
            names << QString::fromStdString(column.name + ' ' + column.serverType);
        QCOMPARE(names, (QStringList{QStringLiteral("c1 String"), QStringLiteral("c2 Int32"), QStringLiteral("c3 Int64"), QStringLiteral("c4 Float"),
                            QStringLiteral("c5 Double"), QStringLiteral("c6 Timestamp"), QStringLiteral("c7 Date"), QStringLiteral("twice Float")}));
        QCOMPARE(sink.rows(), (std::vector<std::string>{R"("bb",15,22,null,"NaN","2021-11-05T08:28:10.000Z","2021-05-01",null)"}));
    }
    void readsLargeResults()
    {
        support::KeepingSink sink;
        const auto outcome = m_api->run(*m_session, "SELECT * FROM power.meters", sink);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.rows, std::int64_t(432000));
        QCOMPARE(static_cast<int>(outcome.completeness), static_cast<int>(connector::Completeness::Complete));
        QCOMPARE(sink.table.schema().columns[3].name, std::string("ts"));
    }
    void putsARowByItsForm()
    {
        support::KeepingSink sink;
        auto form = m_session->callForm({"demo_db", "demo"}, sink, {});
        QVERIFY(form.ok());
        auto text = m_session->callStatement({"demo_db", "demo"}, *form, {{{"77", "put", "0.5"}}, {}, false});
        QVERIFY(text.ok());
        const auto outcome = m_api->run(*m_session, *text, sink);
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.affectedRows, std::optional<std::int64_t>(1));
        m_api->run(*m_session, "SELECT c3, c2 FROM demo WHERE c1 = 77", sink);
        QCOMPARE(sink.rows(), (std::vector<std::string>{R"(0.5,"put")"}));
    }
    void callsByForms()
    {
        support::KeepingSink sink;
        auto form = m_session->callForm({"db", "sp"}, sink, {});
        QVERIFY(form.ok());
        QCOMPARE(form->sharedFields.size(), std::size_t(2));
        auto text = m_session->callStatement({"db", "sp"}, *form, {{{"10", "1", "1", "1590738993001", std::nullopt}, {"20", "1", "1", "1970-01-01T00:00:00Z", std::nullopt}}, {"aa", "1"}, true});
        QVERIFY(text.ok());
        const auto outcome = m_api->run(*m_session, *text, sink);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(core::toText(*outcome.error)) : "");
        QCOMPARE(sink.table.schema().columns[2].name, std::string("w1_c4_sum"));
        QCOMPARE(sink.rows(), (std::vector<std::string>{R"("aa",1,43)", R"("aa",1,20)"}));
    }
    void bindsParameters()
    {
        support::KeepingSink sink;
        connector::RunOptions options;
        options.parameters = {{"1", "DATE", "2021-05-01"}, {"2", {}, "10"}};
        const auto outcome = m_api->run(*m_session, "SELECT count(*) FROM demo_table1 WHERE c7 = ? AND c2 > ?", sink, options);
        QVERIFY(!outcome.error);
        QCOMPARE(sink.rows(), (std::vector<std::string>{"4"}));
        QCOMPARE(sink.table.schema().columns[0].name, std::string("count(*)"));
    }
    void stopsAtOnceOnline()
    {
        support::KeepingSink sink;
        std::stop_source stop;
        std::jthread stopper([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            stop.request_stop();
        });
        const auto outcome = m_api->run(*m_session, "SELECT count(*) FROM power.meters x LEFT JOIN power.meters y ON x.voltage < y.voltage", sink, {}, stop.get_token());
        QVERIFY(outcome.error.has_value());
        QCOMPARE(outcome.error->kind, core::ErrorKind::Cancelled);
    }
    void stopsAnOfflineJob()
    {
        support::KeepingSink sink;
        const auto offline = m_api->session("demo_db", "offasync");
        const auto outcome = m_api->run(*offline, "SELECT count(*) FROM power.meters x LEFT JOIN power.meters y ON x.voltage < y.voltage", sink);
        QVERIFY(!outcome.error);
        QCOMPARE(sink.table.schema().columns[2].name, std::string("state"));
        QCOMPARE(sink.running.size(), std::size_t(1));
        const auto report = offline->stopOnServer(sink.running[0], sink, {});
        QVERIFY(report.ok());
        QVERIFY2(report->stopped, qPrintable(report->message));
    }
    void listsItsCatalogue()
    {
        support::KeepingSink sink;
        connector::CatalogRequest request;
        request.path = {"demo_db"};
        const auto page = m_session->children(request, sink, {});
        QVERIFY(page.ok());
        std::vector<std::string> names;
        for (const connector::CatalogNode &node : page->nodes)
            names.push_back(node.kind + " " + node.name);
        QCOMPARE(names, (std::vector<std::string>{"table demo", "table demo_table1", "deployment demo_data_service"}));
    }
};

ONDO_TEST(OpenmldbSandboxSessionTest)
#include "tst_openmldbsession.moc"
