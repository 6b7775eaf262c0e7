// SPDX-License-Identifier: GPL-3.0-or-later
#include "json/number.h"

namespace json {

namespace {

bool isDigitAt(std::string_view text, std::size_t at)
{
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

std::size_t afterDigits(std::string_view text, std::size_t at)
{
    while (isDigitAt(text, at))
        ++at;
    return at;
}

} // namespace

std::size_t findNumberError(std::string_view text)
{
    if (text == "NaN" || text == "Infinity" || text == "-Infinity")
        return kNumberIsValid;
    std::size_t at = text.starts_with('-') ? 1 : 0;
    if (!isDigitAt(text, at))
        return at;
    at = text[at] == '0' ? at + 1 : afterDigits(text, at);
    if (at < text.size() && text[at] == '.') {
        if (!isDigitAt(text, ++at))
            return at;
        at = afterDigits(text, at);
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!isDigitAt(text, at))
            return at;
        at = afterDigits(text, at);
    }
    return at == text.size() ? kNumberIsValid : at;
}

} // namespace json
