// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/profile.h"

#include "support/ondotest.h"

using connector::Field;
using connector::Manifest;
using connector::Profile;

namespace {

// A connector with a field of each kind.
Manifest testManifest()
{
    Manifest manifest;
    manifest.id = "demo";
    manifest.name = QStringLiteral("Demo");
    manifest.scheme = "demo";
    manifest.defaultTransport = "http";
    manifest.defaultPort = 6041;
    const auto add = [&](const char *key, Field::Type type, Field::UrlPart part) -> Field & {
        Field field;
        field.key = key;
        field.type = type;
        field.urlPart = part;
        manifest.fields.push_back(std::move(field));
        return manifest.fields.back();
    };
    add("host", Field::Type::Text, Field::UrlPart::Host).required = true;
    add("port", Field::Type::Integer, Field::UrlPart::Port);
    Field &auth = add("auth", Field::Type::Choice, Field::UrlPart::Query);
    auth.choices = {{"basic", {}}, {"bearer", {}}};
    auth.defaultValue = "basic";
    for (const auto &[key, type, part, shown] : std::initializer_list<std::tuple<const char *, Field::Type, Field::UrlPart, const char *>>{
             {"user", Field::Type::Text, Field::UrlPart::User, "basic"},
             {"password", Field::Type::Secret, Field::UrlPart::Password, "basic"},
             {"token", Field::Type::Secret, Field::UrlPart::Password, "bearer"}}) {
        Field &field = add(key, type, part);
        field.shownWhenKey = "auth";
        field.shownWhenValues = {shown};
    }
    add("database", Field::Type::Text, Field::UrlPart::Path);
    add("tz", Field::Type::TimeZone, Field::UrlPart::Query);
    add("rows", Field::Type::Integer, Field::UrlPart::Query);
    add("strict", Field::Type::Flag, Field::UrlPart::Query);
    return manifest;
}

core::Result<Profile> read(std::string_view url)
{
    return connector::profileFromUrl(url, {testManifest()});
}

QString shown(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

class ProfileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEachPart()
    {
        const auto profile = read("demo://ro%3Aot:p%40s%2Fs@h.example:7000/pow%20er?tz=Asia/Shanghai&rows=10&strict=true"
                                  "&ca=/etc/ca%20file.pem&cert=c&key=k&proxy=http://p:3128");
        QVERIFY(profile.ok());
        QCOMPARE(profile->connectorId, std::string("demo"));
        QCOMPARE(profile->transport, std::string("http"));
        QCOMPARE(profile->value("user"), std::string("ro:ot"));
        QCOMPARE(profile->secret("password").reveal(), std::string_view("p@s/s"));
        QCOMPARE(profile->value("host"), std::string("h.example"));
        QCOMPARE(profile->value("port"), std::string("7000"));
        QCOMPARE(profile->value("database"), std::string("pow er"));
        QCOMPARE(profile->value("tz"), std::string("Asia/Shanghai"));
        QCOMPARE(profile->value("rows"), std::string("10"));
        QCOMPARE(profile->value("strict"), std::string("true"));
        QCOMPARE(profile->network.caFile, std::string("/etc/ca file.pem"));
        QCOMPARE(profile->network.certificateFile, std::string("c"));
        QCOMPARE(profile->network.keyFile, std::string("k"));
        QCOMPARE(profile->network.proxyUrl, std::string("http://p:3128"));
        QVERIFY(profile->values.find("password") == profile->values.end());
    }

    void fillsInDefaults()
    {
        const auto profile = read("demo://u:p@h");
        QVERIFY(profile.ok());
        QCOMPARE(profile->value("port"), std::string("6041"));
        QCOMPARE(profile->value("auth"), std::string("basic"));
        QVERIFY(profile->value("database").empty());
    }

    void theSchemeSetsTheTransport()
    {
        QCOMPARE(read("demo+https://u:p@h")->transport, std::string("https"));
        QCOMPARE(read("demo+http://u:p@h")->transport, std::string("http"));
        QCOMPARE(read("DEMO+HTTPS://u:p@h")->transport, std::string("https"));
    }

    void theLastAtEndsTheUser()
    {
        const auto profile = read("demo://u%40example.com:a%40b@h");
        QVERIFY(profile.ok());
        QCOMPARE(profile->value("user"), std::string("u@example.com"));
        QCOMPARE(profile->value("host"), std::string("h"));
    }

    void theLogInDecidesWhatThePasswordIs()
    {
        const auto profile = read("demo://:to%2Fken@h/db?auth=bearer");
        QVERIFY(profile.ok());
        QCOMPARE(profile->secret("token").reveal(), std::string_view("to/ken"));
        QVERIFY(profile->secret("password").isEmpty());
        QCOMPARE(profile->value("database"), std::string("db"));
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("named");
        QTest::newRow("scheme") << QByteArray("other://u:secretpw@h") << QStringLiteral("other");
        QTest::newRow("other transport") << QByteArray("demo+ftp://u:secretpw@h") << QStringLiteral("demo+ftp");
        QTest::newRow("key") << QByteArray("demo://u:secretpw@h?zone=x") << QStringLiteral("zone");
        QTest::newRow("known keys") << QByteArray("demo://u:secretpw@h?zone=x") << QStringLiteral("auth, tz, rows, strict, ca, cert, key, proxy, server_name, fingerprint, connect_timeout, max_body, retries");
        QTest::newRow("secret as key") << QByteArray("demo://u:secretpw@h?password=secretpw") << QStringLiteral("password");
        QTest::newRow("twice") << QByteArray("demo://u:secretpw@h?tz=a&tz=b") << QStringLiteral("tz");
        QTest::newRow("choice") << QByteArray("demo://u:secretpw@h?auth=none") << QStringLiteral("basic, bearer");
        QTest::newRow("integer") << QByteArray("demo://u:secretpw@h?rows=ten") << QStringLiteral("rows");
        QTest::newRow("flag") << QByteArray("demo://u:secretpw@h?strict=1") << QStringLiteral("strict");
        QTest::newRow("port") << QByteArray("demo://u:secretpw@h:port/") << QStringLiteral("port");
        QTest::newRow("no host") << QByteArray("demo://u:secretpw@/db") << QStringLiteral("host");
        QTest::newRow("user with a bearer token") << QByteArray("demo://u:secretpw@h?auth=bearer") << QStringLiteral("user");
        QTest::newRow("broken escape") << QByteArray("demo://u:secretpw%zz@h") << QStringLiteral("%");
    }
    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, named);
        const auto profile = read(url.toStdString());
        QVERIFY(!profile.ok());
        QCOMPARE(static_cast<int>(profile.error().kind), static_cast<int>(core::ErrorKind::Usage));
        const QString text = core::toText(profile.error());
        QVERIFY2(text.contains(named), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("secretpw")), qPrintable(text));
    }

    void urlsReadBackTheSame_data()
    {
        QTest::addColumn<QByteArray>("url");
        for (const char *url : {"demo://h/", "demo+https://u@h/db", "demo://u%40x%3A@h:7000/a%2Fb?tz=Asia%2FShanghai",
                 "demo://u@[::1]:7/db?rows=5&strict=false", "demo://h/%E7%94%B5?auth=bearer&ca=%2Fa%26b%3D", "demo://u@h/x%3Fy%23z"})
            QTest::newRow(url) << QByteArray(url);
    }
    void urlsReadBackTheSame()
    {
        QFETCH(QByteArray, url);
        const auto profile = read(url.toStdString());
        QVERIFY(profile.ok());
        const std::string written = connector::urlFromProfile(*profile, testManifest());
        const auto again = read(written);
        QVERIFY2(again.ok(), written.c_str());
        QCOMPARE(again->values, profile->values);
        QCOMPARE(again->transport, profile->transport);
        QCOMPARE(shown(again->network.caFile), shown(profile->network.caFile));
        QCOMPARE(shown(connector::urlFromProfile(*again, testManifest())), shown(written));
    }

    void readsHowTheServerIsReached()
    {
        const std::string digits(64, 'a');
        const std::string pairs = "AA:" + std::string(62, 'A');
        const auto profile = read("demo://h?server_name=db.example&fingerprint=" + pairs
            + "&connect_timeout=3&max_body=2G&retries=0&key_password=k3y&proxy=socks5h://me:proxypw@p");
        QVERIFY(profile.ok());
        const http::Transport &network = profile->network;
        QCOMPARE(network.serverName, std::string("db.example"));
        QCOMPARE(network.fingerprint, digits);
        QCOMPARE(network.connectTimeout, std::chrono::milliseconds(3000));
        QCOMPARE(network.bodyLimit, std::int64_t(2) << 30);
        QCOMPARE(network.retries, 0);
        QCOMPARE(network.keyPassword.reveal(), std::string_view("k3y"));
        QCOMPARE(network.proxyUrl, std::string("socks5h://me@p"));
        QCOMPARE(network.proxyPassword.reveal(), std::string_view("proxypw"));
        const std::string url = connector::urlFromProfile(*profile, testManifest());
        QVERIFY2(url.find("k3y") == std::string::npos && url.find("key_password") == std::string::npos, url.c_str());
        const auto again = read(url);
        QVERIFY2(again.ok(), url.c_str());
        QCOMPARE(shown(connector::urlFromProfile(*again, testManifest())), shown(url));
        QCOMPARE(again->network.bodyLimit, network.bodyLimit);
        QCOMPARE(again->network.connectTimeout, network.connectTimeout);
        QCOMPARE(again->network.retries, 0);
    }

    void refusesValuesThatCannotBe_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"fingerprint=abc", "fingerprint=", "connect_timeout=0", "connect_timeout=ten", "max_body=-1", "max_body=5X",
                 "max_body=9999999999G", "retries=11", "retries=", "proxy=ftp://p", "proxy=http://me:secretpw@p:x"})
            QTest::newRow(query) << QByteArray(query);
    }
    void refusesValuesThatCannotBe()
    {
        QFETCH(QByteArray, query);
        const auto profile = read("demo://h?" + query.toStdString());
        QVERIFY(!profile.ok());
        QCOMPARE(profile.error().kind, core::ErrorKind::Usage);
        QVERIFY(!core::toText(profile.error()).contains(QLatin1String("secretpw")));
    }

    void writtenUrlsHoldNoSecret()
    {
        const auto profile = read("demo://u:secretpw@h/db?proxy=http://pu:proxypw@p:3128/");
        QVERIFY(profile.ok());
        const std::string url = connector::urlFromProfile(*profile, testManifest());
        QVERIFY2(url.find("secretpw") == std::string::npos && url.find("proxypw") == std::string::npos, url.c_str());
        QVERIFY2(url.find("p%3A3128") != std::string::npos, url.c_str());
        const auto bearer = read("demo://:secretpw@h/?auth=bearer");
        QVERIFY(connector::urlFromProfile(*bearer, testManifest()).find("secretpw") == std::string::npos);
    }
};

ONDO_TEST(ProfileTest)
#include "tst_profile.moc"
