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

// Rows go in by the hundred, which keeps SQLite at the end of the table: half the time that single ones take.
class BulkInsert
{
public:
    BulkInsert(sandbox::sqlite::Database &database, const std::string &physical, int columns)
        : m_columns(columns)
        , m_many(database, insertion(physical, columns, kRows))
        , m_one(database, insertion(physical, columns, 1))
    {
    }

    // row: binds the values of a row's columns to a statement, whose first parameter is given.
    template <typename Bind>
    void insert(std::size_t rows, Bind row)
    {
        std::size_t at = 0;
        for (; at + kRows <= rows; at += kRows) {
            for (std::size_t i = 0; i < kRows; ++i)
                row(m_many, static_cast<int>(i) * m_columns + 1, at + i);
            m_many.step();
            m_many.reset();
        }
        for (; at < rows; ++at) {
            row(m_one, 1, at);
            m_one.step();
            m_one.reset();
        }
    }

private:
    static constexpr std::size_t kRows = 100;

    static std::string insertion(const std::string &physical, int columns, std::size_t rows)
    {
        std::string row = "(?";
        for (int i = 1; i < columns; ++i)
            row += ",?";
        row += ')';
        std::string all = "INSERT INTO " + sqliteName(physical) + " VALUES";
        for (std::size_t i = 0; i < rows; ++i)
            all += (i == 0 ? "" : ",") + row;
        return all;
    }

    int m_columns;
    sandbox::sqlite::Statement m_many;
    sandbox::sqlite::Statement m_one;
};

// The number with three decimals that became this float.
double decimal(float value)
{
    return std::round(static_cast<double>(value) * 1000) / 1000;
}

void insertMeters(sandbox::sqlite::Database &database, const std::string &physical)
{
    BulkInsert bulk(database, physical, 7);
    for (const sandbox::sample::Meter &meter : sandbox::sample::meters()) {
        const std::string group = std::to_string(meter.groupId);
        bulk.insert(meter.timeMs.size(), [&](sandbox::sqlite::Statement &statement, int first, std::size_t i) {
            statement.bind(first, std::string_view(meter.name));
            statement.bind(first + 1, std::string_view(meter.location));
            statement.bind(first + 2, std::string_view(group));
            statement.bind(first + 3, meter.timeMs[i]);
            statement.bind(first + 4, decimal(meter.current[i]));
            statement.bind(first + 5, meter.voltage[i]);
            statement.bind(first + 6, decimal(meter.phase[i]));
        });
    }
}

void insertShares(sandbox::sqlite::Database &database, const std::string &physical)
{
    BulkInsert bulk(database, physical, 7);
    for (const sandbox::sample::Share &share : sandbox::sample::shares()) {
        bulk.insert(share.timeMs.size(), [&](sandbox::sqlite::Statement &statement, int first, std::size_t i) {
            statement.bind(first, std::string_view(share.symbol));
            statement.bind(first + 1, share.timeMs[i]);
            statement.bind(first + 2, share.open[i]);
            statement.bind(first + 3, share.close[i]);
            statement.bind(first + 4, share.low[i]);
            statement.bind(first + 5, share.high[i]);
            statement.bind(first + 6, share.volume[i]);
        });
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
