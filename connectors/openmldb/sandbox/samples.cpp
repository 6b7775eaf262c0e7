// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/samples.h"

#include "sandbox/engine.h"

namespace openmldb::server {

namespace {

void runAll(Store &store, const std::string &database, std::initializer_list<const char *> statements)
{
    Jobs none;
    for (const char *sql : statements) {
        TokenReader reader(sql);
        runCommand(reader, database, store, none);
    }
}

void addMeters(Store &store)
{
    store.addDatabase("power");
    sandbox::fillMeters(*store.data().open(), quotedIdentifier("power.meters"));
    runAll(store, "power", {"CREATE TABLE meters (name string, groupid int, location string, ts timestamp, current float, voltage int, phase float, "
                            "INDEX(KEY=name, TS=ts, TTL=0m, TTL_TYPE=absolute))"});
}

void addShares(Store &store)
{
    store.addDatabase("market");
    sandbox::fillShares(*store.data().open(), quotedIdentifier("market.stocks_intraday"));
    runAll(store, "market", {"CREATE TABLE stocks_intraday (symbol string, time timestamp, price_open double, price_close double, price_low double, "
                             "price_high double, trading_volume bigint, INDEX(KEY=symbol, TS=time, TTL=0m, TTL_TYPE=absolute))"});
}

// What the documents ask for.
void addDocuments(Store &store)
{
    store.addDatabase("db");
    runAll(store, "db",
        {"CREATE TABLE trans (c1 string, c3 int, c4 bigint, c5 float, c6 double, c7 timestamp, c8 date, "
         "INDEX(KEY=c1, TS=c7, TTL=0m, TTL_TYPE=absolute))",
            "INSERT INTO trans VALUES ('aa', 23, 33, 1.4, 2.4, 1590738993000, '2020-05-04')",
            "CREATE PROCEDURE sp (const c1 string, const c3 int, c4 bigint, c5 float, c6 double, c7 timestamp, c8 date) BEGIN "
            "SELECT c1, c3, sum(c4) OVER w1 AS w1_c4_sum FROM trans WINDOW w1 AS (PARTITION BY trans.c1 ORDER BY trans.c7 ROWS "
            "BETWEEN 2 PRECEDING AND CURRENT ROW); END;"});
    store.addDatabase("demo_db");
    runAll(store, "demo_db",
        {"CREATE TABLE demo (c1 int, c2 string, c3 float)",
            "INSERT INTO demo VALUES (1, 'aaa', 1.2), (1, 'aaa', 3.4), (2, 'bbb', 5.6)",
            "CREATE TABLE demo_table1 (c1 string, c2 int, c3 bigint, c4 float, c5 double, c6 timestamp, c7 date, "
            "INDEX(KEY=c1, TS=c6, TTL=0m, TTL_TYPE=absolute))",
            "INSERT INTO demo_table1 VALUES ('aaa', 12, 22, 2.2, 12.3, 1636097890000, '1970-01-01'), "
            "('aaa', 11, 22, 1.2, 11.3, 1636097290000, '1970-01-01'), ('dd', 18, 22, 8.2, 18.3, 1636111690000, '2021-11-10'), "
            "('aa', 13, 22, 3.2, 13.3, 1636098490000, '2021-05-01'), ('cc', 17, 22, 7.2, 17.3, 1636108090000, '2021-05-01'), "
            "('ff', 20, 22, 9.2, 19.3, 1636270090000, NULL), ('bb', 16, 22, 6.2, 16.3, 1636104490000, '2021-05-01'), "
            "('bb', 15, 22, NULL, 'NaN', 1636100890000, '2021-05-01')",
            "DEPLOY demo_data_service SELECT c1, c2, sum(c3) OVER w1 AS w1_c3_sum FROM demo_table1 WINDOW w1 AS (PARTITION BY "
            "demo_table1.c1 ORDER BY demo_table1.c6 ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)"});
}

} // namespace

void addSamples(Store &store)
{
    addMeters(store);
    addShares(store);
    addDocuments(store);
}

} // namespace openmldb::server
