// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/awscredentials.h"
#include "auth/oauth.h"
#include "connector/profile.h"
#include "core/result.h"

#include <map>
#include <string>
#include <vector>

namespace timescale {

// A column of records that are sent, in the order that the function expects.
struct RecordColumn {
    std::string name;
    bool isText = false; // also where the value looks like a number
};

// A data API as a profile describes it.
struct Settings {
    enum class Auth { None, ApiKey, Signature, Bearer, OAuth };

    std::string baseUrl; // without a slash at its end
    bool isLambda = false; // requests become events of one function
    std::string function; // name or ARN

    Auth auth = Auth::None;
    core::Secret secret; // API key or token
    std::string tokenScheme; // "Bearer", or empty
    auth::OAuthSettings oauth;
    auth::AwsSource aws;
    std::string region;
    std::string service; // of signatures for requests to the base URL
    std::string endpoint; // stands for the origins of AWS's own services; empty: theirs

    std::string pointer; // where rows are in answers
    std::string api; // id, for the catalogue
    std::string stage;
    std::string openApiFile;
    std::vector<std::string> resources; // typed in: "/ticker", "POST /insert"
    std::map<std::string, std::vector<RecordColumn>> recordColumns; // by path
    std::size_t recordsAtOnce = 500;
};

// Usage errors: what is missing or does not go together, by the field's key.
core::Result<Settings> settingsFrom(const connector::Profile &profile);

// "/insert(time,symbol:text,price);/other(a,b)".
core::Result<std::map<std::string, std::vector<RecordColumn>>> recordColumnsFrom(std::string_view text);

// "https://HOST:PORT", and the path behind it with its query.
std::string_view originOf(std::string_view url);
std::string_view pathOf(std::string_view url);

} // namespace timescale
