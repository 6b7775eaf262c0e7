// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string_view>

// What a statement's text tells without a server.
namespace lindorm {

// It may change what tables look like.
bool changesTables(std::string_view statement, const connector::Language &language);

// Without blanks around it, and without what stands behind its last word: separators, which the server refuses, and
// comments. Comments before it stay, so that the server's line and column are those of the text.
std::string_view stripped(std::string_view statement, const connector::Language &language);

} // namespace lindorm
