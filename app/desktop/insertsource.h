// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/insert.h"
#include "core/result.h"
#include "table/table.h"
#include "table/zone.h"

#include <QString>

#include <string_view>

namespace desktop {

// Rows that somebody wants to insert, with the names of their columns as they come.
struct InsertSource {
    QString title; // "prices.csv"
    std::vector<std::string> names;
    std::vector<connector::InsertRow> rows;

    // A file of separated values or a spreadsheet's clipboard.
    static core::Result<InsertSource> fromText(const QString &title, std::string_view text);
    // A result; instants in UTC, so that no server takes them for another zone's.
    static InsertSource fromTable(const QString &title, const table::Table &table);
};

// For each field of the form the column of the source with its name (letters of any case); -1: none.
std::vector<int> matchColumns(const connector::CallForm &form, const std::vector<std::string> &names);

// The form's fields that get a value, and the rows in their order. Where the form cannot do without a field, that
// stays, as NULL.
struct ArrangedRows {
    connector::CallForm form;
    std::vector<connector::InsertRow> rows;
};
ArrangedRows arrange(const connector::CallForm &form, const InsertSource &source, const std::vector<int> &columns);

} // namespace desktop
