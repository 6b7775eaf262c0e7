// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/call.h"
#include "core/result.h"
#include "description.h"

namespace openmldb {

enum class Called { Table, Deployment, Procedure };

// The form to put a row into a table, or to call a deployment or procedure.
connector::CallForm putForm(const TableDescription &table);
connector::CallForm callForm(Called called, const std::string &database, const CallDescription &description);

// The request for a form filled in. Usage errors: a value that is not of its column's type, NULL where none may be, a
// name that no path can hold.
core::Result<std::string> callRequest(
    Called called, const std::vector<std::string> &path, const connector::CallForm &form, const connector::CallValues &values);

} // namespace openmldb
