// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"
#include "support/ondotest.h"

class RedshiftProfileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        for (const char *variable : {"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"})
            qunsetenv(variable);
    }

    void whatDoesNotGoTogetherIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("said");
        QTest::newRow("both") << "redshift://us-east-1/dev?cluster=a&workgroup=b" << "a cluster and a workgroup";
        QTest::newRow("neither") << "redshift://us-east-1/dev" << "neither a cluster nor a workgroup";
        QTest::newRow("user of a workgroup") << "redshift://us-east-1/dev?workgroup=b&db_user=u" << "takes no database user";
        QTest::newRow("secret and user") << "redshift://us-east-1/dev?cluster=b&db_user=u&secret_arn=x" << "a secret and a database user";
        QTest::newRow("no database") << "redshift://us-east-1/?cluster=b" << "no database";
        QTest::newRow("no region") << "redshift:///dev?cluster=b" << "no region";
        QTest::newRow("half of the keys") << "redshift://KEY@us-east-1/dev?cluster=b" << "one half of the AWS keys";
        QTest::newRow("token without keys") << "redshift://us-east-1/dev?cluster=b&session_token=t" << "session token without AWS keys";
        QTest::newRow("keys and profile") << "redshift://KEY:SECRET@us-east-1/dev?cluster=b&profile=p" << "keys and names an AWS profile";
        QTest::newRow("session too long") << "redshift://us-east-1/dev?cluster=b&session=86401" << "86400";
        QTest::newRow("unknown key") << "redshift://us-east-1/dev?cluster=b&colour=red" << "no key \"colour\"";
    }
    void whatDoesNotGoTogetherIsRefused()
    {
        QFETCH(QString, url);
        QFETCH(QString, said);
        const RecordedService service(url.toStdString());
        QVERIFY(!service.session);
        QCOMPARE(service.error.kind, core::ErrorKind::Usage);
        QVERIFY2(service.error.message.contains(said), qPrintable(service.error.message));
        QVERIFY(service.requests().empty());
    }

    void endpointAndRegionFollowFromTheUrl_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("region");
        const QString keys = QStringLiteral("redshift://K%40Y:S%2FCRET@");
        QTest::newRow("region") << keys + QLatin1String("eu-west-1/dev?cluster=b") << "https://redshift-data.eu-west-1.amazonaws.com/" << "eu-west-1";
        QTest::newRow("China") << keys + QLatin1String("cn-north-1/dev?cluster=b") << "https://redshift-data.cn-north-1.amazonaws.com.cn/" << "cn-north-1";
        QTest::newRow("signing region") << keys + QLatin1String("eu-west-1/dev?cluster=b&region=us-west-2") << "https://redshift-data.eu-west-1.amazonaws.com/" << "us-west-2";
        QTest::newRow("endpoint") << keys + QLatin1String("eu-west-1/dev?cluster=b&endpoint=http%3A%2F%2F127.0.0.1%3A9%2F") << "http://127.0.0.1:9/" << "eu-west-1";
        QTest::newRow("endpoint of a transport") << QStringLiteral("redshift+http://K%40Y:S%2FCRET@eu-west-1/dev?cluster=b&endpoint=emulator:4566") << "http://emulator:4566/" << "eu-west-1";
    }
    void endpointAndRegionFollowFromTheUrl()
    {
        QFETCH(QString, url);
        RecordedService service(url.toStdString());
        QVERIFY2(service.session, qPrintable(service.error.message));
        service.answerRun();
        TellingSink sink;
        service.run("SELECT 1", sink);
        const http::Request request = service.requests().at(0);
        QTEST(QString::fromStdString(request.url), "endpoint");
        QFETCH(QString, region);
        bool isSigned = false;
        for (const http::Header &header : request.headers) {
            if (header.name == "Authorization") {
                isSigned = QString::fromStdString(header.value).contains(region + QStringLiteral("/redshift-data/aws4_request")) && header.secret;
                QVERIFY(header.value.starts_with("AWS4-HMAC-SHA256 Credential=K@Y/"));
            }
        }
        QVERIFY(isSigned);
    }

    void regionComesFromTheEnvironment()
    {
        qputenv("AWS_REGION", "ap-south-1");
        RecordedService service("redshift://K:S@/dev?workgroup=wg");
        qunsetenv("AWS_REGION");
        QVERIFY2(service.session, qPrintable(service.error.message));
        service.answerRun();
        TellingSink sink;
        service.run("SELECT 1", sink);
        QCOMPARE(service.requests().at(0).url, std::string("https://redshift-data.ap-south-1.amazonaws.com/"));
    }

    void sessionTokenIsSignedAndHidden()
    {
        RecordedService service("redshift://K:S@us-east-1/dev?workgroup=wg&session_token=tok%2Ben");
        service.answerRun();
        TellingSink sink;
        service.run("SELECT 1", sink);
        const http::Request request = service.requests().at(0);
        const auto token = std::find_if(request.headers.begin(), request.headers.end(), [](const auto &h) { return h.name == "X-Amz-Security-Token"; });
        QVERIFY(token != request.headers.end());
        QCOMPARE(token->value, std::string("tok+en"));
        QVERIFY(token->secret);
    }

    void templatesReachEveryOperation()
    {
        connector::Registry registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
        const connector::Manifest *manifest = registry.manifest("redshift");
        QVERIFY(manifest);
        for (const char *operation : {"ExecuteStatement", "BatchExecuteStatement", "DescribeStatement", "GetStatementResult",
                 "GetStatementResultV2", "CancelStatement", "ListStatements", "ListSessions", "ListDatabases", "ListSchemas", "ListTables", "DescribeTable"}) {
            const std::string target = std::string("X-Amz-Target: RedshiftData.") + operation + "\n";
            QVERIFY2(std::any_of(manifest->templates.begin(), manifest->templates.end(),
                         [&](const auto &one) { return one.text.find(target) != std::string::npos && !one.explanation.isEmpty(); }),
                operation);
        }
        QCOMPARE(manifest->order, 2);
        QVERIFY(manifest->capabilities.batch && manifest->capabilities.cancel && manifest->capabilities.parameters);
    }
};

ONDO_TEST(RedshiftProfileTest)
#include "tst_profile.moc"
