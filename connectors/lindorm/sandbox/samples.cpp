// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

#include "sandbox/sampledata.h"

#include <cmath>

namespace lindorm::server {

namespace {

TableColumn tagColumn(const char *name)
{
    return {name, Type::Varchar, Role::Tag, true, false};
}

TableColumn timeColumn(const char *name)
{
    return {name, Type::Timestamp, Role::Time, true, false};
}

TableColumn fieldColumn(const char *name, Type type)
{
    return {name, type, Role::Field, false, false};
}

std::string insertion(const std::string &physical, int columns)
{
    std::string marks;
    for (int i = 0; i < columns; ++i)
        marks += i == 0 ? "?" : ",?";
    return "INSERT INTO " + sqliteName(physical) + " VALUES(" + marks + ')';
}

// The number with three decimals that became this float.
double decimal(float value)
{
    return std::round(static_cast<double>(value) * 1000) / 1000;
}

void insertMeters(sandbox::sqlite::Database &database, const std::string &physical)
{
    sandbox::sqlite::Statement insert(database, insertion(physical, 7));
    for (const sandbox::sample::Meter &meter : sandbox::sample::meters()) {
        insert.bind(1, std::string_view(meter.name));
        insert.bind(2, std::string_view(meter.location));
        insert.bind(3, std::string_view(std::to_string(meter.groupId)));
        for (std::size_t i = 0; i < meter.timeMs.size(); ++i) {
            insert.bind(4, meter.timeMs[i]);
            insert.bind(5, decimal(meter.current[i]));
            insert.bind(6, meter.voltage[i]);
            insert.bind(7, decimal(meter.phase[i]));
            insert.step();
            insert.reset();
        }
    }
}

void insertShares(sandbox::sqlite::Database &database, const std::string &physical)
{
    sandbox::sqlite::Statement insert(database, insertion(physical, 7));
    for (const sandbox::sample::Share &share : sandbox::sample::shares()) {
        insert.bind(1, std::string_view(share.symbol));
        for (std::size_t i = 0; i < share.timeMs.size(); ++i) {
            insert.bind(2, share.timeMs[i]);
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

void createLarge(Store &store, const char *database, const char *name, std::vector<TableColumn> columns,
    void (*insert)(sandbox::sqlite::Database &, const std::string &))
{
    store.createDatabase(database, {}, true);
    auto pending = std::make_shared<PendingRows>();
    const TablePtr table = store.createTable(database, name, std::move(columns), pending);
    pending->fill = [insert, physical = table->physical](sandbox::sqlite::Database &connection) { insert(connection, physical); };
}

// The table of the documentation's examples, with its rows.
void fillSensorTable(Store &store, sandbox::sqlite::Database &database, const char *owner)
{
    store.createDatabase(owner, {}, true);
    const TablePtr table = store.createTable(owner, "sensor",
        {tagColumn("device_id"), tagColumn("region"), timeColumn("time"), fieldColumn("temperature", Type::Double), fieldColumn("humidity", Type::Double)});
    database.execute("INSERT INTO " + sqliteName(table->physical)
        + " VALUES('F07A1260','north-cn',1619076780000,12.1,45),('F07A1260','north-cn',1619076790000,13.2,47),"
          "('F07A1260','north-cn',1619076800000,10.6,46),('F07A1261','south-cn',1619076780000,18.1,44),"
          "('F07A1261','south-cn',1619076790000,19.7,44)");
}

} // namespace

void fillSamples(Store &store)
{
    const auto writing = store.file().lockWriting();
    const auto database = store.file().open();
    fillSensorTable(store, *database, "default");
    fillSensorTable(store, *database, "demo");
    TableColumn device = tagColumn("device_id");
    device.isPartition = true;
    // The tags in this order keep the rows of each meter together in the key.
    createLarge(store, "power", "meters",
        {device, tagColumn("location"), tagColumn("groupid"), timeColumn("ts"), fieldColumn("current", Type::Double),
            fieldColumn("voltage", Type::BigInt), fieldColumn("phase", Type::Double)},
        insertMeters);
    createLarge(store, "market", "stocks_intraday",
        {tagColumn("symbol"), timeColumn("time"), fieldColumn("price_open", Type::Double), fieldColumn("price_close", Type::Double),
            fieldColumn("price_low", Type::Double), fieldColumn("price_high", Type::Double), fieldColumn("trading_volume", Type::BigInt)},
        insertShares);
}

} // namespace lindorm::server
