// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string>
#include <string_view>
#include <vector>

// What can be told of a statement from its words.
namespace openmldb {

// Without separators, comments and blanks around it.
std::string stripped(std::string_view text, const connector::Language &language);

// EXIT or QUIT, in whatever spelling: a command of the server's shell that would end the API server's process.
bool isShellExit(std::string_view text, const connector::Language &language);

// The words that it begins with, in upper case, up to count.
std::vector<std::string> firstWords(std::string_view text, const connector::Language &language, std::size_t count);

// A query or a SHOW that changes nothing for sure. Offline even a query starts a job.
bool readsOnly(std::string_view text, const connector::Language &language);

} // namespace openmldb
