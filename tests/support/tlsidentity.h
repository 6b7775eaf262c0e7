// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace support {

// A key and a self-signed certificate for one host, made on the spot, as files that go with the object.
class TlsIdentity
{
public:
    // host: a DNS name or an IP address, as it stands in the certificate.
    explicit TlsIdentity(const std::string &host);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity &) = delete;
    TlsIdentity &operator=(const TlsIdentity &) = delete;

    const std::string &certificateFile() const { return m_certificateFile; }
    const std::string &keyFile() const { return m_keyFile; }

    // A server's side with this identity; with clientsOf, only clients that show that one's certificate get in.
    std::shared_ptr<SSL_CTX> serverContext(const TlsIdentity *clientsOf = nullptr) const;

private:
    std::string m_certificateFile;
    std::string m_keyFile;
};

} // namespace support
