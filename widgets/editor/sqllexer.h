// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "editor/scintilla.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace editor {

// Colours a script of SQL and HTTP requests by what the connector's Language says of its words, quotes and comments.
// Works line by line from the state that the line before left, so that an edit restyles what it changed and no more.
class SqlLexer : public QsciLexerCustom
{
    Q_OBJECT
public:
    // What a byte of the text is. Strings are told apart by the character that opened them.
    enum Token {
        Plain,
        Keyword,
        Function,
        Type,
        Number,
        LineComment,
        BlockComment,
        Identifier, // quoted
        Parameter,
        Operator,
        Method, // of an HTTP request
        Url,
        HeaderName,
        Body,
        RequestEnd, // "###"
        String0, // opened by the first of Language::stringQuotes
        String1,
        String2,
        TokenCount
    };

    explicit SqlLexer(QObject *parent = nullptr);

    void setDialect(const connector::Language &language);
    // Takes the colours of the theme that the editor's palette belongs to.
    void applyTheme(bool isDark);

    const char *language() const override { return "SQL"; }
    QString description(int style) const override;
    void styleText(int start, int end) override;

    static bool isString(int token) { return token >= String0; }
    static bool isComment(int token) { return token == LineComment || token == BlockComment; }

private:
    struct Line; // one line being styled
    void styleSqlLine(Line &line) const;
    bool styleOpenToken(Line &line) const;
    void styleWord(Line &line) const;
    void styleNumber(Line &line) const;
    void styleRequestLine(Line &line) const;
    bool startsRequest(std::string_view line) const;
    int lineCommentLength(std::string_view rest) const;

    connector::Language m_language;
    std::unordered_map<std::string, Token> m_words; // lower case
};

} // namespace editor
