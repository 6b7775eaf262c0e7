// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"
#include "support/ondotest.h"

#include <QJsonArray>

namespace {

std::vector<connector::Statement> statements(const std::vector<std::string> &texts)
{
    std::vector<connector::Statement> all;
    for (const std::string &text : texts) {
        all.emplace_back();
        all.back().text = text;
    }
    return all;
}

std::string part(int number, const std::string &members)
{
    return std::string("{\"Id\":\"") + kId + ":" + std::to_string(number) + "\"," + members + "}";
}

} // namespace

class RedshiftBatchTest : public QObject
{
    Q_OBJECT

    std::vector<TellingSink> m_sinks;
    std::vector<std::size_t> m_order;

    std::vector<connector::Outcome> run(RecordedService &service, const std::vector<std::string> &texts, const std::string &kind,
        std::vector<connector::Parameter> parameters = {})
    {
        m_sinks = std::vector<TellingSink>(texts.size() + 1);
        m_order.clear();
        connector::RunOptions options;
        options.batch = kind;
        options.parameters = std::move(parameters);
        return service.session->runBatch(statements(texts), options,
            [this](std::size_t index) -> connector::Sink & {
                m_order.push_back(index);
                return m_sinks[index];
            },
            {});
    }

private Q_SLOTS:
    void eachPartGivesItsResult()
    {
        RecordedService service;
        service.answer("BatchExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"STARTED\"");
        service.answerState("\"Status\":\"FINISHED\",\"HasResultSet\":true,\"SubStatements\":["
            + part(1, "\"Status\":\"FINISHED\",\"HasResultSet\":false,\"ResultRows\":3") + ","
            + part(2, "\"Status\":\"FINISHED\",\"HasResultSet\":true,\"Duration\":2000000") + "]");
        service.answer("GetStatementResult", "{\"ColumnMetadata\":[{\"name\":\"v\",\"typeName\":\"int4\"}],\"Records\":[[{\"longValue\":7}]],\"TotalNumRows\":1}");
        const auto outcomes = run(service, {"INSERT INTO t VALUES (1)", "SELECT v FROM t"}, "transaction");
        QCOMPARE(outcomes.size(), std::size_t(2));
        QCOMPARE(outcomes[0].affectedRows.value_or(0), 3);
        QCOMPARE(m_sinks[1].rows(), std::vector<std::string>{"7"});
        QCOMPARE(outcomes[1].serverMicroseconds.value_or(0), 2000);
        QCOMPARE(m_order, (std::vector<std::size_t>{0, 1}));
        QVERIFY(!service.input(0).contains(QLatin1String("ExecutionMode")));
        QCOMPARE(service.input(0).value(QLatin1String("Sqls")).toArray().size(), 2);
        QCOMPARE(service.input(3).value(QLatin1String("Id")).toString(), QString::fromLatin1(kId) + QStringLiteral(":2"));
    }

    void failureRollsBackAndTheRestDoesNotRun()
    {
        RecordedService service;
        service.answer("BatchExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"FAILED\",\"Error\":\"Query #2 failed\",\"SubStatements\":["
            + part(1, "\"Status\":\"FINISHED\",\"HasResultSet\":true") + "," + part(2, "\"Status\":\"FAILED\",\"Error\":\"ERROR: division by zero\"") + ","
            + part(3, "\"Status\":\"ABORTED\"") + "]");
        const auto outcomes = run(service, {"SELECT 1", "SELECT 1/0", "SELECT 2"}, "transaction");
        QCOMPARE(outcomes.size(), std::size_t(3));
        QVERIFY(!outcomes[0].error && !outcomes[0].affectedRows);
        QVERIFY(m_sinks[0].notices.first().contains(QStringLiteral("rolled back")));
        QCOMPARE(outcomes[1].error->serverText, std::string("ERROR: division by zero"));
        QVERIFY(outcomes[2].error->message.contains(QStringLiteral("did not run")));
        QCOMPARE(service.operations().size(), std::size_t(2));
    }

    void eachAloneGoesOnBehindAFailure()
    {
        RecordedService service;
        service.answer("BatchExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"FAILED\",\"SubStatements\":[" + part(1, "\"Status\":\"FAILED\",\"Error\":\"ERROR: no\"") + ","
            + part(2, "\"Status\":\"FINISHED\",\"HasResultSet\":false,\"ResultRows\":1") + "]");
        const auto outcomes = run(service, {"DELETE FROM a", "DELETE FROM b"}, "each");
        QCOMPARE(service.input(0).value(QLatin1String("ExecutionMode")).toString(), QStringLiteral("AUTO_COMMIT"));
        QVERIFY(outcomes[0].error.has_value());
        QCOMPARE(outcomes[1].affectedRows.value_or(0), 1);
    }

    void parametersAreSharedByAll()
    {
        RecordedService service;
        service.answer("BatchExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"FINISHED\",\"SubStatements\":[" + part(1, "\"Status\":\"FINISHED\"") + "," + part(2, "\"Status\":\"FINISHED\"") + "]");
        run(service, {"DELETE FROM a WHERE x = :a", "DELETE FROM b WHERE x = :b"}, "transaction", {{"a", "", "1"}, {"b", "", "2"}});
        QCOMPARE(service.input(0).value(QLatin1String("Parameters")).toArray().size(), 2);
        const auto outcomes = run(service, {"SELECT :a", "SELECT 1"}, "transaction", {{"a", "", "1"}, {"c", "", "2"}});
        QCOMPARE(outcomes.size(), std::size_t(1));
        QCOMPARE(outcomes[0].error->kind, core::ErrorKind::Usage);
        QCOMPARE(service.requests().size(), std::size_t(2));
    }

    void mostIsForty()
    {
        RecordedService service;
        const auto outcomes = run(service, std::vector<std::string>(41, "SELECT 1"), "transaction");
        QCOMPARE(outcomes.size(), std::size_t(1));
        QCOMPARE(outcomes[0].error->kind, core::ErrorKind::Usage);
        QVERIFY(service.requests().empty());
        QCOMPARE(run(service, {}, "each")[0].error->kind, core::ErrorKind::Usage);
    }

    void partsThatAreMissingAreAWrongForm()
    {
        RecordedService service;
        service.answer("BatchExecuteStatement", std::string("{\"Id\":\"") + kId + "\"}");
        service.answerState("\"Status\":\"FINISHED\",\"SubStatements\":[" + part(1, "\"Status\":\"FINISHED\"") + "]");
        QCOMPARE(run(service, {"SELECT 1", "SELECT 2"}, "transaction")[0].error->kind, core::ErrorKind::Decode);
    }
};

ONDO_TEST(RedshiftBatchTest)
#include "tst_batch.moc"
