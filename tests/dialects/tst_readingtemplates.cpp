// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/readsonly.h"
#include "connector/registry.h"
#include "connector/request.h"
#include "support/ondotest.h"

namespace {

// The template filled in with something harmless.
connector::Statement filled(const connector::RequestTemplate &request)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const std::string &name : connector::variablesOf(request.text))
        values.emplace_back(name, "x");
    connector::Statement statement;
    statement.text = connector::withVariables(request.text, values);
    statement.isRequest = true;
    return statement;
}

} // namespace

// What each dialect marks as reading is taken on a read-only connection; what writes through the same endpoint is not.
class ReadingTemplatesTest : public QObject
{
    Q_OBJECT

    connector::Registry m_registry{QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)}};

private Q_SLOTS:
    void markedOnesRead()
    {
        int marked = 0;
        for (const connector::Manifest &manifest : m_registry.manifests()) {
            for (const connector::RequestTemplate &request : manifest.templates) {
                const bool reads = connector::readsOnly(filled(request), manifest);
                const bool isGet = request.text.starts_with("GET ");
                marked += request.readsOnly && !isGet;
                const bool isDecidedBySql = !request.sqlPlace.empty();
                QVERIFY2(reads == (request.readsOnly || isGet) || isDecidedBySql, request.text.c_str());
                QVERIFY2(!request.readsOnly || reads, request.text.c_str());
            }
        }
        QVERIFY(marked >= 15);
    }

    void sqlThatWritesIsRefusedAtTheSameEndpoint()
    {
        int decided = 0;
        for (const connector::Manifest &manifest : m_registry.manifests()) {
            for (const connector::RequestTemplate &request : manifest.templates) {
                if (request.sqlPlace.empty())
                    continue;
                ++decided;
                auto parsed = connector::parseRequest(filled(request).text);
                QVERIFY(parsed.ok());
                connector::Statement statement;
                statement.isRequest = true;
                statement.text = parsed->method + " " + parsed->target + "\n";
                for (const http::Header &header : parsed->headers)
                    statement.text += header.name + ": " + header.value + "\n";
                const std::string key = request.sqlPlace.substr(1);
                const std::string drop = "drop table t";
                statement.text += "\n" + (request.sqlPlace == "body" ? drop : "{\"" + key + "\": " + (key.ends_with('s') ? "[\"" + drop + "\"]" : "\"" + drop + "\"") + "}");
                QVERIFY2(!connector::readsOnly(statement, manifest), statement.text.c_str());
            }
        }
        QVERIFY(decided >= 10);
    }
};

ONDO_TEST(ReadingTemplatesTest)
#include "tst_readingtemplates.moc"
