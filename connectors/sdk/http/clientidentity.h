// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

namespace http {

// What a client shows of itself in TLS: a certificate, its key, and certificates between it and its authority.
struct ClientIdentity {
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
    std::vector<std::shared_ptr<X509>> chain;

    void applyTo(SSL_CTX *context) const;
};

// Reads PEM (keyFile empty: the key is in the same file) or PKCS#12, whichever the file holds. Tls errors say which file
// is wrong and how, and for a container whose cipher OpenSSL 3 no longer has, the command that converts it.
core::Result<ClientIdentity> loadClientIdentity(
    const std::string &certificateFile, const std::string &keyFile, const core::Secret &password);

} // namespace http
