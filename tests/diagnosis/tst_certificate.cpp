// SPDX-License-Identifier: GPL-3.0-or-later
#include "trial.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/tlsidentity.h"

using diagnosis::Status;
using diagnosis::StepId;

// The step of the certificate, against servers whose certificate is good, strange or another's.
class CertificateTest : public QObject
{
    Q_OBJECT

    static std::string url(std::uint16_t port, const char *scheme = "tdengine+https")
    {
        return std::string(scheme) + "://root:taosdata@127.0.0.1:" + std::to_string(port) + "/";
    }
    static support::FaultServer::Options secured(const support::TlsIdentity &identity)
    {
        support::FaultServer::Options options;
        options.tls = identity.serverContext();
        return options;
    }

private Q_SLOTS:
    void tlsOnAPlainPort()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::FaultServer server(support::alwaysAnswer(answer("{}")), secured(identity));
        Trial trial(url(server.port(), "tdengine"));
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("http"));
        QVERIFY2(trial.seen().contains(QLatin1String("speaks HTTPS")), qUtf8Printable(trial.seen()));
        QVERIFY(trial.advice().contains(QLatin1String("+https:")));
    }

    void aSelfSignedCertificateIsShownAndAcceptedByItsFingerprint()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::FaultServer server(support::alwaysAnswer(answer(R"({"code":0,"column_meta":[["1","BIGINT",8]],"data":[[1]],"rows":1})")), secured(identity));
        Trial refused(url(server.port()));
        QCOMPARE(refused.run().exitCode(), 3);
        QCOMPARE(refused.failing(), QStringLiteral("tls"));
        const auto tls = refused.step(StepId::Tls).tls;
        QVERIFY(tls && tls->problem && !tls->problem->reasons.empty());
        QCOMPARE(tls->chain.size(), std::size_t(1));
        QVERIFY(diagnosis::toText(refused.run()).contains(http::shownFingerprint(tls->chain.front().sha256)));

        Trial accepted(url(server.port()));
        accepted.profile().network.fingerprint = tls->chain.front().sha256;
        accepted.run();
        QCOMPARE(accepted.step(StepId::Tls).status, Status::Ok);
        QVERIFY2(accepted.step(StepId::Tls).detail.contains(QLatin1String("fingerprint")), qUtf8Printable(accepted.step(StepId::Tls).detail));
        QCOMPARE(accepted.step(StepId::Login).status, Status::Ok);
    }

    void aTrustedCertificateTellsVersionAndDaysLeft()
    {
        const support::TlsIdentity identity("127.0.0.1");
        const support::FaultServer server(support::alwaysAnswer(answer(R"({"code":0,"column_meta":[["1","BIGINT",8]],"data":[[1]],"rows":1})")), secured(identity));
        Trial trial(url(server.port()));
        trial.profile().network.caFile = identity.certificateFile();
        trial.run();
        QCOMPARE(trial.step(StepId::Tls).status, Status::Ok);
        const QString detail = trial.step(StepId::Tls).detail;
        QVERIFY2(detail.startsWith(QLatin1String("TLSv1.")) && detail.contains(QLatin1String("CN=127.0.0.1")), qUtf8Printable(detail));
        QVERIFY2(detail.contains(QLatin1String("left")), qUtf8Printable(detail));
    }

    void anExpiredCertificate()
    {
        support::TlsIdentity::Options old;
        old.validFrom = std::chrono::hours(-48);
        old.validUntil = std::chrono::hours(-24);
        const support::TlsIdentity identity("127.0.0.1", old);
        const support::FaultServer server(support::alwaysAnswer(answer("{}")), secured(identity));
        Trial trial(url(server.port()));
        trial.profile().network.caFile = identity.certificateFile();
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("tls"));
        const auto tls = trial.step(StepId::Tls).tls;
        QVERIFY(tls && tls->problem && !tls->problem->texts.empty());
        QCOMPARE(tls->problem->reasons.front(), http::CertificateProblem::Reason::Expired);
    }

    void aCertificateForAnotherHost()
    {
        const support::TlsIdentity identity("db.example");
        const support::FaultServer server(support::alwaysAnswer(answer("{}")), secured(identity));
        Trial trial(url(server.port()));
        trial.profile().network.caFile = identity.certificateFile();
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("tls"));
        const auto tls = trial.step(StepId::Tls).tls;
        QVERIFY(tls && tls->problem);
        QVERIFY(std::find(tls->problem->reasons.begin(), tls->problem->reasons.end(), http::CertificateProblem::Reason::NameMismatch) != tls->problem->reasons.end());
    }
};

ONDO_TEST(CertificateTest)
#include "tst_certificate.moc"
