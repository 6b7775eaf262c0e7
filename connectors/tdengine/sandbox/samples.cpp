// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/samples.h"

#include "sandbox/sampledata.h"

namespace tdengine::server {

namespace {

constexpr std::int64_t kCreatedMs = 1'748'736'000'000; // 2025-06-01T00:00:00Z
constexpr const char *kSynthetic = "Synthetic sample data of the sandbox";

Database &addDatabase(Store &store, const char *name)
{
    Database &database = store.databases()[name];
    database.name = name;
    database.createdMs = kCreatedMs;
    return database;
}

TableEntry entryOf(Store &store, Table table)
{
    table.createdMs = kCreatedMs;
    table.uid = store.nextUid();
    TableEntry entry;
    entry.data = std::make_shared<TableData>(table.columns);
    entry.table = std::make_shared<Table>(std::move(table));
    return entry;
}

void addPower(Store &store)
{
    Database &power = addDatabase(store, "power");
    auto meters = std::make_shared<SuperTable>();
    meters->name = "meters";
    meters->comment = kSynthetic;
    meters->createdMs = kCreatedMs;
    meters->uid = store.nextUid();
    meters->columns = {{"ts", timestampType(Precision::Milli)}, {"current", makeType(Type::Float)}, {"voltage", makeType(Type::Int)},
        {"phase", makeType(Type::Float)}};
    meters->tags = {{"groupid", makeType(Type::Int)}, {"location", makeType(Type::Varchar, 24)}};
    power.superTables.emplace("meters", meters);
    int number = 0;
    for (sandbox::sample::Meter &meter : sandbox::sample::meters()) {
        Table table;
        table.name = meter.name;
        table.parent = meters;
        table.columns = meters->columns;
        table.tags = {std::int64_t(meter.groupId), meter.location};
        table.comment = kSynthetic;
        table.vgroup = 2 + number++ % 2;
        TableEntry entry = entryOf(store, std::move(table));
        entry.data->columns[0].adopt(std::move(meter.timeMs));
        entry.data->columns[1].adopt(std::move(meter.current));
        entry.data->columns[2].adopt(std::move(meter.voltage));
        entry.data->columns[3].adopt(std::move(meter.phase));
        power.tables.emplace(meter.name, std::move(entry));
    }
}

// The two rows that TDengine's documentation answers with.
void addDemo(Store &store)
{
    Database &demo = addDatabase(store, "demo");
    Table table;
    table.name = "d1001";
    table.comment = "Two rows as in the documentation of TDengine's REST interface";
    table.columns = {{"ts", timestampType(Precision::Milli)}, {"current", makeType(Type::Float)}, {"voltage", makeType(Type::Int)},
        {"phase", makeType(Type::Float)}};
    TableEntry entry = entryOf(store, std::move(table));
    entry.data->put({std::int64_t(1'659'163'480'320), 10.3, std::int64_t(219), 0.31});
    entry.data->put({std::int64_t(1'659'163'481'320), 12.6, std::int64_t(218), 0.33});
    demo.tables.emplace("d1001", std::move(entry));
}

// A table for each share, as TDengine has it: timestamps are unique within a table.
void addMarket(Store &store)
{
    Database &market = addDatabase(store, "market");
    auto stocks = std::make_shared<SuperTable>();
    stocks->name = "stocks_intraday";
    stocks->comment = kSynthetic;
    stocks->createdMs = kCreatedMs;
    stocks->uid = store.nextUid();
    stocks->columns = {{"time", timestampType(Precision::Milli)}, {"price_open", makeType(Type::Double)},
        {"price_close", makeType(Type::Double)}, {"price_low", makeType(Type::Double)}, {"price_high", makeType(Type::Double)},
        {"trading_volume", makeType(Type::BigInt)}};
    stocks->tags = {{"symbol", makeType(Type::NChar, 16)}};
    market.superTables.emplace("stocks_intraday", stocks);
    int number = 0;
    for (sandbox::sample::Share &share : sandbox::sample::shares()) {
        Table table;
        table.name = "share_" + std::to_string(++number);
        table.parent = stocks;
        table.columns = stocks->columns;
        table.tags = {share.symbol};
        table.comment = kSynthetic;
        const std::string name = table.name;
        TableEntry entry = entryOf(store, std::move(table));
        entry.data->columns[0].adopt(std::move(share.timeMs));
        entry.data->columns[1].adopt(std::move(share.open));
        entry.data->columns[2].adopt(std::move(share.close));
        entry.data->columns[3].adopt(std::move(share.low));
        entry.data->columns[4].adopt(std::move(share.high));
        entry.data->columns[5].adopt(std::move(share.volume));
        market.tables.emplace(name, std::move(entry));
    }
}

} // namespace

void fillWithSamples(Store &store)
{
    addPower(store);
    addDemo(store);
    addMarket(store);
}

} // namespace tdengine::server
