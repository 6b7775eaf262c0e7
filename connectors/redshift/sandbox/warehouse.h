// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/sqltype.h"

#include <optional>
#include <string>
#include <vector>

namespace redshift::server {

struct Column {
    std::string name;
    SqlType type;
    bool isNotNull = false;
};

// A table or view, and what stands for it in SQLite's FROM.
struct Relation {
    std::string database;
    std::string schema;
    std::string name;
    std::string kind = "TABLE"; // as ListTables has it
    std::vector<Column> columns;
    std::string source; // a quoted name, or a SELECT in brackets
};

std::string quotedName(std::string_view name);
std::string quotedText(std::string_view text);

// What databases, schemas and tables there are, as a connection sees them: kept in tables of their own beside the data,
// so that a transaction that is rolled back takes its tables with it.
class Warehouse
{
public:
    explicit Warehouse(sandbox::sqlite::Database &database)
        : m_database(database)
    {
    }

    static void prepare(sandbox::sqlite::Database &database); // once for the file
    static void prepareSession(sandbox::sqlite::Database &database); // once for each connection: temporary tables

    std::vector<std::string> databases();
    std::vector<std::string> schemas(const std::string &database);
    std::vector<Relation> relations(const std::string &database); // without columns
    bool hasSchema(const std::string &database, const std::string &schema);

    // By one to three parts of a name, within the database; temporary tables go before those of public.
    std::optional<Relation> find(const std::vector<std::string> &parts, const std::string &database);
    // Where a new table of this name would stand.
    Relation placeOf(const std::vector<std::string> &parts, const std::string &database, bool isTemporary);
    bool add(const Relation &relation);
    void remove(const Relation &relation);
    void addSchema(const std::string &database, const std::string &schema);
    void removeSchema(const std::string &database, const std::string &schema);

private:
    std::optional<Relation> stored(const std::string &database, const std::string &schema, const std::string &name, bool isTemporary);

    sandbox::sqlite::Database &m_database;
};

// Views of the system: svv_tables, pg_table_def, information_schema.columns … None: no such view.
std::optional<Relation> systemRelation(const std::string &database, const std::string &schema, const std::string &name);
// All of them, for the catalogue.
std::vector<Relation> systemRelations(const std::string &database);

} // namespace redshift::server
