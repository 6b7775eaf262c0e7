// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "tableinfo.h"

#include <string>
#include <string_view>
#include <vector>

// Conditions that a SAMPLE BY query cannot have: the server takes those on tags and time and silently leaves out the rest.
namespace lindorm {

// A SELECT with both WHERE and SAMPLE BY in a statement.
struct SampledSelect {
    std::string database; // empty: not named
    std::string table;
    std::vector<std::string> conditions; // those that AND joins, as they are written
};
std::vector<SampledSelect> sampledSelects(std::string_view statement, const connector::Language &language);

// The parts of a condition that AND joins at its outer level.
std::vector<std::string> conjuncts(std::string_view condition, const connector::Language &language);

// FIELD columns of the table that a condition names.
std::vector<std::string> fieldsIn(std::string_view condition, const TableInfo &table, const connector::Language &language);

// Says to the sink which conditions of the statement the server will ignore. Asks for the tables' columns only where a
// statement has such a SELECT; what cannot be asked for is not said.
void noteIgnoredConditions(std::string_view statement, const std::string &database, const connector::Language &language,
    TableCache &tables, connector::Sink &sink, const std::stop_token &stop);

} // namespace lindorm
