// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/matcher.h"
#include "table/sortbytes.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace table {

namespace {

bool isAscii(std::string_view text)
{
    unsigned char all = 0;
    for (const char c : text)
        all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

void foldAscii(std::string_view text, std::string *folded)
{
    folded->resize(text.size());
    char *out = folded->data();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        out[i] = static_cast<char>(c | (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));
    }
}

// Looks through the texts of a whole chunk at once: they lie one behind the other.
class ContainsMatcher : public Matcher
{
public:
    ContainsMatcher(const Condition &condition, const std::optional<Zone> &zone)
        : m_zone(zone)
        , m_matchesCase(condition.matchesCase)
    {
        if (m_matchesCase)
            m_wanted = condition.text;
        else
            appendFolded(m_wanted, condition.text);
        // A few characters that are not ASCII fold to k and s.
        m_isPlain = isAscii(m_wanted) && m_wanted.find_first_of("ks") == std::string::npos;
    }

    void match(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        const bool isText = storageOf(column.kind()) == Storage::Bytes && column.kind() != Kind::Binary;
        if (isText && column.codes() && column.textCount() > 0 && !column.hasLiterals()) {
            matchCoded(column, first, last, hits);
            return;
        }
        if (isText && first < last && !column.codes() && !column.hasLiterals()) {
            const char *begin = column.bytes(first).data();
            const std::string_view last1 = column.bytes(last - 1);
            const std::string_view arena(begin, static_cast<std::size_t>(last1.data() + last1.size() - begin));
            const auto end = [&](std::uint32_t row) {
                const std::string_view value = column.bytes(row);
                return static_cast<std::size_t>(value.data() + value.size() - begin);
            };
            if (m_matchesCase || m_isPlain || isAscii(arena)) {
                search(arena, first, last, end, hits);
                if (m_wanted.empty())
                    clearMissing(column, first, last, hits);
                return;
            }
        }
        m_joined.clear();
        m_ends.assign(last - first, 0);
        std::uint32_t next = first;
        forTexts(info, column, first, last, m_zone ? &*m_zone : nullptr, [&](std::uint32_t row, std::string_view text) {
            for (; next < row; ++next)
                m_ends[next - first] = m_joined.size();
            m_matchesCase ? void(m_joined.append(text)) : appendFolded(m_joined, text);
            m_ends[next++ - first] = m_joined.size();
        });
        for (; next < last; ++next)
            m_ends[next - first] = m_joined.size();
        search(m_joined, first, last, [&](std::uint32_t row) { return m_ends[row - first]; }, hits);
        if (m_wanted.empty())
            clearMissing(column, first, last, hits);
    }

private:
    // Each different text once.
    void matchCoded(const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits)
    {
        std::array<std::uint8_t, 256> matches{};
        std::string folded;
        for (std::uint32_t code = 0; code < std::min(column.textCount(), 256U); ++code) {
            std::string_view text = column.textOf(code);
            folded.clear();
            if (!m_matchesCase)
                appendFolded(folded, text);
            matches[code] = (m_matchesCase ? text : std::string_view(folded)).find(m_wanted) != std::string_view::npos;
        }
        const bool isWhole = column.hasAllValues();
        for (std::uint32_t row = first; row < last; ++row) {
            if (matches[column.codes()[row]] != 0 && (isWhole || column.hasValue(row)))
                hits[row] = 1;
        }
    }

    // end gives where a row's text ends; a hit must not reach from one into the next.
    template <typename End>
    void search(std::string_view text, std::uint32_t first, std::uint32_t last, End end, Hits &hits)
    {
        if (m_wanted.empty()) {
            std::fill(hits.begin() + first, hits.begin() + last, std::uint8_t(1));
            return;
        }
        std::string_view haystack = text;
        if (!m_matchesCase && text.data() != m_joined.data()) {
            foldAscii(text, &m_folded);
            haystack = m_folded;
        }
        std::size_t from = 0;
        std::uint32_t row = first;
        while (from < haystack.size()) {
            const void *found = memmem(haystack.data() + from, haystack.size() - from, m_wanted.data(), m_wanted.size());
            if (!found)
                return;
            const auto at = static_cast<std::size_t>(static_cast<const char *>(found) - haystack.data());
            row = rowAt(at, row, last, end);
            const std::size_t rowEnd = end(row);
            const bool isWhole = at + m_wanted.size() <= rowEnd;
            if (isWhole)
                hits[row] = 1;
            from = isWhole ? rowEnd : at + 1;
        }
    }

    // The first row from row on that ends behind at.
    template <typename End>
    static std::uint32_t rowAt(std::size_t at, std::uint32_t row, std::uint32_t last, End end)
    {
        std::uint32_t step = 1;
        std::uint32_t high = row;
        while (high < last - 1 && end(high) <= at) {
            row = high + 1;
            high = std::min(last - 1, high + step);
            step *= 2;
        }
        while (row < high) {
            const std::uint32_t middle = (row + high) / 2;
            if (end(middle) <= at)
                row = middle + 1;
            else
                high = middle;
        }
        return row;
    }

    static void clearMissing(const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits)
    {
        for (std::uint32_t row = first; row < last; ++row)
            hits[row] = column.isNull(row) ? 0 : hits[row];
    }

    const std::optional<Zone> m_zone;
    const bool m_matchesCase;
    bool m_isPlain = false;
    std::string m_wanted;
    std::string m_folded;
    std::string m_joined;
    std::vector<std::size_t> m_ends;
};

class PatternMatcher : public Matcher
{
public:
    PatternMatcher(const Condition &condition, const std::optional<Zone> &zone)
        : m_zone(zone)
        , m_pattern(QString::fromStdString(condition.text),
              QRegularExpression::UseUnicodePropertiesOption
                  | (condition.matchesCase ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption))
    {
    }
    void match(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        forTexts(info, column, first, last, m_zone ? &*m_zone : nullptr, [&](std::uint32_t row, std::string_view text) {
            if (m_pattern.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).hasMatch())
                hits[row] = 1;
        });
    }

private:
    const std::optional<Zone> m_zone;
    QRegularExpression m_pattern;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

class OneOfMatcher : public Matcher
{
public:
    explicit OneOfMatcher(const Condition &condition)
        : m_values(condition.values.begin(), condition.values.end())
        , m_includesNull(condition.includesNull)
    {
    }
    void match(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        forTexts(info, column, first, last, nullptr, [&](std::uint32_t row, std::string_view text) {
            if (m_values.find(text) != m_values.end())
                hits[row] = 1;
        });
        for (std::uint32_t row = first; m_includesNull && row < last; ++row)
            hits[row] = column.isNull(row) ? 1 : hits[row];
    }

private:
    const std::unordered_set<std::string, TextHash, std::equal_to<>> m_values;
    const bool m_includesNull;
};

class NullMatcher : public Matcher
{
public:
    void match(const ColumnInfo &, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        for (std::uint32_t row = first; row < last; ++row)
            hits[row] = column.isNull(row) ? 1 : hits[row];
    }
};

} // namespace

std::unique_ptr<Matcher> textMatcher(const Condition &condition, const std::optional<Zone> &zone)
{
    switch (condition.test) {
    case Condition::Test::Contains:
        return std::make_unique<ContainsMatcher>(condition, zone);
    case Condition::Test::Pattern:
        return std::make_unique<PatternMatcher>(condition, zone);
    case Condition::Test::OneOf:
        return std::make_unique<OneOfMatcher>(condition);
    default:
        return std::make_unique<NullMatcher>();
    }
}

} // namespace table
