// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "http/message.h"

#include <chrono>
#include <string>
#include <string_view>

// From what the service says to the Error that stands for it.
namespace redshift {

// An answer other than 200.
struct Refusal {
    std::string name; // "ValidationException": without namespace and address; empty: not in the service's form
    std::string message;
    int status = 0;

    bool isTransient() const; // the same request may well succeed a little later
};
Refusal readRefusal(const http::Head &head, std::string_view body);

// now: this computer's clock when the answer came.
core::Error errorOf(const Refusal &refusal, const http::Head &head, std::string_view body,
    std::chrono::system_clock::time_point now);

// A complete answer with status 200 that is not in the form that the service promises.
core::Error formError(const QString &message, std::string_view body);

// A statement that the service ran and that failed; text is what the database said, statement what it was sent.
core::Error statementError(std::string_view text, std::string_view statement);

// "This computer's clock is 17 min ahead of the server's": empty without a date.
QString clockComparison(std::string_view dateHeader, std::chrono::system_clock::time_point now);

} // namespace redshift
