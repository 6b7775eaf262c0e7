// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "desktop/diagnosisview.h"
#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/tlsidentity.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using diagnosis::Status;
using diagnosis::StepId;

// The test of a connection in the window.
class DiagnosisViewTest : public QObject
{
    Q_OBJECT

    static bool waitFor(const desktop::DiagnosisView *view)
    {
        return QTest::qWaitFor([view] { return !view->isRunning() && !view->report().steps.empty(); }, 30000);
    }
    static bool shows(const QWidget *view, const QString &text)
    {
        for (const QLabel *label : view->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    static void press(const QWidget *view, const QString &text)
    {
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->text() == text)
                button->click();
        }
    }
    // Takes a URL into the list, and answers with its name there.
    static QString taken(DesktopFixture &app, const QString &url)
    {
        QString name;
        app.connections->openUrl(url, {}, app.window.get(), [&name](const core::Result<QString> &result) { name = result.valueOr({}); });
        return QTest::qWaitFor([&name] { return !name.isEmpty(); }, 20000) ? name : QString();
    }
    static QString urlOf(const DesktopFixture &app, std::uint16_t port, const char *transport)
    {
        const connector::Manifest &manifest = app.connections->manifests().front();
        return QStringLiteral("%1+%2://someone:s3cretWord@127.0.0.1:%3/")
            .arg(QString::fromStdString(manifest.scheme), QLatin1String(transport))
            .arg(port);
    }

private Q_SLOTS:
    void aGoodConnectionShowsEachStep()
    {
        DesktopFixture app;
        app.open(DesktopFixture::oneTab(QString(), QString()));
        QVERIFY(QTest::qWaitFor([&app] { return !app.connections->entries().empty(); }));
        Q_EMIT app.window->catalogView()->testWanted(app.sandbox());
        desktop::DiagnosisView *view = app.window->diagnosisView();
        QVERIFY(view->isVisible());
        QVERIFY(waitFor(view));
        QVERIFY2(!view->report().failed(), qUtf8Printable(view->reportText()));
        QVERIFY(shows(view, QStringLiteral("Everything works.")));
        QVERIFY(!view->acceptButton());
        press(view, QStringLiteral("Copy report"));
        QCOMPARE(QGuiApplication::clipboard()->text(), view->reportText());
        QVERIFY(view->reportText().contains(QLatin1String("Log-in: ok")));
    }

    void theStepThatFailsIsUnfolded()
    {
        DesktopFixture app;
        app.open(DesktopFixture::oneTab(QString(), QString()));
        const QString name = taken(app, urlOf(app, support::closedPort(), "http"));
        QVERIFY(!name.isEmpty());
        Q_EMIT app.window->catalogView()->testWanted(name);
        desktop::DiagnosisView *view = app.window->diagnosisView();
        QVERIFY(waitFor(view));
        QVERIFY(shows(view, QStringLiteral("refuses the connection")));
        QVERIFY(shows(view, QStringLiteral("What to try")));
        QVERIFY(shows(view, view->report().failed()->error->hint));
        QVERIFY(!view->reportText().contains(QLatin1String("s3cretWord")));
        // Again, with the same end.
        const auto steps = view->report().steps.size();
        press(view, QStringLiteral("Test again"));
        QVERIFY(waitFor(view));
        QCOMPARE(view->report().steps.size(), steps);
    }

    void anUntrustedCertificateIsShownAndAccepted()
    {
        const support::TlsIdentity identity("127.0.0.1");
        support::FaultServer::Options options;
        options.tls = identity.serverContext();
        const support::FaultServer server(support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), options);
        DesktopFixture app;
        app.open(DesktopFixture::oneTab(QString(), QString()));
        const QString name = taken(app, urlOf(app, server.port(), "https"));
        QVERIFY(!name.isEmpty());
        Q_EMIT app.window->catalogView()->testWanted(name);
        desktop::DiagnosisView *view = app.window->diagnosisView();
        QVERIFY(waitFor(view));
        QVERIFY2(view->report().failed() && view->report().failed()->id == StepId::Tls, qUtf8Printable(view->reportText()));
        QVERIFY(shows(view, QStringLiteral("CN=127.0.0.1")));
        QSignalSpy spy(view, &desktop::DiagnosisView::fingerprintAccepted);
        QSignalSpy finished(view, &desktop::DiagnosisView::finished);
        QVERIFY(view->acceptButton());
        view->acceptButton()->click();
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.at(0).at(0).toString().size(), 64);
        QVERIFY(QTest::qWaitFor([&finished] { return finished.count() == 1; }, 30000));
        QCOMPARE(view->report().steps.at(static_cast<std::size_t>(StepId::Tls)).status, Status::Ok);
    }

    void aStopEndsIt()
    {
        const support::FaultServer server([](support::Connection &connection) { connection.waitUntilClosed(); });
        DesktopFixture app;
        app.open(DesktopFixture::oneTab(QString(), QString()));
        const QString name = taken(app, urlOf(app, server.port(), "http"));
        Q_EMIT app.window->catalogView()->testWanted(name);
        desktop::DiagnosisView *view = app.window->diagnosisView();
        QVERIFY(QTest::qWaitFor([&server] { return server.connectionCount() > 1; }, 20000)); // the session's, behind the probe's
        press(view, QStringLiteral("Stop"));
        QVERIFY(waitFor(view));
        QCOMPARE(view->report().failed()->error->kind, core::ErrorKind::Cancelled);
    }
};

ONDO_TEST(DiagnosisViewTest)
#include "tst_diagnosis.moc"
