// SPDX-License-Identifier: GPL-3.0-or-later
#include "answers.h"
#include "program.h"

#include "support/ondotest.h"
#include "support/testproxy.h"
#include "support/tlsidentity.h"

#include <QFile>

namespace {

constexpr const char *kProxyPassword = "pr0xyWord";

QStringList queryOf(const QString &target)
{
    return {QStringLiteral("query"), QStringLiteral("--url"), target, QStringLiteral("select 1"), QStringLiteral("--format"), QStringLiteral("csv")};
}

QString proxyKey(const support::FaultServer &proxy)
{
    return QStringLiteral("?proxy=socks5h://me:%1@127.0.0.1:%2").arg(QString::fromLatin1(kProxyPassword)).arg(proxy.port());
}

QString secureTarget(const support::FaultServer &server, const QString &query)
{
    return QStringLiteral("tdengine+https://root:taosdata@127.0.0.1:%1/?%2").arg(server.port()).arg(query);
}

} // namespace

// Certificates, proxies and busy servers, as the whole program meets them.
class TransportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anUntrustedCertificateIsRefusedUntilItsFingerprintIsGiven()
    {
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))), {.tls = identity.serverContext()});
        const Run refused = Program(queryOf(secureTarget(server, {}))).run();
        QCOMPARE(refused.exitCode, 3);
        QVERIFY2(refused.err.contains("self-signed") && refused.err.contains("SHA-256"), refused.err.constData());
        QVERIFY(server.requests().empty());
        const QString fingerprint = QStringLiteral("fingerprint=") + QString::fromStdString(identity.fingerprint());
        const Run accepted = Program(queryOf(secureTarget(server, fingerprint))).run();
        QVERIFY2(accepted.exitCode == 0, accepted.err.constData());
        QCOMPARE(accepted.out, QByteArray("id,name\n1,n1\n"));
    }

    void aProxyThatRefusesTheLoginIsALogin()
    {
        support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))));
        support::FaultServer proxy(support::socksProxy(server.port(), {"me", "another"}));
        const QString target = answers::target(server)
            + proxyKey(proxy);
        const Run refused = Program(queryOf(target)).run();
        QVERIFY2(refused.exitCode == 4, refused.err.constData());
        QVERIFY(refused.err.contains("proxy") && !refused.err.contains(kProxyPassword));
    }

    void aSavedProxyFindsItsPassword()
    {
        support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(1))));
        support::FaultServer proxy(support::socksProxy(server.port(), {"me", kProxyPassword}));
        QTemporaryDir home;
        const auto run = [&home](const QStringList &arguments) {
            return Program(arguments).with("ONDOGRAPH_HOME", home.path()).with("PROXY_WORD", QString::fromLatin1(kProxyPassword)).with("DB_WORD", QStringLiteral("taosdata")).run();
        };
        const QString target = answers::target(server, "root@")
            + proxyKey(proxy);
        const Run added = run({QStringLiteral("connections"), QStringLiteral("add"), QStringLiteral("a"), target, QStringLiteral("--password-env"), QStringLiteral("DB_WORD")});
        QVERIFY2(added.exitCode == 0 && added.err.contains("proxy_password"), added.err.constData());
        QVERIFY(!added.err.contains(kProxyPassword));
        const Run told = run({QStringLiteral("connections"), QStringLiteral("secret"), QStringLiteral("a"), QStringLiteral("--secret"),
            QStringLiteral("proxy_password"), QStringLiteral("--password-env"), QStringLiteral("PROXY_WORD")});
        QVERIFY2(told.exitCode == 0, told.err.constData());
        QFile file(home.filePath(QStringLiteral("connections/a.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray saved = file.readAll();
        QVERIFY2(!saved.contains(kProxyPassword) && saved.contains("socks5h://me@127.0.0.1"), saved.constData());
        const Run queried = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("a"), QStringLiteral("select 1"), QStringLiteral("--format"), QStringLiteral("csv")});
        QVERIFY2(queried.exitCode == 0, queried.err.constData());
        QCOMPARE(proxy.requests().at(0), "SOCKS 127.0.0.1:" + std::to_string(server.port()));
    }

    void aBusyServerIsAskedAgainAndTheTraceShowsIt()
    {
        std::atomic<int> refusals = 1;
        support::FaultServer server([&refusals](support::Connection &connection) {
            while (!connection.readRequest().empty())
                connection.send(refusals-- > 0 ? answers::http("busy", "503 Busy\r\nRetry-After: 0") : answers::http(answers::rows(1)));
        });
        QStringList arguments = queryOf(answers::target(server));
        arguments << QStringLiteral("--trace");
        const Run run = Program(arguments).run();
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(server.requests().size(), std::size_t(2));
        QVERIFY2(run.err.contains("attempt 2"), run.err.constData());
    }

    void theBodyLimitIsSaid()
    {
        support::FaultServer server(support::alwaysAnswer(answers::http(answers::rows(5000))));
        const Run run = Program(queryOf(answers::target(server) + QStringLiteral("?max_body=1K"))).run();
        QVERIFY(run.exitCode != 0);
        QVERIFY2(run.err.contains("1024 bytes") && run.err.contains("max_body"), run.err.constData());
    }
};

ONDO_TEST(TransportTest)
#include "tst_transport.moc"
