// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/types.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tdengine::server {

// The values of one column, packed by kind.
class ColumnData
{
public:
    explicit ColumnData(const DataType &type);

    const DataType &type() const { return m_type; }
    std::size_t size() const { return m_size; }
    Cell at(std::size_t row) const;
    bool isNull(std::size_t row) const { return row < m_nulls.size() && m_nulls[row] != 0; }
    std::int64_t integerAt(std::size_t row) const { return m_integers[row]; }
    double realAt(std::size_t row) const { return m_type.type == Type::Float ? double(m_floats[row]) : m_reals[row]; }
    const std::string &textAt(std::size_t row) const { return m_texts[row]; }

    enum class Kind { Integer, Unsigned, Real, Text };
    Kind kind() const;

    void append(const Cell &cell) { insert(m_size, cell); }
    void insert(std::size_t row, const Cell &cell);
    void replace(std::size_t row, const Cell &cell);
    void erase(std::size_t from, std::size_t to);
    // Whole columns for generated data; the size of the others is the caller's to match.
    void adopt(std::vector<std::int64_t> values);
    void adopt(std::vector<float> values);
    void adopt(std::vector<double> values);

private:
    void set(std::size_t row, const Cell &cell);

    DataType m_type;
    std::size_t m_size = 0;
    std::vector<std::int64_t> m_integers; // of BIGINT UNSIGNED its bits
    std::vector<float> m_floats;
    std::vector<double> m_reals;
    std::vector<std::string> m_texts;
    std::vector<unsigned char> m_nulls; // shorter than the column where the rest is not null
};

// The rows of one table, ordered by their timestamps, which are unique.
struct TableData {
    explicit TableData(const std::vector<Column> &columns);
    std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
    // The first row whose timestamp is not before ticks.
    std::size_t lowerBound(std::int64_t ticks) const;
    // A row whose timestamp is there already takes the place of that row.
    void put(const std::vector<Cell> &row);

    std::vector<ColumnData> columns;
};

struct SuperTable {
    std::string name;
    std::vector<Column> columns;
    std::vector<Column> tags;
    std::string comment;
    std::int64_t uid = 0;
    std::int64_t createdMs = 0;
};

// A child table, or a normal one where there is no super table.
struct Table {
    std::string name;
    std::shared_ptr<const SuperTable> parent;
    std::vector<Column> columns;
    std::vector<Cell> tags;
    std::string comment;
    std::int64_t uid = 0;
    std::int64_t createdMs = 0;
    int vgroup = 2;
};

struct TableEntry {
    std::shared_ptr<const Table> table;
    std::shared_ptr<TableData> data;
    bool isHandedOut = false; // a statement may be reading the data: copied before the next write
};

struct Database {
    std::string name;
    Precision precision = Precision::Milli;
    std::int64_t createdMs = 0;
    std::map<std::string, std::shared_ptr<const SuperTable>, std::less<>> superTables;
    std::map<std::string, TableEntry, std::less<>> tables;
};

// What a statement reads: the rows of one table, or of all child tables of a super table, as they are now.
struct Relation {
    struct Part {
        std::shared_ptr<const Table> table;
        std::shared_ptr<const TableData> data;
    };
    std::vector<Column> columns;
    std::vector<Column> tags;
    Precision precision = Precision::Milli;
    bool isSystem = false; // not ordered by its first column
    std::vector<Part> parts; // by name
};

// Databases, users and their tables. Everything is safe to call from several threads; what is handed out does not
// change afterwards.
class Store
{
public:
    Store();

    // Held while its databases are looked at or changed.
    std::unique_lock<std::mutex> lock() { return std::unique_lock(m_mutex); }
    std::map<std::string, Database, std::less<>> &databases() { return m_databases; }
    Database *database(std::string_view name);
    std::map<std::string, std::string, std::less<>> &users() { return m_users; }
    std::map<std::string, std::string, std::less<>> &tokens() { return m_tokens; } // bearer token → user
    std::int64_t nextUid() { return m_nextUid++; }

    bool isPassword(const std::string &user, const std::string &password);

private:
    std::mutex m_mutex;
    std::map<std::string, Database, std::less<>> m_databases;
    std::map<std::string, std::string, std::less<>> m_users;
    std::map<std::string, std::string, std::less<>> m_tokens;
    std::int64_t m_nextUid = 1000001;
};

// The entry's rows, for writing; under the store's lock.
TableData &writable(TableEntry &entry);

} // namespace tdengine::server
