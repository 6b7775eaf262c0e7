// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/engine.h"

#include <algorithm>

namespace redshift::server {

void Executor::create()
{
    m_parser.skipToken();
    const bool replaces = m_parser.takeWord("or") && m_parser.takeWord("replace");
    m_parser.takeWord("local");
    const bool isTemporary = m_parser.takeWord("temp") || m_parser.takeWord("temporary");
    if (m_parser.takeWord("table"))
        createTable(isTemporary);
    else if (m_parser.takeWord("view"))
        createView(replaces);
    else if (m_parser.takeWord("schema"))
        createSchema();
    else
        m_parser.failHere();
}

// A column's name, type and what follows it; constraint: what SQLite is told.
Column Executor::columnDefinition(std::string *constraint)
{
    Column column;
    column.name = m_parser.name();
    column.type = m_parser.type();
    while (!m_parser.failure() && !m_parser.isSymbol(",") && !m_parser.isSymbol(")") && !m_parser.isAtEnd()) {
        if (m_parser.isWord("not") && m_parser.isWord("null", 1)) {
            m_parser.skipToken();
            m_parser.skipToken();
            column.isNotNull = true;
            *constraint += " NOT NULL";
        } else if (m_parser.takeWord("default")) {
            *constraint += " DEFAULT (" + m_parser.converted(m_parser.expression(nullptr), column.type, true) + ")";
        } else if (m_parser.takeWord("encode") || m_parser.takeWord("collate")) {
            m_parser.name();
        } else if (m_parser.takeWord("references")) {
            m_parser.nameParts();
            if (m_parser.isSymbol("("))
                m_parser.skipBrackets();
        } else if (m_parser.isWord("distkey") || m_parser.isWord("sortkey") || m_parser.isWord("primary") || m_parser.isWord("key")
            || m_parser.isWord("unique") || m_parser.isWord("null")) {
            m_parser.skipToken(); // told to the planner, and not held to
        } else {
            m_parser.failHere();
        }
    }
    return column;
}

// DISTSTYLE, DISTKEY(…), SORTKEY(…), BACKUP: how rows are spread, which shows nowhere.
void Executor::skipTableAttributes()
{
    while (!m_parser.failure() && !m_parser.isAtEnd() && !m_parser.isWord("as")) {
        if (m_parser.takeWord("diststyle") || m_parser.takeWord("backup") || m_parser.takeWord("encode")) {
            m_parser.name();
        } else if (m_parser.isWord("compound") || m_parser.isWord("interleaved")) {
            m_parser.skipToken();
        } else if (m_parser.takeWord("distkey") || m_parser.takeWord("sortkey")) {
            if (m_parser.isSymbol("("))
                m_parser.skipBrackets();
            else
                m_parser.name();
        } else {
            m_parser.failHere();
        }
    }
}

void Executor::createTable(bool isTemporary)
{
    const bool ifMissing = m_parser.takeWords({"if", "not", "exists"});
    const std::size_t start = m_parser.at();
    const std::vector<std::string> parts = m_parser.nameParts();
    if (m_parser.failure())
        return;
    Relation place = m_warehouse.placeOf(parts, m_parser.database(), isTemporary || parts[0].starts_with('#'));
    const auto existing = m_warehouse.find(parts, m_parser.database());
    if (existing && existing->schema == place.schema) {
        if (!ifMissing)
            m_parser.failAt("Relation \"" + parts.back() + "\" already exists", start);
        return;
    }
    if (!isTemporary && !m_warehouse.hasSchema(place.database, place.schema)) {
        m_parser.failAt("schema \"" + place.schema + "\" does not exist", start);
        return;
    }
    if (!m_parser.isSymbol("(")) {
        createTableAs(std::move(place));
        return;
    }
    m_parser.skipToken();
    std::string definitions;
    do {
        if (m_parser.isWord("primary") || m_parser.isWord("foreign") || m_parser.isWord("unique") || m_parser.isWord("constraint")) {
            while (!m_parser.isSymbol("(") && !m_parser.isAtEnd())
                m_parser.skipToken();
            m_parser.skipBrackets();
            if (m_parser.takeWord("references")) {
                m_parser.nameParts();
                if (m_parser.isSymbol("("))
                    m_parser.skipBrackets();
            }
            continue;
        }
        std::string constraint;
        place.columns.push_back(columnDefinition(&constraint));
        definitions += (definitions.empty() ? "" : ", ") + quotedName(place.columns.back().name) + ' '
            + affinity(place.columns.back().type.kind) + constraint;
    } while (m_parser.takeSymbol(",") && !m_parser.failure());
    m_parser.expectSymbol(")");
    skipTableAttributes();
    expectEnd();
    if (execute("CREATE TABLE " + place.source + "(" + definitions + ")"))
        m_warehouse.add(place);
}

void Executor::createTableAs(Relation place)
{
    skipTableAttributes();
    m_parser.expectWord("as");
    const Query query = m_parser.query();
    expectEnd();
    std::string definitions;
    for (const Output &column : query.columns) {
        SqlType type = column.type;
        if (type.kind == SqlType::Kind::Unknown)
            type = {SqlType::Kind::Varchar, 256, 0};
        place.columns.push_back({column.name, type});
        definitions += (definitions.empty() ? "" : ", ") + quotedName(column.name) + ' ' + affinity(type.kind);
    }
    if (!execute("CREATE TABLE " + place.source + "(" + definitions + ")"))
        return;
    m_warehouse.add(place);
    change("INSERT INTO " + place.source + ' ' + query.sql);
}

void Executor::createView(bool replaces)
{
    const std::size_t start = m_parser.at();
    const std::vector<std::string> parts = m_parser.nameParts();
    if (m_parser.failure())
        return;
    Relation place = m_warehouse.placeOf(parts, m_parser.database(), false);
    const auto existing = m_warehouse.find(parts, m_parser.database());
    if (existing && !(replaces && existing->kind == "VIEW")) {
        m_parser.failAt("Relation \"" + parts.back() + "\" already exists", start);
        return;
    }
    m_parser.expectWord("as");
    const Query query = m_parser.query();
    m_parser.takeWords({"with", "no", "schema", "binding"});
    expectEnd();
    if (m_parser.failure())
        return;
    place.kind = "VIEW";
    for (const Output &column : query.columns)
        place.columns.push_back({column.name, column.type});
    place.source = "(" + query.sql + ")";
    if (existing)
        m_warehouse.remove(*existing);
    if (!m_warehouse.add(place))
        failBySqlite();
}

void Executor::createSchema()
{
    const bool ifMissing = m_parser.takeWords({"if", "not", "exists"});
    const std::string name = m_parser.name();
    expectEnd();
    if (m_parser.failure())
        return;
    if (m_warehouse.hasSchema(m_parser.database(), name)) {
        if (!ifMissing)
            m_parser.fail("Schema \"" + name + "\" already exists", false);
        return;
    }
    m_warehouse.addSchema(m_parser.database(), name);
}

void Executor::drop()
{
    m_parser.skipToken();
    const bool isSchema = m_parser.takeWord("schema");
    const bool isView = !isSchema && m_parser.takeWord("view");
    if (!isSchema && !isView)
        m_parser.expectWord("table");
    const bool ifThere = m_parser.takeWords({"if", "exists"});
    const std::size_t start = m_parser.at();
    const std::vector<std::string> parts = m_parser.nameParts();
    const bool cascades = m_parser.takeWord("cascade");
    m_parser.takeWord("restrict");
    expectEnd();
    if (m_parser.failure())
        return;
    const std::string &database = m_parser.database();
    if (isSchema) {
        const auto relations = m_warehouse.relations(database);
        const bool isUsed = std::any_of(relations.begin(), relations.end(), [&](const Relation &one) { return one.schema == parts[0]; });
        if (!m_warehouse.hasSchema(database, parts[0]) && !ifThere)
            m_parser.failAt("schema \"" + parts[0] + "\" does not exist", start);
        else if (isUsed && !cascades)
            m_parser.fail("cannot drop schema " + parts[0] + " because other objects depend on it", false);
        else
            m_warehouse.removeSchema(database, parts[0]);
        return;
    }
    const auto relation = m_warehouse.find(parts, database);
    if (!relation || relation->kind != (isView ? "VIEW" : "TABLE")) {
        if (!ifThere)
            m_parser.failAt((isView ? "View \"" : "Table \"") + parts.back() + "\" does not exist", start);
        return;
    }
    if (isView || execute("DROP TABLE " + relation->source))
        m_warehouse.remove(*relation);
}

// ADD COLUMN alone.
void Executor::alterTable()
{
    m_parser.skipToken();
    m_parser.expectWord("table");
    const std::size_t start = m_parser.at();
    auto relation = table(m_parser.nameParts(), start);
    if (!relation)
        return;
    m_parser.expectWord("add");
    m_parser.takeWord("column");
    std::string constraint;
    const Column column = columnDefinition(&constraint);
    expectEnd();
    if (!execute("ALTER TABLE " + relation->source + " ADD COLUMN " + quotedName(column.name) + ' ' + affinity(column.type.kind) + constraint))
        return;
    m_warehouse.remove(*relation);
    relation->columns.push_back(column);
    m_warehouse.add(*relation);
}

} // namespace redshift::server
