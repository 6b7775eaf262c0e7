// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/script.h"

#include "support/ondotest.h"

#include <QElapsedTimer>

using connector::Language;
using connector::Statement;

namespace {
// Backticks, both string quotes, backslash escapes: the hardest of the dialects' rules.
Language backtickLanguage()
{
    Language language;
    language.identifierQuote = std::string(1, '`');
    language.stringQuotes = std::string("'\"");
    language.backslashEscapes = true;
    return language;
}

QStringList textsOf(const std::string &script, const Language &language)
{
    QStringList texts;
    for (const Statement &statement : connector::splitScript(script, language))
        texts << QString::fromStdString((statement.isRequest ? "[request] " : "") + statement.text);
    return texts;
}
}

class ScriptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *name, const char *script, std::initializer_list<const char *> texts) {
            QStringList list;
            for (const char *text : texts)
                list << QString::fromUtf8(text);
            QTest::newRow(name) << QByteArray(script) << list;
        };
        row("empty", "", {});
        row("blank", " \r\n\t", {});
        row("separators only", ";;\n;", {});
        row("one", "select 1", {"select 1"});
        row("two", "select 1;select 2;", {"select 1", "select 2"});
        row("separator in string", "select ';';select 2", {"select ';'", "select 2"});
        row("separator in other string", "select \";\";select 2", {"select \";\"", "select 2"});
        row("separator in backticks", "select `a;b`;select 2", {"select `a;b`", "select 2"});
        row("doubled quote", "select 'it''s;';select 2", {"select 'it''s;'", "select 2"});
        row("escaped quote", "select 'it\\';s';select 2", {"select 'it\\';s'", "select 2"});
        row("escaped backslash", "select '\\\\';select 2", {"select '\\\\'", "select 2"});
        row("no escapes in backticks", "select `a\\`;select 2", {"select `a\\`", "select 2"});
        row("line comment", "select 1 -- ;\n;select 2", {"select 1 -- ;", "select 2"});
        row("block comment", "select /* ; */ 1;select 2", {"select /* ; */ 1", "select 2"});
        row("quote in comment", "-- don't\nselect 1;select 2", {"-- don't\nselect 1", "select 2"});
        row("comment only", "select 1; -- done\n;/* x */", {"select 1"});
        row("unclosed string", "select 'a;b", {"select 'a;b"});
        row("unclosed comment", "select 1;/* a;b", {"select 1"});
        row("unclosed backtick", "select `a;b", {"select `a;b"});
        row("CRLF", "select 1;\r\nselect 2\r\n;\r\n", {"select 1", "select 2"});
        row("Chinese", "select '电;表';select `名;称`", {"select '电;表'", "select `名;称`"});
        row("byte order mark", "\xef\xbb\xbfselect 1;select 2", {"select 1", "select 2"});
        row("minus is no comment", "select 1-1;select - -1", {"select 1-1", "select - -1"});
        row("request", "GET /dbs", {"[request] GET /dbs"});
        row("request keeps separators", "POST /insert\n\n{\"a\":\";\"}\n", {"[request] POST /insert\n\n{\"a\":\";\"}"});
        row("requests", "### one\nGET /a\n### two\nPOST http://h/b\nX: y\n\nbody ### x\n###\n",
            {"[request] GET /a", "[request] POST http://h/b\nX: y\n\nbody ### x"});
        row("SQL then request", "select 1;\nPOST /rest/sql\n\nselect 2; select 3\n###\nselect 4",
            {"select 1", "[request] POST /rest/sql\n\nselect 2; select 3", "select 4"});
        row("comment before request", "# all\nGET /dbs", {"[request] # all\nGET /dbs"});
        row("DELETE is SQL too", "DELETE FROM t; DELETE /t; DELETE /* all */ FROM t", {"DELETE FROM t", "[request] DELETE /t; DELETE /* all */ FROM t"});
        row("comment after DELETE", "DELETE /* all */ FROM t;select 1", {"DELETE /* all */ FROM t", "select 1"});
        row("verb alone", "GET\n/dbs", {"GET\n/dbs"});
        row("template target", "GET {{base}}/dbs", {"[request] GET {{base}}/dbs"});
    }
    void splits()
    {
        QFETCH(QByteArray, script);
        QFETCH(QStringList, texts);
        QCOMPARE(textsOf(script.toStdString(), backtickLanguage()), texts);
    }

    void withoutBackslashEscapesABackslashEndsNothing()
    {
        QCOMPARE(textsOf("select '\\';select 2", Language()), (QStringList{QStringLiteral("select '\\'"), QStringLiteral("select 2")}));
    }

    void rangesAndLinesPointIntoTheScript()
    {
        const std::string script = "\xef\xbb\xbf-- 表\nselect 1 ;\r\n\r\nselect\n2;select 3";
        const auto statements = connector::splitScript(script, backtickLanguage());
        QCOMPARE(statements.size(), std::size_t(3));
        QCOMPARE(statements[0].begin, std::size_t(3));
        QCOMPARE(script[statements[0].end], ';');
        QCOMPARE(statements[0].line, 1);
        QCOMPARE(statements[1].line, 4);
        QCOMPARE(statements[2].line, 5);
        QCOMPARE(script.substr(statements[1].begin, statements[1].end - statements[1].begin), std::string("select\n2"));
        QCOMPARE(statements[2].end, script.size());
    }

    void findsTheStatementAtTheCaret()
    {
        const std::string script = "select 1;\n\nselect 2;select 3\n";
        const auto statements = connector::splitScript(script, Language());
        const auto at = [&](std::size_t offset) {
            const Statement *statement = connector::statementAt(statements, offset);
            return statement ? static_cast<int>(statement - statements.data()) : -1;
        };
        QCOMPARE(at(0), 0);
        QCOMPARE(at(script.find(';')), 0); // on the separator: the one before it
        QCOMPARE(at(script.find(';') + 1), 0); // just behind it
        QCOMPARE(at(script.find("\n\n") + 1), -1); // an empty line between two
        QCOMPARE(at(script.find("select 2")), 1);
        QCOMPARE(at(script.find("select 3")), 2); // a statement that begins there goes before
        QCOMPARE(at(script.size()), 2);
        QCOMPARE(connector::statementAt({}, 0), nullptr);
    }

    void splitsLongScriptsInLinearTime()
    {
        const auto millisecondsFor = [](int lines) {
            std::string script;
            for (int i = 0; i < lines; ++i)
                script += "INSERT INTO t VALUES (NOW, '表; it''s', \"x\"); -- line\n";
            QElapsedTimer timer;
            timer.start();
            const auto statements = connector::splitScript(script, backtickLanguage());
            if (statements.size() != static_cast<std::size_t>(lines) || statements.back().line != lines - (lines > 1 ? 1 : 0))
                return qint64(-1);
            return timer.elapsed();
        };
        const qint64 elapsed = millisecondsFor(100000);
        QVERIFY(elapsed >= 0);
        // Quadratic work on 5 MB would take hours; a sanitizer and a busy machine take seconds.
        QVERIFY2(elapsed < 30000, qPrintable(QString::number(elapsed)));
    }

    void fillsParameters_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("filled");
        QTest::newRow("integer") << QByteArray("select :x") << QByteArray("-42") << QByteArray("select -42");
        QTest::newRow("decimal") << QByteArray("select :x") << QByteArray("1.50e-3") << QByteArray("select 1.50e-3");
        QTest::newRow("leading zero") << QByteArray("select :x") << QByteArray("007") << QByteArray("select '007'");
        QTest::newRow("boolean") << QByteArray("select :x") << QByteArray("true") << QByteArray("select true");
        QTest::newRow("text") << QByteArray("select :x") << QByteArray("上海") << QByteArray("select '上海'");
        QTest::newRow("quotes") << QByteArray("select :x") << QByteArray("it's; drop \\") << QByteArray("select 'it\\'s; drop \\\\'");
        QTest::newRow("no expression") << QByteArray("select :x") << QByteArray("1+1") << QByteArray("select '1+1'");
        QTest::newRow("no comment") << QByteArray("select :x") << QByteArray("1--") << QByteArray("select '1--'");
        QTest::newRow("twice") << QByteArray("select :x,:x") << QByteArray("1") << QByteArray("select 1,1");
        QTest::newRow("not in strings") << QByteArray("select ':x',\":x\",`:x`,:x") << QByteArray("1") << QByteArray("select ':x',\":x\",`:x`,1");
        QTest::newRow("not in comments") << QByteArray("/* :x */select :x -- :x") << QByteArray("1") << QByteArray("/* :x */select 1 -- :x");
        QTest::newRow("not in casts") << QByteArray("select a::x,:x") << QByteArray("1") << QByteArray("select a::x,1");
        QTest::newRow("not before digits") << QByteArray("select a[1:2],:x") << QByteArray("1") << QByteArray("select a[1:2],1");
    }
    void fillsParameters()
    {
        QFETCH(QByteArray, statement);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, filled);
        const auto result = connector::withLiterals(statement.toStdString(), backtickLanguage(), {{"x", "", value.toStdString()}});
        QVERIFY(result.ok());
        QCOMPARE(QByteArray::fromStdString(*result), filled);
    }

    void typesDecideWhatLooksLikeANumber()
    {
        const auto result = connector::withLiterals("select :x, :y", Language(), {{"x", "varchar", "42"}, {"y", "", std::nullopt}});
        QVERIFY(result.ok());
        QCOMPARE(*result, std::string("select '42', NULL"));
    }

    void parametersMustMatchTheStatement()
    {
        const auto refused = [](const char *statement, const std::vector<connector::Parameter> &parameters, const char *name) {
            const auto result = connector::withLiterals(statement, Language(), parameters);
            return !result.ok() && result.error().kind == core::ErrorKind::Usage
                && result.error().message.contains(QString::fromLatin1(name));
        };
        QVERIFY(refused("select :x", {}, ":x"));
        QVERIFY(refused("select 1", {{"y", "", "1"}}, ":y"));
        QVERIFY(refused("select ':y'", {{"y", "", "1"}}, ":y"));
        QVERIFY(refused("select :x", {{"x", "", ""}}, ":x"));
        QVERIFY(!refused("select 1", {}, ""));
    }
};

ONDO_TEST(ScriptTest)
#include "tst_script.moc"
