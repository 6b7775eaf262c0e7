// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"
#include "request/curloptions.h"

namespace request {

// The bytes of a file that a word names; the error says where the word stands.
core::Result<std::string> readNamedFile(const Word &word, const std::string &path, const ReadFile &readFile);

// What one of curl's data options adds to the body (or, for --url-query, to the query).
core::Result<std::string> curlDataPiece(CurlEffect effect, const Word &value, const ReadFile &readFile);

// The header line of "-z TIME". A Usage error for a time that is not understood.
core::Result<std::string> curlTimeCondition(const Word &value);

// The words of a file of options (-K), each option with its dashes.
core::Result<std::vector<Word>> curlConfigWords(std::string_view text);

} // namespace request
