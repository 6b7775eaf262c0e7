// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/curldata.h"

#include "http/url.h"
#include "request/curlsettings.h"
#include "request/textcursor.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QTimeZone>

namespace request {

namespace {

struct CurlDataTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

// As curl encodes: blanks as plus signs.
std::string urlEncoded(std::string_view text)
{
    std::string out;
    const std::string encoded = http::percentEncoded(text);
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (std::string_view(encoded).substr(i).starts_with("%20")) {
            out += '+';
            i += 2;
        } else {
            out += encoded[i];
        }
    }
    return out;
}

// The five forms: content, =content, name=content, @file, name@file.
core::Result<std::string> urlEncodedPiece(const Word &value, const ReadFile &readFile)
{
    const std::string &text = value.text;
    std::size_t mark = text.find('=');
    if (mark == std::string::npos)
        mark = text.find('@');
    if (mark == std::string::npos)
        return urlEncoded(text);
    std::string content = text.substr(mark + 1);
    if (text[mark] == '@') {
        auto file = readNamedFile(value, content, readFile);
        if (!file)
            return file;
        content = std::move(file).value();
    }
    return (mark > 0 ? text.substr(0, mark) + '=' : std::string()) + urlEncoded(content);
}

QDateTime timeFrom(const QString &text)
{
    const QLocale english = QLocale::c();
    for (const char *format : {"ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dd MMM yyyy HH:mm:ss", "dd MMM yyyy", "ddd MMM d HH:mm:ss yyyy", "yyyyMMdd HH:mm:ss", "yyyyMMdd",
             "MMM dd yyyy", "dd-MMM-yyyy"}) {
        QDateTime time = english.toDateTime(text, QString::fromLatin1(format));
        time.setTimeZone(QTimeZone::utc());
        if (time.isValid())
            return time;
    }
    return {};
}

} // namespace

std::string withoutLineEnds(std::string_view text)
{
    constexpr std::size_t kMostAtOnce = 255;
    std::string out;
    while (!text.empty()) {
        const std::size_t size = std::min({text.find('\n'), kMostAtOnce - 1, text.size() - 1}) + 1;
        const std::string_view piece = text.substr(0, size);
        out += piece.substr(0, piece.find_first_of(std::string_view("\r\n\0", 3)));
        text.remove_prefix(size);
    }
    return out;
}

core::Result<std::string> readNamedFile(const Word &word, const std::string &path, const ReadFile &readFile)
{
    auto bytes = readFile(path);
    if (bytes)
        return bytes;
    core::Error error = std::move(bytes).error();
    error.position.line = word.line;
    error.position.column = word.column;
    return error;
}

core::Result<std::string> curlDataPiece(CurlEffect effect, const Word &value, const ReadFile &readFile)
{
    const bool namesFile = value.text.starts_with('@');
    switch (effect) {
    case CurlEffect::UrlQuery:
        if (value.text.starts_with('+'))
            return value.text.substr(1);
        return urlEncodedPiece(value, readFile);
    case CurlEffect::DataUrlEncode:
        return urlEncodedPiece(value, readFile);
    case CurlEffect::DataRaw:
        return value.text;
    default:
        break;
    }
    if (!namesFile)
        return value.text;
    auto bytes = readNamedFile(value, value.text.substr(1), readFile);
    if (bytes && effect == CurlEffect::Data)
        return withoutLineEnds(*bytes);
    return bytes;
}

core::Result<std::string> curlTimeCondition(const Word &value)
{
    std::string_view text = value.text;
    std::string_view name = "If-Modified-Since";
    if (text.starts_with('-'))
        name = "If-Unmodified-Since";
    else if (text.starts_with('='))
        name = "Last-Modified";
    if (text.starts_with('-') || text.starts_with('=') || text.starts_with('+'))
        text.remove_prefix(1);
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QDateTime time = timeFrom(shown);
    if (!time.isValid() && QFileInfo::exists(shown))
        time = QFileInfo(shown).lastModified().toUTC();
    if (!time.isValid())
        return errorAt(value.line, value.column, CurlDataTr::tr("The time \"%1\" of -z is not understood and was left out.").arg(shown));
    return std::string(name) + ": " + QLocale::c().toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toStdString();
}

core::Result<std::vector<Word>> curlConfigWords(std::string_view text)
{
    std::vector<Word> words;
    TextCursor cursor(text);
    const auto skipBlanks = [&cursor] {
        while (cursor.peek() == ' ' || cursor.peek() == '\t')
            cursor.take();
    };
    const auto isEnd = [&cursor] { return cursor.atEnd() || cursor.peek() == '\n' || cursor.peek() == '\r'; };
    for (; !cursor.atEnd(); cursor.take()) {
        skipBlanks();
        if (isEnd())
            continue;
        if (cursor.peek() == '#') {
            while (!isEnd())
                cursor.take();
            continue;
        }
        Word option{{}, cursor.line(), cursor.column()};
        while (!isEnd() && std::string_view(" \t=:").find(cursor.peek()) == std::string_view::npos)
            option.text += cursor.take();
        if (!option.text.starts_with('-'))
            option.text.insert(0, "--");
        words.push_back(option);
        while (cursor.peek() == ' ' || cursor.peek() == '\t' || cursor.peek() == '=' || cursor.peek() == ':')
            cursor.take();
        if (isEnd())
            continue;
        Word value{{}, cursor.line(), cursor.column()};
        if (cursor.peek() == '"') {
            for (cursor.take(); !cursor.atEnd() && cursor.peek() != '"';) {
                char c = cursor.take();
                if (c == '\\' && !cursor.atEnd()) {
                    c = cursor.take();
                    const std::size_t letter = std::string_view("tnrv").find(c);
                    c = letter == std::string_view::npos ? c : "\t\n\r\v"[letter];
                }
                value.text += c;
            }
            if (cursor.atEnd())
                return errorAt(value.line, value.column, CurlDataTr::tr("The quote %1 is not closed.").arg(QLatin1Char('"')));
        } else {
            while (!isEnd() && cursor.peek() != ' ' && cursor.peek() != '\t')
                value.text += cursor.take();
        }
        words.push_back(value);
        while (!isEnd())
            cursor.take();
    }
    return words;
}

} // namespace request
