// SPDX-License-Identifier: GPL-3.0-or-later
#include "aggregate.h"

#include "connector/tokens.h"
#include "names.h"

#include <QCoreApplication>

#include <array>

namespace tdengine {

namespace {

struct AggregateTr {
    Q_DECLARE_TR_FUNCTIONS(AggregateTr)
};

struct Unit {
    std::int64_t ns;
    const char *letter;
};
// Days and weeks are left out: their windows follow the zone, those of hours and below start at 1970 in UTC.
constexpr std::array<Unit, 6> kUnits{
    {{3600000000000, "h"}, {60000000000, "m"}, {1000000000, "s"}, {1000000, "a"}, {1000, "u"}, {1, "b"}}};

std::int64_t unitOf(const std::string &precision)
{
    return precision == "ns" ? 1 : precision == "us" ? 1000 : 1000000;
}

std::int64_t dividedUp(std::int64_t value, std::int64_t by)
{
    return value / by + (value % by > 0 ? 1 : 0);
}

std::string duration(std::int64_t ns)
{
    for (const Unit &unit : kUnits) {
        if (ns % unit.ns == 0)
            return std::to_string(ns / unit.ns) + unit.letter;
    }
    return {};
}

// TBNAME is no column: in backticks it would be looked for among them.
std::string column(const std::string &name)
{
    return connector::sameWord(name, "tbname") ? std::string("TBNAME") : quoted(name);
}

std::string selectList(const connector::AggregateRequest &request)
{
    constexpr std::array<std::pair<const char *, const char *>, 6> functions{
        {{"FIRST", "_first"}, {"LAST", "_last"}, {"MIN", "_min"}, {"MAX", "_max"}, {"AVG", "_mean"}, {"COUNT", "_count"}}};
    std::string list = "_wstart AS `bucket`";
    if (!request.by.empty())
        list += ", " + column(request.by) + " AS " + quoted(request.by);
    for (const std::string &value : request.valueColumns) {
        for (const auto &[function, suffix] : functions)
            list += std::string(", ") + function + "(" + quoted(value) + ") AS " + quoted(value + suffix);
    }
    return list;
}

std::string conditions(const connector::AggregateRequest &request, std::int64_t unit)
{
    std::vector<std::string> all;
    const std::string time = quoted(request.timeColumn);
    // The column counts whole units: the first one at or after an instant is where a half-open range begins and ends.
    if (request.fromNs)
        all.push_back(time + " >= " + std::to_string(dividedUp(*request.fromNs, unit)));
    if (request.toNs)
        all.push_back(time + " < " + std::to_string(dividedUp(*request.toNs, unit)));
    if (!request.where.empty())
        all.push_back("(" + request.where + ")");
    std::string text;
    for (const std::string &condition : all)
        text += (text.empty() ? " WHERE " : " AND ") + condition;
    return text;
}

core::Error incomplete()
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = AggregateTr::tr("A table, its time column, a value column and a bucket width are needed to aggregate.");
    return error;
}

} // namespace

core::Result<connector::AggregateStatement> aggregateStatement(
    const connector::AggregateRequest &request, const std::string &precision)
{
    if (request.path.size() < 2 || request.timeColumn.empty() || request.valueColumns.empty() || request.bucketNs <= 0)
        return incomplete();
    const std::int64_t unit = unitOf(precision);
    connector::AggregateStatement statement;
    statement.bucketNs = dividedUp(request.bucketNs, unit) * unit;
    statement.sql = "SELECT " + selectList(request) + " FROM " + quotedTable(request.path) + conditions(request, unit);
    if (!request.by.empty())
        statement.sql += " PARTITION BY " + column(request.by);
    statement.sql += " INTERVAL(" + duration(statement.bucketNs) + ")";
    statement.sql += request.by.empty() ? " ORDER BY `bucket`" : " ORDER BY " + quoted(request.by) + ", `bucket`";
    return statement;
}

} // namespace tdengine
