// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"
#include "support/ondotest.h"
#include "support/why.h"

class RedshiftCatalogTest : public QObject
{
    Q_OBJECT

    static QStringList names(const core::Result<connector::CatalogPage> &page)
    {
        QStringList all;
        if (!page)
            return {core::toText(page.error())};
        for (const connector::CatalogNode &node : page->nodes)
            all << QString::fromStdString(node.kind + " " + node.name + " ") + node.type + QLatin1String(node.isSystem ? " system" : "");
        return all;
    }
    static core::Result<connector::CatalogPage> children(
        RecordedService &service, std::vector<std::string> path, std::int64_t offset = 0, std::int64_t limit = 1000, std::string facet = {})
    {
        TellingSink sink;
        connector::CatalogRequest request;
        request.path = std::move(path);
        request.offset = offset;
        request.limit = limit;
        request.facet = std::move(facet);
        return service.session->children(request, sink, {});
    }

private Q_SLOTS:
    void levelsAreReadOverAllPages()
    {
        RecordedService service;
        service.answer("ListDatabases", "{\"Databases\":[\"dev\"],\"NextToken\":\"t\"}");
        service.answer("ListDatabases", "{\"Databases\":[],\"NextToken\":\"u\"}");
        service.answer("ListDatabases", "{\"Databases\":[\"abc\"],\"NextToken\":\"\"}");
        QCOMPARE(names(children(service, {})), (words({"database abc ", "database dev "})));
        QCOMPARE(service.input(1).value(QLatin1String("NextToken")).toString(), QStringLiteral("t"));
        QCOMPARE(service.input(2).value(QLatin1String("NextToken")).toString(), QStringLiteral("u"));
        QCOMPARE(service.input(0).value(QLatin1String("DbUser")).toString(), QStringLiteral("awsuser"));
        service.answer("ListSchemas", "{\"Schemas\":[\"pg_catalog\",\"public\",\"information_schema\",\"a\"]}");
        QCOMPARE(names(children(service, {"dev"})),
            (words({"schema a ", "schema public ", "schema information_schema  system", "schema pg_catalog  system"})));
        QVERIFY(!service.input(3).contains(QLatin1String("ConnectedDatabase")));
    }

    void otherDatabaseIsInspectedThroughTheOwn()
    {
        RecordedService service;
        service.answer("ListSchemas", "{\"Schemas\":[\"public\"]}");
        QVERIFY(children(service, {"other"}).ok());
        QCOMPARE(service.input(0).value(QLatin1String("Database")).toString(), QStringLiteral("other"));
        QCOMPARE(service.input(0).value(QLatin1String("ConnectedDatabase")).toString(), QStringLiteral("dev"));
    }

    void tablesOfTheSchemaAlone()
    {
        RecordedService service;
        service.answer("ListTables",
            "{\"Tables\":[{\"name\":\"t\",\"schema\":\"a_b\",\"type\":\"TABLE\"},{\"name\":\"u\",\"schema\":\"axb\",\"type\":\"TABLE\"},"
            "{\"name\":\"v\",\"schema\":\"a_b\",\"type\":\"VIEW\"}]}");
        QCOMPARE(names(children(service, {"dev", "a_b"})), (words({"table t ", "view v "})));
    }

    void columnsHaveTheirTypes()
    {
        RecordedService service;
        service.answer("DescribeTable",
            "{\"TableName\":\"t\",\"ColumnList\":[{\"name\":\"a\",\"typeName\":\"numeric\",\"precision\":8,\"scale\":2,\"nullable\":0},"
            "{\"name\":\"b\",\"typeName\":\"varchar\",\"length\":256}],\"NextToken\":\"n\"}");
        service.answer("DescribeTable", "{\"ColumnList\":[{\"name\":\"c\",\"typeName\":\"timestamptz\"}]}");
        const auto page = children(service, {"dev", "public", "t"});
        QCOMPARE(names(page), (words({"column a numeric(8,2)", "column b varchar(256)", "column c timestamptz"})));
        QCOMPARE(page->nodes[0].detail, QStringLiteral("not null"));
        QCOMPARE(service.input(0).value(QLatin1String("Table")).toString(), QStringLiteral("t"));
        QCOMPARE(service.input(0).value(QLatin1String("Schema")).toString(), QStringLiteral("public"));
    }

    void nothingThereIsAnError()
    {
        RecordedService service;
        service.answer("ListTables", "{\"Tables\":[]}");
        service.answer("ListSchemas", "{\"Schemas\":[\"public\"]}");
        service.answer("DescribeTable", "{\"ColumnList\":[]}");
        QCOMPARE(children(service, {"dev", "nope"}).error().kind, core::ErrorKind::Statement);
        QVERIFY(children(service, {"dev", "public"}).ok());
        QCOMPARE(children(service, {"dev", "public", "nope"}).error().kind, core::ErrorKind::Statement);
        QCOMPARE(children(service, {"dev", "public", "t", "x"}).error().kind, core::ErrorKind::Statement);
    }

    void pagesOfOneListingAreReadOnce()
    {
        RecordedService service;
        service.answer("ListSchemas", "{\"Schemas\":[\"a\",\"b\",\"c\"]}");
        const auto first = children(service, {"dev"}, 0, 2);
        QVERIFY(first->more);
        QCOMPARE(first->total.value_or(0), 3);
        QCOMPARE(names(children(service, {"dev"}, 2, 2)), words({"schema c "}));
        QCOMPARE(service.requests().size(), std::size_t(1));
        QVERIFY(children(service, {"dev"}, 0, 2).ok()); // looked at anew
        QCOMPARE(service.requests().size(), std::size_t(2));
    }

    void recentStatementsOpenWithoutRunning()
    {
        RecordedService service;
        const std::string first = std::string("{\"Id\":\"") + kId + "\",\"Status\":\"FINISHED\",\"CreatedAt\":1598306924.632,\"QueryString\":\"-- all\\nSELECT *\\n FROM t\"}";
        service.answer("ListStatements",
            "{\"Statements\":[" + first + ",{\"Id\":\"x\",\"Status\":\"FAILED\",\"QueryString\":\"SELECT\"}],\"NextToken\":\"t\"}");
        service.answer("ListStatements", "{\"Statements\":[{\"Id\":\"y\",\"Status\":\"FINISHED\",\"QueryString\":\"DELETE FROM t\"}]}");
        const auto page = children(service, {}, 0, 1000, "statements");
        ONDO_VERIFY_OK(page);
        QCOMPARE(page->nodes.size(), std::size_t(3));
        QCOMPARE(page->nodes[0].kind, std::string("statement"));
        QVERIFY(page->nodes[0].detail.startsWith(QStringLiteral("FINISHED · 2020-08-24T22:08:44Z · -- all SELECT")));
        QVERIFY(page->nodes[0].isOpened && !page->nodes[1].isOpened && !page->nodes[2].isOpened);
        QCOMPARE(service.input(0).value(QLatin1String("Status")).toString(), QStringLiteral("ALL"));
        QVERIFY(!service.input(0).contains(QLatin1String("Database")));
        const std::string text = service.session->selectStatement({kId}, 10);
        QVERIFY(text.starts_with("POST /\nX-Amz-Target: RedshiftData.GetStatementResult\n"));
        service.answer("GetStatementResult", "{\"ColumnMetadata\":[{\"name\":\"v\",\"typeName\":\"int4\"}],\"Records\":[[{\"longValue\":1}]],\"TotalNumRows\":2,\"NextToken\":\"n\"}");
        service.answer("GetStatementResult", "{\"ColumnMetadata\":[{\"name\":\"v\",\"typeName\":\"int4\"}],\"Records\":[[{\"longValue\":2}]],\"TotalNumRows\":2}");
        TellingSink sink;
        const auto outcome = service.run(text, sink);
        QVERIFY2(!outcome.error, outcome.error ? qPrintable(core::toText(*outcome.error)) : "");
        QCOMPARE(sink.rows(), (std::vector<std::string>{"1", "2"}));
        QCOMPARE(service.operations(), (std::vector<std::string>{"ListStatements", "ListStatements", "GetStatementResult", "GetStatementResult"}));
    }

    void pathsAreQuotedWhereNeeded()
    {
        RecordedService service;
        QCOMPARE(service.session->selectStatement({"dev", "public", "t"}, 10), std::string("SELECT * FROM public.t LIMIT 10"));
        QCOMPARE(service.session->quotedPath({"other", "My Schema", "select"}), std::string("other.\"My Schema\".\"select\""));
        QCOMPARE(service.session->selectStatement({"dev"}, 10), std::string());
        QCOMPARE(service.session->selectStatement({"dev", "public"}, 10), std::string());
    }

    void listsOfRequestsAreTables()
    {
        RecordedService service;
        service.answer("ListTables", "{\"Tables\":[{\"name\":\"t\",\"schema\":\"a\"},{\"name\":\"u\",\"type\":\"VIEW\"}]}");
        service.answer("ListDatabases", "{\"Databases\":[\"dev\",\"b\"],\"NextToken\":\"x\"}");
        service.answer("CancelStatement", "{\"Status\":true}");
        TellingSink sink;
        const auto tables = service.run("POST /\nX-Amz-Target: RedshiftData.ListTables\n\n{}", sink);
        QCOMPARE(sink.rows(), (std::vector<std::string>{"\"t\",\"a\",null", "\"u\",null,\"VIEW\""}));
        QCOMPARE(tables.completeness, connector::Completeness::Complete);
        const auto databases = service.run("POST /\nX-Amz-Target: RedshiftData.ListDatabases\n\n{}", sink);
        QCOMPARE(sink.rows(), (std::vector<std::string>{"\"dev\"", "\"b\""}));
        QCOMPARE(databases.reason, connector::Reason::ServerCap); // one page of several
        service.run("POST /\nX-Amz-Target: RedshiftData.CancelStatement\n\n{}", sink);
        QCOMPARE(sink.table.columnCount(), std::size_t(3)); // status, content type, body
        QVERIFY(!service.requests().at(2).safeToRepeat);
        QVERIFY(service.requests().at(0).safeToRepeat);
    }

    void requestsElsewhereGetNoLogin()
    {
        RecordedService service;
        TellingSink sink;
        service.run("POST https://elsewhere.example/\nX-Amz-Target: RedshiftData.ListTables\n\n{}", sink);
        const http::Request elsewhere = service.requests().at(0);
        for (const http::Header &header : elsewhere.headers)
            QVERIFY(header.name != "Authorization" && header.name != "X-Amz-Date");
        service.run("POST /\nX-Amz-Target: RedshiftData.ListTables\n\n{}", sink);
        const auto headers = service.requests().at(1).headers;
        QVERIFY(std::any_of(headers.begin(), headers.end(), [](const auto &header) { return header.name == "Authorization"; }));
    }
};

ONDO_TEST(RedshiftCatalogTest)
#include "tst_catalog.moc"
