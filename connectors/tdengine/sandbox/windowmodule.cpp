// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/modules.h"

#include <sqlite3.h>

namespace tdengine::server {

namespace {

struct WindowTable {
    sqlite3_vtab base{};
    const std::vector<WindowSpec> *windows = nullptr;
};

struct WindowCursor {
    sqlite3_vtab_cursor base{};
    const WindowSpec *spec = nullptr;
    std::int64_t start = 0;
    std::int64_t last = -1;
    bool isEnded = true;
};

constexpr int kWindowArguments = 3;

int connectWindows(sqlite3 *database, void *windows, int, const char *const *, sqlite3_vtab **made, char **)
{
    const int result
        = sqlite3_declare_vtab(database, "CREATE TABLE x(w, low HIDDEN, high HIDDEN, spec HIDDEN)");
    if (result != SQLITE_OK)
        return result;
    auto *table = new WindowTable;
    table->windows = static_cast<const std::vector<WindowSpec> *>(windows);
    *made = &table->base;
    return SQLITE_OK;
}

int disconnectWindows(sqlite3_vtab *table)
{
    delete reinterpret_cast<WindowTable *>(table);
    return SQLITE_OK;
}

// Only usable with all three arguments.
int planWindows(sqlite3_vtab *, sqlite3_index_info *info)
{
    int found = 0;
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto &constraint = info->aConstraint[i];
        if (constraint.iColumn < 1 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!constraint.usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = constraint.iColumn;
        info->aConstraintUsage[i].omit = 1;
        ++found;
    }
    info->estimatedCost = 10;
    info->estimatedRows = 10;
    return found == kWindowArguments ? SQLITE_OK : SQLITE_CONSTRAINT;
}

int openWindows(sqlite3_vtab *, sqlite3_vtab_cursor **made)
{
    *made = &(new WindowCursor)->base;
    return SQLITE_OK;
}

int closeWindows(sqlite3_vtab_cursor *cursor)
{
    delete reinterpret_cast<WindowCursor *>(cursor);
    return SQLITE_OK;
}

int filterWindows(sqlite3_vtab_cursor *base, int, const char *, int, sqlite3_value **values)
{
    auto &cursor = *reinterpret_cast<WindowCursor *>(base);
    const auto &table = *reinterpret_cast<const WindowTable *>(base->pVtab);
    cursor.isEnded = true;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
        return SQLITE_OK;
    cursor.spec = &(*table.windows)[static_cast<std::size_t>(sqlite3_value_int64(values[2]))];
    cursor.start = cursor.spec->firstStart(sqlite3_value_int64(values[0]));
    cursor.last = cursor.spec->lastStart(sqlite3_value_int64(values[1]));
    cursor.isEnded = cursor.start > cursor.last;
    return SQLITE_OK;
}

int nextWindow(sqlite3_vtab_cursor *base)
{
    auto &cursor = *reinterpret_cast<WindowCursor *>(base);
    cursor.start = cursor.spec->nextStart(cursor.start);
    cursor.isEnded = cursor.start > cursor.last;
    return SQLITE_OK;
}

int endOfWindows(sqlite3_vtab_cursor *base)
{
    return reinterpret_cast<WindowCursor *>(base)->isEnded;
}

int columnOfWindows(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
    if (column == 0)
        sqlite3_result_int64(out, reinterpret_cast<WindowCursor *>(base)->start);
    return SQLITE_OK;
}

int rowOfWindows(sqlite3_vtab_cursor *base, sqlite3_int64 *row)
{
    *row = reinterpret_cast<WindowCursor *>(base)->start;
    return SQLITE_OK;
}

const sqlite3_module &windowMethods()
{
    static const sqlite3_module methods = [] {
        sqlite3_module m{};
        m.iVersion = 1;
        m.xConnect = connectWindows;
        m.xDisconnect = disconnectWindows;
        m.xBestIndex = planWindows;
        m.xOpen = openWindows;
        m.xClose = closeWindows;
        m.xFilter = filterWindows;
        m.xNext = nextWindow;
        m.xEof = endOfWindows;
        m.xColumn = columnOfWindows;
        m.xRowid = rowOfWindows;
        return m;
    }();
    return methods;
}

} // namespace

void registerWindows(sqlite3 *database, const std::vector<WindowSpec> &windows)
{
    sqlite3_create_module(
        database, "td_windows", &windowMethods(), const_cast<std::vector<WindowSpec> *>(&windows));
}

} // namespace tdengine::server
