// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/tlsidentity.h"
#include "support/why.h"

#include <atomic>
#include <cstring>
#include <fstream>
#include <optional>
#include <thread>

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

// Names under ".test" never leave the process: "held.test" resolves when the gate opens, all others do not exist.
struct TestNames {
    std::atomic<bool> isAsked = false;
    support::Gate gate;
};
std::atomic<TestNames *> testNames = nullptr;

int resolveTestName(const char *name)
{
    TestNames *names = testNames;
    if (names && std::strcmp(name, "held.test") == 0) {
        names->isAsked = true;
        names->gate.wait();
    }
    return EAI_NONAME;
}

} // namespace

extern "C" Q_DECL_EXPORT int getaddrinfo(const char *name, const char *service, const addrinfo *hints, addrinfo **result)
{
    if (name && std::string_view(name).ends_with(".test"))
        return resolveTestName(name);
    using Function = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, result);
}

namespace {

http::Request getFrom(const std::string &url)
{
    http::Request request;
    request.url = url;
    return request;
}

// Runs a request on a thread of its own until it ends, and hands back its error.
class Background
{
public:
    Background(http::Client &client, const http::Request &request, bool readsBody = false)
        : m_thread([this, &client, request, readsBody] { run(client, request, readsBody); })
    {
    }
    ~Background() { finish(); }

    const std::optional<core::Error> &stopAndFinish()
    {
        m_stop.request_stop();
        finish();
        return m_error;
    }
    support::Gate &hasHead() { return m_hasHead; }

private:
    void run(http::Client &client, const http::Request &request, bool readsBody)
    {
        auto sent = client.send(request, m_stop.get_token());
        m_hasHead.open();
        if (!sent)
            m_error = sent.error();
        else if (auto body = readsBody ? http::readAll(**sent, 1 << 20) : core::Result<std::string>(std::string()); !body)
            m_error = body.error();
    }
    void finish()
    {
        if (m_thread.joinable())
            m_thread.join();
    }

    std::stop_source m_stop;
    support::Gate m_hasHead;
    std::optional<core::Error> m_error;
    std::thread m_thread;
};

// A port whose queue of connections is full: the next connect gets no answer at all.
class FullPort
{
public:
    FullPort()
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        m_sockets[0] = socket(AF_INET, SOCK_STREAM, 0);
        bind(m_sockets[0], reinterpret_cast<sockaddr *>(&address), size);
        listen(m_sockets[0], 0);
        getsockname(m_sockets[0], reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_sockets[1] = socket(AF_INET, SOCK_STREAM, 0);
        connect(m_sockets[1], reinterpret_cast<sockaddr *>(&address), size);
    }
    ~FullPort()
    {
        close(m_sockets[1]);
        close(m_sockets[0]);
    }
    FullPort(const FullPort &) = delete;
    FullPort &operator=(const FullPort &) = delete;

    std::uint16_t port() const { return m_port; }

    // Waits until a socket of this machine is knocking.
    void waitForKnock() const
    {
        for (;;) {
            std::ifstream table("/proc/net/tcp");
            std::string line;
            while (std::getline(table, line)) {
                unsigned port = 0;
                unsigned state = 0;
                constexpr unsigned kSynSent = 2;
                if (std::sscanf(line.c_str(), " %*u: %*8X:%*4X %*8X:%4X %2X", &port, &state) == 2 && port == m_port
                    && state == kSynSent)
                    return;
            }
            std::this_thread::yield();
        }
    }

private:
    int m_sockets[2];
    std::uint16_t m_port = 0;
};

} // namespace

// Names that do not exist, ports that refuse, certificates that do not match; and a stop at each step on the way.
class ConnectingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusedPortIsNamed()
    {
        const std::uint16_t port = support::closedPort();
        http::Exchange failed;
        const auto sent = http::createClient({})->send(getFrom("http://127.0.0.1:" + std::to_string(port) + "/x"), {}, &failed);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QVERIFY(sent.error().message.contains(QStringLiteral("127.0.0.1:%1").arg(port)));
        QVERIFY(!sent.error().hint.isEmpty() && !sent.error().mayHaveRun);
        QCOMPARE(failed.timings.sent, -1);
    }

    void unknownNameIsNamed()
    {
        const auto sent = http::createClient({})->send(getFrom("http://no-such-host.test:6041/"), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
        QVERIFY(sent.error().message.contains(QLatin1String("no-such-host.test")));
        QVERIFY(sent.error().message.contains(QLatin1String("6041")));
    }

    void badProxyIsNamedWithoutItsPassword()
    {
        http::Transport transport;
        const std::uint16_t port = support::closedPort();
        transport.proxyUrl = "http://me:pr0xyPass@127.0.0.1:" + std::to_string(port);
        const auto sent = http::createClient(transport)->send(getFrom("http://db.test/"), {});
        QVERIFY(!sent.ok());
        const QString text = core::toText(sent.error());
        QVERIFY2(text.contains(QLatin1String("proxy")) && text.contains(QString::number(port)), qPrintable(text));
        QVERIFY(!text.contains(QLatin1String("pr0xyPass")));
    }

    void proxyThatRefusesATunnelIsSaid_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        QTest::newRow("forbidden") << 403 << static_cast<int>(core::ErrorKind::Network);
        QTest::newRow("log-in") << 407 << static_cast<int>(core::ErrorKind::Login);
    }
    void proxyThatRefusesATunnelIsSaid()
    {
        QFETCH(int, status);
        QFETCH(int, kind);
        support::FaultServer proxy(support::alwaysAnswer("HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: 0\r\n\r\n"));
        http::Transport transport;
        transport.proxyUrl = proxy.url("");
        http::Exchange failed;
        const auto sent = http::createClient(transport)->send(getFrom("https://db.test/"), {}, &failed);
        QVERIFY(!sent.ok());
        QCOMPARE(static_cast<int>(sent.error().kind), kind);
        QCOMPARE(sent.error().httpStatus, status);
        QVERIFY(!sent.error().mayHaveRun && !failed.head);
        QVERIFY(proxy.requests().at(0).starts_with("CONNECT db.test:443 "));
    }

    void silentPortTimesOut()
    {
        const FullPort full;
        http::Request request = getFrom("http://127.0.0.1:" + std::to_string(full.port()) + "/");
        request.connectTimeout = std::chrono::milliseconds(50);
        const auto sent = http::createClient({})->send(request, {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Timeout);
        QVERIFY(sent.error().message.contains(QString::number(full.port())));
        QVERIFY(!sent.error().mayHaveRun);
    }

    void unknownCertificateIsRefusedWithTheReason()
    {
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 200 OK\r\n\r\n"), { .tls = identity.serverContext() });
        const auto sent = http::createClient({})->send(getFrom(server.url()), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Tls);
        QVERIFY2(sent.error().message.contains(QLatin1String("self-signed")), qPrintable(sent.error().message));
        QVERIFY(sent.error().hint.contains(QLatin1String("ca=")));
        QVERIFY(server.requests().empty());
    }

    void namedAuthorityIsTrusted()
    {
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer server(
            support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), { .tls = identity.serverContext() });
        const auto client = http::createClient({ .caFile = identity.certificateFile() });
        for (const bool kept : { false, true }) {
            http::Request request = getFrom(server.url());
            request.safeToRepeat = true;
            auto sent = client->send(request, {});
            ONDO_VERIFY_OK(sent);
            QCOMPARE(http::readAll(**sent, 10).valueOr({}), std::string("ok"));
            QCOMPARE((*sent)->exchange().keptConnection, kept);
            QCOMPARE((*sent)->exchange().timings.tls >= 0, !kept);
        }
    }

    void certificateForAnotherHostIsRefused()
    {
        const support::TlsIdentity identity("db.example");
        support::FaultServer server(support::alwaysAnswer("x"), { .tls = identity.serverContext() });
        const auto sent = http::createClient({ .caFile = identity.certificateFile() })->send(getFrom(server.url()), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Tls);
        QVERIFY2(sent.error().message.contains(QLatin1String("127.0.0.1")), qPrintable(sent.error().message));
    }

    void clientCertificateIsShown()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::TlsIdentity person("someone");
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
            { .tls = identity.serverContext(&person) });
        http::Transport transport;
        transport.caFile = identity.certificateFile();
        QVERIFY(!http::createClient(transport)->send(getFrom(server.url()), {}).ok());
        transport.certificateFile = person.certificateFile();
        transport.keyFile = person.keyFile();
        const auto sent = http::createClient(transport)->send(getFrom(server.url()), {});
        ONDO_VERIFY_OK(sent);
    }

    void missingFilesAreTlsErrors_data()
    {
        QTest::addColumn<bool>("isAuthority");
        QTest::newRow("ca") << true;
        QTest::newRow("cert") << false;
    }
    void missingFilesAreTlsErrors()
    {
        QFETCH(bool, isAuthority);
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer server(support::alwaysAnswer("x"), { .tls = identity.serverContext() });
        http::Transport transport;
        (isAuthority ? transport.caFile : transport.certificateFile) = "/nonexistent/file.pem";
        const auto sent = http::createClient(transport)->send(getFrom(server.url()), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Tls);
        QVERIFY2(sent.error().hint.contains(isAuthority ? QLatin1String("ca=") : QLatin1String("cert=")), qPrintable(sent.error().hint));
    }

    void plainServerBehindHttpsIsSaid()
    {
        support::FaultServer server([](support::Connection &connection) { connection.send("HTTP/1.1 400 Bad\r\n\r\n"); });
        const auto sent = http::createClient({})->send(getFrom("https" + server.url().substr(4)), {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Tls);
        QVERIFY2(sent.error().hint.contains(QLatin1String("http instead of https")), qPrintable(core::toText(sent.error())));
    }

    void writingToATlsServerThatLeftDoesNotKill()
    {
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer server([](support::Connection &connection) { connection.reset(); }, { .tls = identity.serverContext() });
        http::Request request = getFrom(server.url());
        request.method = "POST";
        request.body.assign(8'000'000, 'x');
        const auto sent = http::createClient({ .caFile = identity.certificateFile() })->send(request, {});
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Network);
    }

    void stopsWhileTheNameIsLookedUp()
    {
        static TestNames names; // the resolver's thread outlives the request, and here the test
        testNames = &names;
        {
            const auto client = http::createClient({});
            Background request(*client, getFrom("http://held.test:6041/"));
            while (!names.isAsked)
                std::this_thread::yield();
            const auto &error = request.stopAndFinish();
            QVERIFY(error);
            QCOMPARE(error->kind, core::ErrorKind::Cancelled);
            QVERIFY(!error->mayHaveRun);
        }
        names.gate.open();
    }

    void stopsWhileConnecting()
    {
        const FullPort full;
        const auto client = http::createClient({});
        Background request(*client, getFrom("http://127.0.0.1:" + std::to_string(full.port()) + "/"));
        full.waitForKnock();
        const auto &error = request.stopAndFinish();
        QVERIFY(error);
        QCOMPARE(error->kind, core::ErrorKind::Cancelled);
        QVERIFY(!error->mayHaveRun);
    }

    void stopsWhileWaitingForTheHead()
    {
        support::Gate asked;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            asked.open();
            connection.waitUntilClosed();
        });
        const auto client = http::createClient({});
        Background request(*client, getFrom(server.url()));
        asked.wait();
        const auto &error = request.stopAndFinish();
        QVERIFY(error);
        QCOMPARE(error->kind, core::ErrorKind::Cancelled);
        QVERIFY(error->mayHaveRun);
    }

    void stopsWhileWaitingForTheBody()
    {
        support::FaultServer server([](support::Connection &connection) {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n\r\nabc");
            connection.waitUntilClosed();
        });
        const auto client = http::createClient({});
        Background request(*client, getFrom(server.url()), true);
        request.hasHead().wait();
        const auto &error = request.stopAndFinish();
        QVERIFY(error);
        QCOMPARE(error->kind, core::ErrorKind::Cancelled);
    }

    void stopsBetweenReadsThoughBytesAreThere()
    {
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef"));
        std::stop_source stop;
        auto sent = http::createClient({})->send(getFrom(server.url()), stop.get_token());
        ONDO_VERIFY_OK(sent);
        stop.request_stop();
        char byte = 0;
        const auto read = (*sent)->read({ &byte, 1 }, std::chrono::steady_clock::time_point::max());
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, core::ErrorKind::Cancelled);
    }

    void nothingIsSentAfterAStop()
    {
        support::FaultServer server(support::alwaysAnswer("x"));
        std::stop_source stop;
        stop.request_stop();
        const auto sent = http::createClient({})->send(getFrom(server.url()), stop.get_token());
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, core::ErrorKind::Cancelled);
        QCOMPARE(server.connectionCount(), 0);
    }
};

ONDO_TEST(ConnectingTest)
#include "tst_connecting.moc"
