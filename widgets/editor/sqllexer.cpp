// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/sqllexer.h"

#include "common/theme.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace editor {

namespace {

// What a line leaves to the next, kept as Scintilla's line state.
enum LineMode { SqlMode = 0, HeadersMode = 1, BodyMode = 2, ModeMask = 3 };
constexpr int kStatementBegins = 4; // nothing of a statement has come yet
constexpr int kOpenShift = 4; // the token that reaches into the next line, plus 1

bool isWordByte(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return std::isalnum(u) != 0 || c == '_' || c == '$' || u >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

} // namespace

struct SqlLexer::Line {
    std::string_view text;
    std::string styles; // one byte a byte of text
    std::size_t at = 0;
    int mode = SqlMode;
    bool statementBegins = true;
    int open = -1; // token that is unfinished

    void put(std::size_t count, int token)
    {
        count = std::min(count, text.size() - at);
        std::fill_n(styles.begin() + static_cast<std::ptrdiff_t>(at), count, static_cast<char>(token));
        at += count;
    }
    std::string_view rest() const { return text.substr(at); }
};

SqlLexer::SqlLexer(QObject *parent)
    : QsciLexerCustom(parent)
{
}

void SqlLexer::setDialect(const connector::Language &language)
{
    m_language = language;
    m_words.clear();
    for (const QString &word : language.functions)
        m_words[word.toLower().toStdString()] = Function;
    for (const QString &word : language.types)
        m_words[word.toLower().toStdString()] = Type;
    for (const QString &word : language.keywords)
        m_words[word.toLower().toStdString()] = Keyword;
    if (editor())
        editor()->recolor();
}

QString SqlLexer::description(int style) const
{
    // Names each style once; QScintilla asks which styles there are by looking for empty names.
    static constexpr std::array<const char *, TokenCount> kNames{"plain", "keyword", "function", "type", "number",
        "line comment", "block comment", "quoted identifier", "parameter", "operator", "method", "url", "header", "body",
        "end of request", "string", "string 2", "string 3"};
    return style >= 0 && style < TokenCount ? QLatin1String(kNames[static_cast<std::size_t>(style)]) : QString();
}

void SqlLexer::applyTheme(bool isDark)
{
    const common::Theme &theme = isDark ? common::Theme::dark() : common::Theme::light();
    const QFont font = common::dataFont();
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    setDefaultFont(font);
    setDefaultColor(theme.text);
    setDefaultPaper(theme.background);
    setFont(font);
    setPaper(theme.background);
    setColor(theme.text);
    setColor(theme.accent, Keyword);
    setColor(theme.series[6], Function);
    setColor(theme.series[2], Type);
    setColor(theme.series[1], Number);
    setColor(theme.muted, LineComment);
    setColor(theme.muted, BlockComment);
    setColor(theme.series[4], Identifier);
    setColor(theme.series[3], Parameter);
    setColor(theme.muted, Operator);
    setColor(theme.accent, Method);
    setFont(strong, Method);
    setColor(theme.series[2], Url);
    setColor(theme.series[6], HeaderName);
    setColor(theme.muted, RequestEnd);
    for (const int token : {String0, String1, String2})
        setColor(theme.good, token);
}

void SqlLexer::styleText(int start, int end)
{
    QsciScintilla *view = editor();
    if (!view || end <= start)
        return;
    std::string text(static_cast<std::size_t>(end - start) + 1, '\0');
    view->SendScintilla(QsciScintillaBase::SCI_GETTEXTRANGE, static_cast<long>(start), static_cast<long>(end), text.data());
    text.resize(text.size() - 1);

    int number = static_cast<int>(view->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION, static_cast<long>(start)));
    const int before = number > 0
        ? static_cast<int>(view->SendScintilla(QsciScintillaBase::SCI_GETLINESTATE, static_cast<long>(number - 1)))
        : kStatementBegins;
    Line line;
    line.mode = before & ModeMask;
    line.statementBegins = (before & kStatementBegins) != 0;
    line.open = (before >> kOpenShift) - 1;

    startStyling(start);
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
        line.text = rest.substr(0, size);
        line.styles.assign(size, static_cast<char>(Plain));
        line.at = 0;
        if (line.mode != SqlMode || (line.statementBegins && line.open < 0 && startsRequest(line.text)))
            styleRequestLine(line);
        else
            styleSqlLine(line);
        for (std::size_t i = 0; i < size;) {
            std::size_t run = i + 1;
            while (run < size && line.styles[run] == line.styles[i])
                ++run;
            setStyling(static_cast<int>(run - i), static_cast<int>(line.styles[i]));
            i = run;
        }
        const int state = line.mode | (line.statementBegins ? kStatementBegins : 0) | ((line.open + 1) << kOpenShift);
        view->SendScintilla(QsciScintillaBase::SCI_SETLINESTATE, static_cast<unsigned long>(number), static_cast<long>(state));
        ++number;
        rest.remove_prefix(size);
    }
}

int SqlLexer::lineCommentLength(std::string_view rest) const
{
    for (const std::string &mark : m_language.lineComments) {
        if (!mark.empty() && rest.starts_with(mark))
            return static_cast<int>(mark.size());
    }
    return 0;
}

// Continues or begins a string, a quoted identifier or a block comment; it may reach beyond the line.
bool SqlLexer::styleOpenToken(Line &line) const
{
    const bool begins = line.open < 0;
    const std::string_view rest = line.rest();
    if (begins) {
        if (m_language.blockComments && rest.starts_with("/*"))
            line.open = BlockComment;
        else if (!m_language.identifierQuote.empty() && rest.front() == m_language.identifierQuote.front())
            line.open = Identifier;
        else if (const auto quote = m_language.stringQuotes.find(rest.front()); quote != std::string::npos)
            line.open = String0 + static_cast<int>(std::min<std::size_t>(quote, 2));
        else
            return false;
    }
    const int token = line.open;
    std::size_t size = rest.size();
    if (token == BlockComment) {
        if (const auto close = rest.find("*/", begins ? 2 : 0); close != std::string_view::npos) {
            size = close + 2;
            line.open = -1;
        }
    } else {
        const char quote = token == Identifier ? m_language.identifierQuote.front()
                                               : m_language.stringQuotes[static_cast<std::size_t>(token - String0)];
        for (std::size_t i = begins ? 1 : 0; i < rest.size(); ++i) {
            if (rest[i] == '\\' && m_language.backslashEscapes && token != Identifier) {
                ++i;
            } else if (rest[i] == quote) {
                size = i + 1;
                line.open = -1;
                break;
            }
        }
    }
    line.put(size, token);
    return true;
}

void SqlLexer::styleWord(Line &line) const
{
    std::size_t size = 1;
    while (line.at + size < line.text.size() && isWordByte(line.text[line.at + size]))
        ++size;
    const bool isQualified = line.at > 0 && line.text[line.at - 1] == '.';
    const auto word = m_words.find(lowered(line.text.substr(line.at, size)));
    int token = word == m_words.end() || isQualified ? static_cast<int>(Plain) : static_cast<int>(word->second);
    if (token == Function && line.text[line.at] != '_') {
        // "first" is a function before "(", and else may well be a column.
        const auto next = line.text.find_first_not_of(" \t", line.at + size);
        if (next == std::string_view::npos || line.text[next] != '(')
            token = Plain;
    }
    line.put(size, token);
}

void SqlLexer::styleNumber(Line &line) const
{
    std::size_t size = 1;
    const auto byteAt = [&](std::size_t offset) {
        return line.at + offset < line.text.size() ? line.text[line.at + offset] : '\0';
    };
    for (;; ++size) {
        const char c = byteAt(size);
        const char last = byteAt(size - 1);
        const bool isExponentSign = (c == '+' || c == '-') && (last == 'e' || last == 'E');
        if (!isExponentSign && c != '.' && !(isWordByte(c) && static_cast<unsigned char>(c) < 0x80))
            break;
    }
    line.put(size, Number);
}

void SqlLexer::styleSqlLine(Line &line) const
{
    while (line.at < line.text.size()) {
        const char c = line.text[line.at];
        if (line.open < 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            line.put(1, Plain);
        } else if (line.open < 0 && lineCommentLength(line.rest()) > 0) {
            line.put(line.text.size(), LineComment);
        } else if (styleOpenToken(line)) {
            if (line.styles[line.at - 1] != BlockComment)
                line.statementBegins = false;
        } else if (c == m_language.separator) {
            line.put(1, Operator);
            line.statementBegins = true;
        } else {
            line.statementBegins = false;
            const char next = line.at + 1 < line.text.size() ? line.text[line.at + 1] : '\0';
            const bool afterColon = line.at > 0 && line.text[line.at - 1] == ':';
            if (isDigit(c) || (c == '.' && isDigit(next))) {
                styleNumber(line);
            } else if (isWordByte(c)) {
                styleWord(line);
            } else if (c == '?' || (c == ':' && !afterColon && isWordByte(next) && !isDigit(next))) {
                std::size_t size = 1;
                while (c == ':' && line.at + size < line.text.size() && isWordByte(line.text[line.at + size]))
                    ++size;
                line.put(size, Parameter);
            } else {
                line.put(1, Operator);
            }
        }
    }
}

bool SqlLexer::startsRequest(std::string_view line) const
{
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return false;
    line.remove_prefix(first);
    static constexpr std::array<std::string_view, 7> kVerbs{"get", "post", "put", "patch", "delete", "head", "options"};
    const auto space = line.find_first_of(" \t\r\n");
    if (space == std::string_view::npos
        || std::find(kVerbs.begin(), kVerbs.end(), lowered(line.substr(0, space))) == kVerbs.end())
        return false;
    const auto target = line.find_first_not_of(" \t", space);
    if (target == std::string_view::npos)
        return false;
    const std::string url = lowered(line.substr(target, 8));
    return url.front() == '/' || url.starts_with("http://") || url == "https://";
}

void SqlLexer::styleRequestLine(Line &line) const
{
    if (line.text.starts_with("###")) {
        line.put(line.text.size(), RequestEnd);
        line.mode = SqlMode;
        line.statementBegins = true;
    } else if (line.mode == SqlMode) {
        line.put(line.text.find_first_not_of(" \t"), Plain);
        line.put(line.rest().find_first_of(" \t"), Method);
        line.put(line.text.size(), Url);
        line.mode = HeadersMode;
        line.statementBegins = false;
    } else if (line.mode == HeadersMode) {
        const auto colon = line.text.find(':');
        if (line.text.find_first_not_of(" \t\r\n") == std::string_view::npos)
            line.mode = BodyMode;
        else if (colon != std::string_view::npos)
            line.put(colon, HeaderName);
        line.put(line.text.size(), Plain);
    } else {
        line.put(line.text.size(), Body);
    }
}

} // namespace editor

#include "moc_sqllexer.cpp"
