// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "http/client.h"

#include <span>
#include <string>
#include <string_view>

// What every connection has besides its connector's fields: keys of the URL's query, and of "network" in its file.
namespace connector {

struct NetworkKey {
    const char *key;
    // As URL and file hold it, without any secret; empty: as it is by default.
    std::string (*text)(const http::Transport &transport);
    // Usage error: the text is no value of this key. A proxy's password goes into Transport::proxyPassword.
    core::Result<void> (*store)(http::Transport &transport, const std::string &text);
};
ONDO_EXPORT std::span<const NetworkKey> networkKeys();
ONDO_EXPORT const NetworkKey *networkKey(std::string_view key); // null: there is none of this name

// Secrets of the transport. A URL may bring them; a file has references to them only, among its "secrets".
struct NetworkSecret {
    const char *key;
    core::Secret http::Transport::*member;
};
ONDO_EXPORT std::span<const NetworkSecret> networkSecrets();
ONDO_EXPORT const NetworkSecret *networkSecret(std::string_view key); // null: there is none of this name

// A proxy's URL as it may be shown.
ONDO_EXPORT std::string withoutPassword(const std::string &url);

} // namespace connector
