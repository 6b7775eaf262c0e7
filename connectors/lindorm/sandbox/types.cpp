// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/types.h"

#include <algorithm>

namespace lindorm::server {

namespace {

char upperByte(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string doubled(std::string_view text, char quote)
{
    std::string all(1, quote);
    for (const char c : text) {
        all += c;
        if (c == quote)
            all += c;
    }
    return all + quote;
}

} // namespace

const char *typeName(Type type)
{
    switch (type) {
    case Type::Boolean: return "BOOLEAN";
    case Type::BigInt: return "BIGINT";
    case Type::Double: return "DOUBLE";
    case Type::Varchar: return "VARCHAR";
    case Type::Timestamp: return "TIMESTAMP";
    case Type::Null: break;
    }
    return "NULL";
}

std::optional<Type> typeNamed(std::string_view name)
{
    for (const Type type : {Type::Boolean, Type::BigInt, Type::Double, Type::Varchar, Type::Timestamp}) {
        if (sameText(name, typeName(type)))
            return type;
    }
    return std::nullopt;
}

bool sameText(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) { return upperByte(a) == upperByte(b); });
}

std::string upperText(std::string_view text)
{
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(), upperByte);
    return upper;
}

std::string sqliteName(std::string_view name)
{
    return doubled(name, '"');
}

std::string sqliteText(std::string_view text)
{
    return doubled(text, '\'');
}

void refuse(int code, const char *state, const std::string &message)
{
    throw Refusal{code, state, message};
}

} // namespace lindorm::server
