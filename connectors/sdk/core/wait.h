// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <chrono>
#include <stop_token>

namespace core {

// Waits on the calling thread; false as soon as stop is requested.
ONDO_EXPORT bool waitFor(std::chrono::milliseconds duration, const std::stop_token &stop);

} // namespace core
