// SPDX-License-Identifier: GPL-3.0-or-later
#include "api.h"

#include "support/ondotest.h"

#include <cstdlib>

class TimescaleSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TS_TEST_KEY", "key-of-the-test");
        qputenv("TS_TEST_TOKEN", "token-of-the-test");
        qputenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
        qputenv("AWS_CONFIG_FILE", "/nonexistent");
    }

    void apiKeyFromTheEnvironment()
    {
        Api api("timescale://api.example/prod?api_key_env=TS_TEST_KEY");
        api.answer("/prod/t", "{\"message\":\"key-of-the-test is wrong\"}", 403);
        NoticingSink sink;
        const connector::Outcome outcome = api.run("GET /t", sink);
        QCOMPARE(headerOf(api.requests().at(0), "x-api-key"), std::string("key-of-the-test"));
        QVERIFY(outcome.error);
        QCOMPARE(core::exitCode(outcome.error->kind), 4);
        QVERIFY(!core::toText(*outcome.error).contains(QStringLiteral("key-of-the-test")));
        const http::Request request = api.requests()[0];
        for (const http::Header &header : request.headers)
            QVERIFY(header.name != "x-api-key" || header.secret);
    }
    void aVariableThatIsNotSet()
    {
        Api api("timescale://api.example/prod?api_key_env=TS_TEST_NO_SUCH");
        QVERIFY(!api.session);
        QCOMPARE(static_cast<int>(api.error.kind), static_cast<int>(core::ErrorKind::Usage));
        QVERIFY(api.error.message.contains(QStringLiteral("TS_TEST_NO_SUCH")));
    }
    void tokens()
    {
        for (const auto &[more, expected] : {std::pair{"", "Bearer token-of-the-test"}, std::pair{"&token_scheme=none", "token-of-the-test"}}) {
            Api api(std::string("timescale://api.example/prod?token_env=TS_TEST_TOKEN") + more);
            NoticingSink sink;
            api.run("GET /t", sink);
            QCOMPARE(headerOf(api.requests().at(0), "Authorization"), std::string(expected));
        }
    }
    void signatures()
    {
        Api api("timescale://AKID:secret%2Fkey@abc.execute-api.eu-west-1.amazonaws.com/prod?auth=sigv4");
        NoticingSink sink;
        api.run("GET /t?b=2&a=1", sink);
        const std::string authorization = headerOf(api.requests().at(0), "Authorization");
        QVERIFY2(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKID/"), authorization.c_str());
        QVERIFY(authorization.find("/eu-west-1/execute-api/aws4_request") != std::string::npos);
        QCOMPARE(api.requests()[0].url, std::string("https://abc.execute-api.eu-west-1.amazonaws.com/prod/t?b=2&a=1"));
    }
    void functionUrlsAreSignedForLambda()
    {
        Api api("timescale://AKID:secret@abc.lambda-url.us-east-1.on.aws?auth=sigv4");
        NoticingSink sink;
        api.run("GET /", sink);
        QVERIFY(headerOf(api.requests().at(0), "Authorization").find("/us-east-1/lambda/aws4_request") != std::string::npos);
    }
    void managementRequestsAreSignedOnRequest()
    {
        Api api("timescale://AKID:secret@api.example/prod?endpoint=http://127.0.0.1:9&region=us-east-1");
        NoticingSink sink;
        api.run("GET https://lambda.us-west-2.amazonaws.com/2015-03-31/functions/\nAuthorization: AWS", sink);
        api.run("GET /restapis\nAuthorization: AWS region:eu-west-1 service:apigateway", sink);
        QCOMPARE(api.requests().at(0).url, std::string("http://127.0.0.1:9/2015-03-31/functions/"));
        QVERIFY(headerOf(api.requests()[0], "Authorization").find("/us-west-2/lambda/aws4_request") != std::string::npos);
        QCOMPARE(api.requests().at(1).url, std::string("http://127.0.0.1:9/restapis"));
        QVERIFY(headerOf(api.requests()[1], "Authorization").find("/eu-west-1/apigateway/aws4_request") != std::string::npos);
    }
    void onlyReadingIsSentAgain()
    {
        Api api("timescale://api.example/prod");
        NoticingSink sink;
        for (const char *text : {"GET /t", "HEAD /t", "POST /t\n\n{}", "PUT /t\n\n{}", "DELETE /t", "PATCH /t\n\n{}"})
            api.run(text, sink);
        const std::vector<http::Request> requests = api.requests();
        QCOMPARE(requests.size(), std::size_t(6)); // refused by 403, none of them sent again
        for (const http::Request &request : requests)
            QCOMPARE(request.safeToRepeat, request.method == "GET" || request.method == "HEAD");
        Api lambda("timescale+lambda://AKID:secret@us-east-1/f");
        lambda.run("GET /t", sink);
        QVERIFY(!lambda.requests().at(0).safeToRepeat);
    }
    void noRowsKeepTheirColumns()
    {
        Api api("timescale://api.example/prod");
        api.answer("/prod/t", "[]");
        api.answer("/prod/t?full", "[{\"a\":1,\"b\":\"x\"}]");
        NoticingSink first;
        api.run("GET /t?none", first);
        QCOMPARE(first.table.columnCount(), std::size_t(0));
        NoticingSink second;
        api.run("GET /t?full", second);
        NoticingSink third;
        const connector::Outcome outcome = api.run("GET /t?none", third);
        QCOMPARE(third.table.columnCount(), std::size_t(2));
        QCOMPARE(outcome.rows, std::int64_t(0));
        QVERIFY(outcome.hasResultSet);
    }
    void recordsGoInPartsAndEachOnce()
    {
        Api api("timescale://api.example/prod?batch=2&columns=/insert(a,b)");
        int count = 0;
        api.hook = [&count](const http::Request &) {
            support::RecordedAnswer answer;
            answer.body = "{\"statusCode\":200,\"body\":\"{}\"}";
            if (++count == 2)
                answer = {504, {}, "{\"message\":\"Endpoint request timed out\"}", {}, {}, {}};
            return std::optional(answer);
        };
        NoticingSink sink;
        const std::string records = "POST /insert\n\n{\"records\":[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"b\":5,\"a\":6},{\"a\":7,\"b\":8},{\"a\":9,\"b\":0}]}";
        const connector::Outcome outcome = api.run(records, sink);
        QCOMPARE(api.requests().size(), std::size_t(2)); // the third part is not sent behind one that failed
        QVERIFY(outcome.error);
        QVERIFY2(outcome.error->message.contains(QStringLiteral("2 of 5 records")), qPrintable(outcome.error->message));
        QVERIFY(sink.notices.at(0).contains(QStringLiteral("Record 3")));
        NoticingSink all;
        count = 10;
        QVERIFY(!api.run(records, all).error);
        QVERIFY(all.notices.last().contains(QStringLiteral("5 records")) && all.notices.last().contains(QStringLiteral("3 requests")));
        QCOMPARE(api.requests()[3].body, std::string("{\"records\":[{\"b\":5,\"a\":6},{\"a\":7,\"b\":8}]}"));
    }
    void aFailedFunctionShowsItsLog()
    {
        Api api("timescale+lambda://AKID:secret@us-east-1/f");
        api.answer("/2015-03-31/functions/f/invocations", "{\"errorMessage\":\"no\",\"errorType\":\"E\"}", 200,
            {{"X-Amz-Function-Error", "Unhandled"}, {"X-Amz-Log-Result", "bGluZSBvZiB0aGUgbG9n"}});
        NoticingSink sink;
        const connector::Outcome outcome = api.run("GET /t", sink);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->serverCode, QStringLiteral("E"));
        QCOMPARE(core::exitCode(outcome.error->kind), 1);
        QVERIFY(sink.notices.at(0).contains(QStringLiteral("line of the log")));
    }
    void sqlIsRefused()
    {
        Api api("timescale://api.example/prod");
        connector::Statement statement;
        statement.text = "SELECT 1";
        NoticingSink sink;
        const connector::Outcome outcome = api.session->run(statement, {}, sink, {});
        QCOMPARE(static_cast<int>(outcome.error->kind), static_cast<int>(core::ErrorKind::Unsupported));
        QVERIFY(outcome.error->hint.contains(QStringLiteral("GET /")));
        QVERIFY(api.requests().empty());
        QVERIFY(!api.session->aggregate({}, sink, {}).ok());
        const auto report = api.session->stopOnServer({}, sink, {});
        QVERIFY(report.ok() && !report->stopped && !report->message.isEmpty());
    }
};

ONDO_TEST(TimescaleSessionTest)
#include "tst_session.moc"
