// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "http/client.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace diagnosis {

// Whether an answer looks as one of this dialect does, by the signs that its manifest names.
bool looksLike(const connector::Manifest &manifest, const http::Head &head, std::string_view body);

// Which dialect answers at an origin: each one's own signs are asked for, without a log-in. nullptr: none that is known.
// ownId is asked last. An origin that does not answer one in time is asked no further.
const connector::Manifest *recognise(const std::vector<connector::Manifest> &manifests, std::string_view ownId,
    http::Client &client, const std::string &origin, std::chrono::milliseconds timeout, const std::stop_token &stop);

} // namespace diagnosis
