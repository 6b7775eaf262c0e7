// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result.h"

#include "support/ondotest.h"

using core::ErrorKind;

class ErrorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kindsHaveTheExitCodesOfTheContract_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("code");
        const auto row = [](ErrorKind kind, int code) { QTest::newRow(core::kindName(kind)) << static_cast<int>(kind) << code; };
        row(ErrorKind::Cancelled, 130);
        row(ErrorKind::Usage, 2);
        row(ErrorKind::Unsupported, 2);
        row(ErrorKind::Network, 3);
        row(ErrorKind::Tls, 3);
        row(ErrorKind::Timeout, 3);
        row(ErrorKind::Login, 4);
        row(ErrorKind::Server, 1);
        row(ErrorKind::Statement, 1);
        row(ErrorKind::Decode, 5);
    }
    void kindsHaveTheExitCodesOfTheContract()
    {
        QFETCH(int, kind);
        QFETCH(int, code);
        QCOMPARE(core::exitCode(static_cast<ErrorKind>(kind)), code);
    }

    void textKeepsWhatTheServerSaid()
    {
        core::Error error;
        error.kind = ErrorKind::Statement;
        error.message = QStringLiteral("The statement failed.");
        error.serverCode = QStringLiteral("9728");
        error.serverText = "syntax error near \"\xe8\xa1\xa8\"";
        error.position.byte = 17;
        const QString text = core::toText(error);
        QVERIFY(text.contains(QStringLiteral("9728")));
        QVERIFY(text.contains(QStringLiteral("syntax error near \"表\"")));
        QVERIFY(text.contains(QStringLiteral("byte 17")));
        QVERIFY(!text.contains(QStringLiteral("HTTP")));
    }

    void resultHoldsOneOfTheTwo()
    {
        core::Result<int> good(3);
        QVERIFY(good.ok());
        QCOMPARE(*good, 3);
        core::Result<int> bad(core::Error{.kind = ErrorKind::Limit});
        QVERIFY(!bad);
        QCOMPARE(static_cast<int>(bad.error().kind), static_cast<int>(ErrorKind::Limit));
        QCOMPARE(bad.valueOr(5), 5);
    }
};

ONDO_TEST(ErrorTest)
#include "tst_error.moc"
