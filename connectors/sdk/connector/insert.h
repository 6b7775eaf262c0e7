// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/call.h"
#include "connector/catalog.h"
#include "connector/manifest.h"
#include "core/result.h"

#include <cstddef>
#include <functional>
#include <span>

namespace connector {

// A row to be written: values in the order of the form's fields; none: SQL NULL.
using InsertRow = std::vector<std::optional<std::string>>;

// What is sent at one time: a statement or a request, and the rows that it writes.
struct InsertBatch {
    std::string statement;
    std::size_t first = 0; // among the rows that were given
    std::size_t rows = 0;
};

// What is wrong with a value that is to be written; both count from 0.
struct InsertComplaint {
    std::size_t row = 0;
    std::size_t field = 0;
    QString what; // translated
};

// What a field's type refuses, found before anything is sent: no integer, an integer out of its range, a text longer
// than declared, no date, NULL where there must be a value. Knows the names that SQL servers share; a type that it does
// not know takes everything. Row numbers begin at firstRow; at most `most` are told.
ONDO_EXPORT std::vector<InsertComplaint> checkInsert(
    const CallForm &form, std::span<const InsertRow> rows, std::size_t firstRow, std::size_t most);

// How a dialect of SQL takes rows.
struct InsertStyle {
    std::size_t mostBytes = 0; // of a statement
    std::size_t mostRows = 0;
    std::function<std::string(const std::string &)> quoted; // a name as the dialect writes it
    std::string between = ", "; // rows
};

// The form of a table's columns as the catalogue lists them: fields may be left out.
ONDO_EXPORT CallForm insertFormOf(const QString &table, const std::vector<CatalogNode> &columns);

// A literal of the field's type: numbers and truth values bare, everything else quoted.
ONDO_EXPORT std::string insertLiteral(const CallField &field, const std::optional<std::string> &value, const Language &language);

// "INSERT INTO target (a, b) VALUES (1, 'x'), (2, 'y')", as many rows in each as the style allows. Usage error for a
// row that is too large alone.
ONDO_EXPORT core::Result<std::vector<InsertBatch>> insertSql(const std::string &target, const CallForm &form,
    std::span<const InsertRow> rows, const Language &language, const InsertStyle &style);

} // namespace connector
