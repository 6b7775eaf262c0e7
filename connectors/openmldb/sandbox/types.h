// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How the sandbox keeps values in SQLite: truth values and timestamps (milliseconds) as integers, dates as padded text,
// NaN, for which SQLite has no number, as the text "NaN".
namespace openmldb::server {

enum class Type { Unknown, Bool, Int16, Int32, Int64, Float, Double, String, Date, Timestamp };

// As SQL writes them, in any case.
std::optional<Type> typeNamed(std::string_view name);
const char *answerName(Type type); // "Int32"
const char *deploymentName(Type type); // "int32"
const char *catalogName(Type type); // "kInt"
const char *sqlName(Type type); // "int"
// The number that messages name a type by.
int typeNumber(Type type);

inline bool isInteger(Type type)
{
    return type == Type::Int16 || type == Type::Int32 || type == Type::Int64;
}
inline bool isReal(Type type)
{
    return type == Type::Float || type == Type::Double;
}
inline bool isNumeric(Type type)
{
    return isInteger(type) || isReal(type);
}

struct Column {
    std::string name;
    Type type = Type::Unknown;
    bool isNotNull = false;
    bool isConstant = false; // of a procedure's input and output
};

// What a statement fails with; code 0: it did not.
struct Failure {
    int code = 0;
    std::string msg;
    explicit operator bool() const { return code != 0; }
};

inline constexpr int kApiError = -1;
inline constexpr int kPlanError = 1000;
inline constexpr int kSyntaxError = 1001;
inline constexpr int kCatalogError = 1200;
inline constexpr int kRunError = 1500;
inline constexpr int kCommandError = 2000;

std::string quotedIdentifier(std::string_view name);
std::string quotedLiteral(std::string_view text);
std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);

} // namespace openmldb::server
