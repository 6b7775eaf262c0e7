// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <cstdint>
#include <string>
#include <string_view>

// Writing JSON: the pieces that the result writers put together themselves, and a small writer for documents.
namespace json {

// Appends bytes with every malformed UTF-8 sequence replaced by U+FFFD. False if there was one.
ONDO_EXPORT bool appendUtf8(std::string &out, std::string_view bytes);

// Appends a JSON string with its quotes; malformed UTF-8 as above.
ONDO_EXPORT bool appendString(std::string &out, std::string_view bytes);

// Appends a JSON value that was sent, blanks outside strings removed and nothing else changed.
ONDO_EXPORT void appendCompact(std::string &out, std::string_view value);

// As appendCompact, for a place where strict JSON is due: the bare words NaN, Infinity and -Infinity, which servers
// send, become strings, and malformed UTF-8 becomes U+FFFD (then false).
ONDO_EXPORT bool appendStrict(std::string &out, std::string_view value);

// Whether the text is a number by the grammar of JSON.
ONDO_EXPORT bool isNumber(std::string_view text);

// Builds a document on one line, members in the order of the calls. The caller keeps to the grammar (a key before each
// value in an object); commas are the writer's.
class ONDO_EXPORT Writer
{
public:
    Writer &beginObject();
    Writer &endObject();
    Writer &beginArray();
    Writer &endArray();
    Writer &key(std::string_view name);
    Writer &string(std::string_view text);
    Writer &integer(std::int64_t value);
    Writer &boolean(bool value);
    Writer &null();

    const std::string &text() const { return m_text; }

private:
    void separate();

    std::string m_text;
    bool m_needsComma = false;
};

} // namespace json
