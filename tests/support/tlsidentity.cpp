// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tlsidentity.h"

#include <cstdio>
#include <cstdlib>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <unistd.h>

namespace support {

namespace {

std::string emptyFile()
{
    std::string path = "/tmp/ondotest-tls-XXXXXX";
    const int file = mkstemp(path.data());
    if (file >= 0)
        close(file);
    return path;
}

bool isAddress(const std::string &host)
{
    return host.find_first_not_of("0123456789.") == std::string::npos || host.find(':') != std::string::npos;
}

void addExtension(X509 *certificate, int id, const std::string &value)
{
    if (X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str())) {
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
}

X509 *selfSigned(EVP_PKEY *key, const std::string &host)
{
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(host.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    addExtension(certificate, NID_subject_alt_name, (isAddress(host) ? "IP:" : "DNS:") + host);
    addExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate, key, EVP_sha256());
    return certificate;
}

} // namespace

TlsIdentity::TlsIdentity(const std::string &host)
    : m_certificateFile(emptyFile())
    , m_keyFile(emptyFile())
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = selfSigned(key, host);
    if (std::FILE *file = std::fopen(m_certificateFile.c_str(), "w")) {
        PEM_write_X509(file, certificate);
        std::fclose(file);
    }
    if (std::FILE *file = std::fopen(m_keyFile.c_str(), "w")) {
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
}

TlsIdentity::~TlsIdentity()
{
    std::remove(m_certificateFile.c_str());
    std::remove(m_keyFile.c_str());
}

std::shared_ptr<SSL_CTX> TlsIdentity::serverContext(const TlsIdentity *clientsOf) const
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_use_certificate_chain_file(context.get(), m_certificateFile.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), m_keyFile.c_str(), SSL_FILETYPE_PEM);
    if (clientsOf) {
        SSL_CTX_load_verify_locations(context.get(), clientsOf->certificateFile().c_str(), nullptr);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

} // namespace support
