// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/reader.h"

#include "json/number.h"
#include "json/text.h"

#include <QCoreApplication>

#include <cstring>

namespace json {

namespace {

struct ReaderTr {
    Q_DECLARE_TR_FUNCTIONS(Reader)
};

bool isBlankByte(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

Reader::Reader(Source &source, ReaderOptions options)
    : m_window(source, std::move(options.idle), options.firstByte, options.maxValueBytes)
    , m_severalDocuments(options.severalDocuments)
    , m_cursor(m_window.begin())
    , m_token(m_cursor)
    , m_stack(options.maxDepth + 1)
{
}

// Refills behind the window's end; false at the end of the body and on failure (then m_error may be set).
bool Reader::more()
{
    std::ptrdiff_t shift = 0;
    const Window::More result = m_window.refill(m_pin ? m_pin : m_token, &shift);
    m_cursor += shift;
    m_token += shift;
    if (m_pin)
        m_pin += shift;
    if (result == Window::More::Failed && m_state != State::Failed) {
        m_state = State::Failed;
        m_error = m_window.error();
        m_isSourceError = m_error && m_error->kind != core::ErrorKind::Limit;
    }
    return result == Window::More::Data;
}

// The next byte that is not blank, not yet consumed; -1: end or failure.
int Reader::peekByte()
{
    for (;;) {
        const char *end = m_window.end();
        while (m_cursor < end && isBlankByte(*m_cursor))
            ++m_cursor;
        m_token = m_cursor;
        if (m_cursor < end)
            return static_cast<unsigned char>(*m_cursor);
        if (!more())
            return -1;
    }
}

Token Reader::next()
{
    if (m_state == State::Failed)
        return Token::Failed;
    m_text = {};
    const int c = peekByte();
    if (c < 0)
        return m_last = atEnd();
    switch (m_state) {
    case State::Separator:
        return m_last = m_depth == 0 ? value(c) : afterSeparator();
    case State::FirstValue:
        return m_last = c == ']' ? close(']') : value(c);
    case State::FirstKey:
        return m_last = c == '}' ? close('}') : key();
    case State::Key:
        return m_last = key();
    default:
        return m_last = value(c);
    }
}

Token Reader::atEnd()
{
    if (m_state == State::Failed)
        return Token::Failed;
    return m_hadDocument && m_depth == 0 ? Token::End : fail(expectation());
}

Token Reader::open(char bracket)
{
    if (m_depth + 1 == m_stack.size()) {
        core::Error error = errorHere(
            ReaderTr::tr("The answer's JSON is nested deeper than %1 levels.").arg(m_stack.size() - 1));
        error.kind = core::ErrorKind::Limit;
        error.position.byte = offset();
        return failed(std::move(error));
    }
    ++m_cursor;
    m_stack[++m_depth] = bracket;
    m_state = bracket == '[' ? State::FirstValue : State::FirstKey;
    return bracket == '[' ? Token::BeginArray : Token::BeginObject;
}

Token Reader::close(char bracket)
{
    ++m_cursor;
    --m_depth;
    m_hadDocument = m_hadDocument || m_depth == 0;
    m_state = State::Separator;
    return bracket == ']' ? Token::EndArray : Token::EndObject;
}

Token Reader::afterSeparator()
{
    const bool inArray = m_stack[m_depth] == '[';
    if (*m_cursor == (inArray ? ']' : '}'))
        return close(*m_cursor);
    if (*m_cursor != ',')
        return fail(expectation());
    ++m_cursor;
    m_state = inArray ? State::Value : State::Key;
    const int c = peekByte();
    if (c < 0)
        return atEnd();
    return inArray ? value(c) : key();
}

char Reader::nextSeparator()
{
    const int c = m_state == State::Failed ? -1 : peekByte();
    if (c == ']' || (c == ',' && m_state == State::Separator)) {
        if (c == ',') {
            ++m_cursor;
            m_state = State::Value;
        } else {
            m_last = close(']');
        }
        return static_cast<char>(c);
    }
    if (m_state != State::Failed)
        fail(expectation());
    return 0;
}

Token Reader::value(int first)
{
    if (m_depth == 0 && m_hadDocument && !m_severalDocuments)
        return fail(ReaderTr::tr("nothing more"));
    Token token = Token::String;
    switch (first) {
    case '{':
    case '[':
        return open(static_cast<char>(first));
    case '"':
        if (!scanText())
            return Token::Failed;
        break;
    case 't':
        token = word("true", Token::True);
        break;
    case 'f':
        token = word("false", Token::False);
        break;
    case 'n':
        token = word("null", Token::Null);
        break;
    default:
        if (first != '-' && first != 'N' && first != 'I' && !(first >= '0' && first <= '9'))
            return fail(expectation());
        token = number();
    }
    if (token != Token::Failed) {
        m_state = State::Separator;
        m_hadDocument = m_hadDocument || m_depth == 0;
    }
    return token;
}

Token Reader::key()
{
    if (*m_cursor != '"')
        return fail(expectation());
    m_keyOffset = m_window.offsetOf(m_cursor);
    if (!scanText())
        return Token::Failed;
    m_key.assign(m_text); // the colon may be in the next piece, for which the window moves
    m_text = {};
    if (peekByte() != ':')
        return m_state == State::Failed ? Token::Failed : fail(ReaderTr::tr("a colon"));
    ++m_cursor;
    m_state = State::Value;
    m_text = m_key;
    return Token::Key;
}

Token Reader::word(std::string_view expected, Token token)
{
    while (static_cast<std::size_t>(m_window.end() - m_cursor) < expected.size()) {
        if (!more())
            break;
    }
    if (m_state == State::Failed)
        return Token::Failed;
    std::size_t same = 0;
    while (same < expected.size() && m_cursor + same < m_window.end() && m_cursor[same] == expected[same])
        ++same;
    if (same < expected.size())
        return failAt(m_cursor + same, QString::fromLatin1(expected.data(), static_cast<qsizetype>(expected.size())));
    m_cursor += expected.size();
    m_text = expected;
    return token;
}

Token Reader::number()
{
    std::size_t size = 0;
    for (;;) {
        while (m_cursor + size < m_window.end() && isNumberCharacter(m_cursor[size]))
            ++size;
        if (m_cursor + size < m_window.end() || !more())
            break;
    }
    if (m_state == State::Failed)
        return Token::Failed;
    const std::string_view literal(m_cursor, size);
    if (const std::size_t place = findNumberError(literal); place != kNumberIsValid)
        return failAt(m_cursor + place, ReaderTr::tr("a number"));
    m_text = literal;
    m_cursor += size;
    return Token::Number;
}

// Steps over the escape at *at; false: failed. Sets *at to where to go on.
bool Reader::skipEscape(std::size_t *at)
{
    while (static_cast<std::size_t>(m_window.end() - m_cursor) < *at + 6) {
        if (!more())
            break; // a short escape may still be whole
    }
    if (m_state == State::Failed)
        return false;
    const std::size_t length = escapeLength(m_cursor + *at);
    if (length == 0) {
        failAt(m_cursor + *at, ReaderTr::tr("an escape of JSON"));
        return false;
    }
    *at += length;
    return true;
}

// The text at the cursor, which stands at its opening quote.
bool Reader::scanText()
{
    std::size_t at = 1;
    bool hasEscapes = false;
    for (;;) {
        const char *stop = findPlainTextEnd(m_cursor + at, m_window.end());
        at = static_cast<std::size_t>(stop - m_cursor);
        if (stop == m_window.end()) {
            if (more())
                continue;
            if (m_state != State::Failed)
                failAt(m_window.end(), ReaderTr::tr("the end of a text"));
            return false;
        }
        if (*stop == '"')
            break;
        if (*stop != '\\') {
            failAt(stop, ReaderTr::tr("an escape in place of a control character"));
            return false;
        }
        hasEscapes = true;
        if (!skipEscape(&at))
            return false;
    }
    m_text = std::string_view(m_cursor + 1, at - 1);
    if (hasEscapes) {
        m_unescaped.resize(m_text.size());
        m_text = std::string_view(m_unescaped.data(), unescape(m_text, m_unescaped.data()));
    }
    m_cursor += at + 1;
    return true;
}

std::optional<std::string_view> Reader::rawValue()
{
    if (m_last == Token::BeginArray || m_last == Token::BeginObject) {
        m_pin = m_token;
        const bool whole = skipValue();
        m_token = m_pin;
        if (!whole)
            return std::nullopt;
        m_pin = nullptr;
    }
    if (m_state == State::Failed)
        return std::nullopt;
    m_text = std::string_view(m_token, static_cast<std::size_t>(m_cursor - m_token));
    return m_text;
}

std::string_view Reader::brokenRawValue() const
{
    if (!m_pin)
        return {};
    return {m_pin, static_cast<std::size_t>(m_window.end() - m_pin)};
}

bool Reader::skipValue()
{
    if (m_last != Token::BeginArray && m_last != Token::BeginObject)
        return m_state != State::Failed;
    const std::size_t outside = m_depth - 1;
    while (m_depth > outside) {
        if (next() == Token::Failed)
            return false;
    }
    return true;
}

void Reader::rewindToRawValue()
{
    m_cursor = m_token;
    m_state = State::Value;
}

core::Error Reader::errorHere(const QString &message) const
{
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = message;
    error.position.byte = tokenOffset();
    return error;
}

Token Reader::failed(core::Error error)
{
    m_state = State::Failed;
    m_error = std::move(error);
    return m_last = Token::Failed;
}

Token Reader::fail(const QString &expected)
{
    return failAt(m_cursor, expected);
}

Token Reader::failAt(const char *place, const QString &expected)
{
    core::Error error = errorHere(
        ReaderTr::tr("The answer is not valid JSON: expected %1, found %2.").arg(expected, describe(place)));
    error.position.byte = m_window.offsetOf(place);
    return failed(std::move(error));
}

QString Reader::expectation() const
{
    switch (m_state) {
    case State::FirstValue:
        return ReaderTr::tr("a value or ]");
    case State::Key:
        return ReaderTr::tr("a key");
    case State::FirstKey:
        return ReaderTr::tr("a key or }");
    case State::Separator:
        if (m_depth == 0)
            return ReaderTr::tr("a value");
        return m_stack[m_depth] == '[' ? ReaderTr::tr("a comma or ]") : ReaderTr::tr("a comma or }");
    default:
        return ReaderTr::tr("a value");
    }
}

QString Reader::describe(const char *place) const
{
    if (place >= m_window.end())
        return m_window.offsetOf(place) == 0 ? ReaderTr::tr("an empty answer") : ReaderTr::tr("the end of the answer");
    const auto byte = static_cast<unsigned char>(*place);
    if (byte > 0x20 && byte < 0x7f)
        return QStringLiteral("\"%1\"").arg(QLatin1Char(*place));
    return ReaderTr::tr("the byte 0x%1").arg(byte, 2, 16, QLatin1Char('0'));
}

} // namespace json
