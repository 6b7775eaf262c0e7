// SPDX-License-Identifier: GPL-3.0-or-later
#include "apiserver.h"
#include "support/ondotest.h"

namespace {

const std::string kTable
    = R"({"name":"t","db":"demo_db","tid":3,"column_desc":[{"name":"k","data_type":"kVarchar","not_null":true,"is_constant":false},
{"name":"ts","data_type":"kTimestamp"},{"name":"old","type":"smallint"},{"name":"d","data_type":"kDate"}],
"column_key":[{"index_name":"i1","col_name":["k","d"],"ts_name":"ts","flag":0,"ttl":{"ttl_type":"absorlat","abs_ttl":10,"lat_ttl":5}},
{"index_name":"i2","col_name":["d"],"ttl":{"ttl_type":"latest","lat_ttl":1}},{"index_name":"i3","col_name":["k"]}],
"added_column_desc":[{"name":"later","data_type":"kBigInt"}],"schema_versions":[{"id":2,"field_count":5}],"future":{"x":[1]}})";
const std::string kDeployment
    = R"({"code":0,"msg":"ok","data":{"name":"d","procedure":"…","input_schema":[{"name":"k","type":"string"},{"name":"n","type":"int32"}],
"input_common_cols":[],"output_schema":[{"name":"n","type":"int64"},{"name":"n","type":"float"}],"output_common_cols":[],"dbs":["demo_db"],"tables":["t"]}})";
const std::string kProcedure
    = R"({"code":0,"msg":"ok","data":{"name":"p","procedure":"…","input_schema":[{"name":"k","type":"string"},{"name":"n","type":"int32"}],
"input_common_cols":["k"],"output_schema":[{"name":"k","type":"string"},{"name":"n","type":"int32"}],"output_common_cols":["k"]}})";

} // namespace

class OpenmldbCatalogTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiServer> m_server;
    support::KeepingSink m_sink;

    QStringList nodes(const std::vector<std::string> &path, const std::string &facet = {}, std::int64_t limit = 1000, std::int64_t offset = 0)
    {
        connector::CatalogRequest request;
        request.path = path;
        request.facet = facet;
        request.limit = limit;
        request.offset = offset;
        const auto page = m_server->session->children(request, m_sink, {});
        if (!page)
            return {QStringLiteral("error ") + QString::fromLatin1(core::kindName(page.error().kind))};
        QStringList lines;
        for (const connector::CatalogNode &node : page->nodes)
            lines << (QString::fromStdString(node.kind + ":" + node.name) + QLatin1Char(':') + node.type + QLatin1Char(':') + node.detail);
        if (page->more)
            lines << QStringLiteral("more");
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ApiServer>();
        m_server->answer("GET /dbs", R"({"code":0,"msg":"ok","dbs":["z","INFORMATION_SCHEMA","__INTERNAL_DB","demo_db"]})");
        m_server->answer("GET /dbs/demo_db/tables", R"({"code":0,"msg":"ok","tables":[{"name":"u"},)" + kTable + "]}");
        m_server->answer("GET /dbs/demo_db/tables/t", R"({"code":0,"msg":"ok","table":)" + kTable + "}");
        m_server->answer("GET /dbs/demo_db/deployments/d", kDeployment);
        m_server->answer("GET /dbs/demo_db/procedures/p", kProcedure);
        m_server->answerTexts("SHOW DEPLOYMENTS", 2, R"(["demo_db","d"],["other","x"])");
        m_server->answerTexts("SHOW PROCEDURES", 2, R"(["other","y"],["demo_db","p"])");
    }

    // "demo_db/t/" asks for what is below, as "demo_db/t" does.
    void aSlashAtTheEndAsksForTheSame()
    {
        for (const std::vector<std::string> &path : {std::vector<std::string>{}, {"demo_db"}, {"demo_db", "t"}, {"demo_db", "d"}, {"demo_db", "p"}}) {
            QVERIFY(!nodes(path).isEmpty());
            QCOMPARE(nodes(path, "children"), nodes(path));
        }
    }

    void listsDatabasesSystemLast()
    {
        QCOMPARE(nodes({}), (QStringList{QStringLiteral("database:demo_db::"), QStringLiteral("database:z::"),
                                QStringLiteral("database:INFORMATION_SCHEMA::system"), QStringLiteral("database:__INTERNAL_DB::system")}));
        QCOMPARE(nodes({}, {}, 2, 1), (QStringList{QStringLiteral("database:z::"), QStringLiteral("database:INFORMATION_SCHEMA::system"), QStringLiteral("more")}));
    }
    void listsAllOfADatabaseAndEachKind()
    {
        QCOMPARE(nodes({"demo_db"}), (QStringList{QStringLiteral("table:t::"), QStringLiteral("table:u::"), QStringLiteral("deployment:d::"), QStringLiteral("procedure:p::")}));
        QCOMPARE(nodes({"demo_db"}, "tables").size(), 2);
        QCOMPARE(nodes({"demo_db"}, "deployments"), QStringList{QStringLiteral("deployment:d::")});
        QCOMPARE(nodes({"demo_db"}, "procedures"), QStringList{QStringLiteral("procedure:p::")});
        // Tables come in one answer; what old servers do not know is no error.
        m_server->answer("SHOW DEPLOYMENTS", R"({"code":1001,"msg":"Syntax error"})");
        QCOMPARE(nodes({"demo_db"}, "deployments"), QStringList());
    }
    void showsColumnsWithTheirIndexes()
    {
        QCOMPARE(nodes({"demo_db", "t"}, "columns"),
            (QStringList{QStringLiteral("column:k:STRING:key of i1, key of i3, not null"), QStringLiteral("column:ts:TIMESTAMP:ts of i1"),
                QStringLiteral("column:old:SMALLINT:"), QStringLiteral("column:d:DATE:key of i1, key of i2"), QStringLiteral("column:later:BIGINT:")}));
        const QStringList indexes{QStringLiteral("index:i1:KEY=(k, d), TS=ts:TTL=(10m, 5), TTL_TYPE=absorlat"),
            QStringLiteral("index:i2:KEY=(d):TTL=1, TTL_TYPE=latest"), QStringLiteral("index:i3:KEY=(k):no TTL")};
        QCOMPARE(nodes({"demo_db", "t"}, "indexes"), indexes);
        QCOMPARE(nodes({"demo_db", "t"}).mid(5), indexes);
    }
    void showsInputAndOutput()
    {
        QCOMPARE(nodes({"demo_db", "d"}, "input"), (QStringList{QStringLiteral("column:k:STRING:input"), QStringLiteral("column:n:INT:input")}));
        QCOMPARE(nodes({"demo_db", "d"}, "output"), (QStringList{QStringLiteral("column:n:BIGINT:output"), QStringLiteral("column:n:FLOAT:output")}));
        QCOMPARE(nodes({"demo_db", "p"}).size(), 4);
        QCOMPARE(nodes({"demo_db", "p"}, "input").first(), QStringLiteral("column:k:STRING:input, common"));
    }
    void saysWhatThereIsNot()
    {
        QCOMPARE(nodes({"nope"}), QStringList{QStringLiteral("error statement")});
        QCOMPARE(nodes({"demo_db", "nope"}), QStringList{QStringLiteral("error statement")});
        QCOMPARE(nodes({"demo_db", "t", "k"}), QStringList{QStringLiteral("error statement")});
        QCOMPARE(nodes({"demo_db", "d"}, "columns"), QStringList{QStringLiteral("error statement")});
        QCOMPARE(nodes({"a.b"}), QStringList{QStringLiteral("error usage")});
    }
    void tellsALostConnectionFromAMissingName()
    {
        m_server->hook = [](const http::Request &) {
            support::RecordedAnswer answer;
            answer.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("refused")};
            return std::optional(answer);
        };
        QCOMPARE(nodes({"demo_db", "t"}), QStringList{QStringLiteral("error network")});
        QCOMPARE(nodes({"demo_db"}, "deployments"), QStringList{QStringLiteral("error network")});
    }
    void writesNamesAsTheDialectDoes()
    {
        QCOMPARE(m_server->session->quotedPath({"demo_db", "t"}), std::string("demo_db.t"));
        QCOMPARE(m_server->session->quotedPath({"a b", "select"}), std::string("`a b`.`select`"));
        QCOMPARE(m_server->session->quotedPath({"d", "T`x"}), std::string("d.`T``x`"));
        QCOMPARE(m_server->session->selectStatement({"demo_db", "T"}, 100), std::string("SELECT * FROM demo_db.T LIMIT 100"));
    }
    void cannotAggregateAndSaysWhy()
    {
        const auto statement = m_server->session->aggregate({}, m_sink, {});
        QVERIFY(!statement.ok());
        QCOMPARE(statement.error().kind, core::ErrorKind::Unsupported);
        QVERIFY(m_server->requests().empty());
    }
};

ONDO_TEST(OpenmldbCatalogTest)
#include "tst_catalog.moc"
