// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/secretstore.h"

// How the program reaches the keychain, whose library (and D-Bus with it) is loaded when the first secret is needed.
namespace workspace {

using KeychainEntryPoint = SecretStore *(*)(const char *service, std::chrono::milliseconds limit, std::stop_token stop); // the caller's
inline constexpr const char *kKeychainLibrary = "libondograph-keychain.so"; // found by the program's own run path
inline constexpr const char *kKeychainEntryPoint = "ondographKeychain";

} // namespace workspace
