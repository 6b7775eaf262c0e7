// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/ondotest.h"

#include <QStringList>

namespace {

constexpr const char *kDatabases = "SELECT * FROM information_schema.ins_databases";
const std::string kStables = "FROM information_schema.ins_stables WHERE db_name = 'power'";
const std::string kTables
    = "FROM information_schema.ins_tables WHERE db_name = 'power' AND `type` IN ('NORMAL_TABLE', 'VIRTUAL_NORMAL_TABLE', 'SYSTEM_TABLE')";
const std::string kViews = "FROM information_schema.ins_views WHERE db_name = 'power'";
const std::string kChildren = "FROM information_schema.ins_tables WHERE db_name = 'power' AND stable_name = 'meters'";

QString line(const connector::CatalogNode &node)
{
    QStringList facets;
    for (const connector::CatalogFacet &facet : node.facets)
        facets << QString::fromStdString(facet.key);
    return QStringLiteral("%1|%2|%3|%4|%5")
        .arg(QString::fromStdString(node.name), QString::fromStdString(node.kind), node.type, node.detail, facets.join(QLatin1Char('+')));
}

QStringList lines(const connector::CatalogPage &page)
{
    QStringList all;
    for (const connector::CatalogNode &node : page.nodes)
        all << line(node);
    return all;
}

} // namespace

class CatalogTest : public QObject
{
    Q_OBJECT

    static core::Result<connector::CatalogPage> ask(Server &server, const connector::CatalogRequest &request)
    {
        support::KeepingSink sink;
        return server.session->children(request, sink, {});
    }
    static void answerDatabases(Server &server)
    {
        // Columns in an order of their own, as versions differ.
        server.answerRows(kDatabases, "[\"precision\",\"VARCHAR\",2],[\"name\",\"VARCHAR\",64]",
            "[null,\"performance_schema\"],[\"us\",\"power\"],[null,\"information_schema\"],[\"ns\",\"Demo 1\"]", 4);
    }
    static void answerCount(Server &server, const std::string &source, int count)
    {
        server.answerRows("SELECT COUNT(*) " + source, "[\"count(*)\",\"BIGINT\",8]", "[" + std::to_string(count) + "]", 1);
    }
    static void answerNames(Server &server, const std::string &statement, const char *column, const QStringList &names)
    {
        const std::string rows = names.isEmpty() ? std::string() : "[\"" + names.join(QStringLiteral("\"],[\"")).toStdString() + "\"]";
        server.answerRows(statement, std::string("[\"") + column + "\",\"VARCHAR\",192]", rows, static_cast<int>(names.size()));
    }

private Q_SLOTS:
    void databasesWithTheSystemsOwnLast()
    {
        Server server("tdengine://root:taosdata@h/");
        answerDatabases(server);
        const auto page = ask(server, {});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("Demo 1|database|||tables"), QStringLiteral("power|database|||tables"),
            QStringLiteral("information_schema|database||system|tables"), QStringLiteral("performance_schema|database||system|tables")}));
        QVERIFY(page->nodes.back().isSystem);
        QVERIFY(!page->more);
    }

    void superTablesThenTablesThenViews()
    {
        Server server("tdengine://root:taosdata@h/");
        answerNames(server, "SELECT * " + kStables + " ORDER BY stable_name LIMIT 11", "stable_name", {QStringLiteral("meters")});
        answerNames(server, "SELECT * " + kTables + " ORDER BY table_name LIMIT 10", "table_name", {QStringLiteral("d1")});
        answerNames(server, "SELECT * " + kViews + " ORDER BY view_name LIMIT 9", "view_name", {QStringLiteral("v1")});
        const auto page = ask(server, {.path = {"power"}, .limit = 10});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("meters|supertable|||columns+children"),
            QStringLiteral("d1|table|||columns"), QStringLiteral("v1|view|||columns")}));
    }

    void serversWithoutViewsHaveNone()
    {
        Server server("tdengine://root:taosdata@h/");
        answerNames(server, "SELECT * " + kStables + " ORDER BY stable_name LIMIT 11", "stable_name", {QStringLiteral("meters")});
        answerNames(server, "SELECT * " + kTables + " ORDER BY table_name LIMIT 10", "table_name", {});
        const auto page = ask(server, {.path = {"power"}, .limit = 10});
        QVERIFY(page.ok());
        QCOMPARE(page->nodes.size(), std::size_t(1));
    }

    void pagesRunAcrossTheKinds()
    {
        Server server("tdengine://root:taosdata@h/");
        answerCount(server, kStables, 2);
        answerCount(server, kTables, 3);
        answerCount(server, kViews, 0);
        answerNames(server, "SELECT * " + kStables + " ORDER BY stable_name LIMIT 3 OFFSET 1", "stable_name", {QStringLiteral("s2")});
        answerNames(server, "SELECT * " + kTables + " ORDER BY table_name LIMIT 2", "table_name", {QStringLiteral("t1"), QStringLiteral("t2")});
        const auto page = ask(server, {.path = {"power"}, .offset = 1, .limit = 2, .countFirst = true});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("s2|supertable|||columns+children"), QStringLiteral("t1|table|||columns")}));
        QVERIFY(page->more);
        QCOMPARE(page->total.value(), std::int64_t(5));
        // A page that begins in the second kind.
        answerNames(server, "SELECT * " + kTables + " ORDER BY table_name LIMIT 3 OFFSET 1", "table_name", {QStringLiteral("t2"), QStringLiteral("t3")});
        answerNames(server, "SELECT * " + kViews + " ORDER BY view_name LIMIT 1", "view_name", {});
        const auto last = ask(server, {.path = {"power"}, .offset = 3, .limit = 2, .countFirst = true});
        QVERIFY(last.ok());
        QCOMPARE(lines(*last), (QStringList{QStringLiteral("t2|table|||columns"), QStringLiteral("t3|table|||columns")}));
        QVERIFY(!last->more);
    }

    void childTablesAreCountedFirstAndFetchedByThePage()
    {
        Server server("tdengine://root:taosdata@h/");
        answerCount(server, kChildren, 100000);
        QStringList names;
        for (int i = 0; i < 1001; ++i)
            names << QStringLiteral("d%1").arg(i + 5000);
        answerNames(server, "SELECT * " + kChildren + " ORDER BY table_name LIMIT 1001 OFFSET 5000", "table_name", names);
        const auto page = ask(server, {.path = {"power", "meters"}, .facet = "children", .offset = 5000, .limit = 1000, .countFirst = true});
        QVERIFY(page.ok());
        QCOMPARE(page->total.value(), std::int64_t(100000));
        QCOMPARE(page->nodes.size(), std::size_t(1000));
        QVERIFY(page->more);
        QCOMPARE(line(page->nodes.front()), QStringLiteral("d5000|childtable|||columns"));
        QCOMPARE(server.statements().size(), std::size_t(2));
    }

    void columnsAndTagsByPosition()
    {
        Server server("tdengine://root:taosdata@h/");
        server.answerRows("DESCRIBE `power`.`meters`",
            "[\"Field\",\"VARCHAR\",64],[\"Type\",\"VARCHAR\",20],[\"Length\",\"INT\",4],[\"Note\",\"VARCHAR\",12],[\"encode\",\"VARCHAR\",12]",
            "[\"ts\",\"TIMESTAMP\",8,\"\",\"delta-i\"],[\"id\",\"INT\",4,\"COMPOSITE KEY\",\"\"],[\"name\",\"NCHAR\",10,\"\",\"\"],[\"groupid\",\"INT\",4,\"TAG\",\"\"]", 4);
        const auto page = ask(server, {.path = {"power", "meters"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page), (QStringList{QStringLiteral("ts|column|TIMESTAMP|primary key|"),
            QStringLiteral("id|column|INT|composite key|"), QStringLiteral("name|column|NCHAR(10)||"), QStringLiteral("groupid|tag|INT||")}));
    }

    void aChildTableShowsItsTags()
    {
        Server server("tdengine://root:taosdata@h/");
        server.answerRows("DESCRIBE `power`.`d1001`", "[\"field\",\"VARCHAR\",64],[\"type\",\"VARCHAR\",20],[\"length\",\"INT\",4],[\"note\",\"VARCHAR\",12]",
            "[\"ts\",\"TIMESTAMP\",8,\"\"],[\"location\",\"VARCHAR\",24,\"TAG\"]", 2);
        server.answerRows("SELECT * FROM information_schema.ins_tags WHERE db_name = 'power' AND table_name = 'd1001'",
            "[\"stable_name\",\"VARCHAR\",192],[\"tag_name\",\"VARCHAR\",64],[\"tag_value\",\"VARCHAR\",100]", "[\"meters\",\"location\",\"北京\"]", 1);
        const auto page = ask(server, {.path = {"power", "meters", "d1001"}});
        QVERIFY(page.ok());
        QCOMPARE(lines(*page).last(), QStringLiteral("location|tag|VARCHAR(24)|北京|"));
        QVERIFY(!ask(server, {.path = {"power", "other", "d1001"}}).ok());
    }

    void namesAreQuoted()
    {
        Server server("tdengine://root:taosdata@h/");
        QVERIFY(!ask(server, {.path = {"it's", "a`b"}, .facet = "children"}).ok());
        QCOMPARE(server.statements().front(),
            std::string("SELECT * FROM information_schema.ins_tables WHERE db_name = 'it\\'s' AND stable_name = 'a`b' ORDER BY table_name LIMIT 1001"));
        QVERIFY(!ask(server, {.path = {"it's", "a`b"}}).ok());
        QCOMPARE(server.statements().back(), std::string("DESCRIBE `it's`.`a``b`"));
    }

    void unknownPathsAreStatementErrors_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QByteArray>("facet");
        QTest::newRow("database") << QStringList{QStringLiteral("nosuch")} << QByteArray();
        QTest::newRow("table") << QStringList{QStringLiteral("power"), QStringLiteral("nosuch")} << QByteArray();
        QTest::newRow("children of what is no super table") << QStringList{QStringLiteral("power"), QStringLiteral("nosuch")} << QByteArray("children");
        QTest::newRow("too deep") << QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")} << QByteArray();
        QTest::newRow("facet") << QStringList{QStringLiteral("power")} << QByteArray("columns");
    }
    void unknownPathsAreStatementErrors()
    {
        QFETCH(QStringList, path);
        QFETCH(QByteArray, facet);
        Server server("tdengine://root:taosdata@h/");
        answerDatabases(server);
        connector::CatalogRequest request;
        request.facet = facet.toStdString();
        for (const QString &name : path)
            request.path.push_back(name.toStdString());
        server.hook = [](const http::Request &asked) -> std::optional<support::RecordedAnswer> {
            support::RecordedAnswer empty;
            empty.body = "{\"code\":0,\"column_meta\":[[\"count(*)\",\"BIGINT\",8]],\"data\":[],\"rows\":0}";
            const bool listing = asked.body.find("WHERE") != std::string::npos;
            return listing ? std::optional(empty) : std::nullopt;
        };
        const auto page = ask(server, request);
        QVERIFY(!page.ok());
        QCOMPARE(static_cast<int>(page.error().kind), static_cast<int>(core::ErrorKind::Statement));
        QCOMPARE(core::exitCode(page.error().kind), 1);
    }

    void anEmptyDatabaseIsNoError()
    {
        Server server("tdengine://root:taosdata@h/");
        answerDatabases(server);
        server.hook = [](const http::Request &asked) -> std::optional<support::RecordedAnswer> {
            support::RecordedAnswer empty;
            empty.body = "{\"code\":0,\"column_meta\":[[\"x\",\"BIGINT\",8]],\"data\":[],\"rows\":0}";
            return asked.body.find("WHERE") != std::string::npos ? std::optional(empty) : std::nullopt;
        };
        const auto page = ask(server, {.path = {"power"}});
        QVERIFY(page.ok());
        QVERIFY(page->nodes.empty());
    }

    void version2HasShowAlone()
    {
        Server server("tdengine://root:taosdata@h/");
        const auto rows = [&](const char *statement, const char *columns, const std::string &data) {
            const auto count = 1 + (data.find("],[") != std::string::npos);
            server.answer(statement, std::string("{\"status\":\"succ\",\"head\":[],\"column_meta\":[") + columns + "],\"data\":[" + data
                    + "],\"rows\":" + std::to_string(count) + "}");
        };
        server.answer(kDatabases, "{\"status\":\"error\",\"code\":534,\"desc\":\"Syntax error\"}");
        rows("SHOW DATABASES", "[\"name\",8,32],[\"precision\",8,3]", "[\"power\",\"ms\"],[\"log\",\"us\"]");
        rows("SHOW power.STABLES", "[\"name\",8,192]", "[\"meters\"]");
        rows("SHOW power.TABLES", "[\"table_name\",8,192],[\"stable_name\",8,192]", "[\"d1001\",\"meters\"],[\"plain\",\"\"]");
        const auto databases = ask(server, {});
        QVERIFY(databases.ok());
        QCOMPARE(databases->nodes.size(), std::size_t(2));
        const auto tables = ask(server, {.path = {"power"}});
        QVERIFY(tables.ok());
        QCOMPARE(lines(*tables),
            (QStringList{QStringLiteral("meters|supertable|||columns+children"), QStringLiteral("plain|table|||columns")}));
        const auto children = ask(server, {.path = {"power", "meters"}, .facet = "children", .countFirst = true});
        QVERIFY(children.ok());
        QCOMPARE(lines(*children), QStringList{QStringLiteral("d1001|childtable|||columns")});
        QCOMPARE(children->total.value(), std::int64_t(1));
    }

    void exchangesAreShown()
    {
        Server server("tdengine://root:taosdata@h/");
        answerDatabases(server);
        support::KeepingSink sink;
        QVERIFY(server.session->children({}, sink, {}).ok());
        QVERIFY(!sink.exchanges.empty());
        QCOMPARE(sink.exchanges.back().purpose, QStringLiteral("catalogue"));
        QVERIFY(sink.running.empty()); // nothing that a user could stop
        QCOMPARE(sink.schemas, 0);
    }
};

ONDO_TEST(CatalogTest)
#include "tst_catalog.moc"
