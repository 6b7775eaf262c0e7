// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/warehouse.h"

#include <algorithm>

namespace redshift::server {

namespace {

using Step = sandbox::sqlite::Statement::Step;

constexpr const char *kRelations = "(database TEXT, schema TEXT, name TEXT, kind TEXT, source TEXT, PRIMARY KEY (database, schema, name))";
constexpr const char *kColumns = "(database TEXT, schema TEXT, relation TEXT, position INTEGER, name TEXT, type TEXT, kind INTEGER, "
                                 "precision INTEGER, scale INTEGER, not_null INTEGER)";
constexpr const char *kTemporarySchema = "pg_temp_1";

std::string where(const std::string &database, const std::string &schema, const std::string &nameColumn, const std::string &name)
{
    return " WHERE database=" + quotedText(database) + " AND schema=" + quotedText(schema) + " AND " + nameColumn + "=" + quotedText(name);
}

std::string prefixOf(bool isTemporary)
{
    return isTemporary ? "temp.wh_" : "main.wh_";
}

std::vector<std::string> textsOf(sandbox::sqlite::Database &database, const std::string &sql)
{
    std::vector<std::string> all;
    sandbox::sqlite::Statement statement(database, sql);
    while (statement.isValid() && statement.step() == Step::Row)
        all.emplace_back(statement.bytes(0));
    return all;
}

} // namespace

std::string quotedName(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name)
        text.append(c == '"' ? 2 : 1, c);
    return text + '"';
}

std::string quotedText(std::string_view given)
{
    std::string text = "'";
    for (const char c : given)
        text.append(c == '\'' ? 2 : 1, c);
    return text + '\'';
}

void Warehouse::prepare(sandbox::sqlite::Database &database)
{
    database.execute("CREATE TABLE wh_databases(name TEXT PRIMARY KEY)");
    database.execute("CREATE TABLE wh_schemas(database TEXT, name TEXT, PRIMARY KEY (database, name))");
    database.execute(std::string("CREATE TABLE wh_relations") + kRelations);
    database.execute(std::string("CREATE TABLE wh_columns") + kColumns);
    for (const char *name : {"dev", "sample_data_dev"}) {
        database.execute("INSERT INTO wh_databases VALUES(" + quotedText(name) + ")");
        for (const char *schema : {"information_schema", "pg_catalog", "public"})
            database.execute("INSERT INTO wh_schemas VALUES(" + quotedText(name) + "," + quotedText(schema) + ")");
    }
}

void Warehouse::prepareSession(sandbox::sqlite::Database &database)
{
    database.execute(std::string("CREATE TEMP TABLE wh_relations") + kRelations);
    database.execute(std::string("CREATE TEMP TABLE wh_columns") + kColumns);
}

std::vector<std::string> Warehouse::databases()
{
    return textsOf(m_database, "SELECT name FROM main.wh_databases ORDER BY name");
}

std::vector<std::string> Warehouse::schemas(const std::string &database)
{
    return textsOf(m_database, "SELECT name FROM main.wh_schemas WHERE database=" + quotedText(database) + " ORDER BY name");
}

bool Warehouse::hasSchema(const std::string &database, const std::string &schema)
{
    const std::vector<std::string> all = schemas(database);
    return std::find(all.begin(), all.end(), schema) != all.end();
}

std::vector<Relation> Warehouse::relations(const std::string &database)
{
    std::vector<Relation> all = systemRelations(database);
    sandbox::sqlite::Statement rows(m_database,
        "SELECT schema, name, kind FROM main.wh_relations WHERE database=" + quotedText(database) + " ORDER BY schema, name");
    while (rows.step() == Step::Row)
        all.push_back({database, std::string(rows.bytes(0)), std::string(rows.bytes(1)), std::string(rows.bytes(2)), {}, {}});
    return all;
}

std::optional<Relation> Warehouse::stored(
    const std::string &database, const std::string &schema, const std::string &name, bool isTemporary)
{
    Relation relation{database, schema, name, {}, {}, {}};
    sandbox::sqlite::Statement row(m_database,
        "SELECT kind, source FROM " + prefixOf(isTemporary) + "relations" + where(database, schema, "name", name));
    if (row.step() != Step::Row)
        return std::nullopt;
    relation.kind = row.bytes(0);
    relation.source = row.bytes(1);
    sandbox::sqlite::Statement columns(m_database,
        "SELECT name, kind, precision, scale, not_null FROM " + prefixOf(isTemporary) + "columns"
            + where(database, schema, "relation", name) + " ORDER BY position");
    while (columns.step() == Step::Row) {
        relation.columns.push_back({std::string(columns.bytes(0)),
            {static_cast<SqlType::Kind>(columns.integer(1)), static_cast<int>(columns.integer(2)), static_cast<int>(columns.integer(3))},
            columns.integer(4) != 0});
    }
    return relation;
}

std::optional<Relation> Warehouse::find(const std::vector<std::string> &parts, const std::string &database)
{
    const std::string &name = parts.back();
    const std::string where = parts.size() > 2 ? parts[parts.size() - 3] : database;
    if (parts.size() > 1) {
        const std::string &schema = parts[parts.size() - 2];
        if (auto relation = systemRelation(where, schema, name))
            return relation;
        return stored(where, schema, name, schema == kTemporarySchema);
    }
    if (auto relation = stored(where, kTemporarySchema, name, true))
        return relation;
    if (auto relation = systemRelation(where, "pg_catalog", name))
        return relation;
    return stored(where, "public", name, false);
}

Relation Warehouse::placeOf(const std::vector<std::string> &parts, const std::string &database, bool isTemporary)
{
    Relation relation;
    relation.name = parts.back();
    relation.schema = isTemporary ? kTemporarySchema : parts.size() > 1 ? parts[parts.size() - 2] : "public";
    relation.database = parts.size() > 2 ? parts[parts.size() - 3] : database;
    relation.source = (isTemporary ? "temp." : "main.") + quotedName(relation.database + '.' + relation.schema + '.' + relation.name);
    return relation;
}

bool Warehouse::add(const Relation &relation)
{
    const std::string prefix = prefixOf(relation.schema == kTemporarySchema);
    const std::string place = quotedText(relation.database) + "," + quotedText(relation.schema) + "," + quotedText(relation.name);
    bool isDone = m_database.execute("INSERT INTO " + prefix + "relations VALUES(" + place + "," + quotedText(relation.kind) + ","
        + quotedText(relation.source) + ")");
    for (std::size_t i = 0; i < relation.columns.size() && isDone; ++i) {
        const Column &column = relation.columns[i];
        isDone = m_database.execute("INSERT INTO " + prefix + "columns VALUES(" + place + "," + std::to_string(i + 1) + ","
            + quotedText(column.name) + "," + quotedText(sqlName(column.type.kind)) + ","
            + std::to_string(static_cast<int>(column.type.kind)) + "," + std::to_string(column.type.precision) + ","
            + std::to_string(column.type.scale) + "," + (column.isNotNull ? "1" : "0") + ")");
    }
    return isDone;
}

void Warehouse::remove(const Relation &relation)
{
    const std::string prefix = prefixOf(relation.schema == kTemporarySchema);
    m_database.execute("DELETE FROM " + prefix + "relations" + where(relation.database, relation.schema, "name", relation.name));
    m_database.execute("DELETE FROM " + prefix + "columns" + where(relation.database, relation.schema, "relation", relation.name));
}

void Warehouse::addSchema(const std::string &database, const std::string &schema)
{
    m_database.execute("INSERT OR IGNORE INTO main.wh_schemas VALUES(" + quotedText(database) + "," + quotedText(schema) + ")");
}

void Warehouse::removeSchema(const std::string &database, const std::string &schema)
{
    m_database.execute("DELETE FROM main.wh_schemas" + std::string(" WHERE database=") + quotedText(database) + " AND name=" + quotedText(schema));
}

} // namespace redshift::server
