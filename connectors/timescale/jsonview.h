// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/memoryjson.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace timescale {

// A value of a small document, members in the order sent. Valid as long as its document.
class JsonView
{
public:
    JsonView() = default;
    explicit JsonView(std::string_view raw)
        : m_raw(raw)
    {
    }

    bool exists() const { return !m_raw.empty() && m_raw != "null"; }
    bool isObject() const { return m_raw.starts_with('{'); }
    bool isArray() const { return m_raw.starts_with('['); }
    bool isTrue() const { return m_raw == "true"; }
    std::string_view raw() const { return m_raw; }

    JsonView operator[](std::string_view name) const; // empty where there is no such member
    std::vector<std::pair<std::string, JsonView>> members() const;
    // Elements; anything but an array counts as its own only element, null as none.
    std::vector<JsonView> items() const;
    std::string text() const; // of strings; of other plain values as sent

private:
    std::string_view m_raw;
};

// Keeps the text that views look at.
class JsonDocument
{
public:
    explicit JsonDocument(std::string text);
    JsonDocument(const JsonDocument &) = delete;
    JsonDocument &operator=(const JsonDocument &) = delete;

    bool isValid() const { return m_isValid; } // one JSON value and nothing else
    JsonView root() const;

private:
    std::string m_text;
    std::size_t m_size;
    bool m_isValid;
};

} // namespace timescale
