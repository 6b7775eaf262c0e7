// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/clientidentity.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace http {

namespace {

struct IdentityTr {
    Q_DECLARE_TR_FUNCTIONS(ClientIdentity)
};

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

core::Error identityError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Tls;
    error.message = message;
    error.hint = hint.isEmpty() ? IdentityTr::tr("Check the files named by cert= and key=, and key_password.") : hint;
    ERR_clear_error();
    return error;
}

QString shownFile(const std::string &file)
{
    return QString::fromStdString(file);
}

std::shared_ptr<X509> owned(X509 *certificate)
{
    return { certificate, X509_free };
}

Bio memory(const std::string &bytes)
{
    return { BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), BIO_free };
}

struct PasswordAsk {
    const core::Secret &password;
    bool wasAsked = false;
};

int givePassword(char *buffer, int size, int, void *data)
{
    auto *ask = static_cast<PasswordAsk *>(data);
    ask->wasAsked = true;
    const std::string_view text = ask->password.reveal();
    const auto length = std::min(static_cast<std::size_t>(size), text.size());
    std::memcpy(buffer, text.data(), length);
    return static_cast<int>(length);
}

core::Result<std::shared_ptr<EVP_PKEY>> pemKey(const std::string &bytes, const std::string &file, const core::Secret &password)
{
    PasswordAsk ask { password };
    const Bio bio = memory(bytes);
    if (EVP_PKEY *key = PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassword, &ask))
        return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
    if (ask.wasAsked && password.isEmpty())
        return identityError(IdentityTr::tr("The private key in %1 is encrypted.").arg(shownFile(file)),
            IdentityTr::tr("Give the connection its password: key_password."));
    if (ask.wasAsked)
        return identityError(IdentityTr::tr("The password does not open the private key in %1.").arg(shownFile(file)));
    return identityError(IdentityTr::tr("%1 holds no private key in PEM form.").arg(shownFile(file)));
}

core::Result<ClientIdentity> fromPem(const std::string &bytes, const std::string &file)
{
    ClientIdentity identity;
    const Bio bio = memory(bytes);
    while (X509 *certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        if (identity.certificate)
            identity.chain.push_back(owned(certificate));
        else
            identity.certificate = owned(certificate);
    }
    ERR_clear_error();
    if (!identity.certificate)
        return identityError(IdentityTr::tr("%1 holds no certificate in PEM form.").arg(shownFile(file)));
    return identity;
}

bool cipherIsMissing()
{
    bool isMissing = false;
    while (const unsigned long code = ERR_get_error()) {
        const int reason = ERR_GET_REASON(code);
        isMissing = isMissing || reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNSUPPORTED_ALGORITHM
            || reason == EVP_R_UNKNOWN_CIPHER || reason == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM;
    }
    return isMissing;
}

core::Error legacyContainer(const std::string &file)
{
    QString quoted = shownFile(file);
    quoted = QLatin1Char('\'') + quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
    return identityError(
        IdentityTr::tr("The PKCS#12 file %1 is encrypted with RC2 or another cipher that is too weak for OpenSSL 3.").arg(shownFile(file)),
        IdentityTr::tr("Convert it once (it asks for the old password, then for a new one), and name what comes of it: cert=client.pem\n"
                       "%1\n"
                       "To have a PKCS#12 file again: %2")
            .arg(QStringLiteral("openssl pkcs12 -legacy -in %1 -out client.pem").arg(quoted),
                QStringLiteral("openssl pkcs12 -export -in client.pem -out client.p12")));
}

core::Result<ClientIdentity> fromContainer(PKCS12 *container, const std::string &file, const core::Secret &password)
{
    const std::string text(password.reveal());
    const bool isOpen = PKCS12_verify_mac(container, text.c_str(), static_cast<int>(text.size())) == 1
        || (text.empty() && PKCS12_verify_mac(container, nullptr, 0) == 1);
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;
    STACK_OF(X509) *others = nullptr;
    ERR_clear_error();
    const bool isRead = PKCS12_parse(container, text.c_str(), &key, &certificate, &others) == 1;
    const bool isLegacy = !isRead && cipherIsMissing();
    ClientIdentity identity { owned(certificate), { key, EVP_PKEY_free }, {} };
    while (X509 *other = others ? sk_X509_shift(others) : nullptr)
        identity.chain.push_back(owned(other));
    sk_X509_free(others);
    if (isLegacy)
        return legacyContainer(file);
    if (!isOpen)
        return identityError(password.isEmpty() ? IdentityTr::tr("The PKCS#12 file %1 needs its password.").arg(shownFile(file))
                                                : IdentityTr::tr("The password does not open the PKCS#12 file %1.").arg(shownFile(file)),
            IdentityTr::tr("Give the connection its password: key_password."));
    if (!isRead || !identity.certificate || !identity.key)
        return identityError(IdentityTr::tr("The PKCS#12 file %1 holds no certificate with its key.").arg(shownFile(file)));
    return identity;
}

core::Result<std::string> bytesOf(const std::string &file)
{
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(stream), {});
    if (!stream.is_open() || stream.bad())
        return identityError(IdentityTr::tr("The file %1 cannot be read.").arg(shownFile(file)));
    return bytes;
}

core::Result<ClientIdentity> pemIdentity(
    std::string &bytes, const std::string &certificateFile, const std::string &keyFile, const core::Secret &password)
{
    auto identity = fromPem(bytes, certificateFile);
    if (!identity)
        return identity;
    if (!keyFile.empty()) {
        core::wipe(bytes);
        auto keyBytes = bytesOf(keyFile);
        if (!keyBytes)
            return std::move(keyBytes).error();
        bytes = std::move(keyBytes).value();
    }
    auto key = pemKey(bytes, keyFile.empty() ? certificateFile : keyFile, password);
    if (!key)
        return std::move(key).error();
    identity->key = std::move(key).value();
    return identity;
}

} // namespace

void ClientIdentity::applyTo(SSL_CTX *context) const
{
    SSL_CTX_use_certificate(context, certificate.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    for (const auto &other : chain)
        SSL_CTX_add1_chain_cert(context, other.get());
}

core::Result<ClientIdentity> loadClientIdentity(
    const std::string &certificateFile, const std::string &keyFile, const core::Secret &password)
{
    auto bytes = bytesOf(certificateFile);
    if (!bytes)
        return std::move(bytes).error();
    core::Result<ClientIdentity> identity = ClientIdentity {};
    if (bytes->find("-----BEGIN ") != std::string::npos) {
        identity = pemIdentity(*bytes, certificateFile, keyFile, password);
    } else {
        const Bio bio = memory(*bytes);
        const std::unique_ptr<PKCS12, decltype(&PKCS12_free)> container(d2i_PKCS12_bio(bio.get(), nullptr), PKCS12_free);
        if (!container)
            return identityError(IdentityTr::tr("%1 is neither PEM nor PKCS#12.").arg(shownFile(certificateFile)));
        identity = fromContainer(container.get(), certificateFile, password);
    }
    core::wipe(*bytes);
    if (identity && X509_check_private_key(identity->certificate.get(), identity->key.get()) != 1)
        return identityError(IdentityTr::tr("The key does not belong to the certificate in %1.").arg(shownFile(certificateFile)));
    return identity;
}

} // namespace http
