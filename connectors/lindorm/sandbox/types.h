// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindorm::server {

// What is wrong with a statement, as the server says it. Thrown by lexer, parser and translator, and caught by Engine:
// it does not leave this folder.
struct Refusal {
    int code = 0;
    std::string state; // SQLSTATE
    std::string message;
};

enum class Type : std::uint8_t { Null, Boolean, BigInt, Double, Varchar, Timestamp };
const char *typeName(Type type);
std::optional<Type> typeNamed(std::string_view name); // any case

enum class Role : std::uint8_t { None, Tag, Time, Field };

// A column of a result.
struct OutputColumn {
    std::string name;
    Type type = Type::Null;
    Role role = Role::None;
};

// Compares ASCII letters without their case.
bool sameText(std::string_view left, std::string_view right);
std::string upperText(std::string_view text);

// A name or a text as SQLite writes it.
std::string sqliteName(std::string_view name);
std::string sqliteText(std::string_view text);

[[noreturn]] void refuse(int code, const char *state, const std::string &message);

namespace code {
inline constexpr int kDatabaseExists = 1007;
inline constexpr int kNoDatabaseToDrop = 1008;
inline constexpr int kStorage = 1030;
inline constexpr int kDenied = 1045;
inline constexpr int kNoDatabase = 1049;
inline constexpr int kTableExists = 1050;
inline constexpr int kNoColumn = 1054;
inline constexpr int kSyntax = 1064;
inline constexpr int kNoTable = 1146;
inline constexpr int kKilled = 1317;
inline constexpr int kValue = 1366;
}

} // namespace lindorm::server
