// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace json {

// What ends a plain stretch of a JSON text: the quote, an escape, a control character.
constexpr bool endsPlainText(unsigned char c)
{
    return c == '"' || c == '\\' || c < 0x20;
}

#if defined(__SSE2__)
// One bit for each of 16 bytes that ends plain text; 0x20 itself does not.
inline unsigned plainTextEnds(__m128i bytes)
{
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i escape = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, escape), control)));
}
#endif

// The first byte that ends plain text, or end. Up to 15 bytes behind end are read: they must be readable.
inline const char *findPlainTextEnd(const char *from, const char *end)
{
#if defined(__SSE2__)
    for (; from < end; from += 16) {
        const unsigned ends = plainTextEnds(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)));
        if (ends != 0) {
            const char *found = from + std::countr_zero(ends);
            return found < end ? found : end;
        }
    }
    return end;
#else
    while (from < end && !endsPlainText(static_cast<unsigned char>(*from)))
        ++from;
    return from;
#endif
}

// The escape that begins at text with a backslash: its length (2 or 6), 0 if there is no such escape. The caller has
// seen to it that 6 bytes are readable.
ONDO_EXPORT std::size_t escapeLength(const char *text);

// Undoes the escapes of a text that was checked with escapeLength(); writes at most escaped.size() bytes and returns how
// many. Half of a surrogate pair becomes its three bytes (WTF-8), so that nothing is lost.
ONDO_EXPORT std::size_t unescape(std::string_view escaped, char *into);

} // namespace json
