// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/fastcell.h"
#include "table/builder.h"

#include <string>
#include <string_view>

namespace redshift {

// Reads the cells of one column. A cell is an object with one member that tells how the value is written:
// {"longValue":1}, {"stringValue":"…"}, {"isNull":true}. What does not fit the column's type becomes its literal; so
// does, as it was sent, an object that has another form.
class FieldCell
{
public:
    explicit FieldCell(const table::ColumnInfo &info);

    // A cell as the service prints it, where the window holds it whole with the byte behind it. Returns where it ends;
    // nullptr: nothing was appended, read() must do. Relies on the zero bytes behind the window.
    const char *tryRead(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
    {
        if (std::memcmp(text, kNull.data(), kNull.size()) == 0) {
            builder.appendNull();
            return text + kNull.size();
        }
        if (m_prefix.empty() || std::memcmp(text, m_prefix.data(), m_prefix.size()) != 0)
            return nullptr;
        const char *end = tryValue(text + m_prefix.size(), windowEnd, builder);
        if (!end)
            return nullptr;
        if (*end == '}') [[likely]]
            return end + 1;
        builder.truncate(builder.rows() - 1);
        return nullptr;
    }

    // A whole cell, as sent.
    void read(std::string_view raw, table::ColumnBuilder &builder);

private:
    static constexpr std::string_view kNull = "{\"isNull\":true}";

    const char *tryValue(const char *text, const char *windowEnd, table::ColumnBuilder &builder)
    {
        if (m_kind == table::Kind::Instant)
            return tryZoned(text, builder);
        if (m_kind == table::Kind::Float)
            return tryNarrowed(text, builder);
        return m_decoder.tryRead(text, windowEnd, builder);
    }
    const char *tryZoned(const char *text, table::ColumnBuilder &builder);
    static const char *tryNarrowed(const char *text, table::ColumnBuilder &builder);

    bool append(std::string_view member, std::string_view value, bool isString, table::ColumnBuilder &builder);
    bool appendText(std::string_view text, table::ColumnBuilder &builder);
    bool appendNumber(std::string_view text, table::ColumnBuilder &builder) const;

    table::Kind m_kind;
    std::uint8_t m_bits;
    std::string_view m_prefix; // empty: never read the fast way
    decode::CellDecoder m_decoder;
    decode::DateCache m_dates;
    std::string m_scratch;
};

} // namespace redshift
