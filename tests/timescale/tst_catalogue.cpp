// SPDX-License-Identifier: GPL-3.0-or-later
#include "api.h"

#include "support/ondotest.h"

#include <QFile>
#include <QTemporaryDir>

namespace {
const char *const kKeys = "timescale://AKID:secret@api.example/prod?region=us-east-1&endpoint=http://127.0.0.1:9";
const char *const kTicker = R"({"id":"r1","path":"/ticker","resourceMethods":{"GET":{"httpMethod":"GET","authorizationType":"AWS_IAM","apiKeyRequired":true,
    "requestParameters":{"method.request.querystring.symbol":true,"method.request.querystring.limit":false,"method.request.header.x":false},
    "methodIntegration":{"type":"AWS_PROXY"},"methodResponses":{"200":{"responseModels":{"application/json":"Rows"}}}}}})";
}

class TimescaleCatalogueTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    QString write(const char *name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }

private Q_SLOTS:
    void apisStagesResourcesMethodsColumns()
    {
        Api api(kKeys);
        api.answer("/restapis?limit=500", R"({"item":[{"id":"a1","name":"One","createdDate":1.6e9}],"position":"p 2"})");
        api.answer("/restapis?limit=500&position=p%202", R"({"items":{"id":"a2","name":"Two"}})");
        api.answer("/v2/apis", R"({"items":[{"apiId":"h1","name":"Three"}]})");
        api.answer("/restapis/a1/stages", R"({"item":{"stageName":"prod"}})");
        api.answer("/restapis/a1/resources?embed=methods&limit=500", std::string(R"({"item":[{"id":"r0","path":"/"},)") + kTicker + "]}");
        api.answer("/restapis/a1/models/Rows", R"({"name":"Rows","schema":"{\"type\":\"array\",\"items\":{\"properties\":{\"z\":{\"type\":\"string\"},\"a\":{\"type\":\"number\"}}}}"})");
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), (QStringList{QStringLiteral("a1 database  One"), QStringLiteral("a2 database  Two"), QStringLiteral("h1 database  Three (HTTP API)")}));
        QCOMPARE(api.children({"a1"}, sink), QStringList{QStringLiteral("prod schema  ")});
        QCOMPARE(api.children({"a1", "prod"}, sink), QStringList{QStringLiteral("/ticker resource  GET c")}); // symbol is required
        QCOMPARE(api.children({"a1", "prod", "/ticker"}, sink), QStringList{QStringLiteral("GET resource  IAM, API key, AWS_PROXY c")});
        QCOMPARE(api.children({"a1", "prod", "/ticker", "GET"}, sink), (QStringList{QStringLiteral("z column string "), QStringLiteral("a column number ")}));
        QCOMPARE(api.session->selectStatement({"a1", "prod", "/ticker"}, 50), std::string("GET http://127.0.0.1:9/restapis/a1/prod/_user_request_/ticker?limit=50"));
        QCOMPARE(headerOf(api.requests().at(0), "Accept"), std::string("application/json"));
        QVERIFY(headerOf(api.requests()[0], "Authorization").find("/us-east-1/apigateway/") != std::string::npos);
        QCOMPARE(api.children({"a1", "prod", "/nowhere"}, sink), QStringList{QStringLiteral("statement")});
    }
    void aSettledApiAndStage()
    {
        Api api(std::string(kKeys) + "&api=a1&stage=prod");
        api.answer("/restapis/a1/resources", R"({"_embedded":{"item":{"path":"/t","resourceMethods":{"GET":{}}}}})");
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), QStringList{QStringLiteral("/t resource  GET o")});
        QCOMPARE(api.session->selectStatement({"/t"}, 50), std::string("GET /t"));
    }
    void httpApisHaveRoutes()
    {
        Api api(std::string(kKeys) + "&api=h1&stage=$default");
        api.answer("/restapis/h1/resources", R"({"message":"Invalid API identifier specified"})", 404);
        api.answer("/v2/apis/h1/routes", R"({"items":[{"routeKey":"GET /ticker/{day}"},{"routeKey":"$default"},{"routeKey":"POST /insert"}]})");
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), (QStringList{QStringLiteral("/insert resource  POST c"), QStringLiteral("/ticker/{day} resource  GET c")}));
    }
    void throttlingIsWaitedFor()
    {
        Api api(std::string(kKeys) + "&api=a1");
        int count = 0;
        api.hook = [&count](const http::Request &) -> std::optional<support::RecordedAnswer> {
            if (++count == 1)
                return support::RecordedAnswer{429, {}, "{\"message\":\"Too Many Requests\"}", {}, {}, {}};
            return support::RecordedAnswer{200, {}, R"({"item":[{"stageName":"x"}]})", {}, {}, {}};
        };
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), QStringList{QStringLiteral("x schema  ")});
        QCOMPARE(count, 2);
    }
    void anOpenApiFile()
    {
        const QString file = write("api.json", R"({"openapi":"3.0.1","paths":{"/ticker":{"get":{"parameters":[{"name":"limit","in":"query"}]}},"/insert":{"post":{}}}})");
        Api api("timescale://api.example/prod?openapi=" + file.toStdString());
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), (QStringList{QStringLiteral("/ticker resource  GET o c"), QStringLiteral("/insert resource  POST c")}));
        QCOMPARE(api.session->selectStatement({"/ticker", "GET"}, 7), std::string("GET /ticker?limit=7"));
        QVERIFY(api.requests().empty());
    }
    // As exports write it: comments, quotes, block texts, flow lists, aliases, references.
    void anOpenApiFileInYaml()
    {
        const QString file = write("api.yaml",
            "# exported\n---\nopenapi: \"3.0.1\"\ninfo:\n  title: 'It''s: an API'\n  description: |\n    Two\n    lines: here\n"
            "paths:\n  /ticker:\n    get:\n      parameters: &shared\n        - {name: symbol, in: query, required: true}\n"
            "        - name: \"limit\"\n          in: query\n          required: false\n      responses:\n        '200':\n          content:\n"
            "            application/json:\n              schema:\n                $ref: '#/components/schemas/Bars'\n"
            "      x-amazon-apigateway-integration: {type: aws_proxy, uri: \"arn:aws:x\"}\n"
            "    post: {parameters: *shared, responses: {}}\n  /{day}/on: {get: {}}\n"
            "components:\n  schemas:\n    Bars:\n      type: array\n      items:\n        properties:\n          no: {type: string}\n"
            "          price: {type: number, format: double}\n");
        Api api("timescale://api.example/prod?openapi=" + file.toStdString());
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), (QStringList{QStringLiteral("/ticker resource  GET POST c"), QStringLiteral("/{day}/on resource  GET c")}));
        QCOMPARE(api.children({"/ticker", "GET"}, sink), (QStringList{QStringLiteral("no column string "), QStringLiteral("price column number (double) ")}));
    }
    void whatIsNoOpenApiIsSaidWithItsLine()
    {
        std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 12; ++i) {
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
            for (int k = 0; k < 9; ++k)
                bomb += "," + before;
            bomb += "]\n";
        }
        for (const auto &[text, said] : {std::pair<std::string, const char *>("openapi: 3.0.1\npaths:\n  - [\n", "Line "), {"just a text", "no OpenAPI"}, {bomb, "aliases"}, {"{\"openapi\":1}", "no OpenAPI"}}) {
            const QString file = write("api.yaml", text.c_str());
            Api api("timescale://api.example/prod?openapi=" + file.toStdString());
            NoticingSink sink;
            const auto page = api.session->children(connector::CatalogRequest(), sink, {});
            QVERIFY(!page.ok());
            QVERIFY2(page.error().message.contains(QLatin1String(said)), qPrintable(page.error().message));
        }
    }
    void typedAndUsedResources()
    {
        Api api("timescale://api.example/prod?resources=/ticker,POST%20/insert");
        api.answer("/prod/other", "[{\"a\":1,\"b\":\"2021-07-12\"}]");
        NoticingSink sink;
        QCOMPARE(api.children({}, sink), (QStringList{QStringLiteral("/ticker resource  GET o"), QStringLiteral("/insert resource  POST c")}));
        api.run("GET /other?x=1", sink);
        QCOMPARE(api.children({}, sink).last(), QStringLiteral("/other resource  GET o"));
        QCOMPARE(api.children({"/other", "GET"}, sink), (QStringList{QStringLiteral("a column integer "), QStringLiteral("b column date ")}));
        QCOMPARE(api.session->selectStatement({"/other"}, 50), std::string("GET /other"));
    }
    void formsOfGetAndPost()
    {
        Api api("timescale://api.example/prod?resources=/t/{day},POST%20/free&columns=/insert(time:text,price)");
        NoticingSink sink;
        api.children({}, sink);
        auto get = api.session->callForm({"/t/{day}"}, sink, {});
        QVERIFY(get.ok());
        QCOMPARE(get->fields.size(), std::size_t(1));
        const auto statement = api.session->callStatement({"/t/{day}"}, *get, {{{std::string("a/b")}}, {}, false});
        QCOMPARE(*statement, std::string("GET /t/a%2Fb"));
        QVERIFY(!api.session->callStatement({"/t/{day}"}, *get, {{{std::nullopt}}, {}, false}).ok());

        auto post = api.session->callForm({"/insert"}, sink, {});
        QVERIFY(post.ok() && post->writes && post->takesSeveralRows);
        QCOMPARE(post->fields.at(0).name, std::string("time"));
        const auto insert = api.session->callStatement({"/insert"}, *post, {{{std::string("2021"), std::string("1.50")}, {std::nullopt, std::nullopt}}, {}, false});
        QVERIFY(insert.ok());
        QVERIFY2(insert->find("{\"time\":\"2021\",\"price\":1.50},\n{\"time\":null,\"price\":null}") != std::string::npos, insert->c_str());
        QVERIFY(insert->starts_with("POST /insert\nContent-Type: application/json\n\n{\"records\":["));
        const auto tooFew = api.session->callStatement({"/insert"}, *post, {{{std::string("2021"), std::string("1")}, {std::string("x")}}, {}, false});
        QVERIFY(!tooFew.ok() && tooFew.error().message.contains(QStringLiteral("2")));

        const auto unset = api.session->callForm({"/free"}, sink, {});
        QVERIFY(!unset.ok());
        QVERIFY(unset.error().hint.contains(QStringLiteral("columns=/free(")));
    }
    void profilesAreReadBack()
    {
        connector::Registry registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
        const connector::Manifest &manifest = *registry.manifest("timescale");
        for (const char *url : {"timescale://api.example:8443/a/b?auth=sigv4&region=us-east-1", "timescale+lambda://us-east-1/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Ax?endpoint=http%3A%2F%2F127.0.0.1%3A9",
                 "timescale+http://api.example/?auth=apikey&api_key_env=VAR"}) {
            const auto profile = connector::profileFromUrl(url, registry.manifests());
            QVERIFY2(profile.ok(), url);
            QCOMPARE(connector::urlFromProfile(*profile, manifest), std::string(url));
        }
        QVERIFY(!connector::profileFromUrl("timescale://api.example/prod?auth=magic", registry.manifests()).ok());
        QVERIFY(!connector::profileFromUrl("timescale://api.example/prod?colour=red", registry.manifests()).ok());
    }
};

ONDO_TEST(TimescaleCatalogueTest)
#include "tst_catalogue.moc"
