// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "columnnames.h"
#include "runner.h"

namespace openmldb {

// A statement that is a request, on its way.
struct RequestSending {
    http::Request request;
    Runner::Reading reading;
    bool hasLogin = true;
    std::int64_t bytes = 0; // of answers that were asked for on the way
    bool isOfflineJob = false; // which keeps the connection silent until it ends
};

// By what the endpoint answers: SQL and calls give rows, a put row counts, lists become tables; whatever else comes is
// shown as it is. May ask the catalogue. Usage errors: text that is no request, SQL that must not be sent.
core::Result<RequestSending> requestSending(
    const std::string &text, const Runner &runner, TableCache &cache, connector::Sink &sink, const std::stop_token &stop);

} // namespace openmldb
