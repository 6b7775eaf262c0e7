// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/memoryrows.h"

#include "decode/fastcell.h"
#include "json/number.h"
#include "json/text.h"

#include <algorithm>
#include <cstring>

namespace decode {

MemoryRows::MemoryRows(Form form, std::vector<std::string> names)
    : m_form(form)
    , m_names(std::move(names))
{
    for (const std::string &name : m_names)
        addColumn(name);
}

void MemoryRows::continueIn(const char *at, const char *end)
{
    m_at = at;
    m_end = end;
}

void MemoryRows::restart(const char *at, const char *end)
{
    m_isStarted = false;
    continueIn(at, end);
}

void MemoryRows::takeWholeRows()
{
    m_takesWholeRows = true;
    m_shape = Shape::Values;
    m_columns.clear();
    m_usedIn.clear();
    m_byName.clear();
    addColumn("value");
}

MemoryRows::Step MemoryRows::next(std::vector<MemoryCell> &cells)
{
    cells.clear();
    m_textsUsed = 0;
    ++m_row;
    const char *at = passBlanks(m_at);
    if (m_form == Form::Single && m_isStarted)
        return Step::End;
    if (m_form == Form::Array && *at == ']' && at < m_end) {
        m_at = at + 1;
        return Step::End;
    }
    if (m_form == Form::Array && m_isStarted) {
        if (*at != ',')
            return Step::Stopped;
        at = passBlanks(at + 1);
    }
    if (at >= m_end)
        return Step::Stopped;
    const char *behind = readRow(at, cells);
    // What stands at the very end of the memory may go on.
    if (!behind || behind > m_end || (m_form == Form::Array && passBlanks(behind) >= m_end))
        return Step::Stopped;
    m_isStarted = true;
    m_at = behind;
    return Step::Row;
}

const char *MemoryRows::readRow(const char *at, std::vector<MemoryCell> &cells)
{
    const Shape shape = *at == '{' ? Shape::Objects : *at == '[' ? Shape::Arrays : Shape::Values;
    if (m_shape == Shape::Unknown) {
        m_shape = shape;
        if (shape == Shape::Values && m_columns.empty())
            addColumn("value");
    }
    if (m_takesWholeRows || m_shape == Shape::Values) {
        m_isMixed = m_isMixed || (!m_takesWholeRows && shape != Shape::Values);
        MemoryCell &cell = cells.emplace_back();
        return readValue(at, cell);
    }
    if (shape != m_shape) {
        const char *behind = passValue(at, m_end);
        m_isMixed = m_isMixed || behind;
        return behind;
    }
    return shape == Shape::Objects ? readObject(at, cells) : readArray(at, cells);
}

const char *MemoryRows::readObject(const char *at, std::vector<MemoryCell> &cells)
{
    at = passBlanks(at + 1);
    if (*at == '}')
        return at + 1;
    for (std::uint32_t expected = 0;; ++expected) {
        if (*at != '"')
            return nullptr;
        std::uint32_t column = expected;
        const std::string *name = expected < m_columns.size() ? &m_columns[expected] : nullptr;
        const auto left = static_cast<std::size_t>(m_end - at);
        if (name && name->size() + 2 < left && std::memcmp(at + 1, name->data(), name->size()) == 0 && at[name->size() + 1] == '"'
            && m_usedIn[expected] != m_row) [[likely]] {
            at += name->size() + 2;
        } else {
            bool hasEscapes = false;
            const char *behind = passText(at, m_end, &hasEscapes);
            if (!behind)
                return nullptr;
            const std::string_view quoted(at, static_cast<std::size_t>(behind - at));
            column = hasEscapes ? columnOf(textOf(quoted)) : columnOf(quoted.substr(1, quoted.size() - 2));
            at = behind;
            expected = column;
        }
        at = passBlanks(at);
        if (*at != ':')
            return nullptr;
        MemoryCell &cell = cells.emplace_back();
        cell.column = column;
        m_usedIn[column] = m_row;
        at = readValue(passBlanks(at + 1), cell);
        if (!at)
            return nullptr;
        at = passBlanks(at);
        if (*at == '}')
            return at + 1;
        if (*at != ',')
            return nullptr;
        at = passBlanks(at + 1);
    }
}

const char *MemoryRows::readArray(const char *at, std::vector<MemoryCell> &cells)
{
    at = passBlanks(at + 1);
    if (*at == ']')
        return at + 1;
    for (std::uint32_t column = 0;; ++column) {
        if (column == m_columns.size())
            column = addColumn("c" + std::to_string(column + 1));
        MemoryCell &cell = cells.emplace_back();
        cell.column = column;
        at = readValue(at, cell);
        if (!at)
            return nullptr;
        at = passBlanks(at);
        if (*at == ']')
            return at + 1;
        if (*at != ',')
            return nullptr;
        at = passBlanks(at + 1);
    }
}

const char *MemoryRows::readValue(const char *at, MemoryCell &cell)
{
    const char *behind = nullptr;
    switch (*at) {
    case '"':
        return readText(at, cell);
    case 't':
    case 'f':
    case 'n':
        cell.token = *at == 't' ? json::Token::True : *at == 'f' ? json::Token::False : json::Token::Null;
        behind = passValue(at, m_end);
        break;
    case '[':
    case '{':
        cell.token = *at == '[' ? json::Token::BeginArray : json::Token::BeginObject;
        behind = passValue(at, m_end);
        break;
    default:
        return readNumber(at, cell);
    }
    if (!behind)
        return nullptr;
    cell.raw = cell.text = {at, static_cast<std::size_t>(behind - at)};
    return behind;
}

const char *MemoryRows::readText(const char *at, MemoryCell &cell)
{
    bool hasEscapes = false;
    const char *behind = passText(at, m_end, &hasEscapes);
    if (!behind)
        return nullptr;
    cell.token = json::Token::String;
    cell.raw = {at, static_cast<std::size_t>(behind - at)};
    cell.text = hasEscapes ? keep(textOf(cell.raw)) : cell.raw.substr(1, cell.raw.size() - 2);
    return behind;
}

const char *MemoryRows::readNumber(const char *at, MemoryCell &cell)
{
    cell.token = json::Token::Number;
    const char *text = at;
    cell.isNegative = *text == '-';
    text += cell.isNegative;
    const char *whole = text;
    text = anyDigits(text, &cell.mantissa);
    const auto wholeDigits = text - whole;
    std::ptrdiff_t fraction = 0;
    cell.isInteger = *text != '.';
    if (!cell.isInteger) {
        const char *first = ++text;
        text = moreDigits(text, &cell.mantissa);
        fraction = text - first;
    }
    const bool isWellFormed = wholeDigits > 0 && (wholeDigits == 1 || *whole != '0') && (fraction > 0 || cell.isInteger);
    cell.isPlain = isWellFormed && wholeDigits + fraction <= 19 && !json::isNumberCharacter(*text);
    if (!cell.isPlain) [[unlikely]] {
        text = passNumber(at, m_end);
        if (!text)
            return nullptr;
        const std::string_view literal(at, static_cast<std::size_t>(text - at));
        cell.isInteger = literal.find_first_not_of("-0123456789") == std::string_view::npos;
    } else {
        cell.fractionDigits = static_cast<std::uint8_t>(fraction);
        cell.digits = static_cast<std::uint8_t>(wholeDigits + fraction);
    }
    cell.raw = cell.text = {at, static_cast<std::size_t>(text - at)};
    return text;
}

std::uint32_t MemoryRows::columnOf(std::string_view name)
{
    const auto found = m_byName.find(std::string(name));
    if (found == m_byName.end())
        return addColumn(name);
    for (std::uint32_t column = found->second; column < m_columns.size(); ++column) {
        if (m_usedIn[column] != m_row && m_columns[column] == name)
            return column;
    }
    return addColumn(name);
}

std::uint32_t MemoryRows::addColumn(std::string_view name)
{
    if (m_columns.size() == kMostColumns) {
        m_isMixed = true;
        return static_cast<std::uint32_t>(kMostColumns - 1);
    }
    const auto column = static_cast<std::uint32_t>(m_columns.size());
    m_columns.emplace_back(name);
    m_usedIn.push_back(0);
    m_byName.emplace(std::string(name), column);
    return column;
}

std::string_view MemoryRows::keep(std::string text)
{
    if (m_textsUsed == m_texts.size())
        m_texts.emplace_back();
    return m_texts[m_textsUsed++] = std::move(text);
}

} // namespace decode
