// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <string>
#include <string_view>

namespace table {

// A geometry in well-known binary as well-known text: "POINT Z (1 2 3)". Reads both byte orders, the ISO type numbers
// (1001 = POINT Z) and the flags of EWKB with its SRID ("SRID=4326;POINT(1 2)"): points, lines, polygons, their
// multiples and collections. Coordinates are the shortest text that reads back equal. Decode error: the bytes are no
// such geometry, or do not end where it does; it says at which byte.
ONDO_EXPORT core::Result<std::string> wkbToText(std::string_view bytes);

} // namespace table
