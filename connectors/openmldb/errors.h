// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "connector/outcome.h"
#include "http/message.h"

#include <optional>

// From what an answer says to the Error that stands for it.
namespace openmldb {

// An answer that broke off goes before what it says; what the server states goes before how the rest of it looks.
// Nothing if the answer is a success.
std::optional<core::Error> errorOf(const http::Head &head, const AnswerSummary &summary);

// The error of an answer without the dialect's form; nothing below status 300.
std::optional<core::Error> statusError(const http::Head &head, std::string_view body);

// What may help: the API server does not see at once what others create.
std::optional<connector::Remedy> remedyOf(const core::Error &error);


} // namespace openmldb
