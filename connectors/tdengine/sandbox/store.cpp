// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

#include <algorithm>

namespace tdengine::server {

ColumnData::ColumnData(const DataType &type)
    : m_type(type)
{
}

ColumnData::Kind ColumnData::kind() const
{
    switch (m_type.type) {
    case Type::UBigInt: return Kind::Unsigned;
    case Type::Float:
    case Type::Double: return Kind::Real;
    case Type::Null:
    case Type::Varchar:
    case Type::NChar:
    case Type::VarBinary:
    case Type::Geometry:
    case Type::Blob:
    case Type::Json:
    case Type::Decimal: return Kind::Text;
    default: return Kind::Integer;
    }
}

Cell ColumnData::at(std::size_t row) const
{
    if (isNull(row))
        return {};
    switch (kind()) {
    case Kind::Integer: return m_integers[row];
    case Kind::Unsigned: return unsignedCell(static_cast<std::uint64_t>(m_integers[row]));
    case Kind::Real: return realAt(row);
    case Kind::Text: return m_texts[row];
    }
    return {};
}

void ColumnData::insert(std::size_t row, const Cell &cell)
{
    const auto offset = static_cast<std::ptrdiff_t>(row);
    switch (kind()) {
    case Kind::Integer:
    case Kind::Unsigned: m_integers.insert(m_integers.begin() + offset, 0); break;
    case Kind::Real:
        if (m_type.type == Type::Float)
            m_floats.insert(m_floats.begin() + offset, 0.0f);
        else
            m_reals.insert(m_reals.begin() + offset, 0.0);
        break;
    case Kind::Text: m_texts.insert(m_texts.begin() + offset, std::string()); break;
    }
    if (row < m_nulls.size())
        m_nulls.insert(m_nulls.begin() + offset, 0);
    ++m_size;
    set(row, cell);
}

void ColumnData::replace(std::size_t row, const Cell &cell)
{
    if (row < m_nulls.size())
        m_nulls[row] = 0;
    set(row, cell);
}

void ColumnData::set(std::size_t row, const Cell &cell)
{
    if (std::holds_alternative<std::monostate>(cell)) {
        if (m_nulls.size() <= row)
            m_nulls.resize(row + 1, 0);
        m_nulls[row] = 1;
    } else if (kind() == Kind::Unsigned) {
        m_integers[row] = static_cast<std::int64_t>(unsignedValue(cell));
    } else if (const auto *integer = std::get_if<std::int64_t>(&cell)) {
        m_integers[row] = *integer;
    } else if (const auto *real = std::get_if<double>(&cell)) {
        if (m_type.type == Type::Float)
            m_floats[row] = static_cast<float>(*real);
        else
            m_reals[row] = *real;
    } else {
        m_texts[row] = std::get<std::string>(cell);
    }
}

void ColumnData::erase(std::size_t from, std::size_t to)
{
    const auto cut = [from, to](auto &values) {
        const std::size_t end = std::min(to, values.size());
        if (from < end)
            values.erase(values.begin() + static_cast<std::ptrdiff_t>(from), values.begin() + static_cast<std::ptrdiff_t>(end));
    };
    cut(m_integers);
    cut(m_floats);
    cut(m_reals);
    cut(m_texts);
    cut(m_nulls);
    m_size -= to - from;
}

void ColumnData::adopt(std::vector<std::int64_t> values)
{
    m_size = values.size();
    m_integers = std::move(values);
}

void ColumnData::adopt(std::vector<float> values)
{
    m_size = values.size();
    m_floats = std::move(values);
}

void ColumnData::adopt(std::vector<double> values)
{
    m_size = values.size();
    m_reals = std::move(values);
}

TableData::TableData(const std::vector<Column> &described)
{
    for (const Column &column : described)
        columns.emplace_back(column.type);
}

std::size_t TableData::lowerBound(std::int64_t ticks) const
{
    std::size_t from = 0;
    std::size_t to = rows();
    while (from < to) {
        const std::size_t middle = from + (to - from) / 2;
        if (columns.front().integerAt(middle) < ticks)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void TableData::put(const std::vector<Cell> &row)
{
    const std::int64_t ticks = std::get<std::int64_t>(row.front());
    const std::size_t count = rows();
    std::size_t at = count;
    if (count > 0 && columns.front().integerAt(count - 1) >= ticks)
        at = lowerBound(ticks);
    const bool isThere = at < count && columns.front().integerAt(at) == ticks;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (isThere)
            columns[i].replace(at, row[i]);
        else
            columns[i].insert(at, row[i]);
    }
}

Store::Store()
{
    m_users.emplace("root", "taosdata");
}

Database *Store::database(std::string_view name)
{
    const auto found = m_databases.find(name);
    return found == m_databases.end() ? nullptr : &found->second;
}

bool Store::isPassword(const std::string &user, const std::string &password)
{
    const std::lock_guard guard(m_mutex);
    const auto found = m_users.find(user);
    return found != m_users.end() && found->second == password;
}

TableData &writable(TableEntry &entry)
{
    if (entry.isHandedOut)
        entry.data = std::make_shared<TableData>(*entry.data);
    entry.isHandedOut = false;
    return *entry.data;
}

} // namespace tdengine::server
