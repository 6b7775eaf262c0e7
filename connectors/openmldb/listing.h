// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/outcome.h"
#include "connector/sink.h"

#include <QJsonObject>

namespace openmldb {

// Shows the answers to GET /dbs (its databases), GET /dbs/{db}/tables and …/tables/{t} (a row for each column) as
// tables. False: it is none of these.
bool deliverListing(const QJsonObject &body, connector::Sink &sink, connector::Outcome &outcome);

} // namespace openmldb
