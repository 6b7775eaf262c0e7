// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/cloud.h"

#include <stop_token>
#include <string>

namespace timescale::server {

// What calling a function gave: its return value in JSON, or an error object.
struct Invocation {
    std::string json;
    bool isError = false;
    bool isTimeOut = false; // longer than a gateway waits
    std::string log;
};

// The most bytes that a function answers with.
inline constexpr std::size_t kMostAnswer = std::size_t(6) << 20;

// Runs one of the sandbox's own functions on real SQL; of any other it says that nothing here runs Python.
Invocation invoke(Cloud &cloud, const QString &function, const std::string &event, std::stop_token stop);

// "{'statusCode': 200, 'body': …, 'headers': …}" of a text.
std::string envelopeOf(const std::string &body, int status = 200);
Invocation failure(const std::string &type, const std::string &message);

} // namespace timescale::server
