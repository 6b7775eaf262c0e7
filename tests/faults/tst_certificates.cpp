// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redirect.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/tlsidentity.h"
#include "support/why.h"

#include <algorithm>

namespace {

using Reason = http::CertificateProblem::Reason;
using std::chrono::seconds;

constexpr const char *kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

struct TlsOutcome {
    std::optional<core::Error> error;
    http::Exchange exchange;
    std::string body;

    bool has(Reason reason) const
    {
        return exchange.tls && exchange.tls->problem
            && std::ranges::find(exchange.tls->problem->reasons, reason) != exchange.tls->problem->reasons.end();
    }
    QString text() const { return error ? core::toText(*error) : QString(); }
};

TlsOutcome ask(const std::string &url, const http::Transport &transport)
{
    TlsOutcome outcome;
    http::Request request;
    request.url = url;
    request.safeToRepeat = true;
    const auto client = http::createClient(transport);
    auto sent = client->send(request, {}, &outcome.exchange);
    if (!sent) {
        outcome.error = sent.error();
        return outcome;
    }
    auto body = http::readAll(**sent, 1000);
    outcome.exchange = (*sent)->exchange();
    if (body)
        outcome.body = body.value();
    else
        outcome.error = body.error();
    return outcome;
}

struct TlsServer {
    explicit TlsServer(const support::TlsIdentity &identity, const support::TlsIdentity *clientsOf = nullptr)
        : server(support::alwaysAnswer(kAnswer), { .tls = identity.serverContext(clientsOf) })
    {
    }
    support::FaultServer server;
};

} // namespace

// Certificates that must not be trusted, what is said of them, and the ways in which a person lets one in.
class CertificatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anExpiredOneIsRefusedWithItsDate()
    {
        const support::TlsIdentity authority("Test authority");
        const support::TlsIdentity identity("127.0.0.1", { seconds(-7200), seconds(-3600), &authority });
        TlsServer tls(identity);
        const TlsOutcome outcome = ask(tls.server.url(), { .caFile = authority.certificateFile() });
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Tls);
        QVERIFY2(outcome.has(Reason::Expired), qPrintable(outcome.text()));
        QCOMPARE(outcome.exchange.tls->problem->reasons.size(), std::size_t(1));
        const QDateTime end = QDateTime::currentDateTimeUtc().addSecs(-3600);
        QVERIFY2(outcome.error->message.contains(end.toString(QStringLiteral("yyyy-MM-dd"))), qPrintable(outcome.text()));
        QVERIFY(tls.server.requests().empty());
    }

    void oneThatIsNotYetValidIsRefused()
    {
        const support::TlsIdentity identity("127.0.0.1", { seconds(3600), seconds(7200), nullptr });
        TlsServer tls(identity);
        const TlsOutcome outcome = ask(tls.server.url(), { .caFile = identity.certificateFile() });
        QVERIFY2(outcome.has(Reason::NotYetValid), qPrintable(outcome.text()));
    }

    void allThatIsWrongIsSaid()
    {
        const support::TlsIdentity identity("db.example", { seconds(-7200), seconds(-3600), nullptr });
        TlsServer tls(identity);
        const TlsOutcome outcome = ask(tls.server.url(), {});
        QVERIFY(outcome.has(Reason::SelfSigned) && outcome.has(Reason::Expired) && outcome.has(Reason::NameMismatch));
        QVERIFY(!outcome.has(Reason::UnknownIssuer));
        QVERIFY2(outcome.text().contains(QLatin1String("\"127.0.0.1\" but for db.example")), qPrintable(outcome.text()));
        QVERIFY(outcome.text().contains(http::shownFingerprint(identity.fingerprint())));
    }

    void anUnknownIssuerIsNamed()
    {
        const support::TlsIdentity authority("Own authority");
        const support::TlsIdentity identity("127.0.0.1", { seconds(-60), seconds(3600), &authority });
        TlsServer tls(identity);
        const TlsOutcome outcome = ask(tls.server.url(), {});
        QVERIFY(outcome.has(Reason::UnknownIssuer));
        QVERIFY2(outcome.text().contains(QLatin1String("Own authority")) && outcome.text().contains(QLatin1String("ca=")), qPrintable(outcome.text()));
        const TlsOutcome trusted = ask(tls.server.url(), { .caFile = authority.certificateFile() });
        QCOMPARE(trusted.body, std::string("ok"));
    }

    void theChainIsKnownOfGoodAndBad()
    {
        const support::TlsIdentity identity("127.0.0.1");
        TlsServer tls(identity);
        for (const bool isTrusted : { false, true }) {
            const TlsOutcome outcome = ask(tls.server.url(), { .caFile = isTrusted ? identity.certificateFile() : std::string() });
            QVERIFY(outcome.exchange.tls);
            const http::TlsFacts &facts = *outcome.exchange.tls;
            QCOMPARE(facts.problem.has_value(), !isTrusted);
            QCOMPARE(facts.version, std::string("TLSv1.3"));
            QVERIFY(!facts.cipher.empty());
            QCOMPARE(facts.chain.size(), std::size_t(1));
            QCOMPARE(facts.chain[0].subject, std::string("CN=127.0.0.1"));
            QCOMPARE(facts.chain[0].names, std::vector<std::string>{"127.0.0.1"});
            QCOMPARE(facts.chain[0].sha256, identity.fingerprint());
            QVERIFY(facts.chain[0].validUntilMs - facts.chain[0].validFromMs == 7'200'000);
            QVERIFY(facts.chain[0].pem.starts_with("-----BEGIN CERTIFICATE-----"));
        }
    }

    void aKeptConnectionIsKnownToo()
    {
        const support::TlsIdentity identity("127.0.0.1");
        TlsServer tls(identity);
        const auto client = http::createClient({ .caFile = identity.certificateFile() });
        for (const bool isKept : { false, true }) {
            http::Request request;
            request.url = tls.server.url();
            request.safeToRepeat = true;
            auto sent = client->send(request, {});
            ONDO_VERIFY_OK(sent);
            QVERIFY(http::readAll(**sent, 10).ok());
            QCOMPARE((*sent)->exchange().keptConnection, isKept);
            QVERIFY((*sent)->exchange().tls && !(*sent)->exchange().tls->chain.empty());
        }
    }

    void aFingerprintLetsInThatCertificateAlone()
    {
        // Expired, self-signed and for another host: only the fingerprint counts.
        const support::TlsIdentity accepted("db.example", { seconds(-7200), seconds(-3600), nullptr });
        const support::TlsIdentity other("db.example", { seconds(-7200), seconds(-3600), nullptr });
        TlsServer tls(accepted);
        TlsServer replaced(other);
        const http::Transport transport { .fingerprint = accepted.fingerprint() };
        const TlsOutcome outcome = ask(tls.server.url(), transport);
        QVERIFY2(!outcome.error, qPrintable(outcome.text()));
        QVERIFY(outcome.exchange.tls && outcome.exchange.tls->isAcceptedByFingerprint);
        QVERIFY(http::toText(outcome.exchange).find("accepted by its fingerprint") != std::string::npos);
        const TlsOutcome refused = ask(replaced.server.url(), transport);
        QVERIFY(refused.error && refused.has(Reason::NotTheAccepted));
        QVERIFY(refused.text().contains(http::shownFingerprint(other.fingerprint())));
        QVERIFY(replaced.server.requests().empty());
    }

    void aTrustedCertificateIsNotTheAcceptedOne()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::TlsIdentity accepted("127.0.0.1");
        TlsServer tls(identity);
        const TlsOutcome outcome = ask(tls.server.url(), { .caFile = identity.certificateFile(), .fingerprint = accepted.fingerprint() });
        QVERIFY(outcome.error && outcome.has(Reason::NotTheAccepted));
    }

    void whatOneClientAcceptsServesNoOther()
    {
        const support::TlsIdentity identity("127.0.0.1");
        TlsServer tls(identity);
        const auto accepting = http::createClient({ .fingerprint = identity.fingerprint() });
        const auto strict = http::createClient({});
        http::Request request;
        request.url = tls.server.url();
        request.safeToRepeat = true;
        for (int round = 0; round < 2; ++round) {
            auto sent = accepting->send(request, {});
            ONDO_VERIFY_OK(sent);
            QVERIFY(http::readAll(**sent, 10).ok());
            QVERIFY(!strict->send(request, {}).ok());
        }
        QCOMPARE(tls.server.requests().size(), std::size_t(2));
        // The profile's exception is not for other servers either.
        request.isElsewhere = true;
        QVERIFY(!accepting->send(request, {}).ok());
        QCOMPARE(tls.server.requests().size(), std::size_t(2));
    }

    void theServersNameCanBeAnother()
    {
        const support::TlsIdentity identity("db.example");
        TlsServer tls(identity);
        const http::Transport transport { .caFile = identity.certificateFile(), .serverName = "db.example" };
        const TlsOutcome outcome = ask(tls.server.url("/x"), transport);
        QVERIFY2(!outcome.error, qPrintable(outcome.text()));
        const std::string request = tls.server.requests().at(0);
        QVERIFY2(request.starts_with("GET /x HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(tls.server.port()) + "\r\n"), request.c_str());
        http::Transport wrong = transport;
        wrong.serverName = "other.example";
        const TlsOutcome refused = ask(tls.server.url(), wrong);
        QVERIFY(refused.has(Reason::NameMismatch));
        QVERIFY2(refused.text().contains(QLatin1String("other.example")), qPrintable(refused.text()));
    }

    void looksWithoutAsking()
    {
        const support::TlsIdentity identity("127.0.0.1");
        TlsServer tls(identity);
        const auto seen = http::inspectConnection(tls.server.url(), { .caFile = identity.certificateFile() }, {});
        ONDO_VERIFY_OK(seen);
        QVERIFY(seen->tls && !seen->tls->problem && seen->timings.tls > 0 && seen->timings.connect > 0);
        http::Exchange failed;
        const auto refused = http::inspectConnection(tls.server.url(), {}, {}, &failed);
        QVERIFY(!refused.ok());
        QVERIFY(failed.tls && failed.tls->problem && failed.tls->chain.at(0).sha256 == identity.fingerprint());
        support::FaultServer plain(support::alwaysAnswer(kAnswer));
        const auto open = http::inspectConnection(plain.url(), {}, {});
        ONDO_VERIFY_OK(open);
        QVERIFY(!open->tls);
        QVERIFY(tls.server.requests().empty() && plain.requests().empty());
    }

    void clientCertificateInEachForm_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : { "two files", "encrypted key", "container" })
            QTest::newRow(form) << QString::fromLatin1(form);
    }
    void clientCertificateInEachForm()
    {
        QFETCH(QString, form);
        const support::TlsIdentity identity("127.0.0.1");
        support::TlsIdentity person("someone");
        TlsServer tls(identity, &person);
        http::Transport transport { .caFile = identity.certificateFile() };
        transport.keyPassword = core::Secret("k3y-pass");
        if (form == QLatin1String("container")) {
            transport.certificateFile = person.containerFile("k3y-pass");
        } else {
            transport.certificateFile = person.certificateFile();
            transport.keyFile = form == QLatin1String("two files") ? person.keyFile() : person.encryptedKeyFile("k3y-pass");
        }
        const TlsOutcome outcome = ask(tls.server.url(), transport);
        QVERIFY2(outcome.body == "ok", qPrintable(outcome.text()));
    }

    void whatIsWrongWithTheFilesIsSaid_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("said");
        QTest::newRow("container, no password") << QStringLiteral("p12") << QStringLiteral("needs its password");
        QTest::newRow("container, wrong password") << QStringLiteral("p12 wrong") << QStringLiteral("does not open");
        QTest::newRow("key, no password") << QStringLiteral("key") << QStringLiteral("is encrypted");
        QTest::newRow("key, wrong password") << QStringLiteral("key wrong") << QStringLiteral("does not open");
        QTest::newRow("another's key") << QStringLiteral("other") << QStringLiteral("does not belong");
        QTest::newRow("no certificate") << QStringLiteral("none") << QStringLiteral("no certificate");
    }
    void whatIsWrongWithTheFilesIsSaid()
    {
        QFETCH(QString, what);
        QFETCH(QString, said);
        support::TlsIdentity person("someone");
        support::TlsIdentity other("other");
        http::Transport transport { .certificateFile = person.certificateFile() };
        if (what.startsWith(QLatin1String("p12")))
            transport.certificateFile = person.containerFile("right");
        else if (what.startsWith(QLatin1String("key")))
            transport.keyFile = person.encryptedKeyFile("right");
        else if (what == QLatin1String("other"))
            transport.keyFile = other.keyFile();
        else
            transport.certificateFile = person.keyFile();
        if (what.endsWith(QLatin1String("wrong")))
            transport.keyPassword = core::Secret("wr0ng-pass");
        const TlsOutcome outcome = ask("https://127.0.0.1:" + std::to_string(support::closedPort()) + "/", transport);
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->kind, core::ErrorKind::Tls);
        QVERIFY2(outcome.text().contains(said), qPrintable(outcome.text()));
        QVERIFY(!outcome.text().contains(QLatin1String("wr0ng-pass")));
    }

    void anOldContainerShowsHowToConvertIt()
    {
        support::TlsIdentity person("someone");
        const std::string file = person.containerFile("old", true);
        http::Transport transport { .certificateFile = file };
        transport.keyPassword = core::Secret("old");
        const TlsOutcome outcome = ask("https://127.0.0.1:" + std::to_string(support::closedPort()) + "/", transport);
        QVERIFY(outcome.error);
        QVERIFY2(outcome.text().contains(QStringLiteral("openssl pkcs12 -legacy -in '%1' -out client.pem").arg(QString::fromStdString(file))),
            qPrintable(outcome.text()));
    }

    void aMissingClientCertificateIsSaid()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::TlsIdentity person("someone");
        const support::TlsIdentity stranger("stranger");
        TlsServer tls(identity, &person);
        for (const bool isShown : { false, true }) {
            http::Transport transport { .caFile = identity.certificateFile() };
            if (isShown) {
                transport.certificateFile = stranger.certificateFile();
                transport.keyFile = stranger.keyFile();
            }
            const TlsOutcome outcome = ask(tls.server.url(), transport);
            QVERIFY(outcome.error);
            QVERIFY2(outcome.error->kind == core::ErrorKind::Tls && outcome.text().contains(QLatin1String("cert=")), qPrintable(outcome.text()));
        }
        QVERIFY(tls.server.requests().empty());
    }

    void aRedirectShowsNoCertificateToAnotherServer()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::TlsIdentity person("someone");
        TlsServer target(identity, &person);
        support::FaultServer server(
            support::alwaysAnswer("HTTP/1.1 307 Go\r\nLocation: " + target.server.url() + "\r\nContent-Length: 0\r\n\r\n"),
            { .tls = identity.serverContext(&person) });
        const auto client = http::createClient(
            { .caFile = identity.certificateFile(), .certificateFile = person.certificateFile(), .keyFile = person.keyFile() });
        http::Request request;
        request.url = server.url();
        request.safeToRepeat = true;
        request.headers = { { "Authorization", "Basic c2VjcmV0", true } };
        const auto answer = http::sendFollowing(*client, request, {}, [](const http::Exchange &) {});
        QVERIFY(!answer.ok());
        QVERIFY2(answer.error().message.contains(QLatin1String("client certificate")), qPrintable(core::toText(answer.error())));
        QCOMPARE(server.requests().size(), std::size_t(1));
        QVERIFY(target.server.requests().empty());
    }
};

ONDO_TEST(CertificatesTest)
#include "tst_certificates.moc"
