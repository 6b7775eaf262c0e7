// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace decode {

// A number of the JSON grammar, or NaN, Infinity, -Infinity, as the nearest value. False where it does not fit: beyond
// the largest, or other than 0 and below the smallest.
ONDO_EXPORT bool parseDouble(std::string_view literal, double *value);
ONDO_EXPORT bool parseFloat(std::string_view literal, float *value);

// Whether a text is [-]digits[.digits], at least one digit, as databases print decimals.
ONDO_EXPORT bool isDecimal(std::string_view text);

// Two hex digits a byte; false if there is anything else. into takes text.size() / 2 bytes.
ONDO_EXPORT bool decodeHex(std::string_view text, char *into);

inline constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
    1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
inline constexpr std::uint64_t kExactMantissa = std::uint64_t(1) << 53;

// A short decimal fraction: both the mantissa and the power of ten are exact in a double, so that the one division
// rounds correctly (Clinger). mantissa <= kExactMantissa, fractionDigits <= 22.
inline double exactDouble(std::uint64_t mantissa, int fractionDigits)
{
    return static_cast<double>(static_cast<std::int64_t>(mantissa)) / kPowersOfTen[fractionDigits];
}

// Whether rounding this nearest double once more gives the nearest float: always, but when it lies on the middle
// between two floats, of which the number itself may be on either side. For 0 and the range of normal floats.
inline bool roundsToFloat(double value)
{
    return (std::bit_cast<std::uint64_t>(value) & 0x1fffffff) != 0x10000000;
}

inline std::uint64_t loadEight(const char *text)
{
    std::uint64_t eight;
    std::memcpy(&eight, text, sizeof eight);
    return eight;
}

// Up to eight digits at once and without a branch, for machines that store the lowest byte first.
inline constexpr bool kHasFastDigits = std::endian::native == std::endian::little;
inline constexpr std::uint64_t kSmallPowers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

// eight: bytes minus '0', the first digit lowest.
inline std::uint64_t joinDigits(std::uint64_t eight)
{
    eight = eight * 10 + (eight >> 8);
    return ((eight & 0x000000ff000000ff) * 0x000f424000000064 + ((eight >> 16) & 0x000000ff000000ff) * 0x0000271000000001)
        >> 32 & 0xffffffff;
}

// Counts the digits that text begins with, up to 8, and adds them up.
inline unsigned leadingDigits(const char *text, std::uint64_t *value)
{
    const std::uint64_t digits = loadEight(text) ^ 0x3030303030303030;
    const std::uint64_t others = ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
    const auto bits = static_cast<unsigned>(std::countr_zero(others)) & ~7U; // 64: all eight are digits
    *value = bits == 0 ? 0 : joinDigits(digits << (64 - bits));
    return bits / 8;
}

} // namespace decode
