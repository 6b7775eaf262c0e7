// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

namespace decode {

// Clears the upper halves of the wide vector registers. A thread inherits its parent's; where the parent drew with AVX
// before, they are marked as in use, and every SSE instruction of the thread then pays for keeping them (decoding ran
// 1.6 times slower in a worker started after the first paint). To be called at the start of vector-heavy work.
ONDO_EXPORT void cleanVectorRegisters();

} // namespace decode
