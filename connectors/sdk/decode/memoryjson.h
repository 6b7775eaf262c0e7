// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// JSON that is in memory already, found its way through without copying it. Every text handed in is followed by
// kMemoryPadding readable zero bytes, which belong to no value. Grammar and tolerance are those of json::Reader, which
// says what is wrong with a text that is refused here.
namespace decode {

inline constexpr std::size_t kMemoryPadding = 64;

inline const char *passBlanks(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        ++at;
    return at;
}

// Each takes the place where a value begins and gives the place behind it; nullptr: it is malformed, or end cuts it.
ONDO_EXPORT const char *passText(const char *at, const char *end, bool *hasEscapes); // at its opening quote
ONDO_EXPORT const char *passNumber(const char *at, const char *end);
ONDO_EXPORT const char *passValue(const char *at, const char *end);

// The text between these quotes with its escapes undone.
ONDO_EXPORT std::string textOf(std::string_view quoted);

struct MemoryMember {
    std::string name;
    std::string_view value; // as sent
    bool isWhole = true; // false: the text ends within it
};

struct MemoryObject {
    std::vector<MemoryMember> members; // in the order sent, repeated names included
    const char *end = nullptr; // behind the brace; nullptr: malformed, or the text ends before it

    ONDO_EXPORT const MemoryMember *find(std::string_view name) const; // the first of this name
};

// The members of the object that begins at text's first byte. A value that the text's end cuts is there as far as it goes.
ONDO_EXPORT MemoryObject membersOf(std::string_view text);

// The value that a JSON pointer (RFC 6901) names within a whole document; none if there is none.
ONDO_EXPORT std::optional<std::string_view> valueAt(std::string_view document, std::string_view pointer);

} // namespace decode
