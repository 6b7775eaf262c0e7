// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "http/client.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace http {

// The time that a Retry-After header asks for (RFC 9110, 10.2.3): seconds, or a date, which is in the past at times.
// None: it is neither.
ONDO_EXPORT std::optional<std::chrono::milliseconds> retryAfter(std::string_view value, std::int64_t nowMs);

// Whether this answer is a server's wish to be asked again later.
bool asksToComeBack(const Head &head);

// The wait before the attempt that follows attempt (from 0) of a request whose answer asks to come back; none: it asks
// for longer than Transport::kLongestWait.
std::optional<std::chrono::milliseconds> waitAfter(const Head &head, int attempt, const Transport &transport);
// The same where there was no answer.
std::chrono::milliseconds backOff(int attempt, const Transport &transport);

} // namespace http
