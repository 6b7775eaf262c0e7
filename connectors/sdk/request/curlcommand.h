// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client.h"
#include "request/shellwords.h"

#include <chrono>
#include <functional>
#include <optional>

namespace request {

// How redirects are followed: as curl does by its options.
struct Redirects {
    bool areFollowed = false;
    int most = 50; // -1: without limit
    bool keeps301 = false; // a POST stays one
    bool keeps302 = false;
    bool keeps303 = false;
    bool isMethodKept = false; // it was named, and is sent whatever becomes of the body
    bool trustsOtherHosts = false; // the log-in goes along
};

// A request that is ready to be sent, and how.
struct Ready {
    http::Request request;
    http::Transport transport; // without a User-Agent: that is among the headers
    Redirects redirects;
    std::chrono::milliseconds totalTimeout{0}; // 0: none
    bool showsHead = false;
    bool failsOnStatus = false;
};

// What a command line was read as.
struct Reading {
    std::vector<Ready> requests;
    QStringList notices; // options without effect here, text that was left out; translated
};

// The bytes of a file by its name, of standard input for "-".
using ReadFile = std::function<core::Result<std::string>(const std::string &)>;

// Whether a text is a command line of curl, whatever stands before its name.
ONDO_EXPORT bool looksLikeCurl(std::string_view text);

// The requests that curl 7.88 would send for this command line, with all that it adds of its own accord. Usage errors
// carry line and column: an unknown option, a missing value, a URL that curl refuses, a file that cannot be read.
ONDO_EXPORT core::Result<Reading> readCurl(std::string_view text, const ReadFile &readFile);

// Marks what must not be shown: the values of headers and of query parameters that hold log-ins by their names.
ONDO_EXPORT void markSecrets(http::Request &request);

} // namespace request
