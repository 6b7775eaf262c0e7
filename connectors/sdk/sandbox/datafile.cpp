// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/datafile.h"

#include "sandbox/sampledata.h"

#include <QTemporaryDir>

namespace sandbox {

struct DataFile::Folder {
    QTemporaryDir folder;
    std::string file() const { return folder.filePath(QStringLiteral("sandbox.db")).toStdString(); }
};

DataFile::DataFile()
    : m_folder(std::make_unique<Folder>())
{
    open()->execute("PRAGMA journal_mode=WAL"); // stays with the file
}

DataFile::~DataFile() = default;

std::unique_ptr<sqlite::Database> DataFile::open() const
{
    auto database = std::make_unique<sqlite::Database>(m_folder->file());
    database->execute("PRAGMA synchronous=OFF"); // nothing here outlives the program
    return database;
}

void fillMeters(sqlite::Database &database, const std::string &quotedTable, std::int64_t unitsPerMs)
{
    database.execute("CREATE TABLE " + quotedTable
        + "(name TEXT, groupid INTEGER, location TEXT, ts INTEGER, current REAL, voltage INTEGER, phase REAL)");
    database.execute("BEGIN");
    {
        sqlite::Statement insert(database, "INSERT INTO " + quotedTable + " VALUES(?,?,?,?,?,?,?)");
        for (const sample::Meter &meter : sample::meters()) {
            insert.bind(1, std::string_view(meter.name));
            insert.bind(2, static_cast<std::int64_t>(meter.groupId));
            insert.bind(3, std::string_view(meter.location));
            for (std::size_t i = 0; i < meter.timeMs.size(); ++i) {
                insert.bind(4, meter.timeMs[i] * unitsPerMs);
                insert.bind(5, static_cast<double>(meter.current[i]));
                insert.bind(6, meter.voltage[i]);
                insert.bind(7, static_cast<double>(meter.phase[i]));
                insert.step();
                insert.reset();
            }
        }
    }
    database.execute("COMMIT");
}

void fillShares(sqlite::Database &database, const std::string &quotedTable, std::int64_t unitsPerMs)
{
    database.execute("CREATE TABLE " + quotedTable
        + "(symbol TEXT, time INTEGER, price_open REAL, price_close REAL, price_low REAL, price_high REAL, trading_volume INTEGER)");
    database.execute("BEGIN");
    {
        sqlite::Statement insert(database, "INSERT INTO " + quotedTable + " VALUES(?,?,?,?,?,?,?)");
        for (const sample::Share &share : sample::shares()) {
            insert.bind(1, std::string_view(share.symbol));
            for (std::size_t i = 0; i < share.timeMs.size(); ++i) {
                insert.bind(2, share.timeMs[i] * unitsPerMs);
                insert.bind(3, share.open[i]);
                insert.bind(4, share.close[i]);
                insert.bind(5, share.low[i]);
                insert.bind(6, share.high[i]);
                insert.bind(7, share.volume[i]);
                insert.step();
                insert.reset();
            }
        }
    }
    database.execute("COMMIT");
}

} // namespace sandbox
