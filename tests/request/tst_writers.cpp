// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/awscommand.h"
#include "request/document.h"
#include "request/sender.h"
#include "request/writers.h"

#include "support/ondotest.h"

// Requests written in other languages, and AWS command lines. The interop run executes cURL, Python and Node forms and
// compiles C++ and Java; Go and C# are checked as texts here.
class WritersTest : public QObject
{
    Q_OBJECT
private:
    static request::Ready sample()
    {
        const auto reading = request::readCurl("curl -X PUT 'http://h/a?token=hidden-1&x=1' -H 'Authorization: Bearer hidden-2' -H 'X-A: say \"hi\"' -d $'two\\nlines \\\\ é'",
            [](const std::string &) -> core::Result<std::string> { return std::string(); });
        return reading->requests.at(0);
    }

private Q_SLOTS:
    void secretsAreVariables_data()
    {
        QTest::addColumn<int>("language");
        QTest::addColumn<QByteArray>("variable");
        const auto row = [](request::Language language, const char *variable) { QTest::newRow(variable) << static_cast<int>(language) << QByteArray(variable); };
        row(request::Language::Curl, "\"$SECRET_AUTHORIZATION\"");
        row(request::Language::PowerShell, "$env:SECRET_AUTHORIZATION");
        row(request::Language::Cmd, "%SECRET_AUTHORIZATION%");
        row(request::Language::Http, "{{SECRET_AUTHORIZATION}}");
        row(request::Language::Httpie, "'Authorization:'\"$SECRET_AUTHORIZATION\"");
        row(request::Language::Python, "os.environ[\"SECRET_AUTHORIZATION\"]");
        row(request::Language::JavaScript, "[\"Authorization\", process.env.SECRET_AUTHORIZATION]");
        row(request::Language::Node, "\"Authorization\": process.env.SECRET_AUTHORIZATION");
        row(request::Language::Go, "os.Getenv(\"SECRET_AUTHORIZATION\")");
        row(request::Language::Java, "System.getenv(\"SECRET_AUTHORIZATION\")");
        row(request::Language::CSharp, "Environment.GetEnvironmentVariable(\"SECRET_AUTHORIZATION\")");
        row(request::Language::Cpp, "qgetenv(\"SECRET_AUTHORIZATION\")");
    }
    void secretsAreVariables()
    {
        QFETCH(int, language);
        QFETCH(QByteArray, variable);
        const auto form = static_cast<request::Language>(language);
        const QByteArray text = QByteArray::fromStdString(request::written(sample(), form, false));
        QVERIFY2(text.contains(variable), text.constData());
        QVERIFY(!text.contains("hidden"));
        QVERIFY(text.contains("SECRET_1"));
        const QByteArray told = QByteArray::fromStdString(request::written(sample(), form, true));
        QVERIFY(told.contains("hidden-1") && told.contains("hidden-2") && !told.contains("SECRET_"));
    }

    void goAndCSharp()
    {
        const QByteArray go = QByteArray::fromStdString(request::written(sample(), request::Language::Go, true));
        QVERIFY(go.startsWith("package main\n\nimport (\n\t\"fmt\"\n\t\"io\"\n\t\"net/http\"\n\t\"strings\"\n)\n"));
        QVERIFY(go.contains("http.NewRequest(\"PUT\", \"http://h/a?token=hidden-1&x=1\", strings.NewReader(\"two\\nlines \\\\ \xc3\xa9\"))"));
        QVERIFY(go.contains("request.Header.Add(\"X-A\", \"say \\\"hi\\\"\")"));
        const QByteArray sharp = QByteArray::fromStdString(request::written(sample(), request::Language::CSharp, true));
        QVERIFY(sharp.contains("request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(\"two\\nlines \\\\ \xc3\xa9\"));"));
        QVERIFY(sharp.contains("request.Content.Headers.TryAddWithoutValidation(\"Content-Type\", \"application/x-www-form-urlencoded\");"));
    }

    void redirectsFollowCurlsRules()
    {
        const auto hop = [](const char *text, int status, const char *location) {
            const auto reading = request::readCurl(text, [](const std::string &) -> core::Result<std::string> { return std::string(); });
            http::Head head;
            head.status = status;
            head.headers = {{"Location", location, false}};
            return request::nextRequest(reading->requests.at(0).request, head, reading->requests.at(0).redirects);
        };
        QVERIFY(!hop("curl http://h/ -d a", 302, "/b"));
        QCOMPARE(hop("curl -L http://h/ -d a", 302, "/b")->method, std::string("GET"));
        QCOMPARE(hop("curl -L http://h/ -d a --post302", 302, "/b")->method, std::string("POST"));
        QCOMPARE(hop("curl -L http://h/ -d a", 307, "/b")->body, std::string("a"));
        QCOMPARE(hop("curl -L -X POST http://h/ -d a", 301, "/b")->method, std::string("POST"));
        const auto away = hop("curl -L -u a:b -b c=d http://h/", 302, "http://other/");
        QVERIFY(away.has_value());
        for (const http::Header &header : away->headers)
            QVERIFY(!header.secret);
        const auto trusted = hop("curl --location-trusted -u a:b http://h/", 302, "http://other/");
        QCOMPARE(trusted->headers[0].name, std::string("Authorization"));
        QVERIFY(!hop("curl -L http://h/", 302, "file:///etc/passwd"));
    }

    void awsLines_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) { QTest::newRow(name) << QByteArray(text) << QByteArray(expected); };
        row("layer", "aws lambda publish-layer-version --region eu-west-1 --layer-name psycopg2 \\\n  --description \"psycopg2 for Python3.8\" --zip-file fileb://psycopg2_layer.zip --compatible-runtimes python3.8 python3.9",
            "POST https://lambda.eu-west-1.amazonaws.com/2018-10-31/layers/psycopg2/versions\nAuthorization: AWS region:eu-west-1 service:lambda\nAccept: application/json\nContent-Type: application/json\n\n"
            "{\"CompatibleRuntimes\": [\"python3.8\", \"python3.9\"], \"Description\": \"psycopg2 for Python3.8\", \"Content\": {\"ZipFile\": \"{{$base64 psycopg2_layer.zip}}\"}}");
        row("function", "aws lambda create-function --function-name f --region r --runtime python3.8 --handler a.b --role arn:x --zip-file fileb://f.zip --layers arn:l --timeout 10 --environment 'Variables={A=1,B=\"x,y\"}'",
            "{\"Environment\": {\"Variables\": {\"A\": \"1\", \"B\": \"x,y\"}}, \"FunctionName\": \"f\", \"Handler\": \"a.b\", \"Layers\": [\"arn:l\"], \"Role\": \"arn:x\", \"Runtime\": \"python3.8\", \"Timeout\": 10, \"Code\": {\"ZipFile\": \"{{$base64 f.zip}}\"}}");
        row("invoke", "aws lambda invoke --function-name f --region r --cli-binary-format raw-in-base64-out --payload '{\"a\": 1}' --log-type Tail out.json",
            "POST https://lambda.r.amazonaws.com/2015-03-31/functions/f/invocations\nAuthorization: AWS region:r service:lambda\nX-Amz-Log-Type: Tail\nContent-Type: application/json\n\n{\"a\": 1}");
        row("method", "aws apigateway put-method --rest-api-id api1 --region us-east-1 --resource-id res --http-method GET --authorization-type \"NONE\" --request-parameters method.request.querystring.symbol=false",
            "PUT https://apigateway.us-east-1.amazonaws.com/restapis/api1/resources/res/methods/GET\nAuthorization: AWS region:us-east-1 service:apigateway\nAccept: application/json\nContent-Type: application/json\n\n"
            "{\"authorizationType\": \"NONE\", \"requestParameters\": {\"method.request.querystring.symbol\": \"false\"}}");
        row("integration", "aws apigateway put-integration --region r --rest-api-id a --resource-id b --http-method GET --type AWS --integration-http-method POST --uri arn:x",
            "{\"httpMethod\": \"POST\", \"type\": \"AWS\", \"uri\": \"arn:x\"}");
        row("sql", "aws some-data execute-statement --region r --endpoint-url http://127.0.0.1:9 --sql \"select 'x'\" --parameters name=id,value=1 name=s,value='a b' --with-event --max-results 5",
            "POST http://127.0.0.1:9/\nAuthorization: AWS region:r service:some-data\nX-Amz-Target: SomeData.ExecuteStatement\nContent-Type: application/x-amz-json-1.1\n\n"
            "{\"MaxResults\": 5, \"Parameters\": [{\"name\": \"id\", \"value\": \"1\"}, {\"name\": \"s\", \"value\": \"a b\"}], \"Sql\": \"select 'x'\", \"WithEvent\": true}");
        row("placeholders", "aws apigateway get-resources --rest-api-id <API_ID> --region r", "GET https://apigateway.r.amazonaws.com/restapis/{{API_ID}}/resources");
    }
    void awsLines()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QVERIFY(request::looksLikeAws(text.toStdString()));
        const auto document = request::awsDocument(text.toStdString(), [](const std::string &) -> core::Result<std::string> { return std::string(); });
        QVERIFY2(document.ok(), document.ok() ? "" : qPrintable(core::toText(document.error())));
        const QByteArray written = QByteArray::fromStdString(document->text);
        QVERIFY2(written.contains(expected), written.constData());
        QVERIFY(request::parseDocument(document->text).ok());
    }

    void awsMistakes()
    {
        const auto read = [](const char *text) { return request::awsDocument(text, [](const std::string &) -> core::Result<std::string> { return std::string(); }); };
        const auto unknown = read("aws lambda\n");
        QVERIFY(!unknown);
        const auto operation = read("aws lambda frobnicate --x 1");
        QVERIFY(!operation);
        QCOMPARE(operation.error().position.column.value_or(0), 12);
        const auto missing = read("aws lambda get-function --region r");
        QVERIFY(!missing && missing.error().message.contains(QStringLiteral("--function-name")));
        const auto surplus = read("aws lambda get-function --function-name f --region r --nonsense 1");
        QVERIFY(!surplus && surplus.error().message.contains(QStringLiteral("--nonsense")));
    }
};

ONDO_TEST(WritersTest)
#include "tst_writers.moc"
