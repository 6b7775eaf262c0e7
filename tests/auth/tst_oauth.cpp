// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/oauth.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr std::string_view kClientSecret = "geheim:/ 密码+%&é";
// Client and secret as RFC 6749 2.3.1 has them encoded, then as Basic log-in does.
const std::string kBasic = "Basic Y2xpZW50JTIwb25lOmdlaGVpbSUzQSUyRiUyMCVFNSVBRiU4NiVFNyVBMCU4MSUyQiUyNSUyNiVDMyVBOQ==";

std::string httpAnswer(int status, const std::string &body, const std::string &more = {})
{
    return "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Type: application/json;charset=UTF-8\r\n" + more
        + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// An authorization server that gives token1, token2 … and counts.
class TokenServer
{
public:
    explicit TokenServer(std::string more = ",\"token_type\":\"Bearer\",\"expires_in\":3600")
        : m_more(std::move(more))
        , m_server([this](support::Connection &connection) {
            for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest())
                connection.send(answerTo(++m_count));
        })
    {
    }
    explicit TokenServer(std::function<std::string(int)> answer)
        : m_answer(std::move(answer))
        , m_server([this](support::Connection &connection) {
            for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest())
                connection.send(m_answer(++m_count));
        })
    {
    }
    std::string url() const { return m_server.url("/oauth2/token"); }
    std::vector<std::string> requests() const { return m_server.requests(); }

private:
    std::string answerTo(int count) const { return httpAnswer(200, "{\"access_token\":\"token" + std::to_string(count) + "\"" + m_more + "}"); }

    const std::string m_more;
    const std::function<std::string(int)> m_answer;
    std::atomic<int> m_count = 0;
    support::FaultServer m_server; // last: its threads use the rest
};

std::function<std::string(int)> alwaysTo(const std::string &url)
{
    return [url](int) { return httpAnswer(307, "", "Location: " + url + "\r\n"); };
}

auth::OAuthSettings settingsFor(const std::string &url)
{
    auth::OAuthSettings settings;
    settings.tokenUrl = url;
    settings.clientId = "client one";
    settings.clientSecret = core::Secret(kClientSecret);
    return settings;
}

std::string bodyOf(const std::string &request)
{
    return request.substr(request.find("\r\n\r\n") + 4);
}

} // namespace

// Log-ins at a server on loopback, over the real client.
class OAuthTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<http::Client> m_client;

private Q_SLOTS:
    void init() { m_client = http::createClient({}); }

    void theClientStandsInAHeader()
    {
        TokenServer server;
        auth::OAuthSettings settings = settingsFor(server.url());
        settings.scope = "read write";
        settings.audience = "https://api.example/";
        auth::OAuthLogin login(settings, *m_client);
        ONDO_VERIFY_OK(login.token({}));
        const std::string request = server.requests().at(0);
        QVERIFY(request.starts_with("POST /oauth2/token HTTP/1.1\r\n"));
        QVERIFY2(request.find("Authorization: " + kBasic + "\r\n") != std::string::npos, request.c_str());
        QVERIFY(request.find("Content-Type: application/x-www-form-urlencoded\r\n") != std::string::npos);
        QCOMPARE(bodyOf(request), std::string("grant_type=client_credentials&scope=read%20write&audience=https%3A%2F%2Fapi.example%2F"));
    }
    void theClientStandsInTheForm()
    {
        TokenServer server;
        auth::OAuthSettings settings = settingsFor(server.url());
        settings.clientAuthentication = auth::OAuthSettings::ClientAuthentication::Body;
        auth::OAuthLogin login(settings, *m_client);
        ONDO_VERIFY_OK(login.token({}));
        const std::string request = server.requests().at(0);
        QVERIFY(request.find("Authorization:") == std::string::npos);
        QCOMPARE(bodyOf(request), std::string("grant_type=client_credentials&client_id=client%20one&client_secret="
                                              "geheim%3A%2F%20%E5%AF%86%E7%A0%81%2B%25%26%C3%A9"));
    }
    void aPublicClientNamesItself()
    {
        TokenServer server;
        auth::OAuthSettings settings = settingsFor(server.url());
        settings.grant = auth::OAuthSettings::Grant::RefreshToken;
        settings.clientSecret = {};
        settings.refreshToken = core::Secret("refresh/1");
        auth::OAuthLogin login(settings, *m_client);
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(bodyOf(server.requests().at(0)), std::string("grant_type=refresh_token&refresh_token=refresh%2F1&client_id=client%20one"));
    }

    void whatServersAnswer_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<int>("lifetime"); // 0: none told
        QTest::newRow("as the RFC has it") << QByteArray(",\"token_type\":\"Bearer\",\"expires_in\":3600") << 3600;
        QTest::newRow("no expires_in") << QByteArray(",\"token_type\":\"bearer\"") << 0;
        QTest::newRow("type in capitals") << QByteArray(",\"token_type\":\"BEARER\",\"expires_in\":60") << 60;
        QTest::newRow("no type") << QByteArray(",\"expires_in\":60") << 60;
        QTest::newRow("seconds as text") << QByteArray(",\"expires_in\":\"120\"") << 120;
        QTest::newRow("seconds with a fraction") << QByteArray(",\"expires_in\":59.9") << 59;
        QTest::newRow("zero seconds") << QByteArray(",\"expires_in\":0") << 0;
        QTest::newRow("seconds of no sense") << QByteArray(",\"expires_in\":-1") << 0;
        QTest::newRow("null") << QByteArray(",\"expires_in\":null,\"scope\":null,\"more\":{\"a\":[1]}") << 0;
    }
    void whatServersAnswer()
    {
        QFETCH(QByteArray, more);
        QFETCH(int, lifetime);
        TokenServer server(more.toStdString());
        const auto now = std::chrono::system_clock::time_point(std::chrono::hours(9000));
        auth::OAuthLogin login(settingsFor(server.url()), *m_client, [now] { return now; });
        const auto token = login.token({});
        ONDO_VERIFY_OK(token);
        QCOMPARE(token->secret.reveal(), std::string_view("token1"));
        QCOMPARE(login.state().expiresAt.has_value(), lifetime > 0);
        if (lifetime > 0)
            QCOMPARE(*login.state().expiresAt, now + std::chrono::seconds(lifetime));
        QCOMPARE(login.state().scheme, std::string("OAuth 2 client credentials"));
    }

    void whatServersRefuse_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong secret") << 401 << QByteArray("{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}") << 4 << QStringLiteral("invalid_client");
        QTest::newRow("status 400") << 400 << QByteArray("{\"error\":\"invalid_grant\"}") << 4 << QStringLiteral("invalid_grant");
        QTest::newRow("error within 200") << 200 << QByteArray("{\"error\":\"invalid_scope\"}") << 4 << QStringLiteral("invalid_scope");
        QTest::newRow("403 without a form") << 403 << QByteArray("<html>no</html>") << 4 << QString();
        QTest::newRow("500") << 500 << QByteArray("oops") << 1 << QString();
        QTest::newRow("503") << 503 << QByteArray("later") << 3 << QString();
        QTest::newRow("another type of token") << 200 << QByteArray("{\"access_token\":\"t\",\"token_type\":\"mac\"}") << 4 << QString();
        QTest::newRow("no token") << 200 << QByteArray("{\"token\":\"t\"}") << 5 << QString();
        QTest::newRow("no JSON") << 200 << QByteArray("access_token=t&expires=5") << 5 << QString();
        QTest::newRow("nothing") << 200 << QByteArray() << 5 << QString();
    }
    void whatServersRefuse()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, exitCode);
        QFETCH(QString, code);
        TokenServer server([&](int) { return httpAnswer(status, body.toStdString()); });
        auth::OAuthLogin login(settingsFor(server.url()), *m_client);
        const auto token = login.token({});
        QVERIFY(!token);
        QCOMPARE(core::exitCode(token.error().kind), exitCode);
        QCOMPARE(token.error().serverCode, code);
        QCOMPARE(token.error().httpStatus, status);
        if (status != 503) // which is asked again, as all is that only reads
            QCOMPARE(server.requests().size(), std::size_t(1));
    }
    void aRedirectGetsNoSecret()
    {
        TokenServer other;
        TokenServer server(alwaysTo(other.url()));
        auth::OAuthLogin login(settingsFor(server.url()), *m_client);
        QCOMPARE(login.token({}).error().kind, core::ErrorKind::Login);
        QVERIFY(other.requests().empty());
    }
    void errorsRepeatNoSecret()
    {
        TokenServer server([](int) {
            return httpAnswer(401, "{\"error\":\"invalid_client\",\"error_description\":\"client one with " + std::string(kClientSecret) + " and " + kBasic + "\"}");
        });
        auth::OAuthLogin login(settingsFor(server.url()), *m_client);
        const QString said = core::toText(login.token({}).error());
        QVERIFY(said.contains(QStringLiteral("***")));
        QVERIFY2(!said.contains(QStringLiteral("geheim")) && !said.contains(QStringLiteral("Y2xpZW50")), qUtf8Printable(said));
    }
    void exchangesShowNoSecret()
    {
        for (const auto place : {auth::OAuthSettings::ClientAuthentication::Basic, auth::OAuthSettings::ClientAuthentication::Body}) {
            TokenServer server(",\"refresh_token\":\"refresh/2\"");
            auth::OAuthSettings settings = settingsFor(server.url());
            settings.clientAuthentication = place;
            settings.grant = auth::OAuthSettings::Grant::RefreshToken;
            settings.refreshToken = core::Secret("refresh/1");
            auth::OAuthLogin login(settings, *m_client);
            ONDO_VERIFY_OK(login.token({}));
            const auto exchanges = login.takeExchanges();
            QCOMPARE(exchanges.size(), std::size_t(1));
            const std::string shown = http::toText(exchanges[0]) + http::toCurl(exchanges[0]);
            QVERIFY(shown.find("grant_type=refresh_token") != std::string::npos);
            for (const char *secret : {"geheim", "refresh%2F", "refresh/", "token1", "Y2xpZW50"})
                QVERIFY2(shown.find(secret) == std::string::npos, shown.c_str());
            QVERIFY(login.takeExchanges().empty());
        }
    }

    void statementsAtOnceShareOneLogin()
    {
        TokenServer server;
        auth::OAuthLogin login(settingsFor(server.url()), *m_client);
        std::atomic<int> good = 0;
        const auto askAll = [&](std::string_view expected) {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 12; ++i) {
                threads.emplace_back([&, expected] {
                    const auto token = login.token({});
                    if (token && token->secret.reveal() == expected)
                        ++good;
                });
            }
        };
        askAll("token1");
        QCOMPARE(good.load(), 12);
        QCOMPARE(server.requests().size(), std::size_t(1));
        // All are refused with the same token: one log-in again.
        std::vector<std::jthread> threads;
        for (int i = 0; i < 12; ++i)
            threads.emplace_back([&] { login.refused(1); });
        threads.clear();
        askAll("token2");
        QCOMPARE(good.load(), 24);
        QCOMPARE(server.requests().size(), std::size_t(2));
    }
    void isRenewedBeforeItExpires()
    {
        TokenServer server;
        std::atomic<std::int64_t> seconds = 0;
        auth::OAuthLogin login(settingsFor(server.url()), *m_client,
            [&] { return std::chrono::system_clock::time_point(std::chrono::seconds(1700000000 + seconds)); });
        ONDO_VERIFY_OK(login.token({}));
        seconds = 3500;
        ONDO_VERIFY_OK(login.token({}));
        QCOMPARE(server.requests().size(), std::size_t(1));
        seconds = 3541;
        QCOMPARE(login.token({}).value().secret.reveal(), std::string_view("token2"));
        QCOMPARE(server.requests().size(), std::size_t(2));
        QCOMPARE(login.state().renewals, 1);
    }
    void refreshTokensAreReplaced()
    {
        TokenServer server([](int count) {
            const std::string next = count == 2 ? "" : ",\"refresh_token\":\"refresh" + std::to_string(count + 1) + "\"";
            return httpAnswer(200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\"" + next + "}");
        });
        auth::OAuthSettings settings = settingsFor(server.url());
        settings.grant = auth::OAuthSettings::Grant::RefreshToken;
        settings.refreshToken = core::Secret("refresh1");
        std::vector<std::string> kept;
        settings.keepRefreshToken = [&](const core::Secret &token) { kept.emplace_back(token.reveal()); };
        auth::OAuthLogin login(settings, *m_client);
        for (int i = 0; i < 4; ++i)
            QVERIFY(login.renew({}).ok());
        std::vector<std::string> sent;
        for (const std::string &request : server.requests())
            sent.push_back(bodyOf(request));
        QCOMPARE(sent, (std::vector<std::string>{"grant_type=refresh_token&refresh_token=refresh1", "grant_type=refresh_token&refresh_token=refresh2",
                           "grant_type=refresh_token&refresh_token=refresh2", "grant_type=refresh_token&refresh_token=refresh4"}));
        QCOMPARE(kept, (std::vector<std::string>{"refresh2", "refresh4", "refresh5"}));
    }
    void aStopEndsTheLogin()
    {
        support::Gate asked;
        support::Gate never;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            asked.open();
            connection.waitFor(never);
        });
        auth::OAuthLogin login(settingsFor(server.url()), *m_client);
        std::stop_source stop;
        std::jthread stopper([&] {
            asked.wait();
            stop.request_stop();
        });
        QCOMPARE(login.token(stop.get_token()).error().kind, core::ErrorKind::Cancelled);
    }
};

ONDO_TEST(OAuthTest)
#include "tst_oauth.moc"
