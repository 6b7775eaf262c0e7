// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headparser.h"

#include <charconv>

namespace http {

namespace {
std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}
}

bool HeadParser::addLine(std::string_view line)
{
    m_size += line.size();
    if (m_size > kLongest)
        return false;
    if (!m_isInHead && !m_isComplete) {
        startHead(line);
        return true;
    }
    if (!trimmed(line).empty()) {
        addHeader(line);
        return true;
    }
    // 101 is the last answer of its connection, unlike 100, 102 and 103.
    if (m_head.status >= 200 || m_head.status == 101)
        m_isComplete = true;
    m_isInHead = false;
    return true;
}

void HeadParser::startHead(std::string_view line)
{
    m_head = {};
    line = trimmed(line);
    if (!line.starts_with("HTTP/"))
        return; // an empty line between an interim answer and the next
    m_isInHead = true;
    const std::size_t blank = line.find(' ');
    m_head.version = line.substr(5, blank == std::string_view::npos ? blank : blank - 5);
    const std::string_view rest = blank == std::string_view::npos ? std::string_view() : trimmed(line.substr(blank));
    std::from_chars(rest.data(), rest.data() + rest.size(), m_head.status);
    const std::size_t reason = rest.find(' ');
    if (reason != std::string_view::npos)
        m_head.reason = trimmed(rest.substr(reason));
}

void HeadParser::addHeader(std::string_view line)
{
    if ((line[0] == ' ' || line[0] == '\t') && !m_head.headers.empty()) {
        m_head.headers.back().value += ' ';
        m_head.headers.back().value += trimmed(line);
        return;
    }
    const std::size_t colon = line.find(':');
    Header header;
    header.name = trimmed(line.substr(0, colon));
    if (colon != std::string_view::npos)
        header.value = trimmed(line.substr(colon + 1));
    m_head.headers.push_back(std::move(header));
}

} // namespace http
