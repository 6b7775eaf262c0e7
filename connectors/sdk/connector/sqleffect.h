// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/affectedobject.h"

#include <optional>
#include <string_view>

namespace connector {

// affectedObject() of a text of SQL.
std::optional<AffectedObject> effectOfSql(std::string_view sql, const Language &language);

// Whether a function is known to change something beyond its result: sequences, sessions of others, large objects,
// settings, locks, files. The name without quotes, in any case.
bool hasSideEffects(std::string_view function);

} // namespace connector
