// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/request.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connector {

// The templates that a request fits best: the same method and path ({{name}} stands for any one segment or part of
// it), the same X-… headers, which are what tells the operations of one path apart. Queries are not looked at.
std::vector<const RequestTemplate *> templatesOf(const RequestText &request, const Manifest &manifest);

// The text, or list of texts, that stands at a JSON pointer of object keys. None where it is not there, there twice
// (in any case of letters: servers differ in which one they take), or where the document is no JSON.
std::optional<std::vector<std::string>> textsAt(std::string_view json, std::string_view pointer);

} // namespace connector
