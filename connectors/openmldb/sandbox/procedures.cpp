// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <set>

namespace openmldb::server {

namespace {

// What the query gives for a row of input, and what it reads.
Failure complete(Procedure &procedure, Store &store, bool hasInput)
{
    // A first look finds the table whose columns are the input.
    TokenReader first(procedure.query);
    const QueryTranslator::Settings plain{procedure.database, {}, nullptr};
    const Query seen = QueryTranslator(first, store, plain).translate();
    first.expectEnd();
    if (first.failure())
        return first.failure();
    if (seen.tables.empty())
        return {kPlanError, "Fail to deploy: the query has no table"};
    const auto main = store.table(seen.tables[0].first, seen.tables[0].second);
    if (!hasInput)
        procedure.input = main->columns;
    if (procedure.input.size() != main->columns.size())
        return {kPlanError, "Fail to transform: input schema is not that of table " + main->name};
    for (std::size_t i = 0; i < main->columns.size(); ++i) {
        if (procedure.input[i].type != main->columns[i].type || procedure.input[i].name != main->columns[i].name)
            return {kPlanError, "Fail to transform: input schema is not that of table " + main->name};
    }
    TokenReader reader(procedure.query);
    const QueryTranslator::Settings settings{procedure.database, {}, &procedure.input};
    const Query query = QueryTranslator(reader, store, settings).translate();
    if (!reader.failure() && !query.hasRequestMark)
        return {kPlanError, "Fail to transform: unsupported request query"};
    procedure.output = query.columns;
    std::set<std::pair<std::string, std::string>> known;
    for (const auto &table : query.tables) {
        if (known.insert(table).second)
            procedure.tables.push_back(table);
    }
    return reader.failure();
}

void writeText(Procedure &procedure)
{
    procedure.text = "CREATE PROCEDURE " + procedure.name + " (";
    for (std::size_t i = 0; i < procedure.input.size(); ++i) {
        const Column &column = procedure.input[i];
        procedure.text += (i == 0 ? "" : ", ") + std::string(column.isConstant ? "const " : "") + column.name + " " + sqlName(column.type);
    }
    procedure.text += ") BEGIN " + procedure.query + "; END;";
}

Failure add(Procedure procedure, Store &store, bool hasInput, bool mayExist)
{
    if (!store.hasDatabase(procedure.database))
        return {kCommandError, "database not found"};
    if (Failure failure = complete(procedure, store, hasInput))
        return failure;
    writeText(procedure);
    const char *kind = procedure.isDeployment ? "deployment" : "procedure";
    return store.addProcedure(std::move(procedure)) || mayExist ? Failure() : Failure{kCommandError, std::string(kind) + " already exists"};
}

} // namespace

// DEPLOY name [OPTIONS(…)] SELECT …
Failure deploy(TokenReader &reader, const std::string &database, Store &store)
{
    const bool mayExist = reader.take("IF", "NOT") && reader.take("EXISTS");
    Procedure procedure;
    procedure.database = database;
    procedure.name = reader.name();
    if (reader.take("OPTIONS"))
        reader.skipParentheses();
    if (!reader.isAny({"SELECT", "WITH"}))
        reader.failHere("Expected keyword SELECT but got " + reader.shown());
    const std::size_t begin = reader.place();
    while (!reader.atEnd() && !reader.is(";"))
        reader.next();
    procedure.query = reader.textBetween(begin, reader.place());
    reader.expectEnd();
    return reader.failure() ? Failure() : add(std::move(procedure), store, false, mayExist);
}

// CREATE PROCEDURE name (const c1 string, …) BEGIN SELECT …; END;
Failure createProcedure(TokenReader &reader, const std::string &database, Store &store)
{
    Procedure procedure;
    procedure.database = database;
    procedure.isDeployment = false;
    procedure.name = reader.name();
    reader.expect("(");
    do {
        Column column;
        column.isConstant = reader.take("CONST");
        column.name = reader.name();
        const std::string type = reader.name();
        const auto known = typeNamed(type);
        if (!known)
            reader.fail(kSyntaxError, "Unknown DataType identifier: " + type);
        column.type = known.value_or(Type::String);
        procedure.input.push_back(std::move(column));
    } while (reader.take(","));
    reader.expect(")");
    reader.expect("BEGIN");
    const std::size_t begin = reader.place();
    while (!reader.atEnd() && !reader.is(";"))
        reader.next();
    procedure.query = reader.textBetween(begin, reader.place());
    reader.expect(";");
    reader.expect("END");
    reader.expectEnd();
    return reader.failure() ? Failure() : add(std::move(procedure), store, true, false);
}

} // namespace openmldb::server
