// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqlite.h"

#include <memory>
#include <mutex>
#include <string>

namespace sandbox {

// A SQLite database that several statements use at once, each on a connection of its own: readers see the state of
// their start and never wait for a writer. It stands in a folder that is removed with this object. Thread-safe.
class ONDO_EXPORT DataFile
{
public:
    DataFile();
    ~DataFile();
    DataFile(const DataFile &) = delete;
    DataFile &operator=(const DataFile &) = delete;

    std::unique_ptr<sqlite::Database> open() const;
    // One writer at a time: held while a statement changes something.
    std::unique_lock<std::mutex> lockWriting() const { return std::unique_lock(m_writing); }

private:
    struct Folder;
    std::unique_ptr<Folder> m_folder;
    mutable std::mutex m_writing;
};

// The synthetic data as plain tables, for dialects that run on SQLite's own tables. Creates the table; times are
// integers, milliseconds since 1970 UTC; rows come in the order of tag, then time.
// Where unitsPerMs is given, times count that many times as much: 1000 for microseconds.
//   meters: name TEXT, groupid INTEGER, location TEXT, ts INTEGER, current REAL, voltage INTEGER, phase REAL
//   shares: symbol TEXT, time INTEGER, price_open, price_close, price_low, price_high REAL, trading_volume INTEGER
ONDO_EXPORT void fillMeters(sqlite::Database &database, const std::string &quotedTable, std::int64_t unitsPerMs = 1);
ONDO_EXPORT void fillShares(sqlite::Database &database, const std::string &quotedTable, std::int64_t unitsPerMs = 1);

} // namespace sandbox
