// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/certificate.h"

#include <QCoreApplication>

namespace http {

namespace {

struct CertificateTr {
    Q_DECLARE_TR_FUNCTIONS(Certificate)
};

constexpr std::size_t kFingerprintDigits = 64;

} // namespace

core::Result<std::string> fingerprintFrom(std::string_view text)
{
    std::string digits;
    for (const char c : text) {
        if (c == ':' || c == ' ')
            continue;
        const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c + 'a' - 'A') : c;
        digits += (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f') ? lower : '?';
    }
    if (digits.size() == kFingerprintDigits && digits.find('?') == std::string::npos)
        return digits;
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = CertificateTr::tr("A fingerprint is the SHA-256 of a certificate: %1 hex digits, with or without colons.").arg(kFingerprintDigits);
    error.hint = CertificateTr::tr("openssl x509 -noout -fingerprint -sha256 -in FILE prints it.");
    return error;
}

QString shownFingerprint(std::string_view fingerprint)
{
    QString text = QString::fromLatin1(fingerprint.data(), static_cast<qsizetype>(fingerprint.size())).toUpper();
    for (qsizetype at = text.size() - 2; at > 0; at -= 2)
        text.insert(at, QLatin1Char(':'));
    return text;
}

} // namespace http
