// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/memoryjson.h"
#include "json/reader.h"

#include <cstdint>
#include <deque>
#include <unordered_map>

namespace decode {

// A value of a row, where it stands in memory.
struct MemoryCell {
    std::uint32_t column = 0;
    json::Token token = json::Token::Null; // BeginArray and BeginObject for nested ones
    bool isNegative = false; // of numbers, as all up to mantissa
    bool isPlain = false; // [-]digits[.digits] of at most 19 digits: mantissa holds them
    bool isInteger = false; // no point and no exponent
    std::uint8_t digits = 0; // of the mantissa, without leading zeros
    std::uint8_t fractionDigits = 0;
    std::uint64_t mantissa = 0;
    std::string_view text; // strings: escapes undone; else as sent
    std::string_view raw; // as sent
};

// Goes over rows that are in memory: objects, arrays, or plain values (then one column "value"), in the order in which
// they stand. Columns are met as they come: the keys of the first row in its order, later ones behind; a key that an
// object repeats is a column of its own. The memory is followed by kMemoryPadding zero bytes.
class ONDO_EXPORT MemoryRows
{
public:
    enum class Form { Array, Single }; // what the text is: the rows behind an opening bracket; one row alone

    // names: of array rows, c1, c2, … where they run out.
    explicit MemoryRows(Form form, std::vector<std::string> names = {});

    // The memory to read on in; what was passed of the memory before is the caller's to drop. Cells read before are gone.
    void continueIn(const char *at, const char *end);
    // From the start again, columns kept.
    void restart(const char *at, const char *end);

    enum class Step {
        Row,
        End, // the closing bracket was read
        Stopped, // the memory ends before the row does, or what stands there is no JSON
    };
    // Cells in the order sent; they are valid until the next call.
    Step next(std::vector<MemoryCell> &cells);

    const char *at() const { return m_at; } // behind the last row; after End behind the bracket
    const std::vector<std::string> &columns() const { return m_columns; }
    // Every row is one value, whatever it is: for rows that are of several kinds, or of more columns than that.
    void takeWholeRows();
    bool takesWholeRows() const { return m_takesWholeRows; }
    // Rows met that are not like the first, or have too many columns: takeWholeRows() is due.
    bool isMixed() const { return m_isMixed; }

    static constexpr std::size_t kMostColumns = 1000;

private:
    enum class Shape { Unknown, Objects, Arrays, Values };

    const char *readRow(const char *at, std::vector<MemoryCell> &cells);
    const char *readObject(const char *at, std::vector<MemoryCell> &cells);
    const char *readArray(const char *at, std::vector<MemoryCell> &cells);
    const char *readValue(const char *at, MemoryCell &cell);
    const char *readText(const char *at, MemoryCell &cell);
    const char *readNumber(const char *at, MemoryCell &cell);
    std::uint32_t columnOf(std::string_view name);
    std::uint32_t addColumn(std::string_view name);
    std::string_view keep(std::string text);

    const Form m_form;
    const std::vector<std::string> m_names;
    std::vector<std::string> m_columns;
    std::unordered_map<std::string, std::uint32_t> m_byName; // the first of each name
    std::vector<std::uint64_t> m_usedIn; // by column: the row that has it
    std::uint64_t m_row = 0;
    Shape m_shape = Shape::Unknown;
    bool m_takesWholeRows = false;
    bool m_isMixed = false;
    bool m_isStarted = false;
    const char *m_at = nullptr;
    const char *m_end = nullptr;
    std::deque<std::string> m_texts; // with escapes undone, of this row
    std::size_t m_textsUsed = 0;
};

} // namespace decode
