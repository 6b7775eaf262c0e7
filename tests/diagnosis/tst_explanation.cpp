// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/explanation.h"

#include "support/ondotest.h"

using namespace std::chrono_literals;

// How errors, pages and dates are read.
class ExplanationTest : public QObject
{
    Q_OBJECT

    static connector::DiagnosisHints hints()
    {
        connector::DiagnosisHints hints;
        hints.meanings.push_back({{"7"}, 403, "key", QStringLiteral("all three"), QStringLiteral("try one")});
        hints.meanings.push_back({{"7", "8"}, 0, "", QStringLiteral("the code"), {}});
        hints.meanings.push_back({{}, 403, "", QStringLiteral("the status"), {}});
        return hints;
    }

private Q_SLOTS:
    void aMeaningFitsByAllThatItNames_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hint");
        QTest::newRow("all") << QStringLiteral("7") << 403 << QStringLiteral("no KEY here") << QStringLiteral("all three try one");
        QTest::newRow("another text") << QStringLiteral("7") << 403 << QStringLiteral("no") << QStringLiteral("the code");
        QTest::newRow("second code") << QStringLiteral("8") << 200 << QString() << QStringLiteral("the code");
        QTest::newRow("status") << QStringLiteral("9") << 403 << QStringLiteral("key") << QStringLiteral("the status");
        QTest::newRow("nothing") << QStringLiteral("77") << 401 << QStringLiteral("key") << QStringLiteral("as before");
    }
    void aMeaningFitsByAllThatItNames()
    {
        QFETCH(QString, code);
        QFETCH(int, status);
        QFETCH(QString, text);
        QFETCH(QString, hint);
        core::Error error;
        error.serverCode = code;
        error.httpStatus = status;
        error.serverText = text.toStdString();
        error.hint = QStringLiteral("as before");
        QCOMPARE(diagnosis::explained(error, hints()).hint, hint);
    }

    void clocksAreCompared()
    {
        const auto now = std::chrono::system_clock::time_point(1700000000s) + 300ms;
        QCOMPARE(diagnosis::clockDifference("Tue, 14 Nov 2023 22:13:20 GMT", now), std::optional(0s));
        QCOMPARE(diagnosis::clockDifference("Tue, 14 Nov 2023 22:23:20 GMT", now), std::optional(600s));
        QCOMPARE(diagnosis::clockDifference("Tue, 14 Nov 2023 22:08:19 GMT", now), std::optional(-301s));
        QVERIFY(!diagnosis::clockDifference("", now));
        QVERIFY(!diagnosis::clockDifference("yesterday", now));
    }

    void pagesAreTold()
    {
        QVERIFY(diagnosis::isWebPage("", "\n <!DOCTYPE HTML><p>"));
        QVERIFY(diagnosis::isWebPage("Text/HTML; charset=x", "<p>Hello"));
        QVERIFY(!diagnosis::isWebPage("text/html", "{\"code\":0}"));
        QVERIFY(!diagnosis::isWebPage("application/json", "[]"));
        QCOMPARE(diagnosis::pageTitle("<html><TITLE id=a> One\n two </TITLE>"), QStringLiteral("One two"));
        QCOMPARE(diagnosis::pageTitle("<html><title>never ends"), QString());
    }
};

ONDO_TEST(ExplanationTest)
#include "tst_explanation.moc"
