// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/infer.h"

#include "decode/time.h"
#include "json/memorysource.h"
#include "json/reader.h"

#include <charconv>

namespace decode {

namespace {

// What has been seen in a column.
struct Seen {
    bool boolean = false;
    bool integer = false; // that fits 64 bits with a sign
    bool natural = false; // that fits 64 bits without one only
    bool negative = false;
    bool beyondDouble = false; // an integer that a double would round
    bool real = false;
    bool zonedTime = false;
    bool localTime = false;
    bool text = false;
    bool nested = false;
    DateCache dates;
};

void lookAtNumber(std::string_view literal, Seen &seen)
{
    constexpr std::int64_t kExact = std::int64_t(1) << 53;
    const char *end = literal.data() + literal.size();
    std::int64_t integer = 0;
    std::uint64_t natural = 0;
    if (const auto [stop, code] = std::from_chars(literal.data(), end, integer); code == std::errc() && stop == end) {
        seen.integer = true;
        seen.negative = seen.negative || integer < 0;
        seen.beyondDouble = seen.beyondDouble || integer > kExact || integer < -kExact;
    } else if (std::from_chars(literal.data(), end, natural).ptr == end && natural != 0) {
        seen.natural = true;
        seen.beyondDouble = true;
    } else {
        seen.real = true;
    }
}

void lookAt(json::Token token, std::string_view text, Seen &seen)
{
    switch (token) {
    case json::Token::True:
    case json::Token::False:
        seen.boolean = true;
        break;
    case json::Token::Number:
        lookAtNumber(text, seen);
        break;
    case json::Token::String:
        if (parseWholeTime(text, true, seen.dates))
            seen.zonedTime = true;
        else if (parseWholeTime(text, false, seen.dates))
            seen.localTime = true;
        else
            seen.text = true;
        break;
    case json::Token::BeginArray:
    case json::Token::BeginObject:
        seen.nested = true;
        break;
    default:
        break;
    }
}

table::Kind kindOf(const Seen &seen)
{
    const bool hasNumbers = seen.integer || seen.natural || seen.real;
    const bool hasTexts = seen.text || seen.zonedTime || seen.localTime;
    if (seen.nested)
        return table::Kind::Json;
    if (static_cast<int>(seen.boolean) + static_cast<int>(hasNumbers) + static_cast<int>(hasTexts) > 1)
        return table::Kind::Json; // keeps each as it is
    if (seen.boolean)
        return table::Kind::Bool;
    if (hasTexts) {
        if (seen.text || (seen.zonedTime && seen.localTime))
            return table::Kind::Text;
        return seen.zonedTime ? table::Kind::Instant : table::Kind::LocalDateTime;
    }
    if (!hasNumbers)
        return table::Kind::Null;
    if (seen.real)
        return seen.beyondDouble ? table::Kind::Decimal : table::Kind::Double;
    if (seen.natural)
        return seen.negative ? table::Kind::Decimal : table::Kind::UInt;
    return table::Kind::Int;
}

} // namespace

table::Schema inferColumns(const std::vector<std::string> &names, std::string_view rows)
{
    std::vector<Seen> seen(names.size());
    json::MemorySource source(rows);
    json::Reader reader(source);
    reader.next();
    while (reader.next() == json::Token::BeginArray) {
        std::size_t column = 0;
        for (json::Token token = reader.next(); token != json::Token::EndArray; token = reader.next()) {
            if (token == json::Token::Failed)
                break;
            if (column < seen.size())
                lookAt(token, reader.text(), seen[column]);
            ++column;
            reader.skipValue();
        }
    }
    table::Schema schema;
    for (std::size_t i = 0; i < names.size(); ++i) {
        table::ColumnInfo info;
        info.name = names[i];
        info.kind = kindOf(seen[i]);
        schema.columns.push_back(std::move(info));
    }
    return schema;
}

} // namespace decode
