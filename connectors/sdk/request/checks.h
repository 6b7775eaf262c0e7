// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/message.h"

#include <string>
#include <string_view>

namespace request {

// What "# @expect" says of an answer:
//     # @expect status 200            status < 400, status 2xx
//     # @expect header Content-Type contains json
//     # @expect /rows/0/name == "a"   a JSON pointer of the body; "/a exists", "/a missing"
//     # @expect body contains text    or "body matches REGEX"
// with == != < <= > >= contains matches exists missing. Numbers are compared exactly, as decimals; text without quotes is
// text.
struct Check {
    enum class Subject { Status, Header, Pointer, Body };

    Subject subject = Subject::Status;
    std::string name; // of the header, or the pointer
    std::string relation;
    std::string expected;
    std::string text; // as written
    int line = 1;
};

// Usage error: not one of these forms.
ONDO_EXPORT core::Result<Check> parseCheck(std::string_view text, int line, int column);

struct CheckResult {
    bool holds = false;
    QString seen; // what the answer has there
};
ONDO_EXPORT CheckResult evaluate(const Check &check, const http::Head &head, std::string_view body);

} // namespace request
