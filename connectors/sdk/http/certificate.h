// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"
#include "core/result.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

struct Certificate {
    std::string subject; // "CN=db.example, O=Example", UTF-8
    std::string issuer;
    std::vector<std::string> names; // host names and addresses that it is for
    std::int64_t validFromMs = 0; // since 1970-01-01T00:00:00Z
    std::int64_t validUntilMs = 0;
    std::string sha256; // fingerprint: 64 hex digits in lower case
    std::string pem;
};

// Why a server's certificate was refused.
struct CertificateProblem {
    enum class Reason {
        Expired,
        NotYetValid,
        SelfSigned,
        UnknownIssuer,
        NameMismatch,
        Revoked,
        NotTheAccepted, // another than the profile's fingerprint
        Other,
    };
    std::vector<Reason> reasons; // the gravest first, at least one
    std::vector<QString> texts; // each reason in words, with date or names; translated
};

// What is known of a TLS connection, also of one that was refused.
struct TlsFacts {
    std::string version; // "TLSv1.3"; empty if it did not come to that
    std::string cipher;
    std::vector<Certificate> chain; // as the server sent it, its own first
    std::optional<CertificateProblem> problem; // none: it was accepted
    bool isAcceptedByFingerprint = false;
};

// A fingerprint as somebody writes it (colons, blanks, capitals) as 64 hex digits in lower case. Usage error if it is none.
ONDO_EXPORT core::Result<std::string> fingerprintFrom(std::string_view text);
// "AB:CD:…", as other programs show it.
ONDO_EXPORT QString shownFingerprint(std::string_view fingerprint);

} // namespace http
