// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/store.h"

namespace tdengine::server {

// The databases power, demo and market, of synthetic data.
void fillWithSamples(Store &store);

} // namespace tdengine::server
