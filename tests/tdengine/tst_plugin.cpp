// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/registry.h"
#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using connector::Registry;

// The plugin as the program meets it: found, loaded, deleted, damaged, there twice.
class PluginTest : public QObject
{
    Q_OBJECT

    static QString builtFile() { return QStringLiteral(ONDO_CONNECTOR_DIR "/tdengine.so"); }
    static QString copyTo(const QTemporaryDir &folder, const QString &name = QStringLiteral("tdengine.so"))
    {
        const QString path = folder.filePath(name);
        return QFile::copy(builtFile(), path) ? path : QString();
    }

private Q_SLOTS:
    void isReadyBeforeAndLoadedAfter()
    {
        Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        QVERIFY(registry.manifest("tdengine"));
        const auto stateOf = [&] {
            for (const Registry::Entry &entry : registry.entries()) {
                if (entry.id == "tdengine")
                    return QString::fromLatin1(connector::word(entry.state));
            }
            return QString();
        };
        QCOMPARE(stateOf(), QStringLiteral("ready"));
        const auto first = registry.connector("tdengine");
        QVERIFY2(first.ok(), first ? "" : qPrintable(first.error().message));
        QCOMPARE(stateOf(), QStringLiteral("loaded"));
        QCOMPARE(*registry.connector("tdengine"), *first);
    }

    void describesItself()
    {
        Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        const connector::Manifest *manifest = registry.manifest("tdengine");
        QVERIFY(manifest);
        QCOMPARE(manifest->scheme, std::string("tdengine"));
        QCOMPARE(manifest->defaultPort, 6041);
        for (const char *word : {"INTERVAL", "SLIDING", "FILL", "PARTITION", "STATE_WINDOW", "EVENT_WINDOW", "TBNAME", "_WSTART", "_ISFILLED"})
            QVERIFY2(manifest->language.keywords.contains(QLatin1String(word)), word);
        for (const char *word : {"TWA", "LAST_ROW", "APERCENTILE", "ELAPSED", "TO_ISO8601", "ST_CONTAINS"})
            QVERIFY2(manifest->language.functions.contains(QLatin1String(word)), word);
        QVERIFY(manifest->capabilities.catalog && manifest->capabilities.cancel && manifest->capabilities.pushDown);
    }

    void everyEndpointHasATemplate_data()
    {
        QTest::addColumn<QByteArray>("start");
        for (const char *start : {"POST /rest/sql?", "POST /rest/sql/{{database}}\n", "POST /rest/sql/{{database}}/vgid", "GET /rest/login/",
                 "POST /rest/upload?", "GET /-/ping", "GET /metrics", "PUT /config", "GET /record_sql", "POST /record_sql", "DELETE /record_sql",
                 "GET /record_stmt", "POST /record_stmt", "DELETE /record_stmt", "GET /ws", "GET /rest/ws", "GET /rest/stmt", "GET /rest/schemaless",
                 "GET /rest/tmq", "POST /influxdb/v1/write?", "POST /opentsdb/v1/put/json/", "POST /opentsdb/v1/put/telnet/",
                 "POST /prometheus/v1/remote_write/", "POST /prometheus/v1/remote_read/", "POST /rest/sqlt", "POST /rest/sqlutc"})
            QTest::newRow(start) << QByteArray(start);
    }
    void everyEndpointHasATemplate()
    {
        QFETCH(QByteArray, start);
        Registry registry({QStringLiteral(ONDO_CONNECTOR_DIR)});
        const auto &templates = registry.manifest("tdengine")->templates;
        const auto found = std::find_if(templates.begin(), templates.end(),
            [&](const connector::RequestTemplate &request) { return request.text.starts_with(start.toStdString()); });
        QVERIFY(found != templates.end());
        QVERIFY(!found->explanation.isEmpty() && !found->title.isEmpty());
        QCOMPARE(connector::splitScript(found->text, registry.manifest("tdengine")->language).size(), std::size_t(1));
        QVERIFY(connector::splitScript(found->text, registry.manifest("tdengine")->language)[0].isRequest);
    }

    void whatWasDeletedAfterTheScanIsDamaged()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        Registry registry({folder.path()});
        QVERIFY(registry.manifest("tdengine"));
        QVERIFY(QFile::remove(path));
        const auto connector = registry.connector("tdengine");
        QVERIFY(!connector.ok());
        QCOMPARE(connector::word(registry.entries()[0].state), "damaged");
        QVERIFY2(registry.entries()[0].reason.contains(QStringLiteral("gone")), qPrintable(registry.entries()[0].reason));
        QCOMPARE(registry.manifest("tdengine"), nullptr);
    }

    // Cut off in the middle, as a broken installation leaves it.
    void whatIsCutOffIsDamaged_data()
    {
        QTest::addColumn<double>("part");
        for (const double part : {0.001, 0.1, 0.5, 0.999})
            QTest::newRow(qPrintable(QString::number(part))) << part;
    }
    void whatIsCutOffIsDamaged()
    {
        QFETCH(double, part);
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        QFile file(path);
        QVERIFY(file.resize(static_cast<qint64>(static_cast<double>(file.size()) * part)));
        Registry registry({folder.path()});
        QCOMPARE(registry.entries().size(), std::size_t(1));
        QCOMPARE(connector::word(registry.entries()[0].state), "damaged");
        QVERIFY(!registry.entries()[0].reason.isEmpty());
        QVERIFY(!registry.connector("tdengine").ok());
    }

    void anotherVersionOfTheInterfaceIsDamagedAndSaysSo()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("ondograph.Connector/1"));
        bytes.replace("ondograph.Connector/1", "ondograph.Connector/9");
        file.seek(0);
        file.write(bytes);
        file.close();
        Registry registry({folder.path()});
        QCOMPARE(connector::word(registry.entries()[0].state), "damaged");
        QVERIFY2(registry.entries()[0].reason.contains(QStringLiteral("version 9")), qPrintable(registry.entries()[0].reason));
    }

    void theFirstOfTwoIsTaken()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        copyTo(one, QStringLiteral("a.so"));
        copyTo(two, QStringLiteral("b.so"));
        Registry registry({one.path(), two.path(), one.path()});
        QCOMPARE(registry.entries().size(), std::size_t(2));
        QCOMPARE(connector::word(registry.entries()[0].state), "ready");
        QCOMPARE(connector::word(registry.entries()[1].state), "duplicate");
        QVERIFY(registry.entries()[1].reason.contains(QStringLiteral("a.so")));
        QCOMPARE(registry.manifests().size(), std::size_t(1));
    }
};

ONDO_TEST(PluginTest)
#include "tst_plugin.moc"
