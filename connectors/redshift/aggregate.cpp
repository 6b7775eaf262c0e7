// SPDX-License-Identifier: GPL-3.0-or-later
#include "aggregate.h"

#include "names.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>

namespace redshift {

namespace {

struct AggregateTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftAggregate)
};

constexpr std::int64_t kSecond = 1000000000;
constexpr std::int64_t kDay = 86400 * kSecond;

// The widths that date_trunc has a word for. A month stands for 28 to 31 days.
const char *naturalWord(std::int64_t *ns)
{
    constexpr std::array<std::pair<std::int64_t, const char *>, 5> kWords{
        {{kSecond, "second"}, {60 * kSecond, "minute"}, {3600 * kSecond, "hour"}, {kDay, "day"}, {7 * kDay, "week"}}};
    for (const auto &[width, word] : kWords) {
        if (*ns == width)
            return word;
    }
    if (*ns < 28 * kDay || *ns > 31 * kDay)
        return nullptr;
    *ns = 31 * kDay;
    return "month";
}

std::string bucketOf(const std::string &time, std::int64_t *ns, bool isZoned)
{
    *ns = (*ns + kSecond - 1) / kSecond * kSecond;
    if (const char *word = naturalWord(ns))
        return std::string("DATE_TRUNC('") + word + "', " + time + ")";
    const std::string seconds = std::to_string(*ns / kSecond);
    const std::string start = "TIMESTAMP 'epoch' + FLOOR(EXTRACT(epoch FROM " + time + ") / " + seconds + ".0) * " + seconds
        + " * INTERVAL '1 second'";
    return isZoned ? "CAST(" + start + " AS TIMESTAMPTZ)" : start;
}

// Instants count from 1970 in UTC; the column has microseconds: the first one at or after the instant is where a
// half-open range begins and ends.
std::string timeLiteral(std::int64_t ns, bool isZoned)
{
    std::int64_t us = ns / 1000 + (ns % 1000 > 0 ? 1 : 0);
    std::int64_t fraction = us % 1000000;
    us -= fraction;
    if (fraction < 0) {
        fraction += 1000000;
        us -= 1000000;
    }
    std::string text = QDateTime::fromSecsSinceEpoch(us / 1000000, Qt::UTC)
                           .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                           .toStdString();
    if (fraction != 0) {
        const std::string digits = std::to_string(fraction);
        text += "." + std::string(6 - digits.size(), '0') + digits;
    }
    return isZoned ? "TIMESTAMPTZ '" + text + "+00'" : "TIMESTAMP '" + text + "'";
}

std::string conditions(const connector::AggregateRequest &request, bool isZoned)
{
    const std::string time = quoted(request.timeColumn);
    std::string text = " WHERE " + time + " IS NOT NULL";
    if (request.fromNs)
        text += " AND " + time + " >= " + timeLiteral(*request.fromNs, isZoned);
    if (request.toNs)
        text += " AND " + time + " < " + timeLiteral(*request.toNs, isZoned);
    if (!request.where.empty())
        text += " AND (" + request.where + ")";
    return text;
}

// The rows with their buckets, and for each value the rank of each row in its bucket by time from both ends, rows
// without the value last.
std::string rankedRows(const connector::AggregateRequest &request, const std::string &bucket, bool isZoned)
{
    const std::string partition = request.by.empty() ? std::string("bucket_") : "bucket_, by_";
    std::string inner = "SELECT " + bucket + " AS bucket_, " + quoted(request.timeColumn) + " AS time_";
    if (!request.by.empty())
        inner += ", " + quoted(request.by) + " AS by_";
    std::string ranks;
    for (std::size_t i = 0; i < request.valueColumns.size(); ++i) {
        const std::string value = "v" + std::to_string(i) + "_";
        inner += ", " + quoted(request.valueColumns[i]) + " AS " + value;
        const std::string over = "ROW_NUMBER() OVER (PARTITION BY " + partition + " ORDER BY CASE WHEN " + value
            + " IS NULL THEN 1 ELSE 0 END, time_";
        ranks += ", " + over + ") AS f" + std::to_string(i) + "_, " + over + " DESC) AS l" + std::to_string(i) + "_";
    }
    inner += " FROM " + quotedTable(request.path) + conditions(request, isZoned);
    return "SELECT *" + ranks + " FROM (" + inner + ") AS rows_";
}

std::string selectList(const connector::AggregateRequest &request)
{
    std::string list = "bucket_ AS " + quoted("bucket");
    if (!request.by.empty())
        list += ", by_ AS " + quoted(request.by);
    for (std::size_t i = 0; i < request.valueColumns.size(); ++i) {
        const std::string number = std::to_string(i);
        const std::string value = "v" + number + "_";
        const auto add = [&](const std::string &expression, const char *suffix) {
            list += ", " + expression + " AS " + quoted(request.valueColumns[i] + suffix);
        };
        add("MAX(CASE WHEN f" + number + "_ = 1 THEN " + value + " END)", "_first");
        add("MAX(CASE WHEN l" + number + "_ = 1 THEN " + value + " END)", "_last");
        add("MIN(" + value + ")", "_min");
        add("MAX(" + value + ")", "_max");
        add("AVG(CAST(" + value + " AS DOUBLE PRECISION))", "_mean"); // the mean of integers would be one
        add("COUNT(" + value + ")", "_count");
    }
    return list;
}

} // namespace

core::Result<connector::AggregateStatement> aggregateStatement(const connector::AggregateRequest &request, bool isZoned)
{
    if (request.path.size() != 3 || request.timeColumn.empty() || request.valueColumns.empty() || request.bucketNs <= 0) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message
            = AggregateTr::tr("A table (DATABASE/SCHEMA/TABLE), its time column, a value column and a bucket width are needed to aggregate.");
        return error;
    }
    connector::AggregateStatement statement;
    statement.bucketNs = request.bucketNs;
    const std::string bucket = bucketOf(quoted(request.timeColumn), &statement.bucketNs, isZoned);
    const std::string groups = request.by.empty() ? "bucket_" : "by_, bucket_";
    statement.sql = "SELECT " + selectList(request) + " FROM (" + rankedRows(request, bucket, isZoned) + ") AS ranked_ GROUP BY "
        + groups + " ORDER BY " + groups;
    return statement;
}

} // namespace redshift
