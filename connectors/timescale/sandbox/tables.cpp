// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/tables.h"

namespace timescale::server {

namespace {

// STRICT: a value in the wrong column is refused as PostgreSQL refuses it.
constexpr const char *kIntraday = "CREATE TABLE stocks_intraday(time TEXT NOT NULL CHECK(unixepoch(time) IS NOT NULL), symbol TEXT, price_open REAL, "
                                  "price_close REAL, price_low REAL, price_high REAL, trading_volume INTEGER) STRICT";
constexpr const char *kTutorialRow = "INSERT INTO stocks_intraday VALUES('2021-07-12 20:00:00','MSFT',277.31,277.31,277.31,277.31,342)";
// As many rows as a function can answer with.
constexpr const char *kTwoWeeks = "INSERT INTO stocks_intraday SELECT strftime('%Y-%m-%d %H:%M:%S',time/1000,'unixepoch'),symbol,price_open,price_close,"
                                  "price_low,price_high,trading_volume FROM stocks WHERE time>(SELECT max(time) FROM stocks)-14*86400000 ORDER BY time,symbol";

} // namespace

void fillStockTables(const sandbox::DataFile &data)
{
    const auto database = data.open();
    sandbox::fillShares(*database, "stocks");
    database->execute(kIntraday);
    database->execute(kTutorialRow);
    database->execute(kTwoWeeks);
    database->execute("CREATE INDEX stocks_by_symbol ON stocks(symbol, time)");
}

void fillMeterTable(const sandbox::DataFile &data)
{
    const auto database = data.open();
    const auto writing = data.lockWriting();
    sandbox::fillMeters(*database, "meters");
    database->execute("CREATE INDEX meters_by_name ON meters(name, ts)");
}

QStringList stockColumns()
{
    return {QStringLiteral("time string"), QStringLiteral("symbol string"), QStringLiteral("price_open number"), QStringLiteral("price_close number"),
        QStringLiteral("price_low number"), QStringLiteral("price_high number"), QStringLiteral("trading_volume integer")};
}

QStringList meterColumns()
{
    return {QStringLiteral("time string"), QStringLiteral("name string"), QStringLiteral("location string"), QStringLiteral("groupid integer"),
        QStringLiteral("current number"), QStringLiteral("voltage integer"), QStringLiteral("phase number")};
}

} // namespace timescale::server
