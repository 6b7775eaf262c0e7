// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <cstdlib>

namespace openmldb::server {

namespace {

Execution result(Failure failure)
{
    Execution execution;
    execution.failure = std::move(failure);
    return execution;
}

Execution refused(const std::string &what)
{
    return result({kCommandError, what + " needs a cluster: this is a sandbox"});
}

std::pair<std::string, std::string> qualifiedName(TokenReader &reader, const std::string &database)
{
    std::string name = reader.name();
    if (!reader.take("."))
        return {database, name};
    return {name, reader.name()};
}

Failure createDatabase(TokenReader &reader, Store &store)
{
    const bool mayExist = reader.take("IF", "NOT") && reader.take("EXISTS");
    const std::string name = reader.name();
    reader.expectEnd();
    if (reader.failure() || store.addDatabase(name) || mayExist)
        return {};
    return {kCommandError, "database already exists"};
}

Failure drop(TokenReader &reader, const std::string &database, Store &store)
{
    const std::string kind = reader.next().upper;
    const bool mayMiss = reader.take("IF", "EXISTS");
    if (kind == "DATABASE") {
        const std::string name = reader.name();
        reader.expectEnd();
        if (reader.failure() || store.removeDatabase(name) || (mayMiss && !store.hasDatabase(name)))
            return {};
        return {kCommandError, store.hasDatabase(name) ? "database has tables, drop them first" : "database not found"};
    }
    const auto [owner, name] = qualifiedName(reader, database);
    reader.expectEnd();
    if (reader.failure())
        return {};
    if (kind == "TABLE")
        return store.removeTable(owner, name) || mayMiss ? Failure() : Failure{kCommandError, "table not found"};
    if (kind == "DEPLOYMENT" || kind == "PROCEDURE") {
        const auto procedure = store.procedure(owner, name);
        const bool isRight = procedure && procedure->isDeployment == (kind == "DEPLOYMENT");
        return (isRight && store.removeProcedure(owner, name)) || mayMiss ? Failure() : Failure{kCommandError, lowerCase(kind) + " not found"};
    }
    return {kSyntaxError, "Syntax error: Unexpected keyword " + kind};
}

Failure create(TokenReader &reader, const std::string &database, Store &store)
{
    if (reader.take("DATABASE"))
        return createDatabase(reader, store);
    if (reader.take("TABLE"))
        return createTable(reader, database, store);
    if (reader.take("PROCEDURE"))
        return createProcedure(reader, database, store);
    reader.failHere("Unexpected " + reader.shown());
    return {};
}

// DELETE FROM t [WHERE …] and TRUNCATE TABLE t.
Failure deleteRows(TokenReader &reader, const std::string &database, Store &store, bool isAll)
{
    reader.expect(isAll ? "TABLE" : "FROM");
    const auto [owner, name] = qualifiedName(reader, database);
    const auto table = reader.failure() ? nullptr : store.table(owner, name);
    if (!table)
        return {kCommandError, "table " + name + " not found"};
    std::string condition;
    if (reader.is("WHERE")) {
        // The condition as part of a query, which knows the columns.
        const std::string text = "SELECT 1 FROM `" + owner + "`.`" + name + "` "
            + std::string(reader.sql().substr(reader.token().begin));
        TokenReader inner(text);
        const QueryTranslator::Settings settings{owner, {}, nullptr};
        const Query query = QueryTranslator(inner, store, settings).translate();
        inner.expectEnd();
        if (inner.failure())
            return inner.failure();
        condition = " AS " + quotedIdentifier(name) + query.sql.substr(query.sql.find(" WHERE "));
    } else {
        reader.expectEnd();
    }
    if (reader.failure())
        return {};
    const auto writing = store.data().lockWriting();
    const auto data = openData(store);
    const bool isDone = data->execute("DELETE FROM " + table->sqliteName() + condition);
    return isDone ? Failure() : Failure{kRunError, data->lastError()};
}

Failure stopJob(TokenReader &reader, Jobs &jobs)
{
    reader.expect("JOB");
    const std::string id = reader.next().text;
    reader.expectEnd();
    return reader.failure() || jobs.stop(std::atoi(id.c_str())) ? Failure() : Failure{kCommandError, "fail to stop job " + id + ": no running job"};
}

} // namespace

std::optional<Execution> runCommand(TokenReader &reader, const std::string &database, Store &store, Jobs &jobs)
{
    if (reader.isAny({"SHOW", "DESC", "DESCRIBE"}))
        return showCommand(reader, database, store, jobs);
    if (reader.take("CREATE"))
        return result(create(reader, database, store));
    if (reader.take("DROP"))
        return result(drop(reader, database, store));
    if (reader.take("INSERT"))
        return result(insertRows(reader, database, store));
    if (reader.take("DELETE"))
        return result(deleteRows(reader, database, store, false));
    if (reader.take("TRUNCATE"))
        return result(deleteRows(reader, database, store, true));
    if (reader.take("DEPLOY"))
        return result(deploy(reader, database, store));
    if (reader.take("STOP"))
        return result(stopJob(reader, jobs));
    if (reader.take("USE")) {
        const std::string name = reader.name();
        return result(store.hasDatabase(name) ? Failure() : Failure{kCommandError, "Use " + name + " failed: database not found"});
    }
    if (reader.take("SET"))
        return result({});
    if (reader.take("LOAD", "DATA"))
        return refused("LOAD DATA");
    if (reader.take("EXPLAIN"))
        return refused("EXPLAIN");
    return std::nullopt;
}

} // namespace openmldb::server
