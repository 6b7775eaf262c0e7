// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/scripteditor.h"

#include "common/icons.h"
#include "common/theme.h"
#include "connector/script.h"
#include "editor/completion.h"
#include "editor/sqllexer.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QTimer>

namespace editor {

namespace {
constexpr int kNumberMargin = 0;
constexpr int kStatementMargin = 1;
constexpr int kStatementMarker = 1;
constexpr int kErrorMarker = 2;
constexpr int kErrorIndicator = 8;
constexpr int kMarkDelayMs = 60;
constexpr qint64 kMarkedTextBytes = 4 << 20; // beyond, the mark would cost more than a frame after every key
constexpr long kMarkedLines = 2000;
constexpr int kMinimumTyped = 2;
}

ScriptEditor::ScriptEditor(QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new SqlLexer(this))
    , m_markTimer(new QTimer(this))
{
    setUtf8(true);
    setEolMode(EolUnix);
    setLexer(m_lexer);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("SQL text"));
    setIndentationsUseTabs(false);
    setTabWidth(4);
    setAutoIndent(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    setCaretWidth(2);
    setMarginType(kNumberMargin, NumberMargin);
    setMarginType(kStatementMargin, SymbolMargin);
    setMarginWidth(kStatementMargin, 3);
    setMarginWidth(2, 0);
    setMarginMarkerMask(kStatementMargin, (1 << kStatementMarker) | (1 << kErrorMarker));
    markerDefine(FullRectangle, kStatementMarker);
    markerDefine(FullRectangle, kErrorMarker);
    indicatorDefine(SquiggleIndicator, kErrorIndicator);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETMULTIPLESELECTION, 1UL);
    SendScintilla(SCI_SETADDITIONALSELECTIONTYPING, 1UL);
    SendScintilla(SCI_SETEXTRAASCENT, 2UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
    SendScintilla(SCI_AUTOCSETIGNORECASE, 1UL);
    SendScintilla(SCI_AUTOCSETORDER, static_cast<unsigned long>(SC_ORDER_PRESORTED));
    SendScintilla(SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
    SendScintilla(SCI_AUTOCSETAUTOHIDE, 1UL);
    SendScintilla(SCI_AUTOCSETMAXHEIGHT, 10UL);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, static_cast<long>(2 * common::kStep));
    // Ctrl+/ and the like are the window's; Scintilla's own bindings for these would take them first.
    for (const int key : {'/', 'D', 'L', 'T', 'U'})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key + (SCMOD_CTRL << 16)));

    m_markTimer->setSingleShot(true);
    m_markTimer->setInterval(kMarkDelayMs);
    connect(m_markTimer, &QTimer::timeout, this, &ScriptEditor::markStatement);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        m_statements.reset();
        clearErrors();
        m_markTimer->start();
    });
    connect(this, &QsciScintilla::cursorPositionChanged, m_markTimer, qOverload<>(&QTimer::start));
    connect(this, &QsciScintilla::linesChanged, this, [this] {
        setMarginWidth(kNumberMargin, QStringLiteral("0") + QString::number(qMax(99, lines())));
    });
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, [this](int) { offerWords(kMinimumTyped); });
    setMarginWidth(kNumberMargin, QStringLiteral("099"));
    applyTheme();
}

void ScriptEditor::setDialect(const connector::Language &language)
{
    m_language = language;
    m_languageWords = dialectWords(language);
    m_statements.reset();
    m_lexer->setDialect(language);
    m_markTimer->start();
}

void ScriptEditor::setCatalogNames(const QStringList &names)
{
    m_catalogNames = names;
}

std::string ScriptEditor::utf8() const
{
    std::string text(static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH)) + 1, '\0');
    SendScintilla(SCI_GETTEXT, static_cast<unsigned long>(text.size()), text.data());
    text.pop_back();
    return text;
}

const std::vector<connector::Statement> &ScriptEditor::split() const
{
    if (!m_statements)
        m_statements = connector::splitScript(utf8(), m_language);
    return *m_statements;
}

std::vector<connector::Statement> ScriptEditor::allStatements() const
{
    return split();
}

std::vector<connector::Statement> ScriptEditor::statementsToRun() const
{
    if (!hasSelectedText()) {
        const connector::Statement *statement = connector::statementAt(split(), static_cast<std::size_t>(cursorByte()));
        return statement ? std::vector{*statement} : std::vector<connector::Statement>{};
    }
    const auto begin = static_cast<std::size_t>(SendScintilla(SCI_GETSELECTIONSTART));
    const auto end = static_cast<std::size_t>(SendScintilla(SCI_GETSELECTIONEND));
    auto statements = connector::splitScript(utf8().substr(begin, end - begin), m_language);
    const int line = static_cast<int>(SendScintilla(SCI_LINEFROMPOSITION, static_cast<long>(begin)));
    for (connector::Statement &statement : statements) {
        statement.begin += begin;
        statement.end += begin;
        statement.line += line;
    }
    return statements;
}

qint64 ScriptEditor::cursorByte() const
{
    return SendScintilla(SCI_GETCURRENTPOS);
}

void ScriptEditor::setCursorByte(qint64 byte)
{
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(qBound(qint64(0), byte, qint64(SendScintilla(SCI_GETLENGTH)))));
    ensureCursorVisible();
}

void ScriptEditor::markStatement()
{
    markerDeleteAll(kStatementMarker);
    if (SendScintilla(SCI_GETLENGTH) <= kMarkedTextBytes) {
        const connector::Statement *statement = connector::statementAt(split(), static_cast<std::size_t>(cursorByte()));
        if (statement) {
            const long first = SendScintilla(SCI_LINEFROMPOSITION, static_cast<long>(statement->begin));
            const long last = SendScintilla(SCI_LINEFROMPOSITION, static_cast<long>(statement->end));
            for (long line = first; line <= qMin(last, first + kMarkedLines); ++line)
                markerAdd(static_cast<int>(line), kStatementMarker);
        }
    }
    Q_EMIT statementChanged();
}

void ScriptEditor::markError(
    const connector::Statement &statement, std::optional<int> line, std::optional<int> column)
{
    if (statement.end > static_cast<std::size_t>(SendScintilla(SCI_GETLENGTH)))
        return;
    const long first = SendScintilla(SCI_LINEFROMPOSITION, static_cast<long>(statement.begin));
    const long marked = first + (line ? *line - 1 : 0);
    markerAdd(static_cast<int>(marked), kErrorMarker);
    if (!line || !column)
        return;
    const long lineBegin = line == 1 ? static_cast<long>(statement.begin) : SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(marked));
    const long begin = SendScintilla(SCI_POSITIONRELATIVE, static_cast<unsigned long>(lineBegin), static_cast<long>(*column - 1));
    const long end = qMax(begin + 1, SendScintilla(SCI_WORDENDPOSITION, static_cast<unsigned long>(begin), 1L));
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kErrorIndicator));
    SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(begin), end - begin);
}

void ScriptEditor::clearErrors()
{
    markerDeleteAll(kErrorMarker);
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kErrorIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
}

void ScriptEditor::toggleComment()
{
    if (m_language.lineComments.empty())
        return;
    const QString mark = QString::fromStdString(m_language.lineComments.front());
    int first = 0;
    int last = 0;
    int column = 0;
    int lastColumn = 0;
    if (hasSelectedText()) {
        getSelection(&first, &column, &last, &lastColumn);
        if (lastColumn == 0 && last > first)
            --last;
    } else {
        getCursorPosition(&first, &column);
        last = first;
    }
    bool allAreComments = true;
    for (int line = first; line <= last; ++line) {
        const QString words = text(line).trimmed();
        allAreComments = allAreComments && (words.isEmpty() || words.startsWith(mark));
    }
    beginUndoAction();
    for (int line = first; line <= last; ++line) {
        const QString words = text(line);
        const auto indent = static_cast<int>(words.size() - QStringView(words).trimmed().size() - (words.endsWith(QLatin1Char('\n')) ? 1 : 0));
        const auto start = static_cast<int>(words.indexOf(mark));
        if (allAreComments && start >= 0) {
            const bool hasBlank = words.mid(start + mark.size(), 1) == QLatin1String(" ");
            setSelection(line, start, line, start + static_cast<int>(mark.size()) + (hasBlank ? 1 : 0));
            removeSelectedText();
        } else if (!allAreComments && !words.trimmed().isEmpty()) {
            insertAt(mark + QLatin1Char(' '), line, qMin(indent, static_cast<int>(words.size())));
        }
    }
    endUndoAction();
    if (first != last)
        setSelection(first, 0, last, static_cast<int>(text(last).trimmed().isEmpty() ? 0 : lineLength(last)));
}

void ScriptEditor::completeWord()
{
    offerWords(0);
}

void ScriptEditor::offerWords(int charactersTyped)
{
    const long at = SendScintilla(SCI_GETCURRENTPOS);
    const long begin = SendScintilla(SCI_WORDSTARTPOSITION, static_cast<unsigned long>(at), 1L);
    const int token = static_cast<int>(SendScintilla(SCI_GETSTYLEAT, static_cast<unsigned long>(qMax(0L, at - 1))));
    if (at - begin < charactersTyped || SqlLexer::isComment(token) || SqlLexer::isString(token))
        return;
    std::string typed(static_cast<std::size_t>(at - begin) + 1, '\0');
    SendScintilla(SCI_GETTEXTRANGE, begin, at, typed.data());
    typed.pop_back();
    if (!typed.empty() && typed.front() >= '0' && typed.front() <= '9')
        return;
    const QString prefix = QString::fromStdString(typed);
    const QStringList words = completions(prefix, m_languageWords, m_catalogNames);
    if (words.isEmpty() || (words.size() == 1 && words.first() == prefix)) {
        SendScintilla(SCI_AUTOCCANCEL);
        return;
    }
    const QByteArray list = words.join(QLatin1Char('\n')).toUtf8();
    SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(typed.size()), list.constData());
}

void ScriptEditor::keyPressEvent(QKeyEvent *event)
{
    // With a list of words open, Return takes one; else the window's shortcuts come before Scintilla's bindings.
    if (event->modifiers() & Qt::ControlModifier
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        event->ignore();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

void ScriptEditor::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    const bool isSelected = hasSelectedText();
    menu.addAction(tr("Undo"), this, &QsciScintilla::undo)->setEnabled(isUndoAvailable());
    menu.addAction(tr("Redo"), this, &QsciScintilla::redo)->setEnabled(isRedoAvailable());
    menu.addSeparator();
    menu.addAction(tr("Cut"), this, &QsciScintilla::cut)->setEnabled(isSelected);
    menu.addAction(common::icon(QStringLiteral("copy")), tr("Copy"), this, &QsciScintilla::copy)->setEnabled(isSelected);
    menu.addAction(tr("Paste"), this, &QsciScintilla::paste);
    menu.addSeparator();
    menu.addAction(tr("Select all"), this, [this] { selectAll(); });
    menu.addSeparator();
    menu.addActions(actions());
    menu.exec(event->globalPos());
}

void ScriptEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void ScriptEditor::applyTheme()
{
    const common::Theme &theme = common::Theme::of(this);
    m_lexer->applyTheme(theme.isDark);
    setPaper(theme.background);
    setColor(theme.text);
    setCaretForegroundColor(theme.text);
    setCaretLineBackgroundColor(theme.surface);
    setSelectionBackgroundColor(theme.selection);
    resetSelectionForegroundColor();
    setMarginsFont(common::dataFont());
    setMarginsForegroundColor(theme.muted);
    setMarginsBackgroundColor(theme.background);
    setMarginBackgroundColor(kStatementMargin, theme.background);
    setMarkerBackgroundColor(theme.accent, kStatementMarker);
    setMarkerForegroundColor(theme.accent, kStatementMarker);
    setMarkerBackgroundColor(theme.danger, kErrorMarker);
    setMarkerForegroundColor(theme.danger, kErrorMarker);
    setIndicatorForegroundColor(theme.danger, kErrorIndicator);
    setMatchedBraceForegroundColor(theme.accent);
    setMatchedBraceBackgroundColor(theme.selection);
    setUnmatchedBraceForegroundColor(theme.danger);
    setUnmatchedBraceBackgroundColor(theme.background);
}

} // namespace editor

#include "moc_scripteditor.cpp"
