// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redirect.h"
#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <QtGlobal>

namespace {

http::Request statement(const std::string &url, bool reads)
{
    http::Request request;
    request.method = "POST";
    request.url = url;
    request.body = "select 1";
    request.headers = {{"Content-Type", "text/plain"}, {"Authorization", "Basic c2VjcmV0", true}};
    request.safeToRepeat = reads;
    return request;
}

http::Head pointing(int status, const std::string &location)
{
    http::Head head;
    head.status = status;
    head.headers = {{"Location", location}};
    return head;
}

std::string moved(const std::string &location)
{
    return "HTTP/1.1 307 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

bool hasLogin(const http::Request &request)
{
    for (const http::Header &header : request.headers) {
        if (header.name == "Authorization")
            return true;
    }
    return false;
}

} // namespace

class RedirectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolves_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("whole") << QByteArray("https://b.example/x?y=1") << QByteArray("https://b.example/x?y=1");
        QTest::newRow("host") << QByteArray("//b.example/x") << QByteArray("http://b.example/x");
        QTest::newRow("path") << QByteArray("/x/y?z=a%2Fb") << QByteArray("http://a.example:81/x/y?z=a%2Fb");
        QTest::newRow("relative") << QByteArray("x?u=http://c/") << QByteArray("http://a.example:81/rest/x?u=http://c/");
        QTest::newRow("query") << QByteArray("?z") << QByteArray("http://a.example:81/rest/sql?z");
        QTest::newRow("fragment") << QByteArray("/x#top") << QByteArray("http://a.example:81/x");
        QTest::newRow("another scheme") << QByteArray("ftp://b.example/x") << QByteArray();
        QTest::newRow("file") << QByteArray("file:///etc/passwd") << QByteArray();
        QTest::newRow("script") << QByteArray("javascript:alert(1)") << QByteArray();
        QTest::newRow("user") << QByteArray("http://me:pw@b.example/") << QByteArray();
    }
    void resolves()
    {
        QFETCH(QByteArray, location);
        QFETCH(QByteArray, expected);
        QCOMPARE(http::resolvedLocation("http://a.example:81/rest/sql?q=1", location.toStdString()), expected.toStdString());
    }

    void decidesWhatIsFollowed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("reads");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("isFollowed");
        QTest::addColumn<bool>("keepsLogin");
        const QByteArray other("http://b.example/sql");
        QTest::newRow("same server") << 307 << false << QByteArray("/sql") << true << true;
        QTest::newRow("same server for good") << 308 << true << QByteArray("/sql") << true << true;
        QTest::newRow("a statement that reads, another host") << 307 << true << other << true << false;
        QTest::newRow("a statement that writes, another host") << 307 << false << other << false << false;
        QTest::newRow("another port") << 307 << true << QByteArray("http://a.example:82/sql") << true << false;
        QTest::newRow("upgraded") << 307 << false << QByteArray("https://a.example:81/sql") << true << true;
        QTest::newRow("case of the host") << 307 << false << QByteArray("http://A.EXAMPLE:81/sql") << true << true;
        QTest::newRow("POST moved") << 302 << true << QByteArray("/sql") << false << false;
        QTest::newRow("POST moved for good") << 301 << true << QByteArray("/sql") << false << false;
        QTest::newRow("not modified") << 304 << true << QByteArray("/sql") << false << false;
        QTest::newRow("see other") << 303 << true << QByteArray("/result/7") << true << true;
        QTest::newRow("no place") << 307 << true << QByteArray() << false << false;
    }
    void decidesWhatIsFollowed()
    {
        QFETCH(int, status);
        QFETCH(bool, reads);
        QFETCH(QByteArray, location);
        QFETCH(bool, isFollowed);
        QFETCH(bool, keepsLogin);
        const auto next = http::redirected(statement("http://a.example:81/sql", reads), pointing(status, location.toStdString()));
        QCOMPARE(next.has_value(), isFollowed);
        if (!next)
            return;
        QCOMPARE(hasLogin(*next), keepsLogin);
        QCOMPARE(next->body, status == 303 ? std::string() : std::string("select 1"));
        QCOMPARE(next->method, status == 303 ? std::string("GET") : std::string("POST"));
    }

    void neverGoesFromHttpsToHttp()
    {
        QVERIFY(!http::redirected(statement("https://a.example/sql", true), pointing(307, "http://a.example/sql")));
    }

    void goesToAnotherServerWithoutTheLogin()
    {
        support::FaultServer target(support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        support::FaultServer server(support::alwaysAnswer(moved(target.url() + "moved")));
        std::vector<http::Exchange> hops;
        const auto client = http::createClient({});
        auto answer = http::sendFollowing(*client, statement(server.url(), true), {}, [&](const http::Exchange &hop) { hops.push_back(hop); });
        ONDO_VERIFY_OK(answer);
        QCOMPARE(http::readAll(**answer, 10).valueOr({}), std::string("ok"));
        QCOMPARE(hops.size(), std::size_t(1));
        QVERIFY(hops[0].finished && hops[0].head && hops[0].head->status == 307);
        QVERIFY(server.requests().at(0).find("Authorization: Basic c2VjcmV0") != std::string::npos);
        const std::string second = target.requests().at(0);
        QVERIFY(second.starts_with("POST /moved HTTP/1.1\r\n"));
        QVERIFY(second.find("Authorization") == std::string::npos);
        QVERIFY(second.ends_with("select 1"));
    }

    void endsARoundTrip()
    {
        support::FaultServer server(support::alwaysAnswer(moved("/again")));
        int hops = 0;
        const auto client = http::createClient({});
        auto answer = http::sendFollowing(*client, statement(server.url(), true), {}, [&](const http::Exchange &) { ++hops; });
        ONDO_VERIFY_OK(answer);
        QCOMPARE((*answer)->head().status, 307);
        QCOMPARE(hops, http::kMostRedirects);
        QCOMPARE(server.requests().size(), std::size_t(http::kMostRedirects + 1));
    }
};

ONDO_TEST(RedirectTest)
#include "tst_redirect.moc"
