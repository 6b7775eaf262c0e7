// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"
#include "editor/scintilla.h"

#include <QStringList>

#include <optional>
#include <vector>

class QTimer;

namespace editor {

class SqlLexer;

// The text of a SQL tab: colours, line numbers, completion, and which statement the cursor is in. Positions of
// statements are bytes of UTF-8, as Scintilla counts them.
class ScriptEditor : public QsciScintilla
{
    Q_OBJECT
public:
    explicit ScriptEditor(QWidget *parent = nullptr);

    void setDialect(const connector::Language &language);
    const connector::Language &dialect() const { return m_language; }
    // Names of the catalogue that completion offers beside the dialect's words.
    void setCatalogNames(const QStringList &names);

    std::string utf8() const;
    // The selection if there is one, else the statement at the cursor; empty if neither holds a statement.
    std::vector<connector::Statement> statementsToRun() const;
    std::vector<connector::Statement> allStatements() const;

    // Cursor as a byte offset of the text.
    qint64 cursorByte() const;
    void setCursorByte(qint64 byte);

    // Marks a statement as failed until the text changes; line and column count from 1 within the statement.
    void markError(const connector::Statement &statement, std::optional<int> line, std::optional<int> column);
    void clearErrors();

public Q_SLOTS:
    // Comments the selected lines out, or in again if all of them are comments.
    void toggleComment();
    void completeWord();

Q_SIGNALS:
    // The text or the cursor changed, and with them perhaps the statement at the cursor.
    void statementChanged();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void applyTheme();
    void markStatement();
    void offerWords(int charactersTyped);
    const std::vector<connector::Statement> &split() const;

    SqlLexer *m_lexer;
    connector::Language m_language;
    QStringList m_languageWords;
    QStringList m_catalogNames;
    QTimer *m_markTimer;
    mutable std::optional<std::vector<connector::Statement>> m_statements; // of the text as it is now
};

} // namespace editor
