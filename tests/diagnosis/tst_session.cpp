// SPDX-License-Identifier: GPL-3.0-or-later
#include "trial.h"

#include "sandbox/host.h"
#include "support/faultserver.h"
#include "support/ondotest.h"

#include <QDateTime>
#include <QLocale>

using diagnosis::Status;
using diagnosis::StepId;

// The steps that a session takes: against servers that refuse, that are others than was thought, and the sandbox's.
class SessionTest : public QObject
{
    Q_OBJECT

    static std::string at(const support::FaultServer &server, const std::string &before, const std::string &behind)
    {
        return before + "127.0.0.1:" + std::to_string(server.port()) + behind;
    }
    static std::string redshift(const support::FaultServer &server, const std::string &more = "cluster=c1")
    {
        return "redshift://AKIAEXAMPLE:secretKeyWord@us-east-1/dev?" + more + "&endpoint=http%3A%2F%2F127.0.0.1%3A" + std::to_string(server.port());
    }
    static std::string dated(qint64 secondsAhead)
    {
        const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(secondsAhead);
        return "Date: " + QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toStdString() + "\r\n";
    }

private Q_SLOTS:
    void everySandboxWorks_data()
    {
        QTest::addColumn<QString>("id");
        const connector::Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        for (const connector::Manifest &manifest : registry.manifests())
            QTest::newRow(manifest.id.c_str()) << QString::fromStdString(manifest.id);
    }
    void everySandboxWorks()
    {
        QFETCH(QString, id);
        connector::Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        sandbox::Host host(registry);
        QVERIFY(host.start(id.toStdString()).ok());
        Trial trial(host.targetUrl(id.toStdString()));
        const diagnosis::Report &report = trial.run();
        QVERIFY2(!report.failed(), qUtf8Printable(diagnosis::toText(report)));
        for (const StepId step : {StepId::Profile, StepId::Name, StepId::Address, StepId::Tcp, StepId::Http, StepId::Clock, StepId::Statement, StepId::Catalogue})
            QVERIFY2(trial.step(step).status == Status::Ok, qUtf8Printable(diagnosis::toText(report)));
        QVERIFY(!trial.step(StepId::Http).detail.isEmpty() && !trial.step(StepId::Catalogue).detail.isEmpty());
        QVERIFY(!diagnosis::toText(report).contains(QLatin1String("taosdata")));
    }

    void theVersionIsTold_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("version");
        QTest::newRow("statement") << QStringLiteral("tdengine") << QStringLiteral("3.");
        QTest::newRow("member of a JSON answer") << QStringLiteral("lindorm") << QStringLiteral("3.4.32");
        QTest::newRow("page") << QStringLiteral("openmldb") << QStringLiteral("OpenMLDB APIServer");
    }
    void theVersionIsTold()
    {
        QFETCH(QString, id);
        QFETCH(QString, version);
        connector::Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        sandbox::Host host(registry);
        QVERIFY(host.start(id.toStdString()).ok());
        Trial trial(host.targetUrl(id.toStdString()));
        trial.run();
        QVERIFY2(trial.step(StepId::Server).detail.contains(version), qUtf8Printable(trial.step(StepId::Server).detail));
    }

    // Each by each: whatever answers, it is named.
    void theWrongDialectIsRecognised_data()
    {
        QTest::addColumn<QString>("there");
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("name");
        const std::pair<const char *, const char *> servers[] = {{"tdengine", "TDengine"}, {"lindorm", "Lindorm TSDB"}, {"openmldb", "OpenMLDB"}};
        for (const auto &[there, name] : servers) {
            for (const char *scheme : {"tdengine", "lindorm", "openmldb"}) {
                if (std::string_view(scheme) != there)
                    QTest::addRow("%s on %s", scheme, there) << QString::fromLatin1(there) << QString::fromLatin1(scheme) << QString::fromLatin1(name);
            }
        }
    }
    void theWrongDialectIsRecognised()
    {
        QFETCH(QString, there);
        QFETCH(QString, scheme);
        QFETCH(QString, name);
        connector::Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        sandbox::Host host(registry);
        const auto port = host.start(there.toStdString());
        QVERIFY(port.ok());
        Trial trial(scheme.toStdString() + "://root:taosdata@127.0.0.1:" + std::to_string(port.value()) + "/");
        const diagnosis::Report &report = trial.run();
        QVERIFY2(trial.failing() == QLatin1String("server"), qUtf8Printable(diagnosis::toText(report)));
        QVERIFY2(trial.seen().contains(QStringLiteral("is %1, not").arg(name)), qUtf8Printable(trial.seen()));
        QVERIFY(trial.step(StepId::Login).status == Status::Skipped);
    }

    void aWrongPasswordBehindAnAnswerOf200()
    {
        const support::FaultServer server(support::alwaysAnswer(answer(R"({"code":855,"desc":"Authentication failure","timing":1})")));
        Trial trial(at(server, "tdengine://root:wrongWord@", "/"));
        QCOMPARE(trial.run().exitCode(), 4);
        QCOMPARE(trial.failing(), QStringLiteral("log-in"));
        QVERIFY(trial.step(StepId::Http).detail.contains(QLatin1String("200")));
        QVERIFY2(trial.advice().contains(QLatin1String("password is wrong")) && trial.advice().contains(QLatin1String("0x0357")), qUtf8Printable(trial.advice()));
        QVERIFY(!diagnosis::toText(trial.run()).contains(QLatin1String("wrongWord")));
    }

    void aGatewaysRefusalIsPathKeyOrSignature_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("advice");
        QTest::newRow("path") << QStringLiteral("{\"message\":\"Missing Authentication Token\"}") << QStringLiteral("403 Forbidden") << QStringLiteral("path, method or stage");
        QTest::newRow("key") << QStringLiteral("{\"message\":\"Forbidden\"}") << QStringLiteral("403 Forbidden") << QStringLiteral("API key");
        QTest::newRow("token") << QStringLiteral("{\"message\":\"Unauthorized\"}") << QStringLiteral("401 Unauthorized") << QStringLiteral("token");
        QTest::newRow("rights") << QStringLiteral("{\"Message\":\"User: arn:aws:iam::1:user/x is not authorized to perform: execute-api:Invoke on resource: y\"}")
                                << QStringLiteral("403 Forbidden") << QStringLiteral("execute-api:Invoke");
    }
    void aGatewaysRefusalIsPathKeyOrSignature()
    {
        QFETCH(QString, body);
        QFETCH(QString, status);
        QFETCH(QString, advice);
        const support::FaultServer server(support::alwaysAnswer(answer(body.toStdString(), status.toStdString())));
        Trial trial(at(server, "timescale+http://", "/prod?resources=/ticker"));
        QVERIFY(trial.isUnderstood());
        QCOMPARE(trial.run().exitCode(), 4);
        QCOMPARE(trial.failing(), QStringLiteral("log-in"));
        QVERIFY2(trial.advice().contains(advice), qUtf8Printable(trial.advice()));
    }

    void redshiftSaysWhichOfClusterUserPermission_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("which");
        QTest::newRow("cluster") << QStringLiteral("ValidationException") << QStringLiteral("Redshift endpoint doesn't exist in this region: cluster c1") << QStringLiteral("The cluster:");
        QTest::newRow("user's key") << QStringLiteral("UnrecognizedClientException") << QStringLiteral("The security token included in the request is invalid.") << QStringLiteral("The user:");
        QTest::newRow("database user") << QStringLiteral("DatabaseConnectionException") << QStringLiteral("FATAL: password authentication failed for user \"x\"") << QStringLiteral("The user:");
        QTest::newRow("permission of the API") << QStringLiteral("AccessDeniedException") << QStringLiteral("User: arn:aws:iam::1:user/x is not authorized to perform: redshift-data:ListDatabases") << QStringLiteral("The permission:");
        QTest::newRow("permission of the user") << QStringLiteral("AccessDeniedException") << QStringLiteral("not authorized to perform: redshift:GetClusterCredentials on resource: dbuser:c1/x") << QStringLiteral("for this database user");
    }
    void redshiftSaysWhichOfClusterUserPermission()
    {
        QFETCH(QString, type);
        QFETCH(QString, text);
        QFETCH(QString, which);
        const std::string body = "{\"__type\":\"" + type.toStdString() + "\",\"message\":\"" + QString(text).replace(QLatin1Char('"'), QStringLiteral("\\\"")).toStdString() + "\"}";
        const support::FaultServer server(support::alwaysAnswer(answer(body, "400 Bad Request")));
        Trial trial(redshift(server));
        trial.run();
        QVERIFY2(trial.failing() == QLatin1String("log-in"), qUtf8Printable(diagnosis::toText(trial.run())));
        QVERIFY2(trial.advice().contains(which), qUtf8Printable(trial.advice()));
        QVERIFY(!diagnosis::toText(trial.run()).contains(QLatin1String("secretKeyWord")));
    }

    void aClockThatIsOffFailsWhereRequestsAreSigned()
    {
        const std::string refusal = R"({"__type":"InvalidSignatureException","message":"Signature expired"})";
        const support::FaultServer server(support::alwaysAnswer(answer(refusal, "403 Forbidden", dated(720))));
        Trial trial(redshift(server));
        QCOMPARE(trial.run().exitCode(), 4);
        QCOMPARE(trial.failing(), QStringLiteral("log-in"));
        const diagnosis::Step &clock = trial.step(StepId::Clock);
        QCOMPARE(clock.status, Status::Failed);
        QVERIFY2(clock.error->message.contains(QLatin1String("12 min ahead")), qUtf8Printable(clock.error->message));
    }

    void aClockThatIsOffIsOnlyToldWhereNothingIsSigned()
    {
        const support::FaultServer server(support::alwaysAnswer(
            answer(R"({"code":0,"column_meta":[["1","BIGINT",8]],"data":[[1]],"rows":1})", "200 OK", dated(-7300))));
        Trial trial(at(server, "tdengine://root:taosdata@", "/"));
        trial.run();
        QCOMPARE(trial.step(StepId::Clock).status, Status::Ok);
        QVERIFY2(trial.step(StepId::Clock).detail.contains(QLatin1String("2 h behind")), qUtf8Printable(trial.step(StepId::Clock).detail));
    }

    void aWebPageOfAProxy()
    {
        const support::FaultServer server(support::alwaysAnswer(answer(
            "<!DOCTYPE html><html><head><title>Sign in to the\n network</title></head></html>", "200 OK", "Content-Type: text/html\r\nServer: portal\r\n")));
        Trial trial(at(server, "lindorm://u:p@", "/"));
        trial.run();
        QCOMPARE(trial.failing(), QStringLiteral("server"));
        QVERIFY2(trial.seen().contains(QLatin1String("web page")) && trial.seen().contains(QStringLiteral("“Sign in to the network”")), qUtf8Printable(trial.seen()));
        QVERIFY(trial.seen().contains(QLatin1String("portal")));
    }

    void aBodyThatIsCut()
    {
        const support::FaultServer server([](support::Connection &connection) {
            while (!connection.readRequest().empty()) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"code\":0,\"colu");
                return;
            }
        });
        Trial trial(at(server, "tdengine://root:taosdata@", "/"));
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("http"));
        QVERIFY2(trial.seen().contains(QLatin1String("lost")), qUtf8Printable(trial.seen()));
    }

    void aServerThatIsNotReachedThroughTheGateway()
    {
        const support::FaultServer server(support::alwaysAnswer(answer("<html>Bad gateway</html>", "502 Bad Gateway", "Content-Type: text/html\r\n")));
        Trial trial(at(server, "tdengine://root:taosdata@", "/"));
        QCOMPARE(trial.run().exitCode(), 3);
        QCOMPARE(trial.failing(), QStringLiteral("http"));
    }
};

ONDO_TEST(SessionTest)
#include "tst_session.moc"
