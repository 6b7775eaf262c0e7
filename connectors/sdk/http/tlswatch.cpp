// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tlswatch.h"

#include "http/certificate_x509.h"

#include <algorithm>

#include <openssl/x509v3.h>

namespace http {

namespace {

void addReason(CertificateProblem &problem, int code, const Certificate &certificate, bool isLeaf, const std::string &name)
{
    const CertificateProblem::Reason reason = reasonOf(code);
    const bool isKnown = std::ranges::find(problem.reasons, reason) != problem.reasons.end();
    // Who signed itself has no other issuer that could be known.
    const bool isImplied = reason == CertificateProblem::Reason::UnknownIssuer
        && std::ranges::find(problem.reasons, CertificateProblem::Reason::SelfSigned) != problem.reasons.end();
    if ((isKnown && reason != CertificateProblem::Reason::Other) || isImplied)
        return;
    problem.reasons.push_back(reason);
    problem.texts.push_back(reasonText(code, certificate, isLeaf, name));
}

std::vector<Certificate> sentChain(X509_STORE_CTX *store)
{
    std::vector<Certificate> chain;
    STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
    for (int i = 0; i < sk_X509_num(sent); ++i)
        chain.push_back(certificateFrom(sk_X509_value(sent, i)));
    if (X509 *leaf = X509_STORE_CTX_get0_cert(store); leaf && chain.empty())
        chain.push_back(certificateFrom(leaf));
    return chain;
}

} // namespace

void TlsWatch::expect(const std::string &name, const std::string &fingerprint, std::shared_ptr<const ClientIdentity> identity)
{
    m_name = name;
    m_fingerprint = fingerprint;
    m_identity = std::move(identity);
}

void TlsWatch::attachTo(SSL_CTX *context)
{
    SSL_CTX_set_cert_verify_callback(context, &TlsWatch::verify, this);
    if (m_identity)
        m_identity->applyTo(context);
}

int TlsWatch::verify(X509_STORE_CTX *store, void *self)
{
    auto *watch = static_cast<TlsWatch *>(self);
    return (watch->m_fingerprint.empty() ? watch->checkChain(store) : watch->checkFingerprint(store)) ? 1 : 0;
}

bool TlsWatch::checkFingerprint(X509_STORE_CTX *store)
{
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    const bool isAccepted = leaf && fingerprintOf(leaf) == m_fingerprint;
    X509_STORE_CTX_set_error(store, isAccepted ? X509_V_OK : X509_V_ERR_CERT_REJECTED);
    std::vector<Complaint> complaints;
    if (!isAccepted)
        complaints.push_back({ X509_V_ERR_CERT_REJECTED, 0, leaf ? certificateFrom(leaf) : Certificate {} });
    conclude(store, complaints);
    return isAccepted;
}

int TlsWatch::collect(int isFine, X509_STORE_CTX *store)
{
    constexpr std::size_t kMostComplaints = 16;
    auto *complaints = static_cast<std::vector<Complaint> *>(X509_STORE_CTX_get_app_data(store));
    if (isFine == 1)
        return 1;
    X509 *certificate = X509_STORE_CTX_get_current_cert(store);
    complaints->push_back({ X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_error_depth(store),
        certificate ? certificateFrom(certificate) : Certificate {} });
    return complaints->size() < kMostComplaints ? 1 : 0;
}

bool TlsWatch::checkChain(X509_STORE_CTX *store)
{
    std::vector<Complaint> complaints;
    X509_STORE_CTX_set_app_data(store, &complaints);
    X509_STORE_CTX_set_verify_cb(store, &TlsWatch::collect);
    const bool isVerified = X509_verify_cert(store) == 1;
    X509_STORE_CTX_set_app_data(store, nullptr);
    X509_STORE_CTX_set_verify_cb(store, nullptr);
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    if (!isVerified && complaints.empty()) {
        const int code = X509_STORE_CTX_get_error(store);
        complaints.push_back({ code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code, 0, leaf ? certificateFrom(leaf) : Certificate {} });
    }
    // Complaints were passed over while collecting: the first of them is the verdict.
    X509_STORE_CTX_set_error(store, complaints.empty() ? X509_V_OK : complaints.front().code);
    if (!complaints.empty() && leaf && !isForName(leaf))
        complaints.push_back({ X509_V_ERR_HOSTNAME_MISMATCH, 0, certificateFrom(leaf) });
    conclude(store, complaints);
    return complaints.empty();
}

bool TlsWatch::isForName(X509 *leaf) const
{
    return X509_check_ip_asc(leaf, m_name.c_str(), 0) == 1 || X509_check_host(leaf, m_name.data(), m_name.size(), 0, nullptr) == 1;
}

void TlsWatch::conclude(X509_STORE_CTX *store, const std::vector<Complaint> &complaints)
{
    TlsFacts facts;
    const auto *tls = static_cast<const SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    if (tls) {
        facts.version = SSL_get_version(tls);
        const SSL_CIPHER *cipher = SSL_get_pending_cipher(tls);
        facts.cipher = cipher ? SSL_CIPHER_get_name(cipher) : "";
    }
    facts.chain = sentChain(store);
    facts.isAcceptedByFingerprint = !m_fingerprint.empty() && complaints.empty();
    if (!complaints.empty()) {
        facts.problem.emplace();
        for (const Complaint &complaint : complaints)
            addReason(*facts.problem, complaint.code, complaint.certificate, complaint.depth == 0, m_name);
    }
    m_facts = std::make_shared<const TlsFacts>(std::move(facts));
}

void TlsWatch::noteNameMismatch()
{
    if (!m_facts || m_facts->problem || m_facts->chain.empty())
        return;
    TlsFacts facts = *m_facts;
    facts.problem.emplace();
    addReason(*facts.problem, X509_V_ERR_HOSTNAME_MISMATCH, facts.chain.front(), true, m_name);
    m_facts = std::make_shared<const TlsFacts>(std::move(facts));
}

} // namespace http
