// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;

SqlType text(int length)
{
    return {Kind::Varchar, length, 0};
}

Relation placed(sandbox::sqlite::Database &database, const std::vector<std::string> &parts, std::vector<Column> columns)
{
    Warehouse warehouse(database);
    Relation relation = warehouse.placeOf(parts, "dev", false);
    relation.columns = std::move(columns);
    warehouse.add(relation);
    return relation;
}

// Tables that are made of their definition alone.
Relation made(sandbox::sqlite::Database &database, const std::vector<std::string> &parts, std::vector<Column> columns)
{
    std::string definitions;
    for (const Column &column : columns)
        definitions += (definitions.empty() ? "" : ", ") + quotedName(column.name) + ' ' + affinity(column.type.kind);
    Relation relation = placed(database, parts, std::move(columns));
    database.execute("CREATE TABLE " + relation.source + "(" + definitions + ")");
    return relation;
}

// The objects of the documents' examples; what stands in them is invented.
void fillExamples(sandbox::sqlite::Database &database)
{
    Warehouse warehouse(database);
    warehouse.addSchema("dev", "rs_lab");
    warehouse.addSchema("sample_data_dev", "tickit");
    const Relation event = made(database, {"event"},
        {{"eventid", {Kind::Int4, 0, 0}, true}, {"venueid", {Kind::Int2, 0, 0}, true}, {"catid", {Kind::Int2, 0, 0}, true},
            {"dateid", {Kind::Int2, 0, 0}, true}, {"eventname", text(200)}, {"starttime", {Kind::Timestamp, 0, 0}}});
    database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO " + event.source
        + " SELECT i, 100 + i * 7 % 90, 6 + i % 4, 1827 + i, 'Invented event ' || i, "
          "rs_moment('2008-01-01 19:30:00', 'timestamp') + i * 86400000000 / 2 FROM n");
    for (const std::string where : {"dev", "sample_data_dev"}) {
        const std::vector<std::string> parts = where == "dev" ? std::vector<std::string>{"category"}
                                                              : std::vector<std::string>{where, "tickit", "category"};
        const Relation category = made(database, parts,
            {{"catid", {Kind::Int2, 0, 0}, true}, {"catgroup", text(10)}, {"catname", text(10)}, {"catdesc", text(50)}});
        database.execute("INSERT INTO " + category.source
            + " VALUES (6, 'Shows', 'Musicals', 'Invented musicals'), (7, 'Shows', 'Plays', 'Invented plays'), "
              "(8, 'Shows', 'Opera', 'Invented operas'), (9, 'Concerts', 'Pop', NULL)");
    }
    const Relation products = made(database, {"rs_lab", "products"},
        {{"createdate", {Kind::Date, 0, 0}}, {"productname", text(100)}, {"sku", text(50)}, {"requesttype", text(20)}, {"price", {Kind::Numeric, 8, 2}}});
    database.execute("INSERT INTO " + products.source + " VALUES (rs_moment('2022-03-01', 'date'), 'Flower', 'FLOWER123', 'Product', 9.5)");
}

} // namespace

void fillSamples(sandbox::sqlite::Database &database)
{
    const Relation meters = placed(database, {"meters"},
        {{"name", text(32)}, {"groupid", {Kind::Int4, 0, 0}}, {"location", text(64)}, {"ts", {Kind::Timestamp, 0, 0}},
            {"current", {Kind::Float4, 0, 0}}, {"voltage", {Kind::Int4, 0, 0}}, {"phase", {Kind::Float4, 0, 0}}});
    constexpr std::int64_t kMicroseconds = 1000;
    sandbox::fillMeters(database, meters.source, kMicroseconds);
    const Relation shares = placed(database, {"stocks_intraday"},
        {{"symbol", text(32)}, {"time", {Kind::TimestampTz, 0, 0}}, {"price_open", {Kind::Float8, 0, 0}}, {"price_close", {Kind::Float8, 0, 0}},
            {"price_low", {Kind::Float8, 0, 0}}, {"price_high", {Kind::Float8, 0, 0}}, {"trading_volume", {Kind::Int8, 0, 0}}});
    sandbox::fillShares(database, shares.source, kMicroseconds);
    fillExamples(database);
}

} // namespace redshift::server
