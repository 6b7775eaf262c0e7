// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/cell.h"

#include "decode/number.h"

#include <charconv>
#include <limits>

namespace decode {

namespace {

Form usualForm(table::Kind kind)
{
    switch (kind) {
    case table::Kind::Null:
        return Form::Null;
    case table::Kind::Bool:
        return Form::Bool;
    case table::Kind::Int:
        return Form::Int;
    case table::Kind::UInt:
        return Form::UInt;
    case table::Kind::Float:
        return Form::Float;
    case table::Kind::Double:
        return Form::Double;
    case table::Kind::Decimal:
        return Form::Decimal;
    case table::Kind::Binary:
        return Form::Hex;
    case table::Kind::Json:
        return Form::Json;
    case table::Kind::Instant:
        return Form::ZonedTime;
    case table::Kind::LocalDateTime:
        return Form::LocalTime;
    default:
        return Form::Text;
    }
}

bool isSpecialNumber(std::string_view text)
{
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

// The whole literal as an integer; -0 is none: its sign would be lost.
template <typename Integer>
bool parseInteger(std::string_view literal, Integer *value)
{
    const char *end = literal.data() + literal.size();
    const auto [stop, code] = std::from_chars(literal.data(), end, *value);
    return code == std::errc() && stop == end && (*value != 0 || literal.front() != '-');
}

} // namespace

CellDecoder::CellDecoder(const table::ColumnInfo &info)
    : CellDecoder(info, usualForm(info.kind))
{
}

CellDecoder::CellDecoder(const table::ColumnInfo &info, Form form, int epochDigits)
    : m_form(form)
    , m_epochDigits(static_cast<std::uint8_t>(epochDigits))
{
    const int unused = 64 - info.bits;
    m_least = std::numeric_limits<std::int64_t>::min() >> unused;
    m_most = std::numeric_limits<std::int64_t>::max() >> unused;
    m_mostUnsigned = std::numeric_limits<std::uint64_t>::max() >> unused;
}

bool CellDecoder::read(json::Token token, json::Reader &reader, table::ColumnBuilder &builder)
{
    if (token == json::Token::Failed)
        return false;
    if (token == json::Token::Null) {
        builder.appendNull();
        return true;
    }
    const bool isNested = token == json::Token::BeginArray || token == json::Token::BeginObject;
    if (isNested || m_form == Form::Json) {
        const std::optional<std::string_view> raw = reader.rawValue();
        if (!raw)
            return false;
        if (m_form == Form::Json)
            builder.appendBytes(*raw);
        else
            builder.appendLiteral(*raw);
        return true;
    }
    if (!append(token, reader.text(), builder))
        builder.appendLiteral(reader.text());
    return true;
}

bool CellDecoder::append(json::Token token, std::string_view text, table::ColumnBuilder &builder)
{
    if (token == json::Token::True || token == json::Token::False) {
        if (m_form != Form::Bool)
            return false;
        builder.appendBool(token == json::Token::True);
        return true;
    }
    if (token == json::Token::Number)
        return appendNumber(text, builder);
    switch (m_form) {
    case Form::Text:
        builder.appendBytes(text);
        return true;
    case Form::Decimal:
        if (!isDecimal(text))
            return false;
        builder.appendBytes(text);
        return true;
    case Form::Hex:
        if (!decodeHex(text, builder.reserveBytes(text.size() / 2)))
            return false;
        builder.finishBytes(text.size() / 2);
        return true;
    case Form::ZonedTime:
    case Form::LocalTime:
    case Form::Epoch: // a text where a count was due may still say its zone
        return appendTime(text, builder);
    case Form::Float:
    case Form::Double:
        return isSpecialNumber(text) && appendNumber(text, builder);
    default:
        return false;
    }
}

bool CellDecoder::appendNumber(std::string_view text, table::ColumnBuilder &builder) const
{
    std::int64_t integer = 0;
    std::uint64_t natural = 0;
    float single = 0;
    double real = 0;
    switch (m_form) {
    case Form::Bool:
        if (text != "0" && text != "1")
            return false;
        builder.appendBool(text == "1");
        return true;
    case Form::Int:
        if (!parseInteger(text, &integer) || integer < m_least || integer > m_most)
            return false;
        builder.appendInt(integer);
        return true;
    case Form::UInt:
        if (!parseInteger(text, &natural) || natural > m_mostUnsigned)
            return false;
        builder.appendUInt(natural);
        return true;
    case Form::Float:
        if (!parseFloat(text, &single))
            return false;
        builder.appendFloat(single);
        return true;
    case Form::Double:
        if (!parseDouble(text, &real))
            return false;
        builder.appendDouble(real);
        return true;
    case Form::Decimal:
        if (!isDecimal(text))
            return false;
        builder.appendBytes(text);
        return true;
    case Form::Epoch:
        if (!parseInteger(text, &integer))
            return false;
        builder.appendTime(integer, m_epochDigits, text);
        return true;
    default:
        return false;
    }
}

bool CellDecoder::appendTime(std::string_view text, table::ColumnBuilder &builder)
{
    const std::optional<TimeValue> time = parseWholeTime(text, m_form != Form::LocalTime, m_dates);
    if (!time)
        return false;
    builder.appendTime(time->value, time->digits, text);
    return true;
}

} // namespace decode
