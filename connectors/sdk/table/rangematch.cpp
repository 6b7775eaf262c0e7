// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/matcher.h"
#include "table/sortbytes.h"
#include "table/timetext.h"

#include <QCoreApplication>

#include <charconv>
#include <cmath>
#include <limits>

namespace table {

namespace {

struct RangeTr {
    Q_DECLARE_TR_FUNCTIONS(table::Range)
};

core::Error noBound(const QString &message, const std::string &text)
{
    return {.kind = core::ErrorKind::Usage, .message = message.arg(QString::fromStdString(text))};
}

template <typename T>
std::string decimalKeyOf(T value)
{
    std::string key;
    appendDecimalKey(key, std::to_string(value));
    return key;
}

// The least number that is not before the bound; false where even the largest one is.
template <typename T>
bool leastFrom(const std::string &bound, T *least)
{
    T low = std::numeric_limits<T>::min();
    T high = std::numeric_limits<T>::max();
    if (decimalKeyOf(high) < bound)
        return false;
    while (low < high) {
        const T middle = static_cast<T>(std::midpoint(low, high));
        if (decimalKeyOf(middle) < bound)
            low = middle + 1;
        else
            high = middle;
    }
    *least = low;
    return true;
}

template <typename T>
std::span<const T> valuesOf(const Column &column)
{
    if constexpr (std::is_same_v<T, std::int64_t>)
        return column.ints();
    else if constexpr (std::is_same_v<T, std::uint64_t>)
        return column.uints();
    else if constexpr (std::is_same_v<T, float>)
        return column.floats();
    else
        return column.doubles();
}

template <typename T>
void matchBetween(const Column &column, T low, T high, std::uint32_t first, std::uint32_t last, Hits &hits)
{
    const std::span<const T> values = valuesOf<T>(column);
    if (column.hasAllValues()) {
        for (std::uint32_t row = first; row < last; ++row)
            hits[row] = static_cast<std::uint8_t>(hits[row] | static_cast<std::uint8_t>((values[row] >= low) & (values[row] <= high)));
        return;
    }
    for (std::uint32_t row = first; row < last; ++row) {
        if (column.hasValue(row) && values[row] >= low && values[row] <= high)
            hits[row] = 1;
    }
}

// Numbers of all kinds; what a chunk holds decides how they are compared.
class NumberMatcher : public Matcher
{
public:
    core::Result<void> setBounds(const Condition &condition)
    {
        for (const std::string *text : {&condition.from, &condition.to}) {
            std::string key;
            if (!text->empty() && !appendDecimalKey(key, *text))
                return noBound(RangeTr::tr("This is no number: %1"), *text);
        }
        appendDecimalKey(m_from, condition.from);
        appendDecimalKey(m_to, condition.to);
        setWidth(condition, &m_doubleLow, &m_doubleHigh);
        setWidth(condition, &m_floatLow, &m_floatHigh);
        m_hasInts = setWhole(&m_intLow, &m_intHigh);
        m_hasUInts = setWhole(&m_uintLow, &m_uintHigh);
        return {};
    }

    void match(const ColumnInfo &, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        if (column.kind() == Kind::Int && m_hasInts) {
            matchBetween(column, m_intLow, m_intHigh, first, last, hits);
        } else if (column.kind() == Kind::UInt && m_hasUInts) {
            matchBetween(column, m_uintLow, m_uintHigh, first, last, hits);
        } else if (column.kind() == Kind::Double) {
            matchBetween(column, m_doubleLow, m_doubleHigh, first, last, hits);
        } else if (column.kind() == Kind::Float) {
            matchBetween(column, m_floatLow, m_floatHigh, first, last, hits);
        } else if (column.kind() == Kind::Decimal) {
            for (std::uint32_t row = first; row < last; ++row) {
                if (column.hasValue(row))
                    matchText(column.bytes(row), row, hits);
            }
        }
        // Numbers that the type does not hold are still numbers.
        for (std::uint32_t row = first; column.hasLiterals() && row < last; ++row) {
            if (const auto literal = column.literal(row))
                matchText(*literal, row, hits);
        }
    }

private:
    void matchText(std::string_view text, std::uint32_t row, Hits &hits)
    {
        m_buffer.clear();
        if (appendDecimalKey(m_buffer, text) && m_buffer >= m_from && (m_to.empty() || m_buffer <= m_to))
            hits[row] = 1;
    }

    // In the column's own width: what is printed as 0.1 is not less than 0.1.
    template <typename T>
    static void setWidth(const Condition &condition, T *low, T *high)
    {
        *low = -std::numeric_limits<T>::infinity();
        *high = std::numeric_limits<T>::infinity();
        const auto read = [](const std::string &text, T *value) {
            const char *begin = text.data() + (text.starts_with('+') ? 1 : 0);
            T parsed = 0;
            if (!text.empty() && std::from_chars(begin, text.data() + text.size(), parsed).ec == std::errc())
                *value = parsed;
        };
        read(condition.from, low);
        read(condition.to, high);
    }

    template <typename T>
    bool setWhole(T *low, T *high) const
    {
        if (!m_from.empty() && !leastFrom(m_from, low))
            return false;
        T above = 0;
        std::string behind = m_to;
        behind.push_back('\0'); // the least key behind it
        if (m_to.empty() || !leastFrom(behind, &above))
            return true;
        if (above == std::numeric_limits<T>::min())
            return false;
        *high = above - 1;
        return true;
    }

    std::string m_from;
    std::string m_to;
    std::string m_buffer;
    double m_doubleLow = 0;
    double m_doubleHigh = 0;
    float m_floatLow = 0;
    float m_floatHigh = 0;
    std::int64_t m_intLow = std::numeric_limits<std::int64_t>::min();
    std::int64_t m_intHigh = std::numeric_limits<std::int64_t>::max();
    std::uint64_t m_uintLow = 0;
    std::uint64_t m_uintHigh = std::numeric_limits<std::uint64_t>::max();
    bool m_hasInts = false;
    bool m_hasUInts = false;
};

class TimeMatcher : public Matcher
{
public:
    core::Result<void> setBounds(const Condition &condition, const Zone *zone)
    {
        for (const std::string *text : {&condition.from, &condition.to}) {
            const auto span = parseTimeText(*text, zone);
            if (!text->empty() && !span)
                return noBound(RangeTr::tr("This is no time: %1. Write it as 2024-05-17 08:30:00."), *text);
            if (span)
                (text == &condition.from ? m_from : m_to) = *span;
        }
        return {};
    }

    void match(const ColumnInfo &, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        if (!isTime(column.kind()))
            return;
        constexpr std::int64_t kUnits[] = {1, 1000, 1'000'000, 1'000'000'000};
        const std::int64_t unit = kUnits[column.unitDigits() / 3];
        std::int64_t low = std::numeric_limits<std::int64_t>::min();
        std::int64_t high = std::numeric_limits<std::int64_t>::max();
        if (m_from && !counted(m_from->seconds, m_from->nanos, unit, &low) && m_from->seconds > 0)
            return;
        if (m_to && (!counted(m_to->endSeconds, m_to->endNanos, unit, &high) ? m_to->endSeconds < 0 : high-- == std::numeric_limits<std::int64_t>::min()))
            return;
        matchBetween(column, low, high, first, last, hits);
    }

private:
    // The first count of the unit that is not before the moment; false where no count is, or all are.
    static bool counted(std::int64_t seconds, std::int64_t nanos, std::int64_t unit, std::int64_t *count)
    {
        const std::int64_t perCount = 1'000'000'000 / unit;
        std::int64_t whole = 0;
        return !__builtin_mul_overflow(seconds, unit, &whole)
            && !__builtin_add_overflow(whole, (nanos + perCount - 1) / perCount, count);
    }

    std::optional<TimeSpan> m_from;
    std::optional<TimeSpan> m_to;
};

// Texts, dates and times of day in natural order.
class TextRangeMatcher : public Matcher
{
public:
    explicit TextRangeMatcher(const Condition &condition)
        : m_hasEnd(!condition.to.empty())
    {
        appendNaturalKey(m_from, condition.from);
        m_from.resize(m_from.size() - condition.from.size()); // without the bytes that only break ties
        appendNaturalKey(m_to, condition.to);
        m_to.resize(m_to.size() - condition.to.size());
        m_to.push_back('\xff');
    }
    void match(const ColumnInfo &info, const Column &column, std::uint32_t first, std::uint32_t last, Hits &hits) override
    {
        forTexts(info, column, first, last, nullptr, [&](std::uint32_t row, std::string_view text) {
            m_buffer.clear();
            appendNaturalKey(m_buffer, text);
            if (m_buffer >= m_from && (!m_hasEnd || m_buffer <= m_to))
                hits[row] = 1;
        });
    }

private:
    std::string m_from;
    std::string m_to;
    std::string m_buffer;
    const bool m_hasEnd;
};

} // namespace

core::Result<std::unique_ptr<Matcher>> rangeMatcher(
    const Condition &condition, const ColumnInfo &info, const std::optional<Zone> &zone)
{
    if (isNumeric(info.kind)) {
        auto matcher = std::make_unique<NumberMatcher>();
        if (auto set = matcher->setBounds(condition); !set)
            return std::move(set).error();
        return std::unique_ptr<Matcher>(std::move(matcher));
    }
    if (isTime(info.kind)) {
        auto matcher = std::make_unique<TimeMatcher>();
        if (auto set = matcher->setBounds(condition, info.kind == Kind::Instant && zone ? &*zone : nullptr); !set)
            return std::move(set).error();
        return std::unique_ptr<Matcher>(std::move(matcher));
    }
    return std::unique_ptr<Matcher>(std::make_unique<TextRangeMatcher>(condition));
}

} // namespace table
