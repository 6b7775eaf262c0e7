// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/insert.h"

#include "connector/sessionparts.h"
#include "connector/inserttypes.h"

#include <QCoreApplication>

namespace connector {

namespace {

struct InsertSqlTr {
    Q_DECLARE_TR_FUNCTIONS(Insert)
};

} // namespace

CallForm insertFormOf(const QString &table, const std::vector<CatalogNode> &columns)
{
    CallForm form;
    form.title = InsertSqlTr::tr("Insert into %1").arg(table);
    form.takesSeveralRows = true;
    form.takesSomeFields = true;
    form.writes = true;
    for (const CatalogNode &column : columns) {
        if (column.kind != "column" && column.kind != "tag")
            continue;
        CallField field;
        field.name = column.name;
        field.type = column.type;
        field.hint = column.detail;
        field.isRequired = false;
        form.fields.push_back(std::move(field));
    }
    return form;
}

std::string insertLiteral(const CallField &field, const std::optional<std::string> &value, const Language &language)
{
    if (!value)
        return "NULL";
    const InsertKind kind = insertKindOf(field.type).kind;
    const bool isNumber = kind == InsertKind::Integer || kind == InsertKind::Real || kind == InsertKind::Decimal;
    if ((isNumber && isInsertNumber(*value)) || (kind == InsertKind::Bool && isInsertWord(*value))
        || (kind == InsertKind::Timestamp && isInsertInteger(*value)))
        return *value;
    const char quote = language.stringQuotes.empty() ? '\'' : language.stringQuotes[0];
    std::string literal(1, quote);
    for (const char c : *value) {
        if (c == quote)
            literal += language.backslashEscapes ? '\\' : quote;
        else if (c == '\\' && language.backslashEscapes)
            literal += '\\';
        literal += c;
    }
    return literal + quote;
}

core::Result<std::vector<InsertBatch>> insertSql(const std::string &target, const CallForm &form,
    std::span<const InsertRow> rows, const Language &language, const InsertStyle &style)
{
    std::string start = "INSERT INTO " + target + " (";
    for (std::size_t i = 0; i < form.fields.size(); ++i)
        start += (i == 0 ? "" : ", ") + style.quoted(form.fields[i].name);
    start += ") VALUES ";
    std::vector<InsertBatch> batches;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].size() != form.fields.size()) {
            return usageError(InsertSqlTr::tr("Row %1 has %2 values for %3 columns.").arg(row + 1).arg(rows[row].size()).arg(form.fields.size()));
        }
        std::string values(1, '(');
        for (std::size_t i = 0; i < form.fields.size(); ++i)
            values += (i == 0 ? "" : ", ") + insertLiteral(form.fields[i], rows[row][i], language);
        values += ')';
        if (start.size() + values.size() > style.mostBytes) {
            return usageError(InsertSqlTr::tr("Row %1 is too large: a statement takes %L2 bytes.").arg(row + 1).arg(style.mostBytes));
        }
        if (batches.empty() || batches.back().rows >= style.mostRows
            || batches.back().statement.size() + values.size() + style.between.size() > style.mostBytes)
            batches.push_back({start, row, 0});
        InsertBatch &batch = batches.back();
        batch.statement += (batch.rows == 0 ? std::string() : style.between) + values;
        ++batch.rows;
    }
    return batches;
}

} // namespace connector
