// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/insertsource.h"

#include "connector/tokens.h"
#include "table/format.h"
#include "table/separated.h"

namespace desktop {

core::Result<InsertSource> InsertSource::fromText(const QString &title, std::string_view text)
{
    auto read = table::readSeparated(text);
    if (!read)
        return std::move(read).error();
    return InsertSource{title, std::move(read->names), std::move(read->rows)};
}

InsertSource InsertSource::fromTable(const QString &title, const table::Table &table)
{
    InsertSource source;
    source.title = title;
    for (const table::ColumnInfo &info : table.schema().columns)
        source.names.push_back(info.name);
    table::FormatOptions options;
    options.form = table::TextForm::Raw;
    source.rows.reserve(static_cast<std::size_t>(table.rowCount()));
    for (std::int64_t row = 0; row < table.rowCount(); ++row) {
        connector::InsertRow values;
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            const table::Cell cell = table.cell(row, column);
            if (cell.column->isNull(cell.row)) {
                values.emplace_back(std::nullopt);
                continue;
            }
            std::string text;
            table::appendCell(text, table.schema().columns[column], *cell.column, cell.row, options);
            values.emplace_back(std::move(text));
        }
        source.rows.push_back(std::move(values));
    }
    return source;
}

std::vector<int> matchColumns(const connector::CallForm &form, const std::vector<std::string> &names)
{
    std::vector<int> columns;
    for (const connector::CallField &field : form.fields) {
        int found = -1;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == field.name || (found < 0 && connector::sameWord(names[i], field.name)))
                found = static_cast<int>(i);
        }
        columns.push_back(found);
    }
    return columns;
}

ArrangedRows arrange(const connector::CallForm &form, const InsertSource &source, const std::vector<int> &columns)
{
    ArrangedRows arranged;
    arranged.form = form;
    arranged.form.fields.clear();
    std::vector<int> taken;
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
        if (columns[i] < 0 && form.takesSomeFields && !form.fields[i].isRequired)
            continue;
        arranged.form.fields.push_back(form.fields[i]);
        taken.push_back(columns[i]);
    }
    arranged.rows.reserve(source.rows.size());
    for (const connector::InsertRow &row : source.rows) {
        connector::InsertRow values;
        for (const int column : taken)
            values.push_back(column < 0 ? std::nullopt : row[static_cast<std::size_t>(column)]);
        arranged.rows.push_back(std::move(values));
    }
    return arranged;
}

} // namespace desktop
