// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalognodes.h"

#include "catalog.h"
#include "connector/tokens.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace redshift {

namespace {

struct NodesTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftCatalog)
};

constexpr qsizetype kSqlShown = 80;

void markSystem(connector::CatalogNode &node)
{
    node.isSystem = true;
    node.detail = QStringLiteral("system");
}

// The list does not say whether a statement has a result: its first word nearly always does.
bool givesRows(const std::string &sql)
{
    const connector::Language language;
    connector::Scanner scanner(sql, language);
    connector::Token token = scanner.nextMeaning();
    while (scanner.text(token) == "(")
        token = scanner.nextMeaning();
    const std::string_view word = scanner.text(token);
    for (const char *candidate : {"select", "with", "show", "explain", "values", "fetch", "call"}) {
        if (connector::sameWord(word, candidate))
            return true;
    }
    return false;
}

} // namespace

bool isSystemSchema(const std::string &schema)
{
    return schema == "information_schema" || schema.starts_with("pg_");
}

bool isStatementId(const std::string &name)
{
    constexpr std::string_view kForm = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    constexpr std::string_view kHex = "0123456789abcdef";
    if (name.size() < kForm.size())
        return false;
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        if (kForm[i] == '-' ? name[i] != '-' : kHex.find(name[i]) == std::string_view::npos)
            return false;
    }
    const std::string_view part = std::string_view(name).substr(kForm.size());
    return part.empty()
        || (part.size() > 1 && part[0] == ':' && part.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

connector::CatalogNode databaseNode(const std::string &name)
{
    connector::CatalogNode node;
    node.name = name;
    node.kind = "database";
    node.facets = {{"schemas", NodesTr::tr("Schemas")}};
    return node;
}

connector::CatalogNode schemaNode(const std::string &name)
{
    connector::CatalogNode node;
    node.name = name;
    node.kind = "schema";
    node.facets = {{"tables", NodesTr::tr("Tables")}};
    if (isSystemSchema(name))
        markSystem(node);
    return node;
}

connector::CatalogNode tableNode(const std::string &name, const std::string &type, const std::string &schema)
{
    connector::CatalogNode node;
    node.name = name;
    node.kind = type.find("VIEW") != std::string::npos ? "view" : "table";
    node.facets = {{"columns", NodesTr::tr("Columns")}};
    node.isOpened = true;
    if (type != "TABLE" && type != "VIEW")
        node.detail = QString::fromStdString(type).toLower();
    if (isSystemSchema(schema) || type.starts_with("SYSTEM"))
        markSystem(node);
    return node;
}

ColumnMeta metaOf(const QJsonObject &column)
{
    const auto textOf = [&column](const char *key) { return column.value(QLatin1String(key)).toString().toStdString(); };
    ColumnMeta meta;
    meta.name = textOf("name");
    meta.label = textOf("label");
    meta.typeName = textOf("typeName");
    meta.precision = column.value(QStringLiteral("precision")).toInt(-1);
    meta.scale = column.value(QStringLiteral("scale")).toInt(-1);
    meta.length = column.value(QStringLiteral("length")).toInteger(-1);
    meta.nullable = column.value(QStringLiteral("nullable")).toInt(2);
    return meta;
}

connector::CatalogNode columnNode(const ColumnMeta &column, bool isSystem)
{
    connector::CatalogNode node;
    node.name = column.name.empty() ? column.label : column.name;
    node.kind = "column";
    node.type = QString::fromStdString(typeText(column));
    if (column.nullable == 0)
        node.detail = QStringLiteral("not null");
    if (isSystem)
        markSystem(node);
    return node;
}

connector::CatalogNode statementNode(const StatementState &state)
{
    connector::CatalogNode node;
    node.name = state.id;
    node.kind = "statement";
    QString sql = QString::fromStdString(state.text).simplified();
    if (sql.size() > kSqlShown)
        sql = sql.left(kSqlShown - 1) + QChar(0x2026);
    QStringList parts{QString::fromStdString(state.status)};
    if (state.createdAt > 0)
        parts << QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(state.createdAt * 1000), Qt::UTC).toString(Qt::ISODate);
    if (!sql.isEmpty())
        parts << sql;
    node.detail = parts.join(QStringLiteral(" · "));
    node.isOpened = state.status == "FINISHED" && !state.isBatch && (state.hasResultSet || givesRows(state.text));
    return node;
}

} // namespace redshift
