// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/format.h"

#include "json/writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace table {

namespace {

constexpr char kFormatHex[] = "0123456789abcdef";

template <typename T>
void appendNumber(std::string &out, T value)
{
    char text[32];
    out.append(text, static_cast<std::size_t>(std::to_chars(text, text + sizeof text, value).ptr - text));
}

// number with a point before its last digits.
char *putPoint(char *at, std::uint32_t number, int digits, bool isNegative)
{
    char reversed[16];
    char *end = reversed;
    for (int i = 0; i < digits; ++i, number /= 10)
        *end++ = static_cast<char>('0' + number % 10);
    if (digits != 0)
        *end++ = '.';
    do {
        *end++ = static_cast<char>('0' + number % 10);
    } while ((number /= 10) != 0);
    if (isNegative)
        *end++ = '-';
    return std::reverse_copy(reversed, end, at);
}

// Where std::to_chars prints a plain decimal fraction, and what it prints is short: most measured values. Finds the fewest
// digits after the point that read back equal, some three times as fast. At most 6 digits (float) or 9, so that no two
// decimals stand for the same value, and a division that rounds once is what reading it does.
template <typename T>
char *putShortDecimal(char *at, T value)
{
    constexpr double kTens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    constexpr double kNear = std::is_same_v<T, float> ? 1e-7 : 1e-15;
    constexpr double kMost = std::is_same_v<T, float> ? 1e6 : 1e9;
    const double size = std::abs(static_cast<double>(value));
    if (!(size >= 0.001 && size < 1e5))
        return nullptr;
    for (int digits = 0; digits <= 6; ++digits) {
        const double scaled = size * kTens[digits];
        if (scaled >= kMost)
            return nullptr;
        const double rounded = static_cast<double>(static_cast<std::int64_t>(scaled + 0.5));
        if (std::abs(scaled - rounded) > scaled * kNear || static_cast<T>(rounded / kTens[digits]) != static_cast<T>(size))
            continue;
        return putPoint(at, static_cast<std::uint32_t>(rounded), digits, value < 0);
    }
    return nullptr;
}

// NaN and infinities are words; in JSON and SQL, which have no such numbers, quoted ones.
template <typename T>
void appendReal(std::string &out, T value, TextForm form)
{
    if (std::isfinite(value)) [[likely]] {
        char text[32];
        if (const char *end = putShortDecimal(text, value))
            out.append(text, static_cast<std::size_t>(end - text));
        else
            appendNumber(out, value);
        return;
    }
    const std::string_view word = std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    const std::string_view quote = form == TextForm::Json ? "\"" : form == TextForm::Sql ? "'" : "";
    out.append(quote).append(word).append(quote);
}

std::string_view nullWord(TextForm form)
{
    switch (form) {
    case TextForm::Csv:
    case TextForm::Raw:
        return "";
    case TextForm::Tsv:
        return "\\N";
    case TextForm::Json:
        return "null";
    default:
        return "NULL";
    }
}

// Not 0 if a byte of the word equals c. (Which one is not told: a borrow may mark bytes behind it too.)
std::uint64_t matches(std::uint64_t word, char c)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    const std::uint64_t difference = word ^ (kOnes * static_cast<unsigned char>(c));
    return (difference - kOnes) & ~difference & (kOnes << 7);
}

bool needsCsvQuotes(std::string_view text)
{
    if (text.empty())
        return true;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if ((matches(word, ',') | matches(word, '"') | matches(word, '\n') | matches(word, '\r')) != 0)
            return true;
    }
    for (; i < text.size(); ++i) {
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    }
    return false;
}

void appendDoubled(std::string &out, std::string_view text, char quote, bool backslashes)
{
    out += quote;
    for (const char c : text) {
        if (c == quote || (backslashes && c == '\\'))
            out += c == quote ? quote : '\\';
        out += c;
    }
    out += quote;
}

void appendCsv(std::string &out, std::string_view text)
{
    if (needsCsvQuotes(text))
        appendDoubled(out, text, '"', false);
    else
        out.append(text);
}

void appendTsv(std::string &out, std::string_view text)
{
    for (const char c : text) {
        switch (c) {
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\\':
            out += "\\\\";
            break;
        default:
            out += c;
        }
    }
}

// A terminal obeys control characters: none of a value's may reach it.
void appendVisible(std::string &out, std::string_view text)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\x";
            out += kFormatHex[byte >> 4];
            out += kFormatHex[byte & 15];
        } else {
            out += c;
        }
    }
}

void appendMarkdown(std::string &out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            out += "<br>";
        else if (c == '|' || c == '\\' || c == '<')
            out.append(1, '\\').append(1, c);
        else if (c != '\r')
            out += c;
    }
}

// For the forms that escape, hence need the text whole and in UTF-8 first.
bool appendEscaped(std::string &out, std::string_view text, void (*escape)(std::string &, std::string_view))
{
    thread_local std::string scratch;
    scratch.clear();
    const bool isValid = json::appendUtf8(scratch, text);
    escape(out, scratch);
    return isValid;
}

void appendHex(std::string &out, std::string_view bytes)
{
    const std::size_t begin = out.size();
    out.resize(begin + 2 * bytes.size());
    char *at = out.data() + begin;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *at++ = kFormatHex[byte >> 4];
        *at++ = kFormatHex[byte & 15];
    }
}

void appendBinary(std::string &out, std::string_view bytes, TextForm form)
{
    const std::string_view open = form == TextForm::Json ? "\"" : form == TextForm::Sql ? "X'" : "";
    const std::string_view close = form == TextForm::Json ? "\"" : form == TextForm::Sql ? "'" : "";
    if (form == TextForm::Csv && bytes.empty()) {
        out += "\"\"";
        return;
    }
    out.append(open);
    appendHex(out, bytes);
    out.append(close);
}

bool appendNested(std::string &out, std::string_view value, const FormatOptions &options)
{
    if (options.form == TextForm::Json)
        return json::appendStrict(out, value);
    thread_local std::string compact;
    compact.clear();
    json::appendCompact(compact, value);
    return appendText(out, compact, options);
}

// "2024-1-5" as "2024-01-05"; any other text as it is.
std::string paddedDate(std::string_view sent)
{
    std::string date;
    int part = 0;
    std::size_t digits = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= sent.size(); ++i) {
        const bool isEnd = i == sent.size() || sent[i] == '-';
        if (!isEnd && (sent[i] < '0' || sent[i] > '9'))
            return std::string(sent);
        digits += isEnd ? 0 : 1;
        if (!isEnd)
            continue;
        const std::size_t width = part == 0 ? 4 : 2;
        if (digits == 0 || part > 2)
            return std::string(sent);
        date.append(part == 0 ? "" : "-").append(digits < width ? width - digits : 0, '0').append(sent, begin, digits);
        ++part;
        digits = 0;
        begin = i + 1;
    }
    return part == 3 ? date : std::string(sent);
}

// What did not fit its column's type. Numbers and truth values stay bare where the form tells them from text.
bool appendLiteral(std::string &out, const ColumnInfo &info, std::string_view sent, const FormatOptions &options)
{
    const bool isBareForm = options.form == TextForm::Json || options.form == TextForm::Sql;
    const bool isBareKind = info.kind == Kind::Bool || (isNumeric(info.kind) && info.kind != Kind::Decimal);
    if (isBareForm && isBareKind && (json::isNumber(sent) || sent == "true" || sent == "false")) {
        out.append(sent);
        return true;
    }
    return appendText(out, sent, options);
}

void appendTime(std::string &out, const Column &column, std::uint32_t row, const FormatOptions &options)
{
    const std::string_view quote = options.form == TextForm::Json ? "\"" : options.form == TextForm::Sql ? "'" : "";
    out.append(quote);
    if (column.kind() == Kind::Instant)
        appendInstant(out, column.ints()[row], column.unitDigits(), column.fractionDigits(row), options.zone);
    else
        appendLocalDateTime(out, column.ints()[row], column.unitDigits(), column.fractionDigits(row));
    out.append(quote);
}

bool appendDecimal(std::string &out, std::string_view sent, const FormatOptions &options)
{
    if (options.form == TextForm::Sql && json::isNumber(sent)) {
        out.append(sent);
        return true;
    }
    return appendText(out, sent, options);
}

bool appendMissingCell(
    std::string &out, const ColumnInfo &info, const Column &column, std::uint32_t row, const FormatOptions &options)
{
    if (column.hasLiterals()) {
        if (const auto sent = column.literal(row))
            return appendLiteral(out, info, *sent, options);
    }
    out.append(nullWord(options.form));
    return true;
}

bool mayBeFormula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

// A value by the rules of a dialect that is not the usual one.
void appendSeparated(std::string &out, std::string_view text, const FormatOptions &options, bool isText)
{
    const Dialect &dialect = *options.dialect;
    thread_local std::string guarded;
    if (isText && dialect.guardsFormulas && mayBeFormula(text)) {
        guarded.assign(1, '\'').append(text);
        text = guarded;
    }
    if (options.form == TextForm::Tsv) {
        appendTsv(out, text);
        return;
    }
    const char special[] = {dialect.separator, dialect.quote, '\n', '\r'};
    if (dialect.quotesAll || text == dialect.nullText || text.empty()
        || text.find_first_of(std::string_view(special, sizeof special)) != std::string_view::npos)
        appendDoubled(out, text, dialect.quote, false);
    else
        out.append(text);
}

void appendDialectCell(
    std::string &out, const ColumnInfo &info, const Column &column, std::uint32_t row, const FormatOptions &options)
{
    if (column.isNull(row)) {
        out.append(options.form == TextForm::Tsv ? nullWord(TextForm::Tsv) : std::string_view(options.dialect->nullText));
        return;
    }
    FormatOptions raw = options;
    raw.form = TextForm::Raw;
    raw.dialect = nullptr;
    thread_local std::string text;
    text.clear();
    appendCell(text, info, column, row, raw);
    const bool isNumber = isNumeric(info.kind);
    if (options.dialect->decimalComma && isNumber)
        std::replace(text.begin(), text.end(), '.', ',');
    appendSeparated(out, text, options, !isNumber && !isTime(info.kind));
}

} // namespace

bool appendText(std::string &out, std::string_view text, const FormatOptions &options)
{
    if (options.dialect) {
        appendSeparated(out, text, options, true);
        return true;
    }
    switch (options.form) {
    case TextForm::Csv:
        appendCsv(out, text);
        return true;
    case TextForm::Tsv:
        appendTsv(out, text);
        return true;
    case TextForm::Sql:
        appendDoubled(out, text, '\'', options.backslashEscapes);
        return true;
    case TextForm::Json:
        return json::appendString(out, text);
    case TextForm::Table:
        return appendEscaped(out, text, appendVisible);
    case TextForm::Markdown:
        return appendEscaped(out, text, appendMarkdown);
    case TextForm::Raw:
        out.append(text);
        return true;
    case TextForm::Plain:
        break;
    }
    return json::appendUtf8(out, text);
}

bool appendCell(
    std::string &out, const ColumnInfo &info, const Column &column, std::uint32_t row, const FormatOptions &options)
{
    if (options.dialect) [[unlikely]] {
        appendDialectCell(out, info, column, row, options);
        return true;
    }
    if (!column.hasValue(row))
        return appendMissingCell(out, info, column, row, options);
    switch (column.kind()) {
    case Kind::Null:
        break;
    case Kind::Bool:
        out += column.bools()[row] != 0 ? "true" : "false";
        break;
    case Kind::Int:
        appendNumber(out, column.ints()[row]);
        break;
    case Kind::UInt:
        appendNumber(out, column.uints()[row]);
        break;
    case Kind::Float:
        appendReal(out, column.floats()[row], options.form);
        break;
    case Kind::Double:
        appendReal(out, column.doubles()[row], options.form);
        break;
    case Kind::Decimal:
        return appendDecimal(out, column.bytes(row), options);
    case Kind::Binary:
        appendBinary(out, column.bytes(row), options.form);
        break;
    case Kind::Json:
        return appendNested(out, column.bytes(row), options);
    case Kind::Instant:
    case Kind::LocalDateTime:
        appendTime(out, column, row, options);
        break;
    case Kind::Date:
        return appendText(out, paddedDate(column.bytes(row)), options);
    case Kind::Text:
    case Kind::Time:
    case Kind::Interval:
        return appendText(out, column.bytes(row), options);
    }
    return true;
}

} // namespace table
