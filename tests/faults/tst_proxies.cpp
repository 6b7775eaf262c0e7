// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"
#include "http/proxy.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/testproxy.h"
#include "support/tlsidentity.h"
#include "support/why.h"

#include <optional>

namespace {

constexpr const char *kDirect = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ndirect";

struct ProxyOutcome {
    std::string body;
    std::optional<core::Error> error;
    http::Exchange exchange;
    QString all() const
    {
        return (error ? core::toText(*error) : QString()) + QString::fromStdString(http::toText(exchange));
    }
};

ProxyOutcome fetchBy(const std::string &url, const http::Transport &transport)
{
    ProxyOutcome outcome;
    http::Request request;
    request.url = url;
    request.safeToRepeat = true;
    auto sent = http::createClient(transport)->send(request, {}, &outcome.exchange);
    if (!sent) {
        outcome.error = sent.error();
        return outcome;
    }
    outcome.body = http::readAll(**sent, 100).valueOr({});
    outcome.exchange = (*sent)->exchange();
    return outcome;
}

http::Transport by(const std::string &scheme, const support::FaultServer &proxy, const std::string &password = {})
{
    http::Transport transport;
    transport.proxyUrl = scheme + (password.empty() ? "://" : "://me@") + "127.0.0.1:" + std::to_string(proxy.port());
    transport.proxyPassword = core::Secret(password);
    transport.retries = 0;
    return transport;
}

// Sets variables of the environment for as long as it lives.
class Environment
{
public:
    explicit Environment(std::vector<std::pair<const char *, QByteArray>> variables)
        : m_variables(std::move(variables))
    {
        for (const auto &[name, value] : m_variables)
            qputenv(name, value);
    }
    ~Environment()
    {
        for (const auto &[name, value] : m_variables)
            qunsetenv(name);
    }
    Environment(const Environment &) = delete;
    Environment &operator=(const Environment &) = delete;

private:
    std::vector<std::pair<const char *, QByteArray>> m_variables;
};

} // namespace

// Real small proxies on the way: with and without a log-in, of the profile and of the environment.
class ProxiesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        for (const char *name : { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY" })
            qunsetenv(name);
    }

    void tunnelsWithALogin()
    {
        const support::TlsIdentity identity("db.test");
        support::FaultServer server(support::alwaysAnswer(kDirect), { .tls = identity.serverContext() });
        support::FaultServer proxy(support::connectProxy(server.port(), { "me", "pr0xy:P@ss" }));
        http::Transport transport = by("http", proxy, "pr0xy:P@ss");
        transport.caFile = identity.certificateFile();
        const ProxyOutcome outcome = fetchBy("https://db.test:6041/x", transport);
        QVERIFY2(outcome.body == "direct", qPrintable(outcome.all()));
        QVERIFY(proxy.requests().at(0).starts_with("CONNECT db.test:6041 "));
        QVERIFY(server.requests().at(0).starts_with("GET /x "));
        QVERIFY(server.requests().at(0).find("Proxy-Authorization") == std::string::npos);
        QVERIFY(!outcome.all().contains(QLatin1String("pr0xy")));
    }

    void aRefusedLoginIsALogin_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<bool>("hasTls");
        QTest::addColumn<bool>("givesPassword");
        for (const bool gives : { false, true }) {
            QTest::addRow("tunnel %d", gives) << QStringLiteral("http") << true << gives;
            QTest::addRow("plain %d", gives) << QStringLiteral("http") << false << gives;
            QTest::addRow("socks %d", gives) << QStringLiteral("socks5h") << false << gives;
        }
    }
    void aRefusedLoginIsALogin()
    {
        QFETCH(QString, scheme);
        QFETCH(bool, hasTls);
        QFETCH(bool, givesPassword);
        support::FaultServer server(support::alwaysAnswer(kDirect));
        const support::ProxyLogin login { "me", "right" };
        support::FaultServer proxy(scheme == QLatin1String("http") ? support::connectProxy(server.port(), login)
                                                                   : support::socksProxy(server.port(), login));
        const ProxyOutcome outcome = fetchBy(
            hasTls ? "https://db.test/" : "http://db.test/", by(scheme.toStdString(), proxy, givesPassword ? "wr0ngPass" : ""));
        QVERIFY(outcome.error);
        QVERIFY2(outcome.error->kind == core::ErrorKind::Login, qPrintable(outcome.all()));
        QCOMPARE(core::exitCode(outcome.error->kind), 4);
        QVERIFY2(outcome.error->message.contains(QStringLiteral("127.0.0.1:%1").arg(proxy.port())), qPrintable(outcome.all()));
        QVERIFY(outcome.error->hint.contains(QLatin1String("proxy=")) && !outcome.error->mayHaveRun);
        QVERIFY(!outcome.all().contains(QLatin1String("wr0ngPass")));
        QVERIFY(server.requests().empty());
    }

    void socksWithALogin_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("host");
        QTest::newRow("names by the proxy") << QStringLiteral("socks5h") << QStringLiteral("db.test");
        QTest::newRow("names looked up here") << QStringLiteral("socks5") << QStringLiteral("127.0.0.1");
    }
    void socksWithALogin()
    {
        QFETCH(QString, scheme);
        QFETCH(QString, host);
        support::FaultServer server(support::alwaysAnswer(kDirect));
        support::FaultServer proxy(support::socksProxy(server.port(), { "me", "s0cksPass" }));
        const ProxyOutcome outcome = fetchBy("http://" + host.toStdString() + ":6041/x", by(scheme.toStdString(), proxy, "s0cksPass"));
        QVERIFY2(outcome.body == "direct", qPrintable(outcome.all()));
        QCOMPARE(proxy.requests().at(0), "SOCKS " + host.toStdString() + ":6041");
        QVERIFY(server.requests().at(0).starts_with("GET /x HTTP/1.1\r\nHost: " + host.toStdString() + ":6041\r\n"));
        QVERIFY(!outcome.all().contains(QLatin1String("s0cksPass")));
    }

    void theEnvironmentCountsWhenAskedFor()
    {
        support::FaultServer server(support::alwaysAnswer(kDirect));
        support::FaultServer proxy(support::connectProxy(server.port(), { "me", "right" }));
        const Environment environment({ { "http_proxy", "http://me:right@127.0.0.1:" + QByteArray::number(proxy.port()) } });
        http::Transport transport;
        transport.proxyUrl = http::Transport::kSystemProxy;
        QCOMPARE(fetchBy(server.url(), transport).body, std::string("by proxy"));
        transport.proxyUrl = http::Transport::kNoProxy;
        QCOMPARE(fetchBy(server.url(), transport).body, std::string("direct"));
        transport.proxyUrl.clear();
        QCOMPARE(fetchBy(server.url(), transport).body, std::string("direct"));
        qputenv("no_proxy", "db.example, 127.0.0.0/8");
        transport.proxyUrl = http::Transport::kSystemProxy;
        QCOMPARE(fetchBy(server.url(), transport).body, std::string("direct"));
    }

    void theEnvironmentsVariablesByScheme()
    {
        const Environment environment({ { "https_proxy", "tls.example:1" }, { "all_proxy", "socks5h://all.example" } });
        http::Transport transport;
        transport.proxyUrl = http::Transport::kSystemProxy;
        const auto plain = http::proxyFor("http", "db.test", transport);
        const auto secure = http::proxyFor("https", "db.test", transport);
        QVERIFY(plain.ok() && secure.ok());
        QCOMPARE(plain->scheme, std::string("socks5h"));
        QCOMPARE(plain->hostAndPort(), std::string("all.example:1080"));
        QCOMPARE(secure->hostAndPort(), std::string("tls.example:1"));
    }

    void listsOfHostsWithoutAProxy_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<bool>("isListed");
        QTest::newRow("all") << QByteArray("db.test") << QByteArray("*") << true;
        QTest::newRow("same") << QByteArray("DB.test") << QByteArray("x,db.TEST") << true;
        QTest::newRow("below") << QByteArray("a.db.test") << QByteArray("db.test") << true;
        QTest::newRow("dot") << QByteArray("db.test") << QByteArray(".test") << true;
        QTest::newRow("only its end") << QByteArray("mydb.test") << QByteArray("db.test") << false;
        QTest::newRow("final dot") << QByteArray("db.test.") << QByteArray("db.test") << true;
        QTest::newRow("range") << QByteArray("10.1.2.3") << QByteArray("192.168.0.0/16 10.0.0.0/8") << true;
        QTest::newRow("out of range") << QByteArray("11.1.2.3") << QByteArray("10.0.0.0/8") << false;
        QTest::newRow("odd range") << QByteArray("10.1.130.3") << QByteArray("10.1.128.0/17") << true;
        QTest::newRow("six") << QByteArray("::1") << QByteArray("[::1]") << true;
        QTest::newRow("six in a range") << QByteArray("fd00::1:2") << QByteArray("fd00::/8") << true;
        QTest::newRow("broken range") << QByteArray("10.1.2.3") << QByteArray("10.0.0.0/99") << false;
        QTest::newRow("empty") << QByteArray("db.test") << QByteArray("") << false;
    }
    void listsOfHostsWithoutAProxy()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, list);
        QFETCH(bool, isListed);
        QCOMPARE(http::isListedHost(host.toStdString(), list.toStdString()), isListed);
    }

    void proxiesThatCannotBeAreRefused_data()
    {
        QTest::addColumn<QByteArray>("url");
        for (const char *url : { "https://p:1", "ftp://p", "socks4://p", "http://me:s3cret pass@p", "http://", "p:99999" })
            QTest::newRow(url) << QByteArray(url);
    }
    void proxiesThatCannotBeAreRefused()
    {
        QFETCH(QByteArray, url);
        const auto proxy = http::proxyFrom(url.toStdString());
        QVERIFY(!proxy.ok());
        QCOMPARE(proxy.error().kind, core::ErrorKind::Usage);
        QVERIFY(!core::toText(proxy.error()).contains(QLatin1String("s3cret")));
    }
};

ONDO_TEST(ProxiesTest)
#include "tst_proxies.moc"
