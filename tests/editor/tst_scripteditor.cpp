// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/completion.h"
#include "editor/findbar.h"
#include "editor/scripteditor.h"
#include "editor/sqllexer.h"

#include "support/ondotest.h"

#include <QLineEdit>

#include <memory>

namespace {

connector::Language testLanguage()
{
    connector::Language language;
    language.keywords = {QStringLiteral("SELECT"), QStringLiteral("FROM"), QStringLiteral("INTERVAL"), QStringLiteral("SLIDING")};
    language.functions = {QStringLiteral("FIRST"), QStringLiteral("COUNT"), QStringLiteral("_WSTART")};
    language.types = {QStringLiteral("INT")};
    language.identifierQuote = std::string("`");
    language.stringQuotes = std::string("'\"");
    language.backslashEscapes = true;
    return language;
}

} // namespace

class ScriptEditorTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<editor::ScriptEditor> m_editor;

    int tokenAt(const QByteArray &word, int from = 0) const
    {
        m_editor->recolor();
        const auto at = static_cast<unsigned long>(m_editor->text().toUtf8().indexOf(word, from));
        return static_cast<int>(m_editor->SendScintilla(QsciScintillaBase::SCI_GETSTYLEAT, at));
    }
    QStringList toRun() const
    {
        QStringList texts;
        for (const connector::Statement &statement : m_editor->statementsToRun())
            texts << QString::fromStdString(statement.text);
        return texts;
    }
    void cursorAfter(const QString &words) const
    {
        const QString text = m_editor->text();
        m_editor->setCursorByte(text.left(text.indexOf(words) + words.size()).toUtf8().size());
    }

private Q_SLOTS:
    void init()
    {
        m_editor = std::make_unique<editor::ScriptEditor>();
        m_editor->setDialect(testLanguage());
        m_editor->resize(600, 400);
    }
    void cleanup() { m_editor.reset(); }

    void findsTheStatementAtTheCursor()
    {
        m_editor->setText(QStringLiteral("select 1;\n\nselect ';' from a;\nselect 3"));
        cursorAfter(QStringLiteral("sel"));
        QCOMPARE(toRun(), QStringList{QStringLiteral("select 1")});
        cursorAfter(QStringLiteral("from"));
        QCOMPARE(toRun(), QStringList{QStringLiteral("select ';' from a")});
        cursorAfter(QStringLiteral("select 3"));
        QCOMPARE(toRun(), QStringList{QStringLiteral("select 3")});
    }
    void countsBytesWhereChineseStandsBefore()
    {
        m_editor->setText(QStringLiteral("-- 电表的电流，每十分钟一个平均值\nselect '北京；;' from 表一;\nselect 2 from 表二;\n"));
        cursorAfter(QStringLiteral("select 2"));
        QCOMPARE(toRun(), QStringList{QStringLiteral("select 2 from 表二")});
        const auto statements = m_editor->statementsToRun();
        QCOMPARE(statements.front().line, 3);
        QCOMPARE(m_editor->utf8().substr(statements.front().begin, statements.front().end - statements.front().begin),
            std::string("select 2 from 表二"));
        cursorAfter(QStringLiteral("表一"));
        QCOMPARE(toRun().size(), 1);
        QVERIFY(toRun().front().contains(QStringLiteral("北京；;")));
    }
    void runsTheSelectionAlone()
    {
        m_editor->setText(QStringLiteral("-- 中文\nselect 1 from a; select 2 from b;\nselect 3;"));
        m_editor->setSelection(1, 7, 1, 25);
        QCOMPARE(toRun(), (QStringList{QStringLiteral("1 from a"), QStringLiteral("select 2")}));
        QCOMPARE(m_editor->statementsToRun().front().line, 2);
    }
    void hasNothingToRunInAnEmptyText()
    {
        QVERIFY(m_editor->statementsToRun().empty());
        m_editor->setText(QStringLiteral("  -- only a comment\n"));
        QVERIFY(m_editor->statementsToRun().empty());
    }
    void keepsTheCursorAsAByte()
    {
        m_editor->setText(QStringLiteral("温度 select"));
        m_editor->setCursorByte(7);
        QCOMPARE(m_editor->cursorByte(), 7);
        m_editor->setCursorByte(100000);
        QCOMPARE(m_editor->cursorByte(), qint64(m_editor->utf8().size()));
    }

    void coloursWordsOfTheDialect()
    {
        using Lexer = editor::SqlLexer;
        m_editor->setText(QStringLiteral("SELECT first(v), `first`, first, _wstart, 1.5e-3, 'a\\'b', \"c\" -- end\nFROM t.from /* one\ntwo */ INTERVAL :name ? x::int"));
        QCOMPARE(tokenAt("SELECT"), int(Lexer::Keyword));
        QCOMPARE(tokenAt("first(v)"), int(Lexer::Function));
        QCOMPARE(tokenAt("`first`"), int(Lexer::Identifier));
        QCOMPARE(tokenAt("first, _w"), int(Lexer::Plain));
        QCOMPARE(tokenAt("_wstart"), int(Lexer::Function));
        QCOMPARE(tokenAt("e-3"), int(Lexer::Number));
        QCOMPARE(tokenAt("-3,"), int(Lexer::Number));
        QCOMPARE(tokenAt("b', "), int(Lexer::String0));
        QCOMPARE(tokenAt("\"c\""), int(Lexer::String1));
        QCOMPARE(tokenAt("-- end"), int(Lexer::LineComment));
        QCOMPARE(tokenAt("FROM"), int(Lexer::Keyword));
        QCOMPARE(tokenAt("from /*"), int(Lexer::Plain));
        QCOMPARE(tokenAt("two"), int(Lexer::BlockComment));
        QCOMPARE(tokenAt("INTERVAL"), int(Lexer::Keyword));
        QCOMPARE(tokenAt(":name"), int(Lexer::Parameter));
        QCOMPARE(tokenAt("? x"), int(Lexer::Parameter));
        QCOMPARE(tokenAt("int", 80), int(Lexer::Type));
    }
    void carriesOpenTokensOverLines()
    {
        using Lexer = editor::SqlLexer;
        m_editor->setText(QStringLiteral("select 'one\ntwo' from a;\nselect \"three\nfour\";"));
        QCOMPARE(tokenAt("two"), int(Lexer::String0));
        QCOMPARE(tokenAt("from"), int(Lexer::Keyword));
        QCOMPARE(tokenAt("four"), int(Lexer::String1));
        // Closing the string earlier changes the lines below.
        m_editor->insertAt(QStringLiteral("'"), 0, 11);
        QCOMPARE(tokenAt("two"), int(Lexer::Plain));
    }
    void coloursRequests()
    {
        using Lexer = editor::SqlLexer;
        m_editor->setText(QStringLiteral("select 1;\nPOST /rest/sql\nAccept: text/plain\n\nselect 2;\n###\nselect 3"));
        QCOMPARE(tokenAt("POST"), int(Lexer::Method));
        QCOMPARE(tokenAt("/rest"), int(Lexer::Url));
        QCOMPARE(tokenAt("Accept"), int(Lexer::HeaderName));
        QCOMPARE(tokenAt("select 2"), int(Lexer::Body));
        QCOMPARE(tokenAt("###"), int(Lexer::RequestEnd));
        QCOMPARE(tokenAt("select 3"), int(Lexer::Keyword));
    }
    void endsAnUnclosedStringNowhere()
    {
        m_editor->setText(QStringLiteral("select 'open\\"));
        QCOMPARE(tokenAt("open"), int(editor::SqlLexer::String0));
    }

    void commentsLinesOutAndIn()
    {
        const QString before = QStringLiteral("select 1\n  from 表\n\nwhere a\n");
        m_editor->setText(before);
        m_editor->setSelection(0, 0, 4, 0);
        m_editor->toggleComment();
        QCOMPARE(m_editor->text(), QStringLiteral("-- select 1\n  -- from 表\n\n-- where a\n"));
        m_editor->setSelection(0, 0, 4, 0);
        m_editor->toggleComment();
        QCOMPARE(m_editor->text(), before);
        m_editor->setSelection(0, 0, 4, 0);
        m_editor->toggleComment();
        m_editor->undo();
        QCOMPARE(m_editor->text(), before);
    }

    void completesFromWordsAndNames()
    {
        const QStringList words = editor::dialectWords(testLanguage());
        QCOMPARE(editor::completions(QStringLiteral("s"), words, {QStringLiteral("stocks"), QStringLiteral("Sensors")}),
            (QStringList{QStringLiteral("select"), QStringLiteral("Sensors"), QStringLiteral("sliding"), QStringLiteral("stocks")}));
        QCOMPARE(editor::completions(QStringLiteral("SE"), words, {}), QStringList{QStringLiteral("SELECT")});
        QCOMPARE(editor::completions(QStringLiteral("表"), words, {QStringLiteral("表一")}), QStringList{QStringLiteral("表一")});
        QVERIFY(editor::completions(QStringLiteral("zzz"), words, {}).isEmpty());
    }

    void findsAndWrapsAround()
    {
        m_editor->setText(QStringLiteral("一 meters 二 METERS"));
        editor::FindBar bar(m_editor.get(), nullptr);
        bar.open();
        auto *input = bar.findChild<QLineEdit *>();
        QTest::keyClicks(input, QStringLiteral("meters"));
        QCOMPARE(m_editor->selectedText(), QStringLiteral("meters"));
        bar.findNext();
        QCOMPARE(m_editor->selectedText(), QStringLiteral("METERS"));
        bar.findNext();
        QCOMPARE(m_editor->selectedText(), QStringLiteral("meters"));
        QTest::keyClick(input, Qt::Key_Escape);
        QVERIFY(!bar.isVisible());
    }

    void stylesABigScriptLineByLine()
    {
        QString text;
        for (int i = 0; i < 20000; ++i)
            text += QStringLiteral("select first(v) from 表 where name = 'x';\n");
        m_editor->setText(text);
        QCOMPARE(m_editor->allStatements().size(), std::size_t(20000));
        QCOMPARE(tokenAt("select", 500000), int(editor::SqlLexer::Keyword));
    }
};

ONDO_TEST(ScriptEditorTest)
#include "tst_scripteditor.moc"
