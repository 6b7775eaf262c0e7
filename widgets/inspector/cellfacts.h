// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"
#include "table/zone.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

// What there is to say about one value besides its text. Nothing here is rounded: epochs and digits are exact.
namespace inspector {

// A cell that is looked at, with what keeps it alive.
struct Inspected {
    table::Table table; // a snapshot
    qint64 row = 0; // of the table
    std::size_t column = 0;
    std::optional<table::Zone> zone; // of the tab; none: UTC
    QString zoneName;

    const table::ColumnInfo &info() const { return table.schema().columns[column]; }
    table::Cell cell() const { return table.cell(row, column); }
};

struct Fact {
    QString label;
    QString value;
    bool isMuted = false;
};

// The value as it is copied; nothing for NULL.
std::string valueText(const Inspected &inspected);
// "BIGINT UNSIGNED, stored as unsigned integer"
QString typeText(const Inspected &inspected);

// The instant in several zones and as a count of s, ms, µs and ns since 1970; of an integer what it would be as each.
std::vector<Fact> timeFacts(const Inspected &inspected);
// Digits in groups, hexadecimal, binary, and what a program that only knows doubles would show.
std::vector<Fact> numberFacts(const Inspected &inspected);
// All values of the row.
std::vector<Fact> rowFacts(const Inspected &inspected);

// Raw bytes of the value: of hexadecimal text ("\x01…", "0101…") the bytes that it stands for.
std::optional<std::string> geometryBytes(const Inspected &inspected);

// Lines of 16 bytes: offset, hex, characters. offset is that of the first byte.
QString hexText(std::string_view bytes, std::size_t offset);

} // namespace inspector
