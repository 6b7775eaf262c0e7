// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/lineprotocol.h"

#include <charconv>

namespace lindorm::server {

namespace {

class LineReader
{
public:
    LineReader(std::string_view line, std::size_t number)
        : m_line(line)
        , m_number(number)
    {
    }

    Line read()
    {
        Line line;
        line.table = word(", ");
        if (line.table.empty())
            fail("missing measurement");
        while (take(',')) {
            std::string name = word("=");
            if (!take('=') || name.empty())
                fail("missing tag value");
            line.tags.emplace_back(std::move(name), word(", "));
        }
        if (!take(' '))
            fail("missing fields");
        do
            line.fields.push_back(field());
        while (take(','));
        if (take(' ') && m_at < m_line.size())
            line.time = time();
        return line;
    }

private:
    [[noreturn]] void fail(const std::string &what) const
    {
        refuse(code::kSyntax, "42000", "unable to parse line " + std::to_string(m_number) + ": " + what);
    }

    bool take(char c)
    {
        const bool isIt = m_at < m_line.size() && m_line[m_at] == c;
        m_at += isIt;
        return isIt;
    }

    // Up to one of these; a backslash keeps the one behind it.
    std::string word(std::string_view ends)
    {
        std::string text;
        for (; m_at < m_line.size() && ends.find(m_line[m_at]) == std::string_view::npos; ++m_at) {
            if (m_line[m_at] == '\\' && m_at + 1 < m_line.size() && std::string_view(", =\\").find(m_line[m_at + 1]) != std::string_view::npos)
                ++m_at;
            text += m_line[m_at];
        }
        return text;
    }

    Line::Field field()
    {
        Line::Field field;
        field.name = word("= ");
        if (!take('=') || field.name.empty())
            fail("missing field value");
        if (take('"')) {
            std::string text;
            for (; m_at < m_line.size() && m_line[m_at] != '"'; ++m_at) {
                m_at += m_line[m_at] == '\\' && m_at + 1 < m_line.size();
                text += m_line[m_at];
            }
            if (!take('"'))
                fail("unbalanced quotes");
            field.type = Type::Varchar;
            field.sql = sqliteText(text);
            return field;
        }
        setPlainValue(field, word(", "));
        return field;
    }

    void setPlainValue(Line::Field &field, const std::string &value) const
    {
        for (const char *word : {"t", "true", "f", "false"}) {
            if (!sameText(value, word))
                continue;
            field.type = Type::Boolean;
            field.sql = word[0] == 't' ? "1" : "0";
            return;
        }
        const bool isInteger = value.ends_with('i');
        const char *end = value.data() + value.size() - (isInteger ? 1 : 0);
        std::int64_t integer = 0;
        double real = 0;
        const auto result = isInteger ? std::from_chars(value.data(), end, integer) : std::from_chars(value.data(), end, real);
        if (value.empty() || result.ec != std::errc() || result.ptr != end || !(value[0] == '-' || (value[0] >= '0' && value[0] <= '9')))
            fail("invalid value \"" + value + "\"");
        field.type = isInteger ? Type::BigInt : Type::Double;
        field.sql = std::string(value.data(), end);
    }

    std::int64_t time()
    {
        const std::string digits = word(" ");
        std::int64_t value = 0;
        const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (failure != std::errc() || stop != digits.data() + digits.size() || m_at != m_line.size())
            fail("bad timestamp");
        return value;
    }

    std::string_view m_line;
    std::size_t m_number;
    std::size_t m_at = 0;
};

} // namespace

std::vector<Line> linesOf(std::string_view text)
{
    std::vector<Line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        while (line.ends_with('\r') || line.ends_with(' '))
            line.remove_suffix(1);
        if (!line.empty() && !line.starts_with('#'))
            lines.push_back(LineReader(line, number).read());
    }
    return lines;
}

} // namespace lindorm::server
