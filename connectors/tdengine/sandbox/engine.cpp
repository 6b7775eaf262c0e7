// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include "sandbox/parser.h"
#include "sandbox/samples.h"
#include "sandbox/systemtables.h"
#include "sandbox/writer.h"

namespace tdengine::server {

namespace {

Execution failedWith(Failure failure)
{
    Execution execution;
    execution.failure = std::move(failure);
    return execution;
}

} // namespace

Engine::Engine()
{
    fillWithSamples(m_store);
}

FoundRelation Engine::find(const std::string &databaseName, const std::string &table, Failure &failure)
{
    if (databaseName.empty()) {
        failure = {code::kDatabaseNotSpecified, "Database not specified"};
        return {};
    }
    if (isSystemDatabase(databaseName)) {
        FoundRelation found{systemRelation(databaseName, table, m_store, m_running), false};
        if (!found.relation)
            failure = {code::kTableNotExist, "Table does not exist"};
        return found;
    }
    const auto lock = m_store.lock();
    Database *database = m_store.database(databaseName);
    if (!database) {
        failure = {code::kDatabaseNotExist, "Database not exist"};
        return {};
    }
    auto relation = std::make_shared<Relation>();
    relation->precision = database->precision;
    const auto add = [&relation](TableEntry &entry) {
        entry.isHandedOut = true;
        relation->parts.push_back({entry.table, entry.data});
    };
    if (const auto parent = database->superTables.find(table); parent != database->superTables.end()) {
        relation->columns = parent->second->columns;
        relation->tags = parent->second->tags;
        for (auto &[name, entry] : database->tables) {
            if (entry.table->parent == parent->second)
                add(entry);
        }
        return {relation, false};
    }
    const auto entry = database->tables.find(table);
    if (entry == database->tables.end()) {
        failure = {code::kTableNotExist, "Table does not exist"};
        return {};
    }
    relation->columns = entry->second.table->columns;
    if (entry->second.table->parent)
        relation->tags = entry->second.table->parent->tags;
    add(entry->second);
    return {relation, true};
}

Execution Engine::run(std::string_view sql, const Context &context, std::stop_token stop)
{
    const std::vector<Token> tokens = tokenized(sql);
    TokenReader reader(sql, tokens);
    if (reader.atWord("create") && reader.atWord("token", 1)) {
        reader.take();
        return createToken(reader, context, sql, std::move(stop));
    }
    Writer writer(m_store, reader, context);
    if (writer.isMine()) {
        Execution execution;
        execution.affectedRows = writer.run();
        execution.failure = reader.failure();
        return execution;
    }
    if (reader.atWord("select") || reader.atSymbol("("))
        return runQuery(reader, sql, context, std::move(stop));
    if (reader.takeWord("show"))
        return show(reader, sql, context, std::move(stop));
    if (reader.takeWord("describe") || reader.takeWord("desc"))
        return describe(reader, context, sql, std::move(stop));
    if (reader.takeWord("kill")) {
        reader.expectWord("query");
        const std::string id = reader.expectString();
        reader.expectEnd();
        if (!reader.failed() && !m_running.kill(id))
            reader.fail(code::kInvalidQueryId, "Invalid query id");
        return failedWith(reader.failure());
    }
    reader.failHere();
    return failedWith(reader.failure());
}

Execution Engine::runQuery(TokenReader &reader, std::string_view sql, const Context &context, std::stop_token stop)
{
    Parser parser(reader);
    const Query query = parser.query();
    reader.expectEnd();
    if (reader.failed())
        return failedWith(reader.failure());
    Translator translator(context, [this](const std::string &database, const std::string &table, Failure &failure) {
        return find(database, table, failure);
    });
    Plan plan = translator.translated(query);
    if (translator.failure().code != 0)
        return failedWith(translator.failure());
    Execution execution;
    execution.cursor = std::make_unique<Cursor>(std::move(plan), context, m_running, std::string(sql), std::move(stop));
    if (execution.cursor->failure().code != 0)
        return failedWith(execution.cursor->failure());
    return execution;
}

// Runs another text in the place of the one that was sent, which is the one that is shown as running.
Execution Engine::runText(const std::string &sql, std::string_view shown, const Context &context, std::stop_token stop)
{
    const std::vector<Token> tokens = tokenized(sql);
    TokenReader reader(sql, tokens);
    return runQuery(reader, shown, context, std::move(stop));
}

// Given cells as a result.
Execution Engine::rows(std::vector<Column> columns, std::vector<std::vector<Cell>> cells, const Context &context, std::string_view sql,
    std::stop_token stop)
{
    auto relation = std::make_shared<Relation>();
    relation->isSystem = true;
    relation->columns = columns;
    auto data = std::make_shared<TableData>(columns);
    for (const std::vector<Cell> &row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i)
            data->columns[i].append(row[i]);
    }
    relation->parts.push_back({std::make_shared<Table>(), std::move(data)});
    Plan plan;
    plan.relations.push_back({"r0", std::move(relation), {}});
    plan.sql = "SELECT * FROM r0";
    plan.columns = std::move(columns);
    Execution execution;
    execution.cursor = std::make_unique<Cursor>(std::move(plan), context, m_running, std::string(sql), std::move(stop));
    return execution;
}

} // namespace tdengine::server
