// SPDX-License-Identifier: GPL-3.0-or-later
#include "aggregate.h"

#include "connector/tokens.h"
#include "names.h"
#include "samplefilter.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>

namespace lindorm {

namespace {

struct AggregateTr {
    Q_DECLARE_TR_FUNCTIONS(LindormAggregate)
};

using connector::Token;

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;

core::Error refused(core::ErrorKind kind, const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

std::int64_t dividedUp(std::int64_t value, std::int64_t by)
{
    return value / by + (value % by > 0 ? 1 : 0);
}

// In whole seconds, the finest unit that is documented; not in days, whose beginning might follow the server's zone.
std::string interval(std::int64_t seconds)
{
    if (seconds % 3600 == 0)
        return std::to_string(seconds / 3600) + "h";
    if (seconds % 60 == 0)
        return std::to_string(seconds / 60) + "m";
    return std::to_string(seconds) + "s";
}

std::string conditions(const connector::AggregateRequest &request)
{
    std::vector<std::string> all;
    const std::string time = quoted(request.timeColumn);
    // Times are whole milliseconds: the first one at or after an instant is where a half-open range begins and ends.
    if (request.fromNs)
        all.push_back(time + " >= " + std::to_string(dividedUp(*request.fromNs, kMillisecond)));
    if (request.toNs)
        all.push_back(time + " < " + std::to_string(dividedUp(*request.toNs, kMillisecond)));
    if (!request.where.empty())
        all.push_back("(" + request.where + ")");
    std::string text;
    for (const std::string &condition : all)
        text += (text.empty() ? " WHERE " : " AND ") + condition;
    return text;
}

std::string selectList(const connector::AggregateRequest &request)
{
    constexpr std::array<std::pair<const char *, const char *>, 6> functions{
        {{"FIRST", "_first"}, {"LAST", "_last"}, {"MIN", "_min"}, {"MAX", "_max"}, {"AVG", "_mean"}, {"COUNT", "_count"}}};
    std::string list = quoted(request.timeColumn) + " AS `bucket`";
    if (!request.by.empty())
        list += ", " + quoted(request.by);
    for (const std::string &value : request.valueColumns) {
        for (const auto &[function, suffix] : functions)
            list += std::string(", ") + function + "(" + quoted(value) + ") AS " + quoted(value + suffix);
    }
    return list;
}

// "tag = 'text'", and nothing more: the tag.
std::string pinnedTag(const std::string &condition, const connector::Language &language)
{
    connector::Scanner scanner(condition, language);
    const Token name = scanner.nextMeaning();
    const Token sign = scanner.nextMeaning();
    const Token value = scanner.nextMeaning();
    const bool isName = name.kind == Token::Kind::Word || name.kind == Token::Kind::QuotedName;
    const bool isPinned = isName && scanner.text(sign) == "=" && value.kind == Token::Kind::String
        && scanner.nextMeaning().kind == Token::Kind::End;
    return isPinned ? unquoted(scanner.text(name)) : std::string();
}

} // namespace

Aggregation::Aggregation(Runner &runner, TableCache &tables, connector::Sink &sink, std::stop_token stop)
    : m_runner(runner)
    , m_tables(tables)
    , m_sink(sink)
    , m_stop(std::move(stop))
{
}

core::Result<void> Aggregation::check(const connector::AggregateRequest &request, const TableInfo &table) const
{
    using core::ErrorKind;
    if (table.isWideTable)
        return refused(ErrorKind::Unsupported, AggregateTr::tr("The wide-table engine does not aggregate into time buckets."));
    const auto isOf = [&table](const std::string &name, TableInfo::Kind kind) {
        const TableInfo::Column *column = table.find(name);
        return column && column->kind == kind;
    };
    if (!isOf(request.timeColumn, TableInfo::Kind::Time))
        return refused(ErrorKind::Unsupported,
            AggregateTr::tr("SAMPLE BY works on the table's own time column; \"%1\" is none.").arg(shown(request.timeColumn)));
    for (const std::string &value : request.valueColumns) {
        if (!isOf(value, TableInfo::Kind::Field))
            return refused(ErrorKind::Unsupported, AggregateTr::tr("SAMPLE BY aggregates FIELD columns; \"%1\" is none.").arg(shown(value)));
    }
    if (!request.by.empty() && !isOf(request.by, TableInfo::Kind::Tag))
        return refused(ErrorKind::Unsupported, AggregateTr::tr("SAMPLE BY tells series apart by TAG columns; \"%1\" is none.").arg(shown(request.by)));
    const std::vector<std::string> fields = fieldsIn(request.where, table, m_runner.settings().language);
    if (!fields.empty())
        return refused(ErrorKind::Unsupported,
            AggregateTr::tr("With SAMPLE BY the server ignores conditions on FIELD columns, such as \"%1\".").arg(shown(fields[0])));
    return {};
}

// The tags that may differ within one value of "by".
std::vector<std::string> Aggregation::freeTags(const connector::AggregateRequest &request, const TableInfo &table) const
{
    const connector::Language &language = m_runner.settings().language;
    std::vector<std::string> tags = table.names(TableInfo::Kind::Tag);
    std::erase_if(tags, [&](const std::string &tag) { return connector::sameWord(tag, request.by); });
    for (const std::string &condition : conjuncts(request.where, language)) {
        const std::string pinned = pinnedTag(condition, language);
        std::erase_if(tags, [&](const std::string &tag) { return connector::sameWord(tag, pinned); });
    }
    return tags;
}

// SAMPLE BY 0 gives one row a series: no value of "by" may have two.
core::Result<void> Aggregation::checkSeries(const connector::AggregateRequest &request, const TableInfo &table)
{
    if (freeTags(request, table).empty())
        return {};
    std::string list = request.by.empty() ? std::string() : quoted(request.by);
    for (const std::string &value : request.valueColumns)
        list += (list.empty() ? "" : ", ") + std::string("COUNT(") + quoted(value) + ")";
    const std::string sql
        = "SELECT " + list + " FROM " + quotedTable(request.path, m_runner.settings().language) + conditions(request) + " SAMPLE BY 0";
    auto rows = fetchRows(m_runner, sql, {}, AggregateTr::tr("series of the table"), m_sink, m_stop);
    if (!rows)
        return std::move(rows).error();
    std::set<std::string> seen;
    for (std::int64_t row = 0; row < rows->count(); ++row) {
        const std::string value = request.by.empty() ? std::string() : rows->at(row, 0);
        if (seen.insert(value).second)
            continue;
        const QString what = request.by.empty() ? AggregateTr::tr("the table") : shown(request.by + " = " + value);
        return refused(core::ErrorKind::Unsupported,
            AggregateTr::tr("There are several series for %1, and SAMPLE BY aggregates each by itself: which of their values is "
                            "first or last in a bucket cannot be asked for.").arg(what),
            AggregateTr::tr("Split by the tag that tells the series apart (%1), or choose one with a condition such as TAG = 'value'.")
                .arg(shown(freeTags(request, table)[0])));
    }
    return {};
}

core::Result<connector::AggregateStatement> Aggregation::statement(const connector::AggregateRequest &request)
{
    if (request.path.size() != 2 || request.timeColumn.empty() || request.valueColumns.empty() || request.bucketNs <= 0)
        return refused(core::ErrorKind::Usage,
            AggregateTr::tr("A table, its time column, a value column and a bucket width are needed to aggregate."));
    auto table = m_tables.table(request.path[0], request.path[1], m_sink, m_stop);
    if (!table)
        return std::move(table).error();
    if (auto fits = check(request, **table); !fits)
        return std::move(fits).error();
    if (auto series = checkSeries(request, **table); !series)
        return std::move(series).error();
    const std::int64_t seconds = dividedUp(request.bucketNs, kSecond);
    connector::AggregateStatement statement;
    statement.bucketNs = seconds * kSecond;
    // SAMPLE BY and ORDER BY at one level are not documented to go together; around a sub-query anything may stand.
    statement.sql = "SELECT * FROM (SELECT " + selectList(request) + " FROM " + quotedTable(request.path, m_runner.settings().language)
        + conditions(request) + " SAMPLE BY " + interval(seconds) + ")";
    statement.sql += request.by.empty() ? " ORDER BY `bucket`" : " ORDER BY " + quoted(request.by) + ", `bucket`";
    return statement;
}

} // namespace lindorm
