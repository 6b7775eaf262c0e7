// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awsauthorization.h"

#include "support/ondotest.h"

class AwsAuthorizationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void regionAndServiceInAnyOrder()
    {
        for (const char *text : {"AWS region:us-east-1 service:lambda", "aws  service:lambda region:us-east-1 "}) {
            const auto scope = auth::parseAwsAuthorization(text);
            QVERIFY(scope && *scope);
            QCOMPARE(scope->value().region, std::string("us-east-1"));
            QCOMPARE(scope->value().service, std::string("lambda"));
        }
    }
    void partsMayBeMissing()
    {
        const auto scope = auth::parseAwsAuthorization("AWS");
        QVERIFY(scope && *scope);
        QVERIFY(scope->value().region.empty() && scope->value().service.empty());
    }
    void otherSchemesAreLeftAlone()
    {
        for (const char *text : {"", "Bearer AWS", "AWS4-HMAC-SHA256 Credential=x", "Basic QVdT", "AWSx region:y"})
            QVERIFY2(!auth::parseAwsAuthorization(text), text);
    }
    void keysAreRefusedAndNotRepeated()
    {
        const auto scope = auth::parseAwsAuthorization("AWS AKIDSECRETKEY hiddenvalue region:us-east-1");
        QVERIFY(scope && !*scope);
        QCOMPARE(static_cast<int>(scope->error().kind), static_cast<int>(core::ErrorKind::Usage));
        QVERIFY(!core::toText(scope->error()).contains(QStringLiteral("AKIDSECRETKEY")));
        QVERIFY(!core::toText(scope->error()).contains(QStringLiteral("hiddenvalue")));
        const auto empty = auth::parseAwsAuthorization("AWS region: service:lambda");
        QVERIFY(empty && !*empty);
    }
    void hostsOfAws()
    {
        const auto check = [](const char *host, const char *service, const char *region) {
            const auth::SigningScope scope = auth::scopeOfHost(host);
            QCOMPARE(scope.service, std::string(service));
            QCOMPARE(scope.region, std::string(region));
        };
        check("lambda.eu-central-1.amazonaws.com", "lambda", "eu-central-1");
        check("abc.execute-api.us-east-1.amazonaws.com", "execute-api", "us-east-1");
        check("abc.execute-api.cn-north-1.amazonaws.com.cn", "execute-api", "cn-north-1");
        check("abc.lambda-url.us-east-1.on.aws", "lambda", "us-east-1");
        check("api.example", "", "");
        check("evil-amazonaws.com", "", "");
    }
};

ONDO_TEST(AwsAuthorizationTest)
#include "tst_awsauthorization.moc"
