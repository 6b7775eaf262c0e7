// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/window.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace json {

enum class Token : std::uint8_t {
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,
    Key,
    String,
    Number, // also the bare words NaN, Infinity and -Infinity
    True,
    False,
    Null,
    End, // of the body, after a whole document
    Failed, // see Reader::error(); every later call fails too
};

struct ReaderOptions {
    bool severalDocuments = false; // one directly after another, blanks between them or not
    std::size_t maxDepth = 1024;
    std::size_t maxValueBytes = std::size_t(1) << 30;
    std::int64_t firstByte = 0; // for a reader of a part: where the part begins in the whole
    // See Window: called before each read and about every 50 ms while waiting; false ends the reading.
    std::function<bool()> idle;
};

// A pull reader of JSON as it arrives. Exact: numbers are the text that was sent, keys come in order and repeated, bytes
// that are not UTF-8 stay as they are. Strict where the grammar is, but for what databases send: see Token::Number, and
// half surrogate pairs. It never recurses. For one thread.
class ONDO_EXPORT Reader
{
public:
    explicit Reader(Source &source, ReaderOptions options = {});
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    Token next();

    // Of the last token; valid until the next call of this reader. Key and String: the text, escapes undone.
    // Number: the literal.
    std::string_view text() const { return m_text; }

    // The last token exactly as sent: with quotes, escapes, all digits. Where it began an array or object, that is read
    // to its end, and the text is all of it, blanks included. None: the reading failed. Valid until the next call.
    std::optional<std::string_view> rawValue();
    // What of a raw value had come when rawValue() failed.
    std::string_view brokenRawValue() const;
    // Reads to the end of the array or object that the last token began; nothing to do for another token.
    bool skipValue();

    std::size_t depth() const { return m_depth; }
    // Where in the body the last token began.
    std::int64_t tokenOffset() const { return m_last == Token::Key ? m_keyOffset : m_window.offsetOf(m_token); }
    std::int64_t offset() const { return m_window.offsetOf(m_cursor); }

    // Why the last token is Failed: Decode with the byte, Limit, or the source's own error; isSourceError() tells. None
    // if idle ended the reading.
    const std::optional<core::Error> &error() const { return m_error; }
    bool isSourceError() const { return m_isSourceError; }
    // A Decode error of the reader's own at the last token.
    core::Error errorHere(const QString &message) const;

    // Goes back to before the value that rawValue() has just given: next() reads it again.
    void rewindToRawValue();

    // The rest is for decoders that read plain values themselves from the bytes at hand, as far as those reach: between
    // cursor() and windowEnd(), where json::Window::kPadding zero bytes follow. What they cannot read so, next() can.
    const char *cursor() const { return m_cursor; }
    const char *windowEnd() const { return m_window.end(); }
    // All up to behind is read; a value (or a separator and a value) comes next.
    void continueAtValue(const char *behind)
    {
        m_cursor = behind;
        m_state = State::Value;
    }
    void continueBehindValue(const char *behind)
    {
        m_cursor = behind;
        m_state = State::Separator;
    }
    // Behind a value of an array: reads the comma, then a value has to come, or the bracket that ends it. 0: failed.
    char nextSeparator();
    // Reads ",[" where it comes next without blanks and the window holds it.
    bool tryNextArray()
    {
        if (m_state != State::Separator || m_cursor[0] != ',' || m_cursor[1] != '[' || m_depth == m_stack.size() - 1)
            return false;
        m_cursor += 2;
        m_stack[++m_depth] = '[';
        m_state = State::FirstValue;
        return true;
    }
    void endArrayAt(const char *bracket)
    {
        m_cursor = bracket + 1;
        --m_depth;
        m_state = State::Separator;
    }

private:
    enum class State : std::uint8_t { Document, Value, FirstValue, Key, FirstKey, Separator, Failed };

    bool more();
    int peekByte();
    Token fail(const QString &expected);
    Token failAt(const char *place, const QString &expected);
    Token failed(core::Error error);
    Token atEnd();
    QString expectation() const;
    QString describe(const char *place) const;
    Token open(char bracket);
    Token close(char bracket);
    Token afterSeparator();
    Token value(int first);
    Token key();
    Token number();
    Token word(std::string_view expected, Token token);
    bool scanText();
    bool skipEscape(std::size_t *at);

    Window m_window;
    const bool m_severalDocuments;
    const char *m_cursor;
    const char *m_token;
    const char *m_pin = nullptr; // where a raw value began that must stay in the window
    State m_state = State::Document;
    Token m_last = Token::End;
    bool m_hadDocument = false;
    bool m_isSourceError = false;
    std::size_t m_depth = 0;
    std::vector<char> m_stack; // brackets that are open, from index 1
    std::string_view m_text;
    std::string m_unescaped;
    std::string m_key;
    std::int64_t m_keyOffset = 0;
    std::optional<core::Error> m_error;
};

} // namespace json
