// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

namespace {

QStringList lines(const connector::CatalogPage &page)
{
    QStringList all;
    for (const connector::CatalogNode &node : page.nodes)
        all << QStringLiteral("%1|%2|%3|%4").arg(QString::fromStdString(node.name), QString::fromStdString(node.kind), node.type, node.detail);
    return all;
}

} // namespace

class LindormCatalogTest : public QObject
{
    Q_OBJECT

    static core::Result<connector::CatalogPage> ask(Server &server, const connector::CatalogRequest &request)
    {
        NotedSink sink;
        return server.session->children(request, sink, {});
    }

private Q_SLOTS:
    void databasesUnderEitherName_data()
    {
        QTest::addColumn<QString>("header");
        QTest::newRow("newer") << QStringLiteral("SCHEMA");
        QTest::newRow("older") << QStringLiteral("database");
    }
    void databasesUnderEitherName()
    {
        QFETCH(QString, header);
        Server server;
        server.answerRows("SHOW DATABASES", header.toStdString(), "VARCHAR", R"(["information_schema"],["power"],["default"])");
        const auto page = ask(server, {});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("power|database||"), QStringLiteral("default|database||"), QStringLiteral("information_schema|database||system")}));
        QVERIFY(page->nodes[2].isSystem && !page->nodes[0].facets.empty());
    }
    void tablesOfTheDatabaseOfThePath()
    {
        Server server("lindorm://root:root_tsdb@h/elsewhere");
        server.answerRows("SHOW TABLES", "Tables_In_a b", "VARCHAR", R"(["meters"],["中文"])");
        const auto page = ask(server, {.path = {"a b"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("meters|table||"), QStringLiteral("中文|table||")}));
        QVERIFY(page->nodes[0].isOpened);
        QVERIFY2(server.requests()[0].url.find("database=a%20b&") != std::string::npos, server.requests()[0].url.c_str());
    }
    void columnsWithTheirKinds()
    {
        Server server;
        server.answerSensor();
        const auto page = ask(server, {.path = {"power", "sensor"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("device_id|tag|VARCHAR|primary key"), QStringLiteral("region|tag|VARCHAR|primary key"),
            QStringLiteral("time|column|TIMESTAMP|time, primary key"), QStringLiteral("temperature|column|DOUBLE|"), QStringLiteral("humidity|column|BIGINT|")}));
    }
    void columnsOfOlderServersWithoutKeys()
    {
        Server server;
        server.answerRows("DESCRIBE TABLE `my-table`", "columnName,typeName,columnKind", "VARCHAR,VARCHAR,VARCHAR", R"(["host","VARCHAR","TAG"],["t","TIMESTAMP","TIMESTAMP"])");
        const auto page = ask(server, {.path = {"power", "my-table"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("host|tag|VARCHAR|"), QStringLiteral("t|column|TIMESTAMP|time")}));
    }
    void theWideTableEngineIsKnownByItsHeader()
    {
        Server server;
        server.answerRows("DESCRIBE TABLE w", "TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,TYPE,IS_PRIMARY_KEY,SORT_ORDER", "VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR,VARCHAR",
            R"(["power","w","p1","INTEGER","true","ASC"],["power","w","c1","VARCHAR","false","none"])");
        const auto page = ask(server, {.path = {"power", "w"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("p1|column|INTEGER|primary key"), QStringLiteral("c1|column|VARCHAR|")}));
    }
    void emptyDatabasesAreToldFromUnknownOnes()
    {
        Server server;
        server.answer("SHOW TABLES", "");
        server.answerRows("SHOW DATABASES", "SCHEMA", "VARCHAR", R"(["power"])");
        const auto empty = ask(server, {.path = {"power"}});
        QVERIFY(empty.ok() && empty->nodes.empty());
        const auto unknown = ask(server, {.path = {"nope"}});
        QVERIFY(!unknown.ok());
        QCOMPARE(core::exitCode(unknown.error().kind), 1);
        QVERIFY(!ask(server, {.path = {"a", "b", "c"}}).ok());
    }
    void pagesAreCutHere()
    {
        Server server;
        server.answerRows("SHOW TABLES", "t", "VARCHAR", R"(["a"],["b"],["c"])");
        const auto page = ask(server, {.path = {"power"}, .offset = 1, .limit = 1});
        QVERIFY(page.ok() && page->more);
        QCOMPARE(lines(*page), QStringList{QStringLiteral("b|table||")});
        QCOMPARE(page->total.value(), std::int64_t(3));
    }
    void errorsOfTheServerAreItsOwn()
    {
        Server server;
        const auto page = ask(server, {.path = {"power", "nope"}});
        QVERIFY(!page.ok());
        QCOMPARE(page.error().serverCode, QStringLiteral("1064 (42000)"));
    }
};

ONDO_TEST(LindormCatalogTest)
#include "tst_catalog.moc"
