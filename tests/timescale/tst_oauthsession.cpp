// SPDX-License-Identifier: GPL-3.0-or-later
#include "api.h"

#include "support/faultserver.h"
#include "support/ondotest.h"

#include <atomic>
#include <thread>

namespace {

// A gateway and its authorization server in one, which lets the last token that it gave through and no other.
class GuardedApi
{
public:
    GuardedApi()
        : m_server([this](support::Connection &connection) {
            for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest())
                connection.send(answerTo(request));
        })
    {
    }
    std::string url(const std::string &more = {}) const
    {
        return "timescale+http://127.0.0.1:" + std::to_string(m_server.port()) + "/prod?token_url=" + m_server.url("/token")
            + "&client_id=me&client_secret_env=TS_TEST_CLIENT_SECRET" + more;
    }
    void withdrawToken() { m_good = -1; }
    int logins() const { return m_logins; }
    int asked() const { return m_asked; }
    std::vector<std::string> requests() const { return m_server.requests(); }
    std::atomic<bool> refusesAll = false;

private:
    std::string answerTo(const std::string &request)
    {
        int status = 200;
        std::string body = "[{\"v\":1},{\"v\":2}]";
        if (request.find(" /token ") != std::string::npos) {
            m_good = ++m_logins;
            body = "{\"access_token\":\"access-token-" + std::to_string(m_logins) + "\",\"token_type\":\"bearer\",\"expires_in\":3600}";
        } else {
            ++m_asked;
            const bool isGood = request.find("Authorization: Bearer access-token-" + std::to_string(m_good) + "\r\n") != std::string::npos;
            if (!isGood || refusesAll) {
                status = 401;
                body = "{\"message\":\"The incoming token has expired\"}";
            }
        }
        return "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    std::atomic<int> m_logins = 0;
    std::atomic<int> m_asked = 0;
    std::atomic<int> m_good = 0;
    support::FaultServer m_server; // last: its threads use the rest
};

// A session of the plugin over the real client.
struct OAuthConnection {
    explicit OAuthConnection(const std::string &url)
    {
        auto profile = connector::profileFromUrl(url, registry.manifests());
        if (!profile) {
            error = profile.error();
            return;
        }
        auto created = registry.connector("timescale").value()->createSession(*profile, *client);
        if (created)
            session = std::move(created).value();
        else
            error = created.error();
    }
    connector::Outcome run(const std::string &text, connector::Sink &sink) const
    {
        connector::Statement statement;
        statement.text = text;
        statement.isRequest = true;
        return session->run(statement, {}, sink, {});
    }

    connector::Registry registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};
    std::unique_ptr<http::Client> client = http::createClient({});
    std::unique_ptr<connector::Session> session;
    core::Error error;
};

// How many of as many statements at once bring their rows.
int goodAtOnce(const OAuthConnection &connection, int count)
{
    std::atomic<int> good = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&] {
            NoticingSink sink;
            if (const auto outcome = connection.run("GET /t", sink); !outcome.error && outcome.rows == 2)
                ++good;
        });
    }
    threads.clear();
    return good;
}

} // namespace

class TimescaleOAuthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TS_TEST_CLIENT_SECRET", "client-secret-of-the-test"); }

    void fetchesATokenWhenFirstNeeded()
    {
        GuardedApi api;
        const OAuthConnection connection(api.url());
        QVERIFY2(connection.session != nullptr, qUtf8Printable(connection.error.message));
        QVERIFY(connection.session->loginState() && !connection.session->loginState()->fetchedAt);
        QCOMPARE(api.logins(), 0);
        NoticingSink sink;
        const connector::Outcome outcome = connection.run("GET /t", sink);
        QVERIFY2(!outcome.error, qUtf8Printable(outcome.error ? core::toText(*outcome.error) : QString()));
        QCOMPARE(outcome.rows, std::int64_t(2));
        connection.run("GET /t", sink);
        QCOMPARE(api.logins(), 1);
        const auto state = connection.session->loginState();
        QVERIFY(state && state->fetchedAt && state->expiresAt && state->renewals == 0);
    }
    void manyStatementsShareOneLogin()
    {
        GuardedApi api;
        const OAuthConnection connection(api.url());
        for (const int loginsAfter : {1, 2}) {
            QCOMPARE(goodAtOnce(connection, 10), 10);
            QCOMPARE(api.logins(), loginsAfter);
            api.withdrawToken(); // each statement of the second round may be refused once
        }
        QCOMPARE(connection.session->loginState()->renewals, 1);
    }
    void aRefusedStatementIsSentOnceMore()
    {
        GuardedApi api;
        const OAuthConnection connection(api.url());
        NoticingSink sink;
        connection.run("GET /t", sink);
        api.withdrawToken();
        QVERIFY(!connection.run("POST /insert\n\n{\"records\":[{\"a\":1}]}", sink).error);
        QCOMPARE(api.asked(), 3);
        QCOMPARE(api.logins(), 2);
        api.refusesAll = true;
        const connector::Outcome refused = connection.run("GET /t", sink);
        QVERIFY(refused.error);
        QCOMPARE(core::exitCode(refused.error->kind), 4);
        QCOMPARE(api.asked(), 5); // and not again and again
        QCOMPARE(api.logins(), 3);
    }
    void renewsOnRequest()
    {
        GuardedApi api;
        const OAuthConnection connection(api.url());
        NoticingSink sink;
        QVERIFY(connection.session->renewLogin(sink, {}));
        QVERIFY(connection.session->renewLogin(sink, {}));
        QCOMPARE(api.logins(), 2);
        QCOMPARE(connection.session->loginState()->renewals, 1);
        QVERIFY(!connection.run("GET /t", sink).error);
        QCOMPARE(api.logins(), 2);
    }
    void theTokenGoesToNoOtherOrigin()
    {
        GuardedApi api;
        support::FaultServer other(support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"));
        const OAuthConnection connection(api.url());
        NoticingSink sink;
        connection.run("GET /t", sink);
        connection.run("GET " + other.url("/x"), sink);
        QCOMPARE(other.requests().size(), std::size_t(1));
        QVERIFY(other.requests()[0].find("uthorization") == std::string::npos);
    }
    void whatTheProfileLacks_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QString>("named");
        QTest::newRow("no client secret") << QByteArray("token_url=http://h/t&client_id=a") << QStringLiteral("client secret");
        QTest::newRow("no client id") << QByteArray("token_url=http://h/t&client_secret_env=TS_TEST_CLIENT_SECRET") << QStringLiteral("client ID");
        QTest::newRow("no URL") << QByteArray("auth=oauth2&client_id=a&client_secret_env=TS_TEST_CLIENT_SECRET") << QStringLiteral("token_url");
        QTest::newRow("no refresh token") << QByteArray("token_url=http://h/t&grant=refresh_token") << QStringLiteral("refresh token");
        QTest::newRow("a variable not set") << QByteArray("token_url=http://h/t&refresh_token_env=TS_TEST_NO_SUCH") << QStringLiteral("TS_TEST_NO_SUCH");
    }
    void whatTheProfileLacks()
    {
        QFETCH(QByteArray, query);
        QFETCH(QString, named);
        const OAuthConnection connection("timescale://api.example/prod?" + query.toStdString());
        QVERIFY(!connection.session);
        QCOMPARE(core::exitCode(connection.error.kind), 2);
        QVERIFY2(connection.error.message.contains(named), qUtf8Printable(connection.error.message));
    }
};

ONDO_TEST(TimescaleOAuthTest)
#include "tst_oauthsession.moc"
