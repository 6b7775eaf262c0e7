// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/shellwords.h"

#include "support/ondotest.h"

using request::Shell;

// Command lines taken apart as the shells do that they were written for.
class ShellWordsTest : public QObject
{
    Q_OBJECT
private:
    static QStringList words(const std::string &text, Shell shell)
    {
        const auto line = request::readCommandLine(text, shell);
        QStringList out;
        if (line) {
            for (const request::Word &word : line->words)
                out << QString::fromStdString(word.text);
        }
        return out;
    }

private Q_SLOTS:
    void posix_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const char *text, const QStringList &expected) { QTest::newRow(name) << QByteArray(text) << expected; };
        row("quotes join", "a'b c'\"d e\"f\\ g", {QStringLiteral("ab cd ef g")});
        row("single quotes keep backslashes", "'a\\nb'", {QStringLiteral("a\\nb")});
        row("double quotes", "\"a\\\"b\\\\c\\$d\\n\"", {QStringLiteral("a\"b\\c$d\\n")});
        row("ansi", "$'a\\n\\t\\x41\\u00e9\\101\\'\\\\\\U0001F600'", {QString::fromUtf8("a\n\tA\xc3\xa9" "A'\\\xf0\x9f\x98\x80")});
        row("continued line", "a \\\n  b\\\nc", {QStringLiteral("a"), QStringLiteral("bc")});
        row("continued by CRLF", "a \\\r\n  b\r\n", {QStringLiteral("a"), QStringLiteral("b")});
        row("empty words", "'' \"\" $''", {QString(), QString(), QString()});
        row("variables stay", "\"$HOME/x\" ${A} `b`", {QStringLiteral("$HOME/x"), QStringLiteral("${A}"), QStringLiteral("`b`")});
        row("comment", "a # b c", {QStringLiteral("a")});
        row("hash within a word", "a#b", {QStringLiteral("a#b")});
        row("pipe", "a b | c", {QStringLiteral("a"), QStringLiteral("b")});
        row("other command", "a; b", {QStringLiteral("a")});
        row("redirection", "a > /dev/null 2>&1 b", {QStringLiteral("a"), QStringLiteral("b")});
        row("placeholder", "a <ID>/<sub-id> b", {QStringLiteral("a"), QStringLiteral("<ID>/<sub-id>"), QStringLiteral("b")});
        row("prompt", "$ a b", {QStringLiteral("a"), QStringLiteral("b")});
    }
    void posix()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        QCOMPARE(words(text.toStdString(), Shell::Posix), expected);
    }

    void windows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isCmd");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const char *text, bool isCmd, const QStringList &expected) { QTest::newRow(name) << QByteArray(text) << isCmd << expected; };
        row("carets", "^\"a^&b^\" ^\"^%^41^\"", true, {QStringLiteral("a&b"), QStringLiteral("%41")});
        row("caret at the end of a line", "a ^\r\n  b", true, {QStringLiteral("a"), QStringLiteral("b")});
        row("line within an argument", "^\"a^\n\nb^\"", true, {QStringLiteral("a\nb")});
        row("escaped quotes", "\"{\\\"a\\\":1}\"", true, {QStringLiteral("{\"a\":1}")});
        row("doubled quotes", "\"{\"\"a\"\":1}\"", true, {QStringLiteral("{\"a\":1}")});
        row("backslashes before no quote", "\"C:\\temp\\\\x\"", true, {QStringLiteral("C:\\temp\\\\x")});
        row("backslashes before a quote", "\"C:\\temp\\\\\" b", true, {QStringLiteral("C:\\temp\\"), QStringLiteral("b")});
        row("powershell", "'it''s' \"a `\"b`\" `$c\" d`\n e", false, {QStringLiteral("it's"), QStringLiteral("a \"b\" $c"), QStringLiteral("d"), QStringLiteral("e")});
        row("powershell's quotes for programs", "'{\\\"a\\\":1}'", false, {QStringLiteral("{\"a\":1}")});
    }
    void windows()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isCmd);
        QFETCH(QStringList, expected);
        QCOMPARE(words(text.toStdString(), isCmd ? Shell::Cmd : Shell::PowerShell), expected);
    }

    void shellsAreTold()
    {
        QCOMPARE(request::shellOf("curl ^\"http://h/^\""), Shell::Cmd);
        QCOMPARE(request::shellOf("curl \"http://h/\" ^\n -v"), Shell::Cmd);
        QCOMPARE(request::shellOf("curl.exe http://h/ `\n -v"), Shell::PowerShell);
        QCOMPARE(request::shellOf("curl -d \"a\\`\" http://h/"), Shell::Posix);
        QCOMPARE(request::shellOf("curl 'http://h/' \\\n -H 'a: b'"), Shell::Posix);
    }

    void mistakesHaveAPlace()
    {
        const auto line = request::readCommandLine("curl a \\\n  -H 'open", Shell::Posix);
        QVERIFY(!line);
        QCOMPARE(line.error().position.line.value_or(0), 2);
        QCOMPARE(line.error().position.column.value_or(0), 6);
    }

    void whatIsLeftOutIsSaid()
    {
        const auto line = request::readCommandLine("curl $URL -d `date` | jq .", Shell::Posix);
        QVERIFY(line.ok());
        const QString all = line->notices.join(QLatin1Char('\n'));
        QVERIFY(all.contains(QStringLiteral("$URL")));
        QVERIFY(all.contains(QLatin1Char('|')));
    }
};

ONDO_TEST(ShellWordsTest)
#include "tst_shellwords.moc"
