// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/registry.h"

#include "support/ondotest.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using connector::Registry;

// Plugins that are not as they should be. What a sound one does is tested with the dialects.
class RegistryTest : public QObject
{
    Q_OBJECT

    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void foldersThatAreNotThereHoldNothing()
    {
        Registry registry({QStringLiteral("/nowhere/at/all"), QString()});
        QVERIFY(registry.entries().empty());
        QVERIFY(registry.manifests().empty());
        QCOMPARE(registry.manifest("demo"), nullptr);
    }

    void whatIsNoPluginIsDamagedAndSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("this is not a library");
        QTest::newRow("start of a library") << QByteArray("\x7f" "ELF\x02\x01\x01");
    }
    void whatIsNoPluginIsDamagedAndSaysWhy()
    {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("demo.so")), bytes);
        write(folder.filePath(QStringLiteral("readme.txt")), "no library");
        Registry registry({folder.path()});
        QCOMPARE(registry.entries().size(), std::size_t(1));
        const Registry::Entry &entry = registry.entries()[0];
        QCOMPARE(entry.id, std::string("demo"));
        QCOMPARE(connector::word(entry.state), "damaged");
        QVERIFY(!entry.reason.isEmpty());
        QVERIFY(registry.manifests().empty());
        const auto connector = registry.connector("demo");
        QVERIFY(!connector.ok());
        QVERIFY(connector.error().message.contains(entry.reason));
    }

    void unknownIdsAreUsageErrors()
    {
        Registry registry(QStringList{});
        const auto connector = registry.connector("demo");
        QVERIFY(!connector.ok());
        QCOMPARE(static_cast<int>(connector.error().kind), static_cast<int>(core::ErrorKind::Usage));
        QVERIFY(connector.error().message.contains(QStringLiteral("demo")));
    }

    void looksBesideTheProgramThenWhereTheEnvironmentSays()
    {
        qputenv("ONDOGRAPH_CONNECTOR_PATH", "/one:/two");
        const QStringList folders = Registry::defaultFolders();
        qunsetenv("ONDOGRAPH_CONNECTOR_PATH");
        QVERIFY(folders.size() >= 3);
        QCOMPARE(QDir::cleanPath(folders.first()),
            QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../lib/ondograph/connectors")));
        QCOMPARE(folders.mid(folders.size() - 2), (QStringList{QStringLiteral("/one"), QStringLiteral("/two")}));
    }
};

ONDO_TEST(RegistryTest)
#include "tst_registry.moc"
