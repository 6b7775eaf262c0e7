// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/requestfiles.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

class RequestFilesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_before;

    static void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), qint64(bytes.size()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder.path()));
        write(QStringLiteral("function.zip"), QByteArray("PK\x03\x04\x00\xff", 6));
        write(QStringLiteral("empty"), {});
        QVERIFY(QDir().mkdir(QStringLiteral("folder with blanks")));
        write(QStringLiteral("folder with blanks/b.bin"), "b");
    }
    void cleanupTestCase() { QDir::setCurrent(m_before); }

    void filesBecomeBase64()
    {
        const auto body = connector::withFiles("{\"a\": \"{{$base64 function.zip}}\", \"b\": \"{{$base64  folder with blanks/b.bin }}\", \"c\": \"{{$base64 empty}}\"}");
        QVERIFY(body.ok());
        QCOMPARE(*body, std::string("{\"a\": \"UEsDBAD/\", \"b\": \"Yg==\", \"c\": \"\"}"));
    }
    void otherBracesStay()
    {
        const std::string text = "{\"a\": \"{{name}}\", \"b\": {{}}, \"c\": \"{{$base64";
        const auto body = connector::withFiles(text);
        QVERIFY(body.ok());
        QCOMPARE(*body, text);
    }
    void whatCannotBeReadIsNamed()
    {
        for (const char *path : {"missing.zip", "folder with blanks"}) {
            const auto body = connector::withFiles(std::string("{{$base64 ") + path + "}}");
            QVERIFY(!body.ok());
            QCOMPARE(static_cast<int>(body.error().kind), static_cast<int>(core::ErrorKind::Usage));
            QVERIFY2(body.error().message.contains(QString::fromLatin1(path)), qPrintable(body.error().message));
        }
    }
    void tooLargeFilesAreNamed()
    {
        QVERIFY(connector::withFiles("{{$base64 function.zip}}", 6).ok());
        const auto body = connector::withFiles("{{$base64 function.zip}}", 5);
        QVERIFY(!body.ok());
        QVERIFY(body.error().message.contains(QStringLiteral("function.zip")));
        QVERIFY(body.error().message.contains(QStringLiteral("5 bytes")));
    }
};

ONDO_TEST(RequestFilesTest)
#include "tst_requestfiles.moc"
