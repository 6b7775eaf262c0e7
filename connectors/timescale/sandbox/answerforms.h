// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/functions.h"

namespace timescale::server {

// The answer of forms_function: each wrapping, type and failure that functions are known to answer with, by name; an
// unknown name lists them.
Invocation answerInForm(const std::string &form);

} // namespace timescale::server
