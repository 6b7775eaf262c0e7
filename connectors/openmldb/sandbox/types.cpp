// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/types.h"

#include <algorithm>
#include <array>
#include <utility>

namespace openmldb::server {

namespace {

struct Names {
    const char *answer;
    const char *deployment;
    const char *catalog;
    const char *sql;
    int number;
};
constexpr std::array<Names, 10> kNames{{
    {"Unknown", "unknown", "kNull", "null", 9},
    {"Bool", "bool", "kBool", "bool", 0},
    {"Int16", "int16", "kSmallInt", "smallInt", 1},
    {"Int32", "int32", "kInt", "int", 2},
    {"Int64", "int64", "kBigInt", "bigInt", 3},
    {"Float", "float", "kFloat", "float", 4},
    {"Double", "double", "kDouble", "double", 5},
    {"String", "string", "kVarchar", "varchar", 6},
    {"Date", "date", "kDate", "date", 7},
    {"Timestamp", "timestamp", "kTimestamp", "timestamp", 8},
}};

const Names &namesOf(Type type)
{
    return kNames[static_cast<std::size_t>(type)];
}

std::string quoted(std::string_view text, char quote)
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

std::optional<Type> typeNamed(std::string_view name)
{
    static constexpr std::array<std::pair<const char *, Type>, 14> kWords{{{"BOOL", Type::Bool}, {"SMALLINT", Type::Int16},
        {"INT16", Type::Int16}, {"INT", Type::Int32}, {"INT32", Type::Int32}, {"INTEGER", Type::Int32}, {"BIGINT", Type::Int64},
        {"INT64", Type::Int64}, {"FLOAT", Type::Float}, {"DOUBLE", Type::Double}, {"STRING", Type::String}, {"VARCHAR", Type::String},
        {"DATE", Type::Date}, {"TIMESTAMP", Type::Timestamp}}};
    const std::string upper = upperCase(name);
    for (const auto &[word, type] : kWords) {
        if (upper == word)
            return type;
    }
    return std::nullopt;
}

const char *answerName(Type type)
{
    return namesOf(type).answer;
}

const char *deploymentName(Type type)
{
    return namesOf(type).deployment;
}

const char *catalogName(Type type)
{
    return namesOf(type).catalog;
}

const char *sqlName(Type type)
{
    return namesOf(type).sql;
}

int typeNumber(Type type)
{
    return namesOf(type).number;
}

std::string quotedIdentifier(std::string_view name)
{
    return quoted(name, '"');
}

std::string quotedLiteral(std::string_view text)
{
    return quoted(text, '\'');
}

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return upper;
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

} // namespace openmldb::server
