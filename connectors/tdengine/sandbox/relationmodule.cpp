// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/modules.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>

namespace tdengine::server {

namespace {

// idxStr of a plan, one letter a constraint in the order of its arguments: on the timestamp '=', '>', 'g' (>=), '<',
// 'l' (<=), on the table's name 't'.
enum PlanFlag { kMerged = 1, kDescending = 2 };

struct RelationTable {
    sqlite3_vtab base{};
    const RelationModule *module = nullptr;
    int columnCount = 0; // of the tables' own columns
    int tagCount = 0;

    int nameColumn() const { return columnCount + tagCount; }
    int windowColumn() const { return nameColumn() + 1; }
};

struct Range {
    const Relation::Part *part = nullptr;
    std::size_t at = 0; // the current row
    std::size_t left = 0; // rows from the current one on, in the direction of the scan
};

struct RelationCursor {
    sqlite3_vtab_cursor base{};
    std::vector<Range> ranges;
    std::size_t current = 0;
    bool isMerged = false;
    bool isDescending = false;

    const RelationTable &table() const { return *reinterpret_cast<const RelationTable *>(base.pVtab); }
    const Range &range() const { return ranges[current]; }
    bool atEnd() const { return current >= ranges.size(); }
    std::int64_t tickOf(const Range &range) const { return range.part->data->columns.front().integerAt(range.at); }
};

int connectRelation(sqlite3 *database, void *module, int, const char *const *, sqlite3_vtab **made, char **)
{
    const auto &described = *static_cast<const RelationModule *>(module);
    const Relation &relation = *described.relation;
    std::string sql = "CREATE TABLE x(";
    const auto add = [&sql, n = 0](const Column &column) mutable {
        sql += 'c' + std::to_string(n++);
        // Decimals are text, and compare as numbers only with this affinity.
        if (column.type.type == Type::Decimal)
            sql += " NUMERIC";
        else if (column.type.isText())
            sql += " TEXT";
        else if (column.type.isFloating() || (column.type.isInteger() && column.type.type != Type::UBigInt))
            sql += " NUMERIC";
        sql += ", ";
    };
    std::for_each(relation.columns.begin(), relation.columns.end(), add);
    int tagAt = static_cast<int>(relation.columns.size());
    for (const Column &tag : relation.tags) {
        sql += 'c' + std::to_string(tagAt++) + (tag.type.isText() ? " TEXT" : tag.type.type == Type::UBigInt ? "" : " NUMERIC")
            + ", ";
    }
    sql += "tb TEXT HIDDEN, w HIDDEN)";
    const int result = sqlite3_declare_vtab(database, sql.c_str());
    if (result != SQLITE_OK)
        return result;
    auto *table = new RelationTable;
    table->module = &described;
    table->columnCount = static_cast<int>(relation.columns.size());
    table->tagCount = static_cast<int>(relation.tags.size());
    *made = &table->base;
    return SQLITE_OK;
}

int disconnectRelation(sqlite3_vtab *table)
{
    delete reinterpret_cast<RelationTable *>(table);
    return SQLITE_OK;
}

char letterOf(const RelationTable &table, const sqlite3_index_info::sqlite3_index_constraint &constraint)
{
    if (!constraint.usable)
        return 0;
    if (constraint.iColumn == table.nameColumn())
        return constraint.op == SQLITE_INDEX_CONSTRAINT_EQ ? 't' : 0;
    if (constraint.iColumn != 0 || table.module->relation->isSystem)
        return 0;
    switch (constraint.op) {
    case SQLITE_INDEX_CONSTRAINT_EQ: return '=';
    case SQLITE_INDEX_CONSTRAINT_GT: return '>';
    case SQLITE_INDEX_CONSTRAINT_GE: return 'g';
    case SQLITE_INDEX_CONSTRAINT_LT: return '<';
    case SQLITE_INDEX_CONSTRAINT_LE: return 'l';
    default: return 0;
    }
}

// Which of SQLite's wishes for an order the scan can fulfil: by time (or window), or by table and then by time.
void planOrder(const RelationTable &table, sqlite3_index_info *info, int &flags)
{
    if (table.module->relation->isSystem || info->nOrderBy == 0)
        return;
    int at = 0;
    const bool byName = info->aOrderBy[0].iColumn == table.nameColumn() && !info->aOrderBy[0].desc;
    if (byName)
        ++at;
    if (at < info->nOrderBy) {
        const int column = info->aOrderBy[at].iColumn;
        const bool byTime = column == 0 || (column == table.windowColumn() && table.module->windows);
        if (!byTime)
            return;
        if (info->aOrderBy[at].desc)
            flags |= kDescending;
        // Timestamps are unique within a table: nothing after them matters there, windows are not.
        if (at + 1 < info->nOrderBy && !(byName && column == 0))
            return;
    }
    if (!byName && table.module->relation->parts.size() > 1)
        flags |= kMerged;
    info->orderByConsumed = 1;
}

int planRelation(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const auto &table = *reinterpret_cast<const RelationTable *>(base);
    std::string letters;
    double rows = 1.0;
    for (const Relation::Part &part : table.module->relation->parts)
        rows += static_cast<double>(part.data->rows());
    for (int i = 0; i < info->nConstraint; ++i) {
        const char letter = letterOf(table, info->aConstraint[i]);
        if (!letter)
            continue;
        letters += letter;
        info->aConstraintUsage[i].argvIndex = static_cast<int>(letters.size());
        rows = letter == '=' ? static_cast<double>(table.module->relation->parts.size()) : rows / (letter == 't' ? 10.0 : 3.0);
    }
    int flags = 0;
    planOrder(table, info, flags);
    info->idxNum = flags;
    info->idxStr = sqlite3_mprintf("%s", letters.c_str());
    info->needToFreeIdxStr = 1;
    info->estimatedRows = static_cast<sqlite3_int64>(rows) + 1;
    info->estimatedCost = rows + 10.0;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

int openRelation(sqlite3_vtab *, sqlite3_vtab_cursor **made)
{
    *made = &(new RelationCursor)->base;
    return SQLITE_OK;
}

int closeRelation(sqlite3_vtab_cursor *cursor)
{
    delete reinterpret_cast<RelationCursor *>(cursor);
    return SQLITE_OK;
}

// What the plan's constraints leave of every table: ticks [low, high] and a name. Bounds that are no whole numbers only
// narrow where that is exact; SQLite checks every row again.
struct Bounds {
    std::int64_t low = INT64_MIN;
    std::int64_t high = INT64_MAX;
    bool hasName = false;
    std::string name;
    bool isEmpty = false;

    void apply(char letter, sqlite3_value *value)
    {
        if (letter == 't') {
            const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(value));
            hasName = true;
            isEmpty |= text == nullptr;
            name = text ? text : "";
            return;
        }
        if (sqlite3_value_type(value) == SQLITE_NULL)
            isEmpty = true;
        if (sqlite3_value_type(value) != SQLITE_INTEGER)
            return;
        const std::int64_t ticks = sqlite3_value_int64(value);
        if (letter == '=' || letter == '>' || letter == 'g')
            low = std::max(low, ticks);
        if (letter == '=' || letter == '<' || letter == 'l')
            high = std::min(high, ticks);
    }
};

void choosePart(RelationCursor &cursor)
{
    auto &ranges = cursor.ranges;
    if (!cursor.isMerged) {
        while (cursor.current < ranges.size() && ranges[cursor.current].left == 0)
            ++cursor.current;
        return;
    }
    cursor.current = ranges.size();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        if (ranges[i].left == 0)
            continue;
        if (cursor.current == ranges.size()) {
            cursor.current = i;
            continue;
        }
        const std::int64_t mine = cursor.tickOf(ranges[i]);
        const std::int64_t best = cursor.tickOf(ranges[cursor.current]);
        if (cursor.isDescending ? mine > best : mine < best)
            cursor.current = i;
    }
}

int filterRelation(sqlite3_vtab_cursor *base, int flags, const char *letters, int count, sqlite3_value **values)
{
    auto &cursor = *reinterpret_cast<RelationCursor *>(base);
    const RelationTable &table = cursor.table();
    Bounds bounds;
    for (int i = 0; i < count; ++i)
        bounds.apply(letters[i], values[i]);
    cursor.ranges.clear();
    cursor.current = 0;
    cursor.isMerged = (flags & kMerged) != 0;
    cursor.isDescending = (flags & kDescending) != 0;
    for (const Relation::Part &part : table.module->relation->parts) {
        if (bounds.isEmpty || (bounds.hasName && part.table->name != bounds.name))
            continue;
        std::size_t from = 0;
        std::size_t to = part.data->rows();
        if (bounds.low != INT64_MIN)
            from = part.data->lowerBound(bounds.low);
        if (bounds.high != INT64_MAX)
            to = part.data->lowerBound(bounds.high + 1);
        if (from < to)
            cursor.ranges.push_back({&part, cursor.isDescending ? to - 1 : from, to - from});
    }
    choosePart(cursor);
    return SQLITE_OK;
}

int nextRelation(sqlite3_vtab_cursor *base)
{
    auto &cursor = *reinterpret_cast<RelationCursor *>(base);
    Range &range = cursor.ranges[cursor.current];
    --range.left;
    if (range.left > 0)
        range.at = cursor.isDescending ? range.at - 1 : range.at + 1;
    if (cursor.isMerged || range.left == 0)
        choosePart(cursor);
    return SQLITE_OK;
}

int endOfRelation(sqlite3_vtab_cursor *base)
{
    return reinterpret_cast<RelationCursor *>(base)->atEnd();
}

void giveBytes(sqlite3_context *out, const std::string &bytes, const DataType &type)
{
    if (type.isBytes())
        sqlite3_result_blob64(out, bytes.data(), bytes.size(), SQLITE_STATIC);
    else
        sqlite3_result_text64(out, bytes.data(), bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
}

// The text of a cell that is made on the spot is copied, that of a stored one is not: the relation outlives the row.
void giveStored(sqlite3_context *out, const ColumnData &column, std::size_t row)
{
    if (column.isNull(row)) {
        sqlite3_result_null(out);
        return;
    }
    switch (column.kind()) {
    case ColumnData::Kind::Integer: sqlite3_result_int64(out, column.integerAt(row)); break;
    case ColumnData::Kind::Real: sqlite3_result_double(out, column.realAt(row)); break;
    case ColumnData::Kind::Text: giveBytes(out, column.textAt(row), column.type()); break;
    case ColumnData::Kind::Unsigned: {
        const Cell cell = column.at(row);
        if (const auto *integer = std::get_if<std::int64_t>(&cell)) {
            sqlite3_result_int64(out, *integer);
        } else {
            const auto &digits = std::get<std::string>(cell);
            sqlite3_result_text64(out, digits.data(), digits.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        }
    }
    }
}

void giveCell(sqlite3_context *out, const Cell &cell, const DataType &type)
{
    if (const auto *integer = std::get_if<std::int64_t>(&cell))
        sqlite3_result_int64(out, *integer);
    else if (const auto *real = std::get_if<double>(&cell))
        sqlite3_result_double(out, *real);
    else if (const auto *text = std::get_if<std::string>(&cell))
        giveBytes(out, *text, type);
    else
        sqlite3_result_null(out);
}

int columnOfRelation(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
    const auto &cursor = *reinterpret_cast<const RelationCursor *>(base);
    const RelationTable &table = cursor.table();
    const Range &range = cursor.range();
    if (column < table.columnCount) {
        giveStored(out, range.part->data->columns[static_cast<std::size_t>(column)], range.at);
    } else if (column < table.nameColumn()) {
        const auto tag = static_cast<std::size_t>(column - table.columnCount);
        giveCell(out, range.part->table->tags[tag], table.module->relation->tags[tag].type);
    } else if (column == table.nameColumn()) {
        giveBytes(out, range.part->table->name, makeType(Type::Varchar));
    } else if (table.module->windows) {
        sqlite3_result_int64(out, table.module->windows->lastStart(cursor.tickOf(range)));
    }
    return SQLITE_OK;
}

int rowOfRelation(sqlite3_vtab_cursor *base, sqlite3_int64 *row)
{
    *row = static_cast<sqlite3_int64>(reinterpret_cast<const RelationCursor *>(base)->range().at);
    return SQLITE_OK;
}

const sqlite3_module &relationMethods()
{
    static const sqlite3_module methods = [] {
        sqlite3_module m{};
        m.iVersion = 1;
        m.xConnect = connectRelation;
        m.xDisconnect = disconnectRelation;
        m.xBestIndex = planRelation;
        m.xOpen = openRelation;
        m.xClose = closeRelation;
        m.xFilter = filterRelation;
        m.xNext = nextRelation;
        m.xEof = endOfRelation;
        m.xColumn = columnOfRelation;
        m.xRowid = rowOfRelation;
        return m;
    }();
    return methods;
}

} // namespace

void registerRelation(sqlite3 *database, const RelationModule &module)
{
    // Without xCreate the module is a table by itself, under its own name.
    sqlite3_create_module(database, module.name.c_str(), &relationMethods(), const_cast<RelationModule *>(&module));
}

} // namespace tdengine::server
