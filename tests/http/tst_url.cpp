// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/url.h"

#include "support/ondotest.h"

class UrlTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodesAllButUnreserved()
    {
        QCOMPARE(http::percentEncoded("aZ09-._~"), std::string("aZ09-._~"));
        QCOMPARE(http::percentEncoded("a b/\xC3\xA9%"), std::string("a%20b%2F%C3%A9%25"));
        QCOMPARE(http::percentEncodedSegment("a:b@c/d?"), std::string("a:b@c%2Fd%3F"));
    }

    void decodes()
    {
        QCOMPARE(*http::percentDecoded("a%2fb%2F+%00c"), std::string("a/b/+\0c", 7));
        for (const char *broken : { "%", "%4", "%zz", "abc%4g" }) {
            const auto result = http::percentDecoded(broken);
            QVERIFY(!result);
            QCOMPARE(result.error().kind, core::ErrorKind::Usage);
            QVERIFY(result.error().message.contains(QLatin1Char('%')));
        }
    }

    void base64OfRfc4648()
    {
        QCOMPARE(http::base64(""), std::string(""));
        QCOMPARE(http::base64("f"), std::string("Zg=="));
        QCOMPARE(http::base64("fo"), std::string("Zm8="));
        QCOMPARE(http::base64("foo"), std::string("Zm9v"));
        QCOMPARE(http::base64("foobar"), std::string("Zm9vYmFy"));
        QCOMPARE(http::base64(std::string("\xff\xfe\0", 3)), std::string("//4A"));
    }

    void readsAllParts()
    {
        const auto url = http::parseUrl("TDengine+https://ro%40ot:p%3Ass%2F@db.example:6041/po%2Fwer/x?tz=+08:00&auth=token&flag");
        QVERIFY(url.ok());
        QCOMPARE(url->scheme, std::string("tdengine+https"));
        QVERIFY(url->hasUser && url->hasPassword);
        QCOMPARE(url->user, std::string("ro@ot"));
        QCOMPARE(url->password, std::string("p:ss/"));
        QCOMPARE(url->host, std::string("db.example"));
        QCOMPARE(url->port.value_or(0), 6041);
        QCOMPARE(url->path, std::string("/po%2Fwer/x"));
        QCOMPARE(url->query.size(), std::size_t(3));
        QCOMPARE(url->query[0].second, std::string("+08:00"));
        QCOMPARE(url->query[2].first, std::string("flag"));
    }

    void readsShortForms()
    {
        const auto token = http::parseUrl("tdengine://:TOKEN@HOST/DB?auth=bearer");
        QVERIFY(token && token->hasUser && token->user.empty() && token->password == "TOKEN" && token->host == "HOST");
        const auto bare = http::parseUrl("http://h");
        QVERIFY(bare && !bare->hasUser && !bare->port && bare->path.empty() && bare->query.empty());
        const auto userOnly = http::parseUrl("http://u@h:/");
        QVERIFY(userOnly && userOnly->hasUser && !userOnly->hasPassword && !userOnly->port && userOnly->path == "/");
        const auto noPath = http::parseUrl("redshift://eu-west-1?x=%31#fragment");
        QVERIFY(noPath && noPath->host == "eu-west-1" && noPath->query[0].second == "1");
    }

    void readsIpv6()
    {
        const auto url = http::parseUrl("http://u:p@[fe80::1%25eth0]:8080/x");
        QVERIFY(url.ok());
        QCOMPARE(url->host, std::string("fe80::1%eth0"));
        QCOMPARE(url->port.value_or(0), 8080);
        QVERIFY(!http::parseUrl("http://[::1").ok());
        QVERIFY(!http::parseUrl("http://[not-an-address]/").ok());
        QVERIFY(!http::parseUrl("http://[::1]x/").ok());
        const auto unbracketed = http::parseUrl("http://::1:80/");
        QVERIFY(!unbracketed && unbracketed.error().hint.contains(QLatin1String("[::1]")));
    }

    void lastAtEndsTheUserPart()
    {
        const auto url = http::parseUrl("tdengine://root:p@ss@host/x%40y");
        QVERIFY(url.ok());
        QCOMPARE(url->password, std::string("p@ss"));
        QCOMPARE(url->host, std::string("host"));
        QCOMPARE(url->path, std::string("/x%40y"));
    }

    void errorsNameTheCharacterAndHideTheRest_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("code");
        QTest::newRow("slash") << QByteArray("x://root:sEcret/tail@host:1/") << QStringLiteral("%2F");
        QTest::newRow("slash behind an at") << QByteArray("x://root:sEcret@tail/more@host:1/") << QStringLiteral("%2F");
        QTest::newRow("at, colon and slash") << QByteArray("x://root:sEcret@tail:w/rd@host:1/") << QStringLiteral("%2F");
        QTest::newRow("question") << QByteArray("x://root:sEcret?tail@host:1/") << QStringLiteral("%3F");
        QTest::newRow("hash") << QByteArray("x://root:sEcret#tail@host:1/") << QStringLiteral("%23");
        QTest::newRow("percent") << QByteArray("x://root:sEcret%tail@host:1/") << QStringLiteral("%25");
        QTest::newRow("blank") << QByteArray("x://root:sEcret tail@host:1/") << QStringLiteral("%20");
    }
    void errorsNameTheCharacterAndHideTheRest()
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, code);
        const auto result = http::parseUrl(url.toStdString());
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, core::ErrorKind::Usage);
        const QString text = core::toText(result.error());
        QVERIFY2(text.contains(code), qPrintable(text));
        QVERIFY2(!text.contains(QLatin1String("sEcret")) && !text.contains(QLatin1String("tail")), qPrintable(text));
    }

    void refusesWhatIsNoUrl_data()
    {
        QTest::addColumn<QByteArray>("url");
        for (const char *url : { "", "host/path", "://host", "1x://host", "x://host:0/", "x://host:65536/", "x://host:+80/",
                 "x://host:8a/", "x://ho\nst/", "x://ho<st/", "x://h?a=%zz" })
            QTest::newRow(*url ? url : "empty") << QByteArray(url);
    }
    void refusesWhatIsNoUrl()
    {
        QFETCH(QByteArray, url);
        const auto result = http::parseUrl(url.toStdString());
        QVERIFY(!result.ok());
        QVERIFY(!result.error().message.isEmpty());
    }
};

ONDO_TEST(UrlTest)
#include "tst_url.moc"
