// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/certificate.h"
#include "http/clientidentity.h"

#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

namespace http {

// Checks a server's certificate in OpenSSL's place: with OpenSSL's own means, but noting all that is wrong with it and
// not only the first; or, where the profile accepts one certificate by its fingerprint, against that alone. Lives as long
// as the connections that it checks, and belongs to their thread.
class TlsWatch
{
public:
    // What the next connection is to show, and is shown.
    void expect(const std::string &name, const std::string &fingerprint, std::shared_ptr<const ClientIdentity> identity);
    // For a context whose handshake has not begun.
    void attachTo(SSL_CTX *context);

    // Of the connection that shook hands last, also when that failed; null: none did.
    const std::shared_ptr<const TlsFacts> &facts() const { return m_facts; }
    // libcurl, which checks the host's name, did not find it in the certificate.
    void noteNameMismatch();

private:
    struct Complaint {
        int code;
        int depth;
        Certificate certificate;
    };
    static int verify(X509_STORE_CTX *store, void *self);
    static int collect(int isFine, X509_STORE_CTX *store);
    bool checkFingerprint(X509_STORE_CTX *store);
    bool checkChain(X509_STORE_CTX *store);
    void conclude(X509_STORE_CTX *store, const std::vector<Complaint> &complaints);
    bool isForName(X509 *leaf) const;

    std::string m_name;
    std::string m_fingerprint;
    std::shared_ptr<const ClientIdentity> m_identity;
    std::shared_ptr<const TlsFacts> m_facts;
};

} // namespace http
