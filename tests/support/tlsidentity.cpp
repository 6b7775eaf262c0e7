// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tlsidentity.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
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

void writeKey(const std::string &path, EVP_PKEY *key, const std::string &password)
{
    if (std::FILE *file = std::fopen(path.c_str(), "w")) {
        PEM_write_PrivateKey(file, key, password.empty() ? nullptr : EVP_aes_256_cbc(), nullptr, 0, nullptr,
            password.empty() ? nullptr : const_cast<char *>(password.c_str()));
        std::fclose(file);
    }
}

X509 *certificateFor(const std::string &host, EVP_PKEY *key, const TlsIdentity::Options &options, X509 *issuer, EVP_PKEY *issuerKey)
{
    static std::atomic<long> serial = 0;
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), options.validFrom.count());
    X509_gmtime_adj(X509_getm_notAfter(certificate), options.validUntil.count());
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(host.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, issuer ? X509_get_subject_name(issuer) : name);
    addExtension(certificate, NID_subject_alt_name, (isAddress(host) ? "IP:" : "DNS:") + host);
    addExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate, issuerKey ? issuerKey : key, EVP_sha256());
    return certificate;
}

} // namespace

TlsIdentity::TlsIdentity(const std::string &host)
    : TlsIdentity(host, Options {})
{
}

TlsIdentity::TlsIdentity(const std::string &host, const Options &options)
    : m_key(EVP_EC_gen("P-256"), EVP_PKEY_free)
    , m_certificate(certificateFor(host, m_key.get(), options, options.issuer ? options.issuer->m_certificate.get() : nullptr,
                        options.issuer ? options.issuer->m_key.get() : nullptr),
          X509_free)
    , m_certificateFile(newFile())
    , m_keyFile(newFile())
{
    if (std::FILE *file = std::fopen(m_certificateFile.c_str(), "w")) {
        PEM_write_X509(file, m_certificate.get());
        std::fclose(file);
    }
    writeKey(m_keyFile, m_key.get(), {});
}

TlsIdentity::~TlsIdentity()
{
    for (const std::string &file : m_files)
        std::remove(file.c_str());
}

std::string TlsIdentity::newFile()
{
    m_files.push_back(emptyFile());
    return m_files.back();
}

std::string TlsIdentity::fingerprint() const
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    X509_digest(m_certificate.get(), EVP_sha256(), digest, &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(digest[i]));
        text += digits;
    }
    return text;
}

std::string TlsIdentity::encryptedKeyFile(const std::string &password)
{
    const std::string file = newFile();
    writeKey(file, m_key.get(), password);
    return file;
}

std::string TlsIdentity::containerFile(const std::string &password, bool legacy)
{
    // A library context of its own: the legacy provider must not help the code under test.
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
    OSSL_PROVIDER *plain = OSSL_PROVIDER_load(library, "default");
    OSSL_PROVIDER *old = legacy ? OSSL_PROVIDER_load(library, "legacy") : nullptr;
    const int keyCipher = legacy ? NID_pbe_WithSHA1And3_Key_TripleDES_CBC : 0;
    const int certificateCipher = legacy ? NID_pbe_WithSHA1And40BitRC2_CBC : 0;
    PKCS12 *container = PKCS12_create_ex(password.c_str(), "test", m_key.get(), m_certificate.get(), nullptr, keyCipher,
        certificateCipher, 0, 0, 0, library, nullptr);
    const std::string path = newFile();
    if (std::FILE *file = std::fopen(path.c_str(), "w")) {
        i2d_PKCS12_fp(file, container);
        std::fclose(file);
    }
    PKCS12_free(container);
    if (old)
        OSSL_PROVIDER_unload(old);
    OSSL_PROVIDER_unload(plain);
    OSSL_LIB_CTX_free(library);
    return path;
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
