// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindorm::server {

// The zone in which the server reads times that name none, as the ones in the documentation do.
inline constexpr std::int64_t kZoneMs = 8 * 3'600'000;

// 'yyyy-MM-dd HH:mm:ss[.SSS]' (or with T) in that zone, as milliseconds since 1970 UTC. Nothing for any other text and
// for days that do not exist.
std::optional<std::int64_t> timeOfText(std::string_view text);

// "2021-04-22T15:33:00.000+08:00"
std::string zonedText(std::int64_t ms);

std::int64_t nowMs();

} // namespace lindorm::server
