// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/profile.h"
#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/ondotest.h"
#include "support/recordedclient.h"

// A dialect that the program was not built with is found, listed with the others and used like them.
class SixthTest : public QObject
{
    Q_OBJECT

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR), QStringLiteral(ONDO_EXAMPLE_DIR)}};

private Q_SLOTS:
    void isListedBesideTheOthers()
    {
        const connector::Registry without(QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)});
        const auto manifests = m_registry.manifests();
        QCOMPARE(manifests.size(), without.manifests().size() + 1);
        QCOMPARE(manifests.back().id, std::string("druid"));
        QVERIFY(!without.manifest("druid"));
    }

    void runsAStatement()
    {
        auto profile = connector::profileFromUrl("druid://db.example/", m_registry.manifests());
        QVERIFY(profile.ok());
        support::RecordedClient client([](const http::Request &) {
            support::RecordedAnswer answer;
            answer.body = "[[\"t\",\"n\",\"x\",\"s\"],[\"TIMESTAMP\",\"BIGINT\",\"DOUBLE\",\"VARCHAR\"],"
                          "[\"2024-01-01T00:00:00.000Z\",9007199254740993,0.1,\"a\"],[null,null,null,\"\"]]";
            answer.blocks = {3, 5, 7};
            return answer;
        });
        auto connector = m_registry.connector(profile->connectorId);
        QVERIFY(connector.ok());
        auto session = connector.value()->createSession(*profile, client);
        QVERIFY(session.ok());
        support::KeepingSink sink;
        connector::Statement statement;
        statement.text = "SELECT \"t\" FROM x";
        const connector::Outcome outcome = session.value()->run(statement, {}, sink, {});
        QVERIFY(!outcome.error);
        QCOMPARE(static_cast<int>(outcome.completeness), static_cast<int>(connector::Completeness::Complete));
        QCOMPARE(sink.rows(), (std::vector<std::string>{"\"2024-01-01T00:00:00.000Z\",9007199254740993,0.1,\"a\"", "null,null,null,\"\""}));
        QCOMPARE(client.requests().front().url, std::string("http://db.example:8888/druid/v2/sql"));
        QCOMPARE(client.requests().front().body,
            std::string("{\"query\":\"SELECT \\\"t\\\" FROM x\",\"resultFormat\":\"array\",\"header\":true,\"sqlTypesHeader\":true}"));
    }
};

ONDO_TEST(SixthTest)
#include "tst_sixth.moc"
