// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/statistics.h"

#include <algorithm>
#include <cstdlib>

namespace table {

namespace {

constexpr std::int64_t kLimbBase = 1'000'000'000;
constexpr int kLimbDigits = 9;
constexpr int kMostDigits = 140; // before the point, and behind it
constexpr std::uint32_t kMostAdditions = 1U << 30; // until a limb may overflow

__extension__ typedef __int128 Wide;

} // namespace

void ExactSum::add(std::int64_t value)
{
    m_whole += value;
}

void ExactSum::add(std::uint64_t value)
{
    m_whole += value;
}

bool ExactSum::add(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    int exponent = 0;
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        const std::string digits(text.substr(e + 1));
        if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("+-0123456789") != std::string::npos)
            return false;
        exponent = std::atoi(digits.c_str());
        text = text.substr(0, e);
    }
    const std::size_t point = text.find('.');
    std::string digits(text.substr(0, point));
    int fraction = -exponent;
    if (point != std::string_view::npos) {
        digits.append(text.substr(point + 1));
        fraction += static_cast<int>(text.size() - point - 1);
    }
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos)
        return false;
    if (fraction < 0) {
        if (-fraction > kMostDigits)
            return false;
        digits.append(static_cast<std::size_t>(-fraction), '0');
        fraction = 0;
    }
    if (fraction > kMostDigits || static_cast<int>(digits.size()) - fraction > kMostDigits)
        return false;
    addDigits(digits, fraction, isNegative);
    return true;
}

// Nine digits at a time, from the last one on.
void ExactSum::addDigits(std::string_view digits, int fraction, bool isNegative)
{
    m_fraction = std::max(m_fraction, fraction);
    std::int64_t limb = 0;
    std::int64_t weight = 1;
    int place = -fraction; // the power of ten of the last digit
    while (place % kLimbDigits != 0) {
        --place;
        weight *= 10;
    }
    int index = kPointLimb + place / kLimbDigits;
    for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
        limb += (*it - '0') * weight;
        weight *= 10;
        if (weight == kLimbBase || it + 1 == digits.rend()) {
            m_limbs[static_cast<std::size_t>(index++)] += isNegative ? -limb : limb;
            limb = 0;
            weight = 1;
        }
    }
    if (++m_additions >= kMostAdditions)
        carry();
}

void ExactSum::carry()
{
    for (std::size_t i = 0; i + 1 < m_limbs.size(); ++i) {
        m_limbs[i + 1] += m_limbs[i] / kLimbBase;
        m_limbs[i] %= kLimbBase;
    }
    m_additions = 0;
}

void ExactSum::add(const ExactSum &other)
{
    ExactSum copy = other;
    copy.carry();
    carry();
    for (std::size_t i = 0; i < m_limbs.size(); ++i)
        m_limbs[i] += copy.m_limbs[i];
    m_whole += other.m_whole;
    m_fraction = std::max(m_fraction, other.m_fraction);
    m_additions = 2;
}

std::string ExactSum::text() const
{
    ExactSum sum = *this;
    // The integers into their limbs, then one sign for all.
    Wide whole = sum.m_whole;
    for (std::size_t i = kPointLimb; whole != 0; ++i) {
        sum.m_limbs[i] += static_cast<std::int64_t>(whole % kLimbBase);
        whole /= kLimbBase;
    }
    sum.carry();
    const auto top = std::find_if(sum.m_limbs.rbegin(), sum.m_limbs.rend(), [](std::int64_t limb) { return limb != 0; });
    const bool isNegative = top != sum.m_limbs.rend() && *top < 0;
    for (std::int64_t &limb : sum.m_limbs)
        limb = isNegative ? -limb : limb;
    for (std::size_t i = 0; i + 1 < sum.m_limbs.size(); ++i) {
        if (sum.m_limbs[i] < 0) {
            sum.m_limbs[i] += kLimbBase;
            --sum.m_limbs[i + 1];
        }
    }
    std::string digits;
    for (auto it = sum.m_limbs.rbegin(); it != sum.m_limbs.rend(); ++it) {
        const std::string limb = std::to_string(*it);
        digits.append(static_cast<std::size_t>(kLimbDigits) - limb.size(), '0').append(limb);
    }
    const std::size_t point = static_cast<std::size_t>(kLimbs - kPointLimb) * kLimbDigits;
    const std::size_t first = std::min(digits.find_first_not_of('0'), point - 1);
    std::string text = isNegative ? "-" : "";
    text.append(digits, first, point - first);
    if (m_fraction > 0)
        text.append(1, '.').append(digits, point, static_cast<std::size_t>(m_fraction));
    return text;
}

// School division of the digits.
std::string ExactSum::mean(std::uint64_t count) const
{
    std::string digits = text();
    const bool isNegative = digits.starts_with('-');
    if (isNegative)
        digits.erase(0, 1);
    if (digits.find('.') == std::string::npos)
        digits.push_back('.');
    digits.append(3, '0');
    std::string quotient = isNegative ? "-" : "";
    Wide rest = 0;
    bool hasDigit = false;
    for (const char c : digits) {
        if (c == '.') {
            if (!hasDigit)
                quotient.push_back('0');
            quotient.push_back('.');
            hasDigit = true;
            continue;
        }
        rest = rest * 10 + (c - '0');
        const char digit = static_cast<char>('0' + static_cast<int>(rest / count));
        rest %= count;
        hasDigit = hasDigit || digit != '0';
        if (hasDigit)
            quotient.push_back(digit);
    }
    quotient.erase(quotient.find_last_not_of('0') + 1);
    if (quotient.ends_with('.'))
        quotient.pop_back();
    return quotient == "-0" ? "0" : quotient;
}

} // namespace table
