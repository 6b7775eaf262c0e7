// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

namespace support {

// A key and a certificate for one host, made on the spot, as files that go with the object.
class TlsIdentity
{
public:
    struct Options {
        std::chrono::seconds validFrom { -3600 }; // from now
        std::chrono::seconds validUntil { 3600 };
        const TlsIdentity *issuer = nullptr; // none: self-signed
    };

    // host: a DNS name or an IP address, as it stands in the certificate.
    explicit TlsIdentity(const std::string &host);
    TlsIdentity(const std::string &host, const Options &options);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity &) = delete;
    TlsIdentity &operator=(const TlsIdentity &) = delete;

    const std::string &certificateFile() const { return m_certificateFile; }
    const std::string &keyFile() const { return m_keyFile; }
    // SHA-256, 64 hex digits in lower case.
    std::string fingerprint() const;

    // The key alone, encrypted.
    std::string encryptedKeyFile(const std::string &password);
    // Certificate and key as PKCS#12. legacy: encrypted as programs did before OpenSSL 3, with RC2-40; only what loads
    // OpenSSL's legacy provider can read it.
    std::string containerFile(const std::string &password, bool legacy = false);

    // A server's side with this identity; with clientsOf, only clients that show that one's certificate get in.
    std::shared_ptr<SSL_CTX> serverContext(const TlsIdentity *clientsOf = nullptr) const;

private:
    std::string newFile();

    std::vector<std::string> m_files;
    std::shared_ptr<EVP_PKEY> m_key;
    std::shared_ptr<X509> m_certificate;
    std::string m_certificateFile;
    std::string m_keyFile;
};

} // namespace support
