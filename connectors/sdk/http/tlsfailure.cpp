// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/failure.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <algorithm>

#include <curl/curl.h>

namespace http {

namespace {

struct TlsFailureTr {
    Q_DECLARE_TR_FUNCTIONS(FailureTr)
};

QString dayOf(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).date().toString(Qt::ISODate);
}

// The certificate as a person compares it with the server's.
QString described(const Certificate &certificate)
{
    return TlsFailureTr::tr("It is for \"%1\", issued by \"%2\", valid from %3 to %4.\nSHA-256 %5")
        .arg(QString::fromStdString(certificate.subject), QString::fromStdString(certificate.issuer), dayOf(certificate.validFromMs),
            dayOf(certificate.validUntilMs), shownFingerprint(certificate.sha256));
}

QString refusedHint(const CertificateProblem &problem)
{
    using Reason = CertificateProblem::Reason;
    const auto has = [&problem](Reason reason) { return std::ranges::find(problem.reasons, reason) != problem.reasons.end(); };
    if (has(Reason::NotTheAccepted))
        return TlsFailureTr::tr("Was the server's certificate replaced? Ask who runs it before the connection accepts the new one.");
    QStringList hints;
    if (has(Reason::SelfSigned) || has(Reason::UnknownIssuer))
        hints << TlsFailureTr::tr("If it is signed by an authority of your own, name that one's file: ca=FILE.");
    if (has(Reason::NameMismatch))
        hints << TlsFailureTr::tr("Write the host as the certificate has it, or name that one: server_name=NAME.");
    if (has(Reason::Expired) || has(Reason::NotYetValid))
        hints << TlsFailureTr::tr("Check this computer's clock; if it is right, whoever runs the server has to renew the certificate.");
    if (!has(Reason::Revoked))
        hints << TlsFailureTr::tr("If you know this certificate to be the server's, this connection alone can accept it: fingerprint=SHA-256.");
    return hints.join(QLatin1Char(' '));
}

QString otherHint(const Failure &failure)
{
    const auto says = [&failure](const char *words) { return failure.text.find(words) != std::string::npos; };
    if (failure.code == CURLE_SSL_CACERT_BADFILE)
        return TlsFailureTr::tr("Check that the file named by ca= exists and holds certificates in PEM form.");
    if (wantsClientCertificate(failure))
        return TlsFailureTr::tr("Give the connection a certificate that the server's authority signed: cert=FILE (PEM or PKCS#12), key=FILE.");
    if (says("wrong version number") || says("packet length too long"))
        return TlsFailureTr::tr("The port seems to speak plain HTTP: use http instead of https.");
    return TlsFailureTr::tr("Check that the port speaks HTTPS, and that the server supports TLS 1.2 or later.");
}

} // namespace

bool wantsClientCertificate(const Failure &failure)
{
    for (const char *alert : { "certificate required", "alert bad certificate", "alert unknown ca", "alert certificate expired",
             "alert unsupported certificate", "alert certificate revoked", "alert certificate unknown" }) {
        if (failure.text.find(alert) != std::string::npos)
            return true;
    }
    return false;
}

core::Error tlsError(const Failure &failure, const Peer &peer)
{
    core::Error error;
    error.kind = core::ErrorKind::Tls;
    const QString place = QString::fromStdString(peer.hostAndPort());
    if (failure.tls && failure.tls->problem) {
        QStringList reasons(failure.tls->problem->texts.begin(), failure.tls->problem->texts.end());
        error.message = TlsFailureTr::tr("The certificate of %1 is refused: %2.").arg(place, reasons.join(QStringLiteral("; ")));
        error.hint = refusedHint(*failure.tls->problem);
        if (!failure.tls->chain.empty())
            error.hint = described(failure.tls->chain.front()) + QLatin1Char('\n') + error.hint;
        return error;
    }
    error.message = wantsClientCertificate(failure)
        ? TlsFailureTr::tr("%1 wants a client certificate, or another than it was shown: %2").arg(place, QString::fromStdString(failure.text))
        : TlsFailureTr::tr("No secure connection to %1: %2").arg(place, QString::fromStdString(failure.text));
    error.hint = otherHint(failure);
    return error;
}

} // namespace http
