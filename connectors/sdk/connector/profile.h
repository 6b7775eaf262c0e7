// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "core/result.h"
#include "core/secret.h"
#include "http/client.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connector {

// A connection as somebody described it. Values are by the manifest's field keys; secrets are apart and never printed.
struct Profile {
    std::string name; // empty for a URL given on the command line
    std::string connectorId;
    std::string transport; // "http" or "https"
    std::map<std::string, std::string> values;
    std::map<std::string, core::Secret> secrets;
    http::Transport network;
    // Keeps a secret that the server replaced (a refresh token that is good for one use) where the profile found it.
    // Empty: there is no such place. Any thread; blocks while a keychain is written to.
    std::function<void(const std::string &key, const core::Secret &secret)> keepSecret;

    ONDO_EXPORT std::string value(const std::string &key) const; // empty if not set
    ONDO_EXPORT core::Secret secret(const std::string &key) const;
};

// Reads SCHEME[+http|+https]://… by the fields of the manifest whose scheme it has. Usage errors: unknown scheme,
// unknown query key, a character that must be percent-encoded; they never repeat a secret.
ONDO_EXPORT core::Result<Profile> profileFromUrl(std::string_view url, const std::vector<Manifest> &manifests);

// The URL that profileFromUrl reads back, secrets left out.
ONDO_EXPORT std::string urlFromProfile(const Profile &profile, const Manifest &manifest);

} // namespace connector
