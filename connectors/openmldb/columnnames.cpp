// SPDX-License-Identifier: GPL-3.0-or-later
#include "columnnames.h"

#include "columntype.h"
#include "description.h"
#include "names.h"
#include "statementtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace openmldb {

namespace {

struct NamingTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDB)
};

constexpr std::chrono::seconds kTableLife{30};

const std::vector<std::string> &jobColumns()
{
    static const std::vector<std::string> names{
        "id", "job_type", "state", "start_time", "end_time", "parameter", "cluster", "application_id", "error"};
    return names;
}

struct Shown {
    std::vector<std::string> words;
    std::vector<std::string> columns;
};

// Statements whose columns are known, all of them texts.
const std::vector<Shown> &shownColumns()
{
    static const std::vector<Shown> all{
        {{"SHOW", "DATABASES"}, {"Databases"}},
        {{"SHOW", "TABLES"}, {"Tables"}},
        {{"SHOW", "CREATE", "TABLE"}, {"Table", "Create Table"}},
        {{"SHOW", "DEPLOYMENTS"}, {"DB", "Deployment"}},
        {{"SHOW", "PROCEDURES"}, {"DB", "SP"}},
        {{"SHOW", "JOBS"}, jobColumns()},
        {{"SHOW", "JOB"}, jobColumns()},
    };
    return all;
}

bool areTexts(const std::vector<std::string> &types)
{
    return std::all_of(types.begin(), types.end(), [](const std::string &type) { return typeOf(type) == Type::String; });
}

ColumnNaming textColumns(std::vector<std::string> names)
{
    return [names = std::move(names)](const std::vector<std::string> &types) {
        return types.size() == names.size() && areTexts(types) ? names : std::vector<std::string>();
    };
}

ColumnNaming namingOfShow(std::string_view statement, const connector::Language &language)
{
    const std::vector<std::string> words = firstWords(statement, language, 3);
    for (const Shown &shown : shownColumns()) {
        if (words.size() >= shown.words.size() && std::equal(shown.words.begin(), shown.words.end(), words.begin()))
            return textColumns(shown.columns);
    }
    return {};
}

std::optional<std::vector<SelectedColumn>> columnsOfTable(const std::string &database, const std::string &table, const Runner &runner,
    TableCache &cache, connector::Sink &sink, const std::stop_token &stop, std::int64_t &bytes)
{
    if (auto known = cache.find(database, table))
        return known;
    const auto databasePart = pathSegment(database);
    const auto tablePart = pathSegment(table);
    if (!databasePart || !tablePart)
        return std::nullopt;
    auto answer = runner.fetch("/dbs/" + *databasePart + "/tables/" + *tablePart, NamingTr::tr("column names"), sink, stop, &bytes);
    if (!answer)
        return std::nullopt;
    std::vector<SelectedColumn> columns;
    for (const ColumnDescription &column : tableDescription(answer->value(QStringLiteral("table")).toObject()).columns)
        columns.push_back({column.name, column.typeName});
    if (columns.empty())
        return std::nullopt;
    cache.keep(database, table, columns);
    return columns;
}

ColumnNaming selectedNaming(std::vector<SelectedColumn> columns)
{
    return [columns = std::move(columns)](const std::vector<std::string> &types) {
        std::vector<std::string> names;
        if (columns.size() != types.size())
            return names;
        for (std::size_t i = 0; i < types.size(); ++i) {
            // Another type means that the catalogue is not what the query saw.
            if (!columns[i].type.empty() && typeOf(columns[i].type) != typeOf(types[i]))
                return std::vector<std::string>();
            names.push_back(columns[i].name);
        }
        return names;
    };
}

} // namespace

std::optional<std::vector<SelectedColumn>> TableCache::find(const std::string &database, const std::string &table)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find({database, table});
    if (found == m_entries.end() || Clock::now() - found->second.at > kTableLife)
        return std::nullopt;
    return found->second.columns;
}

void TableCache::keep(const std::string &database, const std::string &table, std::vector<SelectedColumn> columns)
{
    const std::lock_guard lock(m_mutex);
    m_entries[{database, table}] = {std::move(columns), Clock::now()};
}

void TableCache::clear()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
}

ColumnNaming namingOf(std::string_view statement, const std::string &database, Mode mode, const Runner &runner, TableCache &cache,
    connector::Sink &sink, const std::stop_token &stop, std::int64_t &bytes)
{
    const connector::Language &language = runner.settings().language;
    if (auto shown = namingOfShow(statement, language))
        return shown;
    // Offline a query answers with its job, or with the job's output.
    if (mode != Mode::Online)
        return mode == Mode::OfflineAsync ? textColumns(jobColumns()) : ColumnNaming();
    const auto select = parseSelect(statement, language);
    if (!select)
        return {};
    auto columns = selectedColumns(*select, [&](const std::string &own, const std::string &table) {
        return columnsOfTable(own.empty() ? database : own, table, runner, cache, sink, stop, bytes);
    });
    return columns ? selectedNaming(std::move(*columns)) : ColumnNaming();
}

} // namespace openmldb
