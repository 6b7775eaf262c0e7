// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedcase.h"

#include "connector/registry.h"
#include "support/keepingsink.h"
#include "support/ondotest.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRegularExpression>

#include <random>

namespace {

const char *kindWord(table::Kind kind)
{
    static constexpr const char *kWords[]{"null", "bool", "int", "uint", "float", "double", "decimal", "text", "binary", "json",
        "instant", "local", "date", "time", "interval"};
    return kWords[static_cast<std::size_t>(kind)];
}

QStringList columnsOf(const table::Schema &schema)
{
    QStringList columns;
    for (const table::ColumnInfo &info : schema.columns)
        columns << QString::fromStdString(info.name + " " + kindWord(info.kind) + " " + info.serverType).trimmed();
    return columns;
}

QStringList listOf(const std::vector<std::string> &lines)
{
    QStringList list;
    for (const std::string &line : lines)
        list << QString::fromStdString(line);
    return list;
}

// What one run of a case gave.
struct Run {
    connector::Outcome outcome;
    support::KeepingSink sink;
    std::vector<http::Request> requests;
};

} // namespace

// Feeds each dialect's plugin with recorded answers and checks what it asks and what it makes of them.
class ContractTest : public QObject
{
    Q_OBJECT

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    const std::vector<RecordedCase> m_cases = readCases(QStringLiteral(ONDO_RECORDED_DIR));

    void addCases()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_cases.size(); ++i)
            QTest::newRow(qPrintable(m_cases[i].name)) << static_cast<int>(i);
    }

    // How the body of the case's last answer comes is up to the caller; the others come whole.
    bool run(const RecordedCase &recorded, const std::vector<std::size_t> &blocks, std::optional<std::size_t> brokenAt, Run &result)
    {
        auto profile = connector::profileFromUrl(recorded.url, m_registry.manifests());
        if (!profile)
            return false;
        auto dialect = m_registry.connector(profile->connectorId);
        std::size_t next = 0;
        support::RecordedClient client([&](const http::Request &) {
            support::RecordedAnswer answer;
            if (next < recorded.exchanges.size())
                answer = recorded.exchanges[next].answer;
            else
                answer.unsent = core::Error{.kind = core::ErrorKind::Internal, .message = QStringLiteral("one request too many")};
            if (++next == recorded.exchanges.size()) {
                answer.blocks = blocks;
                if (brokenAt)
                    answer.brokenAt = brokenAt;
            }
            return answer;
        });
        auto session = dialect ? (*dialect)->createSession(*profile, client)
                               : core::Result<std::unique_ptr<connector::Session>>(dialect.error());
        if (!session)
            return false;
        const connector::Language &language = m_registry.manifest(profile->connectorId)->language;
        const auto statements = connector::splitScript(recorded.statement, language);
        connector::RunOptions options;
        options.maxRows = recorded.maxRows;
        for (const auto &[name, value] : recorded.parameters)
            options.parameters.push_back({name, {}, value});
        result.outcome = (*session)->run(statements.at(0), options, result.sink, {});
        result.requests = client.requests();
        return true;
    }

    void checkRequest(const http::Request &request, const RecordedExchange &exchange)
    {
        if (exchange.url.empty())
            return;
        static const QRegularExpression requestId(QStringLiteral("req_id=[0-9]+"));
        QCOMPARE(QString::fromStdString(request.method), QString::fromStdString(exchange.method));
        QCOMPARE(QString::fromStdString(request.url).replace(requestId, QStringLiteral("req_id=N")), QString::fromStdString(exchange.url));
        if (exchange.body)
            QCOMPARE(QString::fromStdString(request.body), QString::fromStdString(*exchange.body));
        for (const auto &[name, value] : exchange.headers) {
            http::Head head;
            head.headers = request.headers;
            QCOMPARE(QString::fromStdString(std::string(head.header(name))), QString::fromStdString(value));
        }
    }

    void checkError(const core::Error &error, const RecordedCase &recorded)
    {
        QCOMPARE(QString::fromLatin1(core::kindName(error.kind)), QString::fromStdString(recorded.errorKind));
        QCOMPARE(core::exitCode(error.kind), recorded.exitCode);
        QCOMPARE(error.serverCode, recorded.serverCode);
        if (!recorded.serverText.empty())
            QCOMPARE(QString::fromStdString(error.serverText), QString::fromStdString(recorded.serverText));
        QVERIFY2(error.message.contains(recorded.messageHas), qPrintable(error.message));
        QVERIFY2(error.hint.contains(recorded.hintHas), qPrintable(error.hint));
        QVERIFY(!error.message.isEmpty());
    }

    void checkOutcome(const Run &run, const RecordedCase &recorded)
    {
        const connector::Outcome &outcome = run.outcome;
        if (outcome.error && recorded.errorKind.empty())
            QFAIL(qPrintable(core::toText(*outcome.error)));
        QCOMPARE(outcome.error.has_value(), !recorded.errorKind.empty());
        if (outcome.error)
            checkError(*outcome.error, recorded);
        if (recorded.columns)
            QCOMPARE(columnsOf(run.sink.table.schema()), *recorded.columns);
        if (recorded.rows)
            QCOMPARE(listOf(run.sink.rows()), *recorded.rows);
        QCOMPARE(outcome.rows, run.sink.table.rowCount());
        QCOMPARE(QString::fromLatin1(connector::word(outcome.completeness)), QString::fromStdString(recorded.completeness));
        QCOMPARE(QString::fromLatin1(connector::word(outcome.reason)), QString::fromStdString(recorded.reason));
        QCOMPARE(outcome.affectedRows.has_value(), recorded.affectedRows.has_value());
        if (recorded.affectedRows)
            QCOMPARE(*outcome.affectedRows, *recorded.affectedRows);
    }

private Q_SLOTS:
    void asksAndAnswersAsRecorded_data() { addCases(); }
    void asksAndAnswersAsRecorded()
    {
        QFETCH(int, index);
        const RecordedCase &recorded = m_cases[static_cast<std::size_t>(index)];
        Run whole;
        QVERIFY(run(recorded, {}, std::nullopt, whole));
        QCOMPARE(whole.requests.size(), recorded.exchanges.size());
        for (std::size_t i = 0; i < whole.requests.size(); ++i)
            checkRequest(whole.requests[i], recorded.exchanges[i]);
        checkOutcome(whole, recorded);
    }

    void blocksOfAnySizeGiveTheSame_data() { addCases(); }
    void blocksOfAnySizeGiveTheSame()
    {
        QFETCH(int, index);
        const RecordedCase &recorded = m_cases[static_cast<std::size_t>(index)];
        std::mt19937 random(7);
        std::uniform_int_distribution<std::size_t> size(1, 37);
        std::vector<std::size_t> sizes(50);
        std::generate(sizes.begin(), sizes.end(), [&] { return size(random); });
        for (const std::vector<std::size_t> &blocks : {std::vector<std::size_t>{1}, sizes}) {
            Run pieces;
            QVERIFY(run(recorded, blocks, std::nullopt, pieces));
            checkOutcome(pieces, recorded);
        }
        // Two blocks, with the border at each byte.
        const std::size_t length = recorded.exchanges.empty() ? 0 : recorded.exchanges.back().answer.body.size();
        for (std::size_t border = 1; border < std::min<std::size_t>(length, 600); ++border) {
            Run pieces;
            QVERIFY(run(recorded, {border, length}, std::nullopt, pieces));
            checkOutcome(pieces, recorded);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QStringLiteral("with the border at byte %1").arg(border)));
        }
    }

    // A connection that is lost keeps the rows that came, and is never taken for an end.
    void connectionsLostAtAnyByteAreTold_data() { addCases(); }
    void connectionsLostAtAnyByteAreTold()
    {
        QFETCH(int, index);
        const RecordedCase &recorded = m_cases[static_cast<std::size_t>(index)];
        if (recorded.exchanges.empty() || recorded.exchanges.back().answer.brokenAt || recorded.maxRows > 0)
            return; // it is lost, or not read to its end, as it is
        Run whole;
        QVERIFY(run(recorded, {}, std::nullopt, whole));
        const std::vector<std::string> all = whole.sink.rows();
        const std::size_t length = recorded.exchanges.back().answer.body.size();
        for (std::size_t at = 0; at < std::min<std::size_t>(length, 600); ++at) {
            Run broken;
            QVERIFY(run(recorded, {}, at, broken));
            QVERIFY2(broken.outcome.error.has_value(), qPrintable(QStringLiteral("byte %1").arg(at)));
            QCOMPARE(core::exitCode(broken.outcome.error->kind), 3);
            QCOMPARE(static_cast<int>(broken.outcome.completeness), static_cast<int>(connector::Completeness::Cut));
            QCOMPARE(static_cast<int>(broken.outcome.reason), static_cast<int>(connector::Reason::Broken));
            const std::vector<std::string> rows = broken.sink.rows();
            QVERIFY(rows.size() <= all.size() && std::equal(rows.begin(), rows.end(), all.begin()));
        }
    }
};

ONDO_TEST(ContractTest)
#include "tst_contract.moc"
