// SPDX-License-Identifier: GPL-3.0-or-later
#include "fieldcell.h"

#include "json/memorysource.h"

#include <array>
#include <cmath>
#include <optional>

namespace redshift {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view prefixOf(table::Kind kind)
{
    switch (kind) {
    case table::Kind::Int:
        return "{\"longValue\":";
    case table::Kind::Float:
    case table::Kind::Double:
        return "{\"doubleValue\":";
    case table::Kind::Bool:
        return "{\"booleanValue\":";
    case table::Kind::Json: // has quotes, hence escapes, nearly always
    case table::Kind::Binary:
        return {};
    default:
        return "{\"stringValue\":";
    }
}

decode::Form formOf(table::Kind kind)
{
    switch (kind) {
    case table::Kind::Int:
        return decode::Form::Int;
    case table::Kind::Double:
        return decode::Form::Double;
    case table::Kind::Bool:
        return decode::Form::Bool;
    case table::Kind::Decimal:
        return decode::Form::Decimal;
    case table::Kind::LocalDateTime:
        return decode::Form::LocalTime;
    default:
        return decode::Form::Text;
    }
}

// ±hh, ±hh:mm or ±hh:mm:ss as seconds; moves text behind it.
bool readOffset(const char *&text, std::int64_t *seconds)
{
    if (*text == 'Z') {
        ++text;
        *seconds = 0;
        return true;
    }
    if (*text != '+' && *text != '-')
        return false;
    const bool isNegative = *text++ == '-';
    std::int64_t sum = 0;
    for (const int unit : {3600, 60, 1}) {
        const unsigned tens = decode::fastDigit(text[0]);
        const unsigned ones = tens > 9 ? 10 : decode::fastDigit(text[1]);
        if (ones > 9)
            return false;
        sum += static_cast<std::int64_t>(tens * 10 + ones) * unit;
        text += 2;
        if (*text != ':' || unit == 1)
            break;
        ++text;
    }
    *seconds = isNegative ? -sum : sum;
    return true;
}

// A local time and its offset; where it ends, or nullptr. 40 bytes from text on are readable.
const char *readZoned(const char *text, decode::DateCache &dates, decode::TimeValue *time)
{
    constexpr std::int64_t kUnits[] = {1, 1000, 1000000, 1000000000};
    const char *end = decode::parseTime(text, false, dates, time);
    std::int64_t offset = 0;
    if (!end || !readOffset(end, &offset))
        return nullptr;
    const std::int64_t unit = kUnits[(time->digits + 2) / 3];
    return __builtin_sub_overflow(time->value, offset * unit, &time->value) ? nullptr : end;
}

std::optional<decode::TimeValue> readWholeZoned(std::string_view text, decode::DateCache &dates)
{
    constexpr std::size_t kLongest = 38; // 19, a point, 9 digits, 9 of the offset
    std::array<char, kLongest + 48> padded {};
    if (text.empty() || text.size() > kLongest)
        return std::nullopt;
    std::memcpy(padded.data(), text.data(), text.size());
    decode::TimeValue time;
    if (readZoned(padded.data(), dates, &time) != padded.data() + text.size())
        return std::nullopt;
    return time;
}

unsigned sixBits(char c)
{
    if (c >= 'A' && c <= 'Z')
        return static_cast<unsigned>(c - 'A');
    if (c >= 'a' && c <= 'z')
        return static_cast<unsigned>(c - 'a') + 26;
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0') + 52;
    return c == '+' ? 62U : c == '/' ? 63U : 64U;
}

// The column's value is the bytes; false where the text is no base64 of them.
bool appendBase64(std::string_view text, table::ColumnBuilder &builder)
{
    if (text.size() % 4 != 0)
        return false;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    char *into = builder.reserveBytes(text.size() / 4 * 3);
    std::size_t size = 0;
    unsigned bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned value = i >= text.size() - padding ? 0 : sixBits(text[i]);
        if (value > 63)
            return false;
        bits = bits << 6 | value;
        if (i % 4 != 3)
            continue;
        for (const int shift : {16, 8, 0})
            into[size++] = static_cast<char>(bits >> shift & 0xff);
        bits = 0;
    }
    builder.finishBytes(size - padding);
    return true;
}

bool isJson(std::string_view text)
{
    json::MemorySource source(text);
    json::Reader reader(source);
    const json::Token token = reader.next();
    return token != json::Token::Failed && reader.skipValue() && reader.next() == json::Token::End;
}

std::string_view withoutBlanks(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(kBlanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Where the text that begins with a quote ends, behind its closing one. The JSON is known to be well-formed.
std::size_t endOfText(std::string_view text)
{
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

bool isValueMember(std::string_view name)
{
    return name == "stringValue" || name == "longValue" || name == "doubleValue" || name == "booleanValue" || name == "blobValue";
}

// The one member of an object whose JSON is well-formed.
struct Member {
    std::string_view name;
    std::string_view value; // of a text without its quotes, escapes not undone
    bool isText = false;
};
std::optional<Member> onlyMember(std::string_view raw)
{
    std::string_view rest = withoutBlanks(raw.substr(1, raw.size() - 2));
    if (rest.empty())
        return std::nullopt;
    Member member;
    const std::size_t nameEnd = endOfText(rest);
    member.name = rest.substr(1, nameEnd - 2);
    rest = withoutBlanks(rest.substr(nameEnd));
    rest = withoutBlanks(rest.substr(1)); // behind the colon
    member.isText = rest[0] == '"';
    const std::size_t valueEnd = member.isText ? endOfText(rest) : std::min(rest.find_first_of(",[{ \t\r\n"), rest.size());
    if (valueEnd != rest.size())
        return std::nullopt;
    member.value = member.isText ? rest.substr(1, valueEnd - 2) : rest;
    return member;
}

} // namespace

FieldCell::FieldCell(const table::ColumnInfo &info)
    : m_kind(info.kind)
    , m_bits(info.bits)
    , m_prefix(prefixOf(info.kind))
    , m_decoder(info, formOf(info.kind))
{
}

const char *FieldCell::tryZoned(const char *text, table::ColumnBuilder &builder)
{
    decode::TimeValue time;
    if (*text != '"')
        return nullptr;
    const char *end = readZoned(text + 1, m_dates, &time);
    if (!end || *end != '"')
        return nullptr;
    builder.appendTime(time.value, time.digits, {text + 1, static_cast<std::size_t>(end - text - 1)});
    return end + 1;
}

// A float4 comes widened to a double: narrowing it gives the value back.
const char *FieldCell::tryNarrowed(const char *text, table::ColumnBuilder &builder)
{
    decode::FastReal real;
    const char *end = decode::fastReal(text, &real);
    if (!end)
        return nullptr;
    double value = 0;
    if (real.mantissa <= decode::kExactMantissa) {
        value = decode::exactDouble(real.mantissa, real.fractionDigits);
        value = real.isNegative ? -value : value;
    } else {
        std::from_chars(text, end, value);
    }
    const auto narrow = static_cast<float>(value);
    if (!std::isfinite(narrow) || (narrow == 0 && value != 0))
        return nullptr;
    builder.appendFloat(narrow);
    return end;
}

void FieldCell::read(std::string_view raw, table::ColumnBuilder &builder)
{
    if (raw == "null") {
        builder.appendNull();
        return;
    }
    const std::optional<Member> member = raw.starts_with('{') ? onlyMember(raw) : std::nullopt;
    if (!member) {
        builder.appendLiteral(raw);
        return;
    }
    std::string_view value = member->value;
    if (member->isText && value.find('\\') != std::string_view::npos) {
        m_scratch.resize(value.size());
        m_scratch.resize(json::unescape(value, m_scratch.data()));
        value = m_scratch;
    }
    const bool isNull = (member->name == "isNull" && value == "true") || (value == "null" && !member->isText);
    if (isNull)
        builder.appendNull();
    else if (!append(member->name, value, member->isText, builder))
        builder.appendLiteral(isValueMember(member->name) && !value.empty() ? value : raw);
}

bool FieldCell::append(std::string_view member, std::string_view value, bool isString, table::ColumnBuilder &builder)
{
    if (member == "booleanValue") {
        const bool fits = m_kind == table::Kind::Bool && (value == "true" || value == "false");
        if (fits)
            builder.appendBool(value == "true");
        return fits;
    }
    if (member == "blobValue")
        return isString && m_kind == table::Kind::Binary && appendBase64(value, builder);
    if (!isValueMember(member) || (value.empty() && table::isNumeric(m_kind)))
        return false;
    if (table::isNumeric(m_kind))
        return appendNumber(value, builder);
    return isString && appendText(value, builder);
}

bool FieldCell::appendText(std::string_view text, table::ColumnBuilder &builder)
{
    switch (m_kind) {
    case table::Kind::LocalDateTime:
    case table::Kind::Instant: {
        const bool isZoned = m_kind == table::Kind::Instant;
        const auto time = isZoned ? readWholeZoned(text, m_dates) : decode::parseWholeTime(text, false, m_dates);
        if (time)
            builder.appendTime(time->value, time->digits, text);
        return time.has_value();
    }
    case table::Kind::Binary:
        return appendBase64(text, builder);
    case table::Kind::Json:
        if (!isJson(text))
            return false;
        builder.appendBytes(text);
        return true;
    case table::Kind::Bool:
    case table::Kind::Null:
        return false;
    default:
        builder.appendBytes(text);
        return true;
    }
}

bool FieldCell::appendNumber(std::string_view text, table::ColumnBuilder &builder) const
{
    const char *end = text.data() + text.size();
    if (m_kind == table::Kind::Int) {
        std::int64_t value = 0;
        const auto [stop, problem] = std::from_chars(text.data(), end, value);
        const int unused = 64 - m_bits;
        const bool fits = problem == std::errc() && stop == end && value << unused >> unused == value;
        if (fits)
            builder.appendInt(value);
        return fits;
    }
    if (m_kind == table::Kind::Decimal) {
        if (!decode::isDecimal(text))
            return false;
        builder.appendBytes(text);
        return true;
    }
    double value = 0;
    if (!decode::parseDouble(text, &value))
        return false;
    if (m_kind == table::Kind::Double) {
        builder.appendDouble(value);
        return true;
    }
    const auto narrow = static_cast<float>(value);
    if ((std::isfinite(value) && !std::isfinite(narrow)) || (narrow == 0 && value != 0))
        return false;
    builder.appendFloat(narrow);
    return true;
}

} // namespace redshift
