// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "support/ondotest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

// The program as it is installed, with plugins that are missing or damaged.
class PluginsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_tree;
    QString m_program;

    QString plugin(const QString &file) const { return m_tree->filePath(QStringLiteral("lib/ondograph/connectors/") + file); }
    Run run(const QStringList &arguments) const { return Program(arguments).at(m_program).run(); }
    QStringList connectors(const char *state) const
    {
        QStringList ids;
        const Run listed = run({QStringLiteral("connectors"), QStringLiteral("--format"), QStringLiteral("csv")});
        for (const QByteArray &line : listed.out.split('\n')) {
            const QList<QByteArray> fields = line.split(',');
            if (fields.size() > 2 && fields[2] == state)
                ids << QString::fromUtf8(fields[0]);
        }
        return ids;
    }

private Q_SLOTS:
    void init()
    {
        m_tree = std::make_unique<QTemporaryDir>();
        const QDir built = QFileInfo(QStringLiteral(ONDO_PROGRAM)).dir();
        QDir tree(m_tree->path());
        QVERIFY(tree.mkpath(QStringLiteral("bin")) && tree.mkpath(QStringLiteral("lib/ondograph/connectors")));
        m_program = m_tree->filePath(QStringLiteral("bin/ondograph"));
        QVERIFY(QFile::copy(QStringLiteral(ONDO_PROGRAM), m_program));
        const QDir plugins(built.filePath(QStringLiteral("../lib/ondograph/connectors")));
        for (const QString &file : plugins.entryList({QStringLiteral("*.so")}, QDir::Files))
            QVERIFY(QFile::copy(plugins.filePath(file), plugin(file)));
    }

    void allAreReady()
    {
        QStringList ids = connectors("ready");
        ids.sort();
        QCOMPARE(ids, (QStringList{QStringLiteral("lindorm"), QStringLiteral("openmldb"), QStringLiteral("redshift"),
                          QStringLiteral("tdengine"), QStringLiteral("timescale")}));
    }

    void oneThatIsGoneIsNotMissed()
    {
        QVERIFY(QFile::remove(plugin(QStringLiteral("redshift.so"))));
        QCOMPARE(connectors("ready").size(), 4);
        QVERIFY(connectors("damaged").isEmpty());
        const Run gone = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("sandbox/redshift"), QStringLiteral("select 1")});
        QCOMPARE(gone.exitCode, 2);
        const Run other = run({QStringLiteral("query"), QStringLiteral("-c"), QStringLiteral("sandbox/tdengine"),
            QStringLiteral("select 1"), QStringLiteral("--format"), QStringLiteral("null")});
        QCOMPARE(other.exitCode, 0);
    }

    void damagedOnesAreListedWithAReason_data()
    {
        QTest::addColumn<int>("keptPercent");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << 0 << QStringLiteral("empty");
        QTest::newRow("cut off early") << 1 << QStringLiteral("end of the file is missing");
        QTest::newRow("cut off in the middle") << 50 << QStringLiteral("end of the file is missing");
        QTest::newRow("cut off late") << 99 << QStringLiteral("end of the file is missing");
    }
    void damagedOnesAreListedWithAReason()
    {
        QFETCH(int, keptPercent);
        QFETCH(QString, reason);
        QFile file(plugin(QStringLiteral("lindorm.so")));
        QVERIFY(file.resize(file.size() * keptPercent / 100));
        QCOMPARE(connectors("damaged"), QStringList{QStringLiteral("lindorm")});
        QCOMPARE(connectors("ready").size(), 4);
        const Run listed = run({QStringLiteral("connectors")});
        QCOMPARE(listed.exitCode, 0);
        QVERIFY2(listed.out.contains(reason.toUtf8()), listed.out.constData());
    }
};

ONDO_TEST(PluginsTest)
#include "tst_plugins.moc"
