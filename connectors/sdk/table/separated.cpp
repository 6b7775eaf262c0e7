// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/separated.h"

#include <QCoreApplication>

#include <algorithm>

namespace table {

namespace {

struct SeparatedTr {
    Q_DECLARE_TR_FUNCTIONS(Separated)
};

using Value = std::optional<std::string>;

char likelySeparator(std::string_view text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {'\t', ',', ';', '|'}) {
        const auto count = std::count(line.begin(), line.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

class SeparatedReader
{
public:
    explicit SeparatedReader(std::string_view text)
        : m_text(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text)
        , m_separator(likelySeparator(m_text))
    {
    }

    core::Result<SeparatedText> read()
    {
        SeparatedText result;
        result.separator = m_separator;
        bool isHead = true;
        while (m_at < m_text.size()) {
            const int line = m_line;
            std::vector<Value> row;
            if (!readRow(&row))
                return failure(SeparatedTr::tr("Line %1: a quote is opened and never closed.").arg(line), line);
            if (isHead) {
                for (Value &name : row)
                    result.names.push_back(std::move(name).value_or(std::string()));
            } else if (row.size() != result.names.size() && !(row.size() == 1 && !row[0])) {
                return failure(
                    SeparatedTr::tr("Line %1 has %2 values, the first line names %3.").arg(line).arg(row.size()).arg(result.names.size()), line);
            } else if (row.size() == result.names.size()) {
                result.rows.push_back(std::move(row));
            }
            isHead = false;
        }
        return result;
    }

private:
    static core::Error failure(const QString &message, int line)
    {
        core::Error error;
        error.kind = core::ErrorKind::Decode;
        error.message = message;
        error.hint = SeparatedTr::tr("The first line has to name the columns.");
        error.position.line = line;
        return error;
    }

    bool readRow(std::vector<Value> *row)
    {
        while (true) {
            Value value;
            if (!readValue(&value))
                return false;
            row->push_back(std::move(value));
            if (m_at < m_text.size() && m_text[m_at] == m_separator) {
                ++m_at;
                continue;
            }
            if (m_text.substr(m_at, 2) == "\r\n")
                ++m_at;
            if (m_at < m_text.size())
                ++m_at; // the line's end
            ++m_line;
            return true;
        }
    }

    bool readValue(Value *value)
    {
        if (m_at < m_text.size() && m_text[m_at] == '"')
            return readQuoted(value);
        std::size_t end = m_at;
        while (end < m_text.size() && m_text[end] != m_separator && m_text[end] != '\n'
            && !(m_text[end] == '\r' && m_text.substr(end, 2) == "\r\n"))
            ++end;
        const std::string_view text = m_text.substr(m_at, end - m_at);
        m_at = end;
        if (!text.empty() && !(m_separator == '\t' && text == "\\N"))
            *value = std::string(text);
        return true;
    }

    bool readQuoted(Value *value)
    {
        std::string text;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            m_line += c == '\n' ? 1 : 0;
            if (c == '"') {
                if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '"') {
                    ++m_at;
                    *value = std::move(text);
                    return true;
                }
                ++m_at;
            }
            text += c;
        }
        return false;
    }

    const std::string_view m_text;
    const char m_separator;
    std::size_t m_at = 0;
    int m_line = 1;
};

} // namespace

core::Result<SeparatedText> readSeparated(std::string_view text)
{
    return SeparatedReader(text).read();
}

} // namespace table
