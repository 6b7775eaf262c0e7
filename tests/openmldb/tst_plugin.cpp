// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/registry.h"
#include "support/ondotest.h"

#include <algorithm>

using connector::Registry;

class OpenmldbPluginTest : public QObject
{
    Q_OBJECT

    Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};

private Q_SLOTS:
    void describesItself()
    {
        const connector::Manifest *manifest = m_registry.manifest("openmldb");
        QVERIFY(manifest);
        QCOMPARE(manifest->defaultPort, 9080);
        QCOMPARE(manifest->defaultTransport, std::string("http"));
        QCOMPARE(manifest->order, 3);
        QVERIFY(manifest->hasSandbox && manifest->language.hasNumberedParameters && manifest->capabilities.call);
        QVERIFY(!manifest->capabilities.pushDown);
        for (const char *word : {"ROWS_RANGE", "LAST", "MAXSIZE", "INSTANCE_NOT_IN_WINDOW", "EXCLUDE", "CURRENT_TIME", "DEPLOY", "TTL_TYPE", "ABSANDLAT", "OUTFILE", "JOBLOG", "ILIKE"})
            QVERIFY2(manifest->language.keywords.contains(QLatin1String(word)), word);
        for (const char *word : {"TOPN_FREQUENCY", "DISTINCT_COUNT", "COUNT_WHERE", "AVG_CATE", "EW_AVG", "DRAWDOWN", "SPLIT_BY_KEY", "UNIX_TIMESTAMP", "FZ_SPLIT"})
            QVERIFY2(manifest->language.functions.contains(QLatin1String(word)), word);
    }
    void everyEndpointHasATemplate_data()
    {
        QTest::addColumn<QByteArray>("start");
        for (const char *start : {"GET /dbs", "GET /dbs/{{database}}/tables", "GET /dbs/{{database}}/tables/{{table}}", "PUT /dbs/{{database}}/tables/{{table}}\n",
                 "POST /dbs/{{database}}\n", "GET /dbs/{{database}}/deployments/{{deployment}}", "POST /dbs/{{database}}/deployments/{{deployment}}\n",
                 "GET /dbs/{{database}}/procedures/{{procedure}}", "POST /dbs/{{database}}/procedures/{{procedure}}\n", "POST /refresh", "GET /status",
                 "GET /vars", "GET /version", "GET /health"})
            QTest::newRow(start) << QByteArray(start);
    }
    void everyEndpointHasATemplate()
    {
        QFETCH(QByteArray, start);
        const connector::Manifest *manifest = m_registry.manifest("openmldb");
        const auto found = std::find_if(manifest->templates.begin(), manifest->templates.end(), [&](const connector::RequestTemplate &request) {
            return start.endsWith('\n') ? request.text.starts_with(start.toStdString()) : request.text == start.toStdString();
        });
        QVERIFY(found != manifest->templates.end());
        QVERIFY(!found->explanation.isEmpty() && !found->title.isEmpty());
        const auto statements = connector::splitScript(found->text, manifest->language);
        QCOMPARE(statements.size(), std::size_t(1));
        QVERIFY(statements[0].isRequest);
    }
    void samplesSplit()
    {
        const connector::Manifest *manifest = m_registry.manifest("openmldb");
        for (const connector::Sample &sample : manifest->samples)
            QVERIFY(!connector::splitScript(sample.text, manifest->language).empty());
    }
};

ONDO_TEST(OpenmldbPluginTest)
#include "tst_plugin.moc"
