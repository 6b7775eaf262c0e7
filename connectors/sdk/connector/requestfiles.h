// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "core/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace connector {

inline constexpr std::size_t kMostFileBytes = std::size_t(64) << 20;

// Replaces each {{$base64 PATH}} of a request's body by the file's bytes in base64: how a zip file goes into JSON. A
// path is relative to the working folder. Usage errors name the file: it is missing, cannot be read, or is larger than
// mostBytes. Blocks while it reads.
ONDO_EXPORT core::Result<std::string> withFiles(std::string_view body, std::size_t mostBytes = kMostFileBytes);

} // namespace connector
