// SPDX-License-Identifier: GPL-3.0-or-later
#include "trial.h"

#include "support/faultserver.h"
#include "support/ondotest.h"

using diagnosis::Status;
using diagnosis::StepId;

// The steps below HTTP, against ports that refuse, stay silent or speak something else.
class NetworkTest : public QObject
{
    Q_OBJECT

    static std::string url(std::uint16_t port, const char *scheme = "tdengine")
    {
        return std::string(scheme) + "://root:taosdata@127.0.0.1:" + std::to_string(port) + "/";
    }

private Q_SLOTS:
    void aRefusedPortNamesTheServiceThatBelongsThere()
    {
        Trial trial(url(support::closedPort()));
        const diagnosis::Report &report = trial.run();
        QCOMPARE(trial.failing(), QStringLiteral("tcp"));
        QVERIFY2(trial.seen().contains(QLatin1String("refuses the connection")), qUtf8Printable(trial.seen()));
        QVERIFY2(trial.advice().contains(QLatin1String("taosAdapter")) && trial.advice().contains(QLatin1String("6041")), qUtf8Printable(trial.advice()));
        QCOMPARE(report.exitCode(), 3);
        QCOMPARE(report.steps.size(), std::size_t(11));
        QCOMPARE(trial.step(StepId::Name).status, Status::Ok);
        for (const StepId id : {StepId::Tls, StepId::Http, StepId::Login, StepId::Server, StepId::Clock, StepId::Statement, StepId::Catalogue}) {
            QCOMPARE(trial.step(id).status, Status::Skipped);
            QVERIFY(!trial.step(id).microseconds);
        }
    }

    void eachStepIsToldAsItBeginsAndEnds()
    {
        Trial trial(url(support::closedPort()));
        trial.run();
        const QStringList begin{QStringLiteral("profile running"), QStringLiteral("profile ok"), QStringLiteral("name running"), QStringLiteral("name ok"),
            QStringLiteral("address running"), QStringLiteral("address ok"), QStringLiteral("tcp running"), QStringLiteral("tcp failed"), QStringLiteral("tls skipped")};
        QCOMPARE(trial.told().mid(0, begin.size()), begin);
    }

    void aNameThatIsNotKnown()
    {
        Trial trial("lindorm://u:p@db.ondograph.invalid:8242/");
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("name"));
        QVERIFY(trial.seen().contains(QLatin1String("db.ondograph.invalid")));
        QVERIFY(trial.advice().contains(QLatin1String("VPN")));
    }

    void aProxyThatRefusesIsToldFromTheServer()
    {
        const std::string proxy = "http%3A%2F%2F127.0.0.1%3A" + std::to_string(support::closedPort());
        Trial trial("tdengine://root:taosdata@db.ondograph.invalid:6041/?proxy=" + proxy);
        QVERIFY(trial.isUnderstood());
        trial.run();
        QCOMPARE(trial.failing(), QStringLiteral("tcp"));
        QVERIFY2(trial.advice().contains(QLatin1String("proxy")), qUtf8Printable(trial.advice()));
        QVERIFY(trial.step(StepId::Address).detail.contains(QLatin1String("db.ondograph.invalid:6041")));
    }

    void silenceAfterAccept()
    {
        const support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        Trial trial(url(server.port()));
        trial.limits.answer = std::chrono::milliseconds(300);
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("http"));
        QCOMPARE(trial.step(StepId::Http).error->kind, core::ErrorKind::Timeout);
        QVERIFY2(trial.advice().contains(QLatin1String("silent")), qUtf8Printable(trial.advice()));
        QCOMPARE(trial.step(StepId::Tcp).status, Status::Ok);
    }

    void silenceInTheHandshake()
    {
        const support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        Trial trial(url(server.port(), "tdengine+https"));
        trial.profile().network.connectTimeout = std::chrono::milliseconds(1500);
        trial.limits.probe = std::chrono::milliseconds(300);
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("tls"));
        QCOMPARE(trial.step(StepId::Tls).error->kind, core::ErrorKind::Timeout);
    }

    void plainHttpOnATlsPort()
    {
        const support::FaultServer server(support::alwaysAnswer(answer("{}", "200 OK", "Server: nginx/1.22\r\n")));
        Trial trial(url(server.port(), "tdengine+https"));
        trial.profile().network.connectTimeout = std::chrono::milliseconds(1500); // the server waits for a line that never ends
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("tls"));
        QVERIFY2(trial.seen().contains(QLatin1String("speaks plain HTTP (nginx/1.22)")), qUtf8Printable(trial.seen()));
        QVERIFY(trial.advice().contains(QLatin1String("+http:")));
    }

    void aStopEndsItAtOnce()
    {
        const support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        Trial trial(url(server.port()));
        trial.limits.answer = std::chrono::hours(1);
        std::stop_source source;
        std::thread stopper;
        trial.run([&](const diagnosis::Step &step) {
            if (step.id == StepId::Http && step.status == Status::Running)
                stopper = std::thread([&source] { source.request_stop(); });
        }, source.get_token());
        stopper.join();
        QCOMPARE(trial.failing(), QStringLiteral("http"));
        QCOMPARE(trial.step(StepId::Http).error->kind, core::ErrorKind::Cancelled);
    }

    void settingsThatDoNotDoAreTheFirstStep()
    {
        Trial trial("redshift://us-east-1/dev?cluster=c&profile=ondograph-not-there");
        QVERIFY(trial.isUnderstood());
        trial.run();
        QCOMPARE(trial.failing(), QStringLiteral("profile"));
        QVERIFY2(trial.seen().contains(QLatin1String("ondograph-not-there")), qUtf8Printable(trial.seen()));
    }
};

ONDO_TEST(NetworkTest)
#include "tst_network.moc"
