// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/warehouse.h"

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;

struct View {
    const char *schema;
    const char *name;
    std::vector<std::pair<const char *, Kind>> columns;
    const char *sql; // %D stands for the database in quotes
};

// What the connection itself sees: schemas, relations and columns of all databases, or of its own.
constexpr const char *kAllTables
    = "SELECT database, schema, name, CASE kind WHEN 'VIEW' THEN 'VIEW' ELSE 'TABLE' END AS kind FROM main.wh_relations";
constexpr const char *kColumnList
    = "c.database, c.schema, c.relation, c.name, c.position, c.type, CASE WHEN c.not_null THEN 'NO' ELSE 'YES' END, "
      "CASE WHEN c.kind IN (9, 10) THEN c.precision END, CASE WHEN c.kind = 8 THEN c.precision END, CASE WHEN c.kind = 8 THEN c.scale END";

const std::vector<View> &views()
{
    static const std::string ownTables = std::string(kAllTables) + " WHERE database = %D";
    static const std::string allColumns = std::string("SELECT ") + kColumnList + " FROM main.wh_columns c";
    static const std::string ownColumns = allColumns + " WHERE c.database = %D";
    static const std::vector<View> all{
        {"pg_catalog", "svv_redshift_databases", {{"database_name", Kind::Name}, {"database_owner", Kind::Int4}, {"database_type", Kind::Varchar}},
            "SELECT name, 100, 'local' FROM main.wh_databases"},
        {"pg_catalog", "svv_all_schemas",
            {{"database_name", Kind::Varchar}, {"schema_name", Kind::Varchar}, {"schema_owner", Kind::Int4}, {"schema_type", Kind::Varchar}},
            "SELECT database, name, 100, 'local' FROM main.wh_schemas"},
        {"pg_catalog", "svv_all_tables",
            {{"database_name", Kind::Varchar}, {"schema_name", Kind::Varchar}, {"table_name", Kind::Varchar}, {"table_type", Kind::Varchar}},
            kAllTables},
        {"pg_catalog", "svv_all_columns",
            {{"database_name", Kind::Varchar}, {"schema_name", Kind::Varchar}, {"table_name", Kind::Varchar}, {"column_name", Kind::Varchar},
                {"ordinal_position", Kind::Int4}, {"data_type", Kind::Varchar}, {"is_nullable", Kind::Varchar},
                {"character_maximum_length", Kind::Int4}, {"numeric_precision", Kind::Int4}, {"numeric_scale", Kind::Int4}},
            allColumns.c_str()},
        {"pg_catalog", "svv_tables",
            {{"table_catalog", Kind::Varchar}, {"table_schema", Kind::Varchar}, {"table_name", Kind::Varchar}, {"table_type", Kind::Varchar}},
            ownTables.c_str()},
        {"pg_catalog", "svv_columns",
            {{"table_catalog", Kind::Varchar}, {"table_schema", Kind::Varchar}, {"table_name", Kind::Varchar}, {"column_name", Kind::Varchar},
                {"ordinal_position", Kind::Int4}, {"data_type", Kind::Varchar}, {"is_nullable", Kind::Varchar},
                {"character_maximum_length", Kind::Int4}, {"numeric_precision", Kind::Int4}, {"numeric_scale", Kind::Int4}},
            ownColumns.c_str()},
        {"information_schema", "schemata", {{"catalog_name", Kind::Varchar}, {"schema_name", Kind::Varchar}},
            "SELECT database, name FROM main.wh_schemas WHERE database = %D"},
        {"information_schema", "tables",
            {{"table_catalog", Kind::Varchar}, {"table_schema", Kind::Varchar}, {"table_name", Kind::Varchar}, {"table_type", Kind::Varchar}},
            "SELECT database, schema, name, CASE kind WHEN 'VIEW' THEN 'VIEW' ELSE 'BASE TABLE' END FROM main.wh_relations WHERE database = %D"},
        {"information_schema", "columns",
            {{"table_catalog", Kind::Varchar}, {"table_schema", Kind::Varchar}, {"table_name", Kind::Varchar}, {"column_name", Kind::Varchar},
                {"ordinal_position", Kind::Int4}, {"data_type", Kind::Varchar}, {"is_nullable", Kind::Varchar},
                {"character_maximum_length", Kind::Int4}, {"numeric_precision", Kind::Int4}, {"numeric_scale", Kind::Int4}},
            ownColumns.c_str()},
        {"pg_catalog", "pg_table_def",
            {{"schemaname", Kind::Name}, {"tablename", Kind::Name}, {"column", Kind::Name}, {"type", Kind::Varchar}, {"notnull", Kind::Bool}},
            "SELECT schema, relation, name, type, not_null FROM main.wh_columns WHERE database = %D AND schema IN ('public', 'pg_catalog')"},
        {"pg_catalog", "pg_namespace", {{"nspname", Kind::Name}}, "SELECT name FROM main.wh_schemas WHERE database = %D"},
        {"pg_catalog", "pg_database", {{"datname", Kind::Name}}, "SELECT name FROM main.wh_databases"},
    };
    return all;
}

Relation relationOf(const View &view, const std::string &database)
{
    Relation relation{database, view.schema, view.name, "SYSTEM VIEW", {}, {}};
    std::string names;
    for (const auto &[name, kind] : view.columns) {
        relation.columns.push_back({name, {kind, 0, 0}});
        names += (names.empty() ? "" : ", ") + quotedName(name);
    }
    std::string sql = view.sql;
    for (std::size_t at = sql.find("%D"); at != std::string::npos; at = sql.find("%D", at))
        sql.replace(at, 2, quotedText(database));
    // The names go to the columns by their places.
    relation.source = "(WITH v(" + names + ") AS (" + sql + ") SELECT * FROM v)";
    return relation;
}

} // namespace

std::optional<Relation> systemRelation(const std::string &database, const std::string &schema, const std::string &name)
{
    for (const View &view : views()) {
        if (schema == view.schema && name == view.name)
            return relationOf(view, database);
    }
    return std::nullopt;
}

std::vector<Relation> systemRelations(const std::string &database)
{
    std::vector<Relation> all;
    for (const View &view : views())
        all.push_back(relationOf(view, database));
    return all;
}

} // namespace redshift::server
