// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/certificate_x509.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <ctime>
#include <memory>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace http {

namespace {

struct X509Tr {
    Q_DECLARE_TR_FUNCTIONS(Certificate)
};

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string takenText(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string nameText(const X509_NAME *name)
{
    constexpr unsigned long kFlags = (XN_FLAG_RFC2253 & ~static_cast<unsigned long>(XN_FLAG_SEP_MASK | ASN1_STRFLGS_ESC_MSB)) | XN_FLAG_SEP_CPLUS_SPC;
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
    X509_NAME_print_ex(bio.get(), name, 0, kFlags);
    return takenText(bio);
}

std::int64_t timeInMs(const ASN1_TIME *time)
{
    std::tm parts {};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<std::int64_t>(timegm(&parts)) * 1000 : 0;
}

std::string textOf(const ASN1_STRING *text)
{
    const unsigned char *data = ASN1_STRING_get0_data(text);
    return { reinterpret_cast<const char *>(data), static_cast<std::size_t>(ASN1_STRING_length(text)) };
}

std::string addressText(const ASN1_STRING *bytes)
{
    char text[INET6_ADDRSTRLEN] = {};
    const int length = ASN1_STRING_length(bytes);
    if (length == 4 || length == 16)
        inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes), text, sizeof text);
    return text;
}

std::vector<std::string> namesOf(X509 *certificate)
{
    std::vector<std::string> names;
    auto *all = static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    for (int i = 0; i < sk_GENERAL_NAME_num(all); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(all, i);
        if (name->type == GEN_DNS)
            names.push_back(textOf(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            names.push_back(addressText(name->d.iPAddress));
    }
    GENERAL_NAMES_free(all);
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int common = names.empty() ? X509_NAME_get_index_by_NID(subject, NID_commonName, -1) : -1;
    if (common >= 0)
        names.push_back(textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, common))));
    return names;
}

QString dateText(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
}

QString shownNames(const std::vector<std::string> &names)
{
    constexpr std::size_t kMost = 5;
    QStringList shown;
    for (std::size_t i = 0; i < names.size() && i < kMost; ++i)
        shown << QString::fromStdString(names[i]);
    if (names.size() > kMost)
        shown << QStringLiteral("…");
    return shown.isEmpty() ? X509Tr::tr("no host") : shown.join(QStringLiteral(", "));
}

} // namespace

std::string fingerprintOf(const X509 *certificate)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest, &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        constexpr const char *kDigits = "0123456789abcdef";
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 15];
    }
    return text;
}

Certificate certificateFrom(X509 *certificate)
{
    Certificate facts;
    facts.subject = nameText(X509_get_subject_name(certificate));
    facts.issuer = nameText(X509_get_issuer_name(certificate));
    facts.names = namesOf(certificate);
    facts.validFromMs = timeInMs(X509_get0_notBefore(certificate));
    facts.validUntilMs = timeInMs(X509_get0_notAfter(certificate));
    facts.sha256 = fingerprintOf(certificate);
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate);
    facts.pem = takenText(bio);
    return facts;
}

CertificateProblem::Reason reasonOf(int complaint)
{
    using Reason = CertificateProblem::Reason;
    switch (complaint) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Reason::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Reason::NotYetValid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return Reason::SelfSigned;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return Reason::UnknownIssuer;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return Reason::NameMismatch;
    case X509_V_ERR_CERT_REVOKED:
        return Reason::Revoked;
    case X509_V_ERR_CERT_REJECTED:
        return Reason::NotTheAccepted;
    default:
        return Reason::Other;
    }
}

QString reasonText(int complaint, const Certificate &certificate, bool isLeaf, const std::string &expectedName)
{
    using Reason = CertificateProblem::Reason;
    const QString subject = QString::fromStdString(certificate.subject);
    switch (reasonOf(complaint)) {
    case Reason::Expired:
        return isLeaf ? X509Tr::tr("it expired on %1").arg(dateText(certificate.validUntilMs))
                      : X509Tr::tr("\"%1\" in its chain expired on %2").arg(subject, dateText(certificate.validUntilMs));
    case Reason::NotYetValid:
        return X509Tr::tr("it is not valid before %1 (this computer's clock says %2)")
            .arg(dateText(certificate.validFromMs), dateText(QDateTime::currentMSecsSinceEpoch()));
    case Reason::SelfSigned:
        return X509Tr::tr("it is self-signed, no authority vouches for it");
    case Reason::UnknownIssuer:
        return X509Tr::tr("its issuer is not among the trusted authorities: \"%1\"").arg(QString::fromStdString(certificate.issuer));
    case Reason::NameMismatch:
        return X509Tr::tr("it is not for \"%1\" but for %2").arg(QString::fromStdString(expectedName), shownNames(certificate.names));
    case Reason::Revoked:
        return X509Tr::tr("it was revoked by its authority");
    case Reason::NotTheAccepted:
        return X509Tr::tr("it is another than the one that this connection accepts");
    case Reason::Other:
        break;
    }
    return QString::fromLatin1(X509_verify_cert_error_string(complaint));
}

} // namespace http
