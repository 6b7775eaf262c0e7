// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"
#include "http/message.h"

#include <string_view>

namespace connector {

// What comes back from an endpoint whose form is its own, as a result of one row: status (int), content_type, body.
// Delivers schema and row; false: the sink wants no more.
ONDO_EXPORT bool deliverFreeAnswer(const http::Head &head, std::string_view body, Sink &sink);

} // namespace connector
