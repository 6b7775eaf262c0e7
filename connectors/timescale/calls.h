// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog.h"

namespace timescale {

// The form that calls a resource: the parameters of a GET, the columns of records that are POSTed in the order that the
// connection sets. Errors: a POST whose columns nobody has set (Usage), another verb (Unsupported).
core::Result<connector::CallForm> formOf(const Catalog::Found &found, const Settings &settings);

// The request that sends these values. Usage errors name the field and the row.
core::Result<std::string> statementOf(
    const Catalog::Found &found, const Settings &settings, const connector::CallForm &form, const connector::CallValues &values);

} // namespace timescale
