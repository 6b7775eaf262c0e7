// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/server.h"
#include "sandbox/timescaleservice.h"
#include "session.h"
#include "support/keepingsink.h"
#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <map>

// The sandbox behind a server of its own, and a session of the connector with it.
class TimescaleBench
{
public:
    explicit TimescaleBench(const std::string &secret = timescale::kSandboxSecretKey)
        : m_service(timescale::createSandboxService())
        , m_server(sandbox::Server::listen(*m_service, 0).value())
        , m_client(http::createClient({}))
    {
        base = "http://127.0.0.1:" + std::to_string(m_server->port());
        open(profile(secret));
    }

    connector::Profile profile(const std::string &secret) const
    {
        connector::Profile profile;
        profile.transport = "http";
        profile.values = {{"via", "gateway"}, {"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}, {"base", "prod"}, {"auth", "none"},
            {"region", "us-east-1"}, {"endpoint", base}, {"access_key_id", timescale::kSandboxAccessKey}};
        profile.secrets.emplace("secret_access_key", core::Secret(secret));
        return profile;
    }
    void open(const connector::Profile &profile) { session = timescale::createSession(profile, *m_client).value(); }

    connector::Outcome run(const std::string &text)
    {
        sink = {};
        connector::Statement statement;
        statement.text = text;
        statement.isRequest = true;
        connector::Outcome outcome = session->run(statement, {}, sink, {});
        return outcome;
    }
    // A value of the one row of the last result.
    std::string value(const char *column) const
    {
        const auto index = sink.table.schema().find(column);
        if (!index || sink.table.rowCount() == 0)
            return {};
        const table::Cell cell = sink.table.cell(0, *index);
        std::string text;
        table::appendCell(text, sink.table.schema().columns[*index], *cell.column, cell.row, {.form = table::TextForm::Json});
        if (text.size() > 1 && text.front() == '"')
            text = text.substr(1, text.size() - 2);
        return text;
    }

    std::string base;
    std::unique_ptr<connector::Session> session;
    support::KeepingSink sink;

private:
    std::unique_ptr<sandbox::Service> m_service;
    std::unique_ptr<sandbox::Server> m_server;
    std::unique_ptr<http::Client> m_client;
};

namespace {

std::string aws(const char *method, const std::string &url, const char *service, const std::string &body = {})
{
    return std::string(method) + " " + url + "\nAuthorization: AWS region:us-east-1 service:" + service + "\nContent-Type: application/json\n\n" + body;
}

const std::string kLambda = "https://lambda.us-east-1.amazonaws.com";
const std::string kGateway = "https://apigateway.us-east-1.amazonaws.com";

} // namespace

#define RUN(text) \
    do { \
        const connector::Outcome ran = bench.run(text); \
        QVERIFY2(!ran.error, ran.error ? qPrintable(core::toText(*ran.error)) : ""); \
    } while (false)

class TimescaleStepsTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_before;

private Q_SLOTS:
    void initTestCase()
    {
        m_before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder.path()));
        for (const char *name : {"psycopg2_layer.zip", "function.zip"}) {
            QFile file(QString::fromLatin1(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("PK\x03\x04 of the test");
        }
    }
    void cleanupTestCase() { QDir::setCurrent(m_before); }

    // Each of the tutorial's steps, and a request to what they made.
    void thirteenSteps()
    {
        TimescaleBench bench;
        RUN(aws("POST", kLambda + "/2018-10-31/layers/psycopg2/versions", "lambda", "{\"Description\":\"x\",\"Content\":{\"ZipFile\":\"{{$base64 psycopg2_layer.zip}}\"},\"CompatibleRuntimes\":[\"python3.8\"]}"));
        const std::string layer = bench.value("LayerVersionArn");
        QVERIFY2(layer.ends_with(":layer:psycopg2:1"), layer.c_str());
        const std::string create = "{\"FunctionName\":\"simple_api_function\",\"Runtime\":\"python3.8\",\"Handler\":\"function.lambda_handler\",\"Role\":\"arn:aws:iam::123456789012:role/x\",\"Code\":{\"ZipFile\":\"{{$base64 function.zip}}\"},\"Layers\":[\"" + layer + "\"]}";
        RUN(aws("POST", kLambda + "/2015-03-31/functions", "lambda", create));
        const std::string function = bench.value("FunctionArn");
        QCOMPARE(bench.run(aws("POST", kLambda + "/2015-03-31/functions", "lambda", create)).error->serverCode, QStringLiteral("ResourceConflictException"));
        RUN(aws("PUT", kLambda + "/2015-03-31/functions/simple_api_function/code", "lambda", "{\"ZipFile\":\"{{$base64 function.zip}}\"}"));
        QCOMPARE(QString::fromStdString(bench.value("CodeSize")), QStringLiteral("16"));
        RUN(aws("PUT", kLambda + "/2015-03-31/functions/simple_api_function/configuration", "lambda", "{\"Environment\":{\"Variables\":{\"DB_NAME\":\"db\"}}}"));
        QCOMPARE(bench.value("Environment"), std::string("{\"Variables\":{\"DB_NAME\":\"db\"}}"));
        RUN(aws("POST", kLambda + "/2015-03-31/functions/simple_api_function/invocations", "lambda", "{}"));
        QVERIFY(bench.sink.table.rowCount() > 10'000);
        RUN(aws("POST", kGateway + "/restapis", "apigateway", "{\"name\":\"TestApiTimescale\"}"));
        const std::string api = kGateway + "/restapis/" + bench.value("id");
        const std::string id = bench.value("id");
        RUN(aws("GET", api + "/resources", "apigateway"));
        QCOMPARE(bench.value("path"), std::string("/"));
        RUN(aws("POST", api + "/resources/" + bench.value("id"), "apigateway", "{\"pathPart\":\"ticker\"}"));
        const std::string method = api + "/resources/" + bench.value("id") + "/methods/GET";
        RUN(aws("PUT", method, "apigateway", "{\"authorizationType\":\"NONE\",\"requestParameters\":{\"method.request.querystring.symbol\":false}}"));
        RUN(aws("PUT", method + "/responses/200", "apigateway", "{}"));
        QCOMPARE(bench.run(aws("POST", api + "/deployments", "apigateway", "{\"stageName\":\"test\"}")).error->serverCode, QStringLiteral("BadRequestException"));
        RUN(aws("PUT", method + "/integration", "apigateway",
            "{\"type\":\"AWS\",\"httpMethod\":\"POST\",\"uri\":\"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + function + "/invocations\",\"requestTemplates\":{\"application/json\":\"{\\\"statusCode\\\": 200}\"}}"));
        RUN(aws("PUT", method + "/integration/responses/200", "apigateway", "{\"selectionPattern\":\"\"}"));
        RUN(aws("POST", api + "/deployments", "apigateway", "{\"stageName\":\"test\"}"));
        RUN("GET " + bench.base + "/restapis/" + id + "/test/_user_request_/ticker?symbol=MSFT"); // wrapped, as this integration gives it
        QVERIFY(bench.sink.table.rowCount() > 10'000);
        QCOMPARE(bench.value("price_open"), std::string("277.31"));
        RUN(aws("GET", api + "/stages/test/exports/oas30", "apigateway"));
    }

    // What the API explorer offers, one after another, with what the answers before gave filled in.
    void everyTemplateRuns()
    {
        QFile file(QStringLiteral(ONDO_TIMESCALE_MANIFEST));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manifest = connector::Manifest::fromJson(QJsonDocument::fromJson(file.readAll()).object());
        QVERIFY(manifest.ok());
        TimescaleBench bench;
        std::map<std::string, std::string> values{{"region", "us-east-1"}, {"resource", "ticker"}, {"symbol", "MSFT"}, {"function", "simple_api_function"},
            {"api", timescale::kSandboxApi}, {"stage", "prod"}, {"layer", "psycopg2"}, {"role_arn", "arn:aws:iam::123456789012:role/x"}, {"db_name", "d"},
            {"db_user", "u"}, {"db_host", "h"}, {"db_password", "p"}};
        int steps = 0;
        for (const connector::RequestTemplate &one : manifest->templates) {
            std::string text = one.text;
            const bool isInsert = text.starts_with("POST /{{resource}}");
            values["resource"] = isInsert ? "insert" : "ticker";
            for (const auto &[name, value] : values) {
                const std::string mark = "{{" + name + "}}";
                for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
                    text.replace(at, mark.size(), value);
            }
            const connector::Outcome ran = bench.run(text);
            QVERIFY2(!ran.error, qPrintable(one.title + QStringLiteral(": ") + (ran.error ? core::toText(*ran.error) : QString())));
            steps += one.title.at(0).isDigit() ? 1 : 0;
            if (one.title.startsWith(QStringLiteral("1 ")))
                values["layer_arn"] = bench.value("LayerVersionArn");
            else if (one.title.startsWith(QStringLiteral("2 ")))
                values["function_arn"] = bench.value("FunctionArn");
            else if (one.title.startsWith(QStringLiteral("6 ")))
                values["api"] = bench.value("id");
            else if (one.title.startsWith(QStringLiteral("7 ")))
                values["parent"] = bench.value("id");
            else if (one.title.startsWith(QStringLiteral("8 ")))
                values["resource_id"] = bench.value("id");
        }
        QCOMPARE(steps, 13);
        RUN("GET " + bench.base + "/restapis/" + values["api"] + "/prod/_user_request_/ticker");
        QVERIFY(bench.sink.table.rowCount() > 10'000);
    }

    void insertsByPosition()
    {
        TimescaleBench bench;
        RUN("POST /insert\n\n" "{\"records\":[{\"time\":\"2021-11-12 15:00:00\",\"symbol\":\"AAPL\",\"price_open\":149.8,\"price_close\":149.81,\"price_low\":149.73,\"price_high\":149.73,\"trading_volume\":17291}]}");
        RUN("GET /ticker");
        const std::vector<std::string> rows = bench.sink.rows();
        QCOMPARE(rows.back(), std::string("\"2021-11-12T15:00:00\",\"AAPL\",149.8,149.81,149.73,149.73,17291"));
        const connector::Outcome swapped = bench.run("POST /insert\n\n" "{\"records\":{\"time\":\"2021-11-12 15:00:00\",\"price_open\":149.8,\"symbol\":\"AAPL\",\"a\":1,\"b\":2,\"c\":3,\"d\":4}}");
        QVERIFY(swapped.error); // a text in a column of numbers
        QCOMPARE(swapped.error->httpStatus, 502);
        // Within the numbers nobody notices.
        RUN("POST /insert\n\n" "{\"records\":[{\"time\":\"2021-11-13 15:00:00\",\"symbol\":\"X\",\"price_high\":4,\"price_low\":3,\"price_close\":2,\"price_open\":1,\"trading_volume\":5}]}");
        RUN("GET /ticker");
        QCOMPARE(bench.sink.rows().back(), std::string("\"2021-11-13T15:00:00\",\"X\",4,3,2,1,5"));
    }

    void filters()
    {
        TimescaleBench bench;
        RUN("GET /stocks?symbol=BRIO&from=2025-04-01&to=2025-04-02&limit=10");
        QCOMPARE(bench.sink.table.rowCount(), std::int64_t(10));
        QCOMPARE(bench.value("symbol"), std::string("BRIO"));
        QVERIFY(bench.value("time").starts_with("2025-04-01"));
        RUN("GET /meters?name=d1001&limit=2");
        QCOMPARE(static_cast<int>(bench.sink.table.schema().columns[0].kind), static_cast<int>(table::Kind::Instant));
        RUN("GET /stocks?symbol=NONE");
        QCOMPARE(bench.sink.table.rowCount(), std::int64_t(0));
        QCOMPARE(bench.sink.table.columnCount(), std::size_t(7)); // of the call before
        QCOMPARE(bench.run("GET /stocks?limit=x").error->httpStatus, 400);
        QCOMPARE(bench.run("GET /stocks").error->httpStatus, 502); // more than a function answers with
    }

    void formsAndErrors()
    {
        TimescaleBench bench;
        for (const char *form : {"array", "named", "base64", "twice"}) {
            RUN(std::string("GET /wrapped/") + form);
            QCOMPARE(bench.sink.rows().at(0), std::string("\"2021-07-12T20:00:00\",\"MSFT\",277.31"));
        }
        RUN("GET /forms/numeric");
        QCOMPARE(bench.sink.rows().at(0), std::string("9007199254740993,\"1234567890.12345678901234567890\",\"007\""));
        RUN("GET /wrapped/nan");
        QCOMPARE(bench.sink.rows().at(1), std::string("\"Infinity\""));
        const auto status = [&bench](const char *path) { return bench.run(path).error.value_or(core::Error()); };
        QCOMPARE(status("GET /wrapped/error").serverCode, QStringLiteral("ZeroDivisionError"));
        QCOMPARE(status("GET /wrapped/status404").serverCode, QStringLiteral("404"));
        QCOMPARE(status("GET /forms/malformed").httpStatus, 502);
        QCOMPARE(status("GET /forms/timeout").httpStatus, 504);
        QCOMPARE(status("GET /nowhere").httpStatus, 403);
        QCOMPARE(status("DELETE /ticker").httpStatus, 403);
        QCOMPARE(status(("POST /insert\n\n" + std::string(10'000'001, ' ')).c_str()).httpStatus, 413);
    }

    void logIns()
    {
        TimescaleBench bench;
        QCOMPARE(core::exitCode(bench.run("GET /keyed?limit=1").error->kind), 4);
        QCOMPARE(core::exitCode(bench.run("GET /signed?limit=1").error->kind), 4);
        connector::Profile profile = bench.profile(timescale::kSandboxSecretKey);
        profile.values["auth"] = "sigv4";
        bench.open(profile);
        RUN("GET /signed?symbol=%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80&limit=1");
        profile.values["auth"] = "apikey";
        profile.secrets.emplace("api_key", core::Secret(timescale::kSandboxApiKey));
        bench.open(profile);
        RUN("GET /keyed?limit=1");

        TimescaleBench wrong("another/secret");
        const connector::Outcome outcome = wrong.run(aws("GET", kLambda + "/2015-03-31/functions/", "lambda"));
        QVERIFY(outcome.error);
        QCOMPARE(core::exitCode(outcome.error->kind), 4);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("InvalidSignatureException"));
        QVERIFY(!core::toText(*outcome.error).contains(QStringLiteral("another/secret")));
    }

    void theFunctionWithoutItsGateway()
    {
        TimescaleBench bench;
        connector::Profile profile = bench.profile(timescale::kSandboxSecretKey);
        profile.values["via"] = "lambda";
        profile.values["function_region"] = "us-east-1";
        profile.values["function"] = "stocks_function";
        bench.open(profile);
        RUN("GET /any?symbol=CORV&limit=3");
        QCOMPARE(bench.sink.table.rowCount(), std::int64_t(3));
        profile.values["function"] = "insert_function";
        bench.open(profile);
        const connector::Outcome outcome = bench.run("GET /insert");
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("TypeError"));
        RUN("POST /insert\n\n" "{\"records\":{\"time\":\"2021-11-12 15:00:00\",\"symbol\":\"AAPL\",\"o\":1,\"c\":2,\"l\":3,\"h\":4,\"v\":5}}");
        profile.values["function"] = "nobody";
        bench.open(profile);
        QCOMPARE(bench.run("GET /").error->httpStatus, 404);
    }
};

ONDO_TEST(TimescaleStepsTest)
#include "tst_steps.moc"
