// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/redaction.h"
#include "http/url.h"

#include "support/ondotest.h"

#include <QJsonDocument>
#include <QJsonObject>

class RedactionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void blanksEveryForm_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("word") << QByteArray("taosdata");
        QTest::newRow("signs") << QByteArray("p@ss w/rd+%&\"\\'=?#");
        QTest::newRow("letters") << QByteArray("pässwörd-密码-😀");
        QTest::newRow("controls") << QByteArray("line\nbreak\tand\x01more");
        QTest::newRow("no text") << QByteArray("\xff\xfe\xfd\xfc\xfb");
        QTest::newRow("four") << QByteArray("a/b+");
    }
    void blanksEveryForm()
    {
        QFETCH(QByteArray, secret);
        const std::string text = secret.toStdString();
        http::Redactor redactor;
        redactor.add(core::Secret(text));

        std::string lower = http::percentEncoded(text);
        for (std::size_t i = 0; i < lower.size(); ++i) {
            if (lower[i] == '%')
                lower[i + 1] = static_cast<char>(std::tolower(lower[i + 1])), lower[i + 2] = static_cast<char>(std::tolower(lower[i + 2]));
        }
        for (const std::string &form : { text, http::percentEncoded(text), http::percentEncodedSegment(text), lower,
                 http::base64(text), http::percentEncoded(http::base64(text)) }) {
            QCOMPARE(redactor.redacted("a " + form + " z"), std::string("a *** z"));
            QCOMPARE(redactor.redacted(form), std::string("***"));
        }
    }

    void blanksJson()
    {
        for (const QString &secret : { QStringLiteral("qu\"ote\\back/slash"), QStringLiteral("p\u00e4ss\U0001F600word"), QStringLiteral("tab\there") }) {
            http::Redactor redactor;
            redactor.add(core::Secret(secret.toStdString()));
            const QByteArray json = QJsonDocument(QJsonObject { { QStringLiteral("p"), secret } }).toJson(QJsonDocument::Compact);
            QCOMPARE(redactor.redacted(json.toStdString()), std::string(R"({"p":"***"})"));
        }
        http::Redactor redactor;
        redactor.add(core::Secret("a\xc3\xa4/\xf0\x9f\x98\x80"));
        QCOMPARE(redactor.redacted(R"("a\u00e4/\ud83d\ude00")"), std::string(R"("***")"));
        QCOMPARE(redactor.redacted(R"("a\u00E4\/\uD83D\uDE00")"), std::string(R"("***")"));
    }

    void findsAPasswordInsideBasicCredentials()
    {
        http::Redactor redactor;
        redactor.add(core::Secret("hunter2hunter"));
        for (const std::string user : { "a", "ab", "abc", "root", "x@y.z" }) {
            const std::string shown = redactor.redacted("Basic " + http::base64(user + ":hunter2hunter"));
            QVERIFY2(shown.find("***") != std::string::npos, shown.c_str());
            QVERIFY2(shown.size() < 6 + 16, shown.c_str());
        }
    }

    void blanksAllOccurrencesAndOverlaps()
    {
        http::Redactor redactor;
        redactor.add(core::Secret("aaaa"));
        redactor.add(core::Secret("aabb"));
        QCOMPARE(redactor.redacted("xaaaabby aaaa!aaaaaa"), std::string("x***y ***!***"));
    }

    void shortSecretsAreLeftToStructure()
    {
        http::Redactor redactor;
        redactor.add(core::Secret("abc"));
        redactor.add(core::Secret());
        QVERIFY(redactor.isEmpty());
        QCOMPARE(redactor.redacted("abc"), std::string("abc"));
    }
};

ONDO_TEST(RedactionTest)
#include "tst_redaction.moc"
