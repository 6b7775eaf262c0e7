// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/roles.h"

#include "table/reduceindex.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace chart {

namespace {

using table::Cell;
using table::Kind;
using table::Table;

constexpr std::size_t kMostGroups = 200;

std::int64_t sampleRows(const Table &table)
{
    return std::min(table.rowCount(), kRoleRows);
}

std::string lowerCase(std::string text)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

// Names of keys: drawn, they would be lines that mean nothing.
bool isNamedLikeKey(const std::string &name)
{
    const std::string lower = lowerCase(name);
    return lower == "id" || lower.ends_with("_id") || lower.ends_with("groupid") || lower.ends_with("_key")
        || lower == "key" || lower == "_c0";
}

bool isNamedLikeTime(const std::string &name)
{
    const std::string lower = lowerCase(name);
    static constexpr std::array<std::string_view, 7> words = {"time", "ts", "date", "epoch", "_at", "stamp", "when"};
    return std::any_of(words.begin(), words.end(), [&lower](std::string_view word) { return lower.find(word) != lower.npos; });
}

// 2000-01-01 to 2100-01-01 in seconds, or in thousandths, millionths ... of them.
std::optional<int> epochDigits(std::int64_t value)
{
    std::int64_t from = 946684800;
    std::int64_t to = 4102444800;
    for (const int digits : {0, 3, 6, 9}) {
        if (value >= from && value < to)
            return digits;
        if (digits < 9) {
            from *= 1000;
            to *= 1000;
        }
    }
    return std::nullopt;
}

std::optional<int> epochDigits(const Table &table, std::size_t column)
{
    std::optional<int> all;
    for (std::int64_t row = 0; row < sampleRows(table); ++row) {
        const Cell cell = table.cell(row, column);
        if (!cell.column->hasValue(cell.row))
            continue;
        const auto digits = epochDigits(cell.column->ints()[cell.row]);
        if (!digits || (all && *all != *digits))
            return std::nullopt;
        all = digits;
    }
    return all;
}

std::optional<XRole> timeRole(const Table &table, std::size_t column)
{
    const table::ColumnInfo &info = table.schema().columns[column];
    if (info.kind == Kind::Instant)
        return XRole{XRole::Kind::Instant, column, 0};
    if (info.kind == Kind::LocalDateTime)
        return XRole{XRole::Kind::LocalDateTime, column, 0};
    if (info.kind == Kind::Int && info.bits == 64 && isNamedLikeTime(info.name)) {
        if (const auto digits = epochDigits(table, column))
            return XRole{XRole::Kind::Epoch, column, *digits};
    }
    return std::nullopt;
}

XRole findX(const Table &table)
{
    std::optional<XRole> epoch;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const auto role = timeRole(table, column);
        if (role && role->kind != XRole::Kind::Epoch)
            return *role;
        if (role && !epoch)
            epoch = role;
    }
    return epoch.value_or(XRole{});
}

std::optional<std::int64_t> timeAt(const Table &table, const XRole &x, std::int64_t row)
{
    const Cell cell = table.cell(row, *x.column);
    if (!cell.column->hasValue(cell.row))
        return std::nullopt;
    return cell.column->ints()[cell.row];
}

// How badly rows are out of order: steps of nothing, and steps against the direction that most take.
struct Disorder {
    std::int64_t last = 0;
    std::int64_t equal = 0;
    std::int64_t up = 0;
    std::int64_t down = 0;
    bool hasLast = false;

    void add(std::int64_t x)
    {
        if (hasLast)
            ++(x == last ? equal : x > last ? up : down);
        last = x;
        hasLast = true;
    }
    std::int64_t count() const { return equal + std::min(up, down); }
};

// Disorder that is left when rows are told apart by these columns; nothing where they have too many values.
std::optional<std::int64_t> disorderBy(const Table &table, const XRole &x, std::span<const std::size_t> by)
{
    std::unordered_map<std::string, Disorder> groups;
    std::string key;
    Disorder *group = by.empty() ? &groups[key] : nullptr;
    for (std::int64_t row = 0; row < sampleRows(table); ++row) {
        const auto time = timeAt(table, x, row);
        if (!time)
            continue;
        if (!by.empty()) {
            key.clear();
            for (const std::size_t column : by) {
                const Cell cell = table.cell(row, column);
                key += table::groupText(*cell.column, cell.row);
                key += '\0';
            }
            group = &groups[key];
        }
        group->add(*time);
        if (groups.size() > kMostGroups)
            return std::nullopt;
    }
    std::int64_t disorder = 0;
    for (const auto &[name, one] : groups)
        disorder += one.count();
    return disorder;
}

std::vector<std::size_t> groupColumns(const Table &table)
{
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const table::ColumnInfo &info = table.schema().columns[column];
        const bool isKey = (info.kind == Kind::Int || info.kind == Kind::UInt) && isNamedLikeKey(info.name);
        if (info.kind != Kind::Text && info.kind != Kind::Bool && !isKey)
            continue;
        std::unordered_set<std::string> values;
        for (std::int64_t row = 0; row < sampleRows(table) && values.size() <= kMostGroups; ++row) {
            const Cell cell = table.cell(row, column);
            values.insert(table::groupText(*cell.column, cell.row));
        }
        if (values.size() > 1 && values.size() <= kMostGroups)
            columns.push_back(column);
    }
    return columns;
}

// One column, or the pair, that leaves the least disorder, if it takes nine tenths of it away; the first one wins a draw.
std::vector<std::size_t> findGroups(const Table &table, const XRole &x)
{
    if (!x.isTime())
        return {};
    const std::int64_t before = disorderBy(table, x, {}).value_or(0);
    if (before == 0)
        return {};
    const std::vector<std::size_t> columns = groupColumns(table);
    std::vector<std::size_t> best;
    std::int64_t least = before;
    const auto consider = [&](std::span<const std::size_t> candidate) {
        const auto disorder = least > 0 ? disorderBy(table, x, candidate) : std::nullopt;
        if (disorder && *disorder < least) {
            least = *disorder;
            best.assign(candidate.begin(), candidate.end());
        }
    };
    for (const std::size_t column : columns)
        consider({&column, 1});
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (std::size_t j = i + 1; j < columns.size(); ++j)
            consider(std::array{columns[i], columns[j]});
    }
    if (least > before / 10)
        best.clear();
    return best;
}

std::vector<std::size_t> numericColumns(const Table &table, const XRole &x)
{
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        if (table::isNumeric(table.schema().columns[column].kind) && column != x.column)
            columns.push_back(column);
    }
    return columns;
}

} // namespace

Roles findRoles(const Table &table)
{
    Roles roles;
    roles.x = findX(table);
    roles.by = findGroups(table, roles.x);
    for (const std::size_t column : numericColumns(table, roles.x)) {
        const table::ColumnInfo &info = table.schema().columns[column];
        const bool isInteger = info.kind == Kind::Int || info.kind == Kind::UInt;
        if (!(isInteger && isNamedLikeKey(info.name)) && std::find(roles.by.begin(), roles.by.end(), column) == roles.by.end())
            roles.ys.push_back(column);
    }
    if (roles.ys.empty())
        roles.ys = numericColumns(table, roles.x);
    // Groups times columns would be a thicket.
    if (!roles.by.empty() && roles.ys.size() > 1)
        roles.ys.erase(roles.ys.begin() + 1, roles.ys.end());
    return roles;
}

RoleChoices roleChoices(const Table &table)
{
    RoleChoices choices;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const Kind kind = table.schema().columns[column].kind;
        if (const auto role = timeRole(table, column))
            choices.xs.push_back(*role);
        else if (kind == Kind::Int || kind == Kind::UInt)
            choices.xs.push_back({XRole::Kind::Integer, column, 0});
        if (table::isNumeric(kind))
            choices.ys.push_back(column);
    }
    choices.xs.push_back({});
    choices.by = groupColumns(table);
    return choices;
}

} // namespace chart
