// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/certificate.h"

#include <openssl/x509.h>

namespace http {

Certificate certificateFrom(X509 *certificate);
// As Certificate::sha256.
std::string fingerprintOf(const X509 *certificate);

// A complaint of OpenSSL (X509_V_ERR_…) about a certificate, in words. expectedName: who the server should have been;
// isLeaf: the server's own certificate, not another of its chain.
CertificateProblem::Reason reasonOf(int complaint);
QString reasonText(int complaint, const Certificate &certificate, bool isLeaf, const std::string &expectedName);

} // namespace http
