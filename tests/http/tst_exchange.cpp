// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client.h"

#include "support/faultserver.h"
#include "support/ondotest.h"
#include "support/why.h"

#include <QTemporaryFile>

#include <algorithm>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr const char *kAnswer = "HTTP/1.1 200 OK\r\nX-Echo: Bearer s3cret-t0ken\r\nContent-Length: 15\r\n\r\nyour s3cret-url";

using Variables = std::vector<std::string>; // "NAME=value"

// Runs a command as somebody would who pasted it into a shell, with the secrets set.
bool runInShell(const std::string &command, Variables variables)
{
    QTemporaryFile script;
    if (!script.open() || script.write(command.data(), static_cast<qint64>(command.size())) < 0 || !script.flush())
        return false;
    std::string shell = "sh";
    std::string path = script.fileName().toStdString();
    char *arguments[] = { shell.data(), path.data(), nullptr };
    std::vector<char *> environment;
    for (char **variable = environ; *variable; ++variable)
        environment.push_back(*variable);
    for (std::string &variable : variables)
        environment.push_back(variable.data());
    environment.push_back(nullptr);
    posix_spawn_file_actions_t silence;
    posix_spawn_file_actions_init(&silence);
    for (const int output : { STDOUT_FILENO, STDERR_FILENO })
        posix_spawn_file_actions_addopen(&silence, output, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int status = 0;
    const bool isStarted = posix_spawn(&child, "/bin/sh", &silence, nullptr, arguments, environment.data()) == 0;
    posix_spawn_file_actions_destroy(&silence);
    return isStarted && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Headers in any order: curl puts its own first.
std::string sortedRequest(const std::string &request)
{
    const std::size_t end = request.find("\r\n\r\n");
    std::vector<std::string> lines;
    std::size_t at = 0;
    for (std::size_t next = 0; at < end; at = next + 2) {
        next = request.find("\r\n", at);
        lines.push_back(request.substr(at, next - at));
    }
    std::sort(lines.begin() + 1, lines.end());
    std::string out;
    for (const std::string &line : lines)
        out += line + '\n';
    return out + request.substr(end);
}

http::Request secretRequest(const std::string &url)
{
    http::Request request;
    request.method = "POST";
    request.url = url + "/login/s3cret-url/end?x=1";
    request.urlSecrets = { { url.size() + 7, 10 } };
    request.headers = { { "Authorization", "Bearer s3cret-t0ken", true }, { "X-Api-Key", "s3cret-key", true }, { "X-Plain", "it's" } };
    request.body = "select 'it''s' -- s3cret-t0ken";
    return request;
}

} // namespace

// What is shown of a request, and that it can be sent again from a shell.
class ExchangeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secretsAreBlankedEverywhere()
    {
        support::FaultServer server(support::alwaysAnswer(kAnswer));
        const auto client = http::createClient({});
        auto sent = client->send(secretRequest(server.url("")), {});
        ONDO_VERIFY_OK(sent);
        QVERIFY(http::readAll(**sent, 100).ok());
        const http::Exchange exchange = (*sent)->exchange();
        QVERIFY(exchange.url.ends_with("/login/***/end?x=1"));
        for (const std::string &text : { http::toText(exchange), http::toCurl(exchange) })
            QVERIFY2(text.find("s3cret") == std::string::npos, text.c_str());
        QCOMPARE(exchange.bodyStart, std::string("your ***"));
    }

    void secretAnswersAreNotKept()
    {
        support::FaultServer server(support::alwaysAnswer(kAnswer));
        http::Request request = secretRequest(server.url(""));
        request.secretAnswer = true;
        auto sent = http::createClient({})->send(request, {});
        ONDO_VERIFY_OK(sent);
        QCOMPARE(http::readAll(**sent, 100).valueOr({}), std::string("your s3cret-url"));
        const http::Exchange exchange = (*sent)->exchange();
        QCOMPARE(exchange.bodyStart, std::string("***"));
        QCOMPARE(exchange.bodyBytes, 15);
    }

    void errorsOfAFailedRequestHoldNoSecret()
    {
        http::Request request = secretRequest("http://127.0.0.1:" + std::to_string(support::closedPort()));
        http::Exchange failed;
        const auto sent = http::createClient({})->send(request, {}, &failed);
        QVERIFY(!sent.ok());
        QVERIFY(failed.error && failed.finished);
        for (const std::string &text : { http::toText(failed), http::toCurl(failed), core::toText(sent.error()).toStdString() })
            QVERIFY2(text.find("s3cret") == std::string::npos, text.c_str());
        QVERIFY(http::toCurl(failed).find("$SECRET_AUTHORIZATION") != std::string::npos);
    }

    void curlCommandSendsTheSameRequest()
    {
        support::FaultServer server(support::alwaysAnswer(kAnswer));
        http::Request request = secretRequest(server.url(""));
        request.body = "select 'it''s'";
        auto sent = http::createClient({})->send(request, {});
        ONDO_VERIFY_OK(sent);
        const std::string command = http::toCurl((*sent)->exchange());
        QVERIFY2(runInShell(command,
                     { "SECRET_AUTHORIZATION=Bearer s3cret-t0ken", "SECRET_X_API_KEY=s3cret-key", "SECRET_1=s3cret-url" }),
            command.c_str());
        const auto requests = server.requests();
        QCOMPARE(requests.size(), std::size_t(2));
        QCOMPARE(sortedRequest(requests[1]), sortedRequest(requests[0]));
        for (const char *name : { "# $SECRET_AUTHORIZATION: ", "# $SECRET_X_API_KEY: ", "# $SECRET_1: " })
            QVERIFY2(command.find(name) != std::string::npos, command.c_str());
    }

    void curlCommandKeepsEveryRequest_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("body");
        QByteArray allBytes;
        for (int i = 0; i < 256; ++i)
            allBytes += static_cast<char>(i);
        QTest::newRow("get") << QByteArray("GET") << QByteArray("/dbs") << QByteArray();
        QTest::newRow("globs and dots") << QByteArray("GET") << QByteArray("/a/../{b}/[1-3]?x={1,2}&q=$HOME%27`") << QByteArray();
        QTest::newRow("all bytes") << QByteArray("POST") << QByteArray("/") << allBytes;
        QTest::newRow("at sign") << QByteArray("POST") << QByteArray("/") << QByteArray("@/etc/hostname");
        QTest::newRow("shell") << QByteArray("POST") << QByteArray("/") << QByteArray("$(id) `id` \"$HOME\" \\n 'x' !! %s\nnext\n");
        QTest::newRow("unicode") << QByteArray("PUT") << QByteArray("/") << QByteArray("温度 = 'ä'");
        QTest::newRow("empty post") << QByteArray("POST") << QByteArray("/") << QByteArray();
        QTest::newRow("get with body") << QByteArray("GET") << QByteArray("/") << QByteArray("{}");
        QTest::newRow("delete") << QByteArray("DELETE") << QByteArray("/x") << QByteArray();
        QTest::newRow("head") << QByteArray("HEAD") << QByteArray("/x") << QByteArray();
        QTest::newRow("large") << QByteArray("POST") << QByteArray("/") << QByteArray("it's ").repeated(400'000);
    }
    void curlCommandKeepsEveryRequest()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, body);
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 204 None\r\n\r\n"));
        http::Request request;
        request.method = method.toStdString();
        request.url = server.url(target.toStdString());
        request.body = body.toStdString();
        request.headers = { { "Content-Type", "text/plain" }, { "X-Empty", "" }, { "X-Quote", "\"it's\" $x" } };
        auto sent = http::createClient({})->send(request, {});
        ONDO_VERIFY_OK(sent);
        QVERIFY(runInShell(http::toCurl((*sent)->exchange()), {}));
        const auto requests = server.requests();
        QCOMPARE(requests.size(), std::size_t(2));
        QVERIFY2(sortedRequest(requests[1]) == sortedRequest(requests[0]), requests[1].substr(0, 2000).c_str());
    }

    void textIsInTheOrderOfTheWire()
    {
        support::FaultServer server(support::alwaysAnswer("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nX: y\r\n\r\nnone"));
        http::Request request;
        request.url = server.url("/x?y=1");
        request.purpose = QStringLiteral("catalogue");
        request.acceptGzip = false;
        auto sent = http::createClient({})->send(request, {});
        ONDO_VERIFY_OK(sent);
        QVERIFY(http::readAll(**sent, 100).ok());
        const http::Exchange exchange = (*sent)->exchange();
        const std::string host = "127.0.0.1:" + std::to_string(server.port());
        const std::string expected = "# " + std::to_string(exchange.id) + " catalogue -> " + host + "\nGET /x?y=1 HTTP/1.1\nHost: " + host
            + "\nUser-Agent: Ondograph\n\nHTTP/1.1 404 Not Found\nContent-Length: 4\nX: y\n\nnone\n# ms: ";
        QCOMPARE(http::toText(exchange).substr(0, expected.size()), expected);
    }
};

ONDO_TEST(ExchangeTest)
#include "tst_exchange.moc"
