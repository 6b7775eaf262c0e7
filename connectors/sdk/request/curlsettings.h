// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"
#include "request/curloptions.h"

namespace request {

struct FormField {
    Word word; // as given
    bool isLiteral = false; // --form-string
};

// The options between two --next, values read but nothing put together yet.
struct CurlSettings {
    std::vector<Word> urls;
    std::vector<Word> uploads; // each for the URL of the same index
    std::optional<std::string> method;
    std::vector<std::string> headers; // lines, as given
    std::optional<std::string> data; // of all -d, joined
    bool isJson = false;
    std::vector<FormField> form;
    bool escapesForm = false;
    bool isGet = false;
    bool isHead = false;
    std::optional<std::string> urlQuery;
    std::optional<std::string> user;
    std::optional<std::string> proxyUser;
    std::optional<std::string> userAgent;
    std::string referer;
    std::string cookies;
    std::vector<Word> cookieFiles;
    std::string range;
    std::string timeCondition; // a header line
    std::string bearer;
    std::optional<Word> awsProvider;
    bool isCompressed = false;
    bool asksTransferEncoding = false;
    bool globs = true;
    bool keepsDots = false;
    std::string defaultScheme = "http";
    Word place; // of the option that decided on the body, for messages
    Ready ready; // transport, redirects, times
};

struct CurlOptions {
    std::vector<CurlSettings> sets;
    QStringList ignored; // option names
    QStringList notices;
};

core::Result<CurlOptions> readCurlOptions(const std::vector<Word> &words, const ReadFile &readFile);

// What curl keeps of a file that is named by "-d @file": of each line, and of each 255 bytes of a long one, all up to the
// first CR, LF or NUL.
std::string withoutLineEnds(std::string_view text);

// The URLs that a pattern stands for, in the order in which curl asks for them.
core::Result<std::vector<std::string>> globbed(const Word &url);

struct FormBody {
    std::string boundary;
    std::string bytes;
};
core::Result<FormBody> formBody(const CurlSettings &settings, const ReadFile &readFile);

// The requests of one set.
core::Result<std::vector<Ready>> readyRequests(const CurlSettings &settings, const ReadFile &readFile);

} // namespace request
