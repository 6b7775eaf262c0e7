// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/outcome.h"
#include "connector/sink.h"

#include <optional>
#include <string_view>

namespace redshift {

// An answer that is an object with one array (Databases, Tables, Statements, ColumnList …) as a table: a row an entry,
// a column for each member that any of them has. Nothing: the answer has another form.
std::optional<connector::Outcome> deliverList(std::string_view body, std::int64_t maxRows, connector::Sink &sink);

} // namespace redshift
