// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/failure.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

#include <curl/curl.h>

namespace http {

namespace {

struct FailureTr {
    Q_DECLARE_TR_FUNCTIONS(FailureTr)
};

core::Error makeError(core::ErrorKind kind, const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

QString place(const Peer &peer)
{
    return QString::fromStdString(peer.hostAndPort());
}

core::Error nameError(const Peer &peer)
{
    return makeError(core::ErrorKind::Network,
        FailureTr::tr("The host name \"%1\" (for port %2) is not known.").arg(QString::fromStdString(peer.host)).arg(peer.port),
        FailureTr::tr("Check its spelling, and that this computer is on the network or VPN where the name exists."));
}

core::Error proxyError(const Failure &failure, const Peer &peer)
{
    const bool wantsLogin = failure.proxyStatus == 407;
    core::Error error = makeError(wantsLogin ? core::ErrorKind::Login : core::ErrorKind::Network,
        FailureTr::tr("The proxy %1 does not lead to %2: %3")
            .arg(QString::fromStdString(peer.proxy), place(peer), QString::fromStdString(failure.text)),
        wantsLogin ? FailureTr::tr("The proxy wants a user name and password: proxy=http://USER:PASSWORD@HOST:PORT")
                   : FailureTr::tr("Check the connection's proxy setting; without one the server is reached directly."));
    error.httpStatus = static_cast<int>(failure.proxyStatus);
    return error;
}

core::Error connectError(const Failure &failure, const Peer &peer)
{
    const QString reason = failure.systemError != 0 ? QString::fromLocal8Bit(std::strerror(static_cast<int>(failure.systemError)))
                                                     : QString::fromStdString(failure.text);
    if (!peer.proxy.empty()) {
        return makeError(core::ErrorKind::Network,
            FailureTr::tr("No connection to %1 through the proxy %2: %3").arg(place(peer), QString::fromStdString(peer.proxy), reason),
            FailureTr::tr("Check the connection's proxy setting; without one the server is reached directly."));
    }
    if (failure.systemError == ECONNREFUSED) {
        return makeError(core::ErrorKind::Network,
            FailureTr::tr("%1 refuses the connection: nothing listens at port %2.").arg(place(peer)).arg(peer.port),
            FailureTr::tr("Check that the database's REST service (often a program of its own) is running there, and the port."));
    }
    return makeError(core::ErrorKind::Network, FailureTr::tr("No connection to %1: %2").arg(place(peer), reason),
        FailureTr::tr("Check the host, the port, and firewalls on the way."));
}

QString tlsHint(const Failure &failure)
{
    switch (failure.code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return FailureTr::tr("If the server's certificate is signed by an authority of your own, name its file: ca=FILE. "
                             "Check that the host is written as in the certificate.");
    case CURLE_SSL_CACERT_BADFILE:
        return FailureTr::tr("Check that the file named by ca= exists and holds certificates in PEM form.");
    case CURLE_SSL_CERTPROBLEM:
        return FailureTr::tr("Check the files named by cert= and key=: PEM form, belonging together, no passphrase.");
    default:
        break;
    }
    if (failure.text.find("wrong version number") != std::string::npos
        || failure.text.find("packet length too long") != std::string::npos)
        return FailureTr::tr("The port seems to speak plain HTTP: use http instead of https.");
    return FailureTr::tr("Check that the port speaks HTTPS, and that the server supports TLS 1.2 or later.");
}

core::Error lostError(const Failure &failure, const Peer &peer)
{
    if (failure.hasHead) {
        return makeError(core::ErrorKind::Network,
            FailureTr::tr("The connection to %1 was lost after %2 bytes of the answer: %3")
                .arg(place(peer))
                .arg(failure.bodyBytes)
                .arg(QString::fromStdString(failure.text)),
            FailureTr::tr("What came before is shown. Try again; if it breaks at the same place, look at the server's log."));
    }
    return makeError(core::ErrorKind::Network,
        failure.isSent ? FailureTr::tr("%1 closed the connection without an answer: %2").arg(place(peer), QString::fromStdString(failure.text))
                       : FailureTr::tr("The connection to %1 was lost: %2").arg(place(peer), QString::fromStdString(failure.text)),
        FailureTr::tr("Look at the server's log; a service that speaks another protocol than %1 also ends like this.")
            .arg(QString::fromStdString(peer.scheme).toUpper()));
}

core::Error foreignError(const Failure &failure, const Peer &peer)
{
    return makeError(core::ErrorKind::Network,
        FailureTr::tr("What %1 answered is not HTTP: %2").arg(place(peer), QString::fromStdString(failure.text)),
        peer.scheme == "http" ? FailureTr::tr("Check the port; if it speaks HTTPS, use https instead of http.")
                              : FailureTr::tr("Check that this is the port of the database's REST service."));
}

core::Error otherError(const Failure &failure, const Peer &peer)
{
    return makeError(core::ErrorKind::Internal,
        FailureTr::tr("The request to %1 failed: %2").arg(place(peer), QString::fromStdString(failure.text)), {});
}

} // namespace

core::Error describeFailure(const Failure &failure, const Peer &peer)
{
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return nameError(peer);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return proxyError(failure, peer);
    case CURLE_COULDNT_CONNECT:
        return connectError(failure, peer);
    case CURLE_OPERATION_TIMEDOUT:
        return makeError(core::ErrorKind::Timeout,
            FailureTr::tr("No connection to %1 within %2 s.").arg(place(peer)).arg(static_cast<double>(failure.connectTimeout.count()) / 1000),
            FailureTr::tr("Check the host, the port, and firewalls on the way."));
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
        return makeError(core::ErrorKind::Tls,
            FailureTr::tr("No secure connection to %1: %2").arg(place(peer), QString::fromStdString(failure.text)), tlsHint(failure));
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return failure.proxyStatus >= 300 ? proxyError(failure, peer) : lostError(failure, peer);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return foreignError(failure, peer);
    case CURLE_URL_MALFORMAT:
        return makeError(core::ErrorKind::Usage, FailureTr::tr("The URL is not valid: %1").arg(QString::fromStdString(failure.text)), {});
    default:
        return otherError(failure, peer);
    }
}

core::Error idleError(const Peer &peer, std::chrono::milliseconds idleTimeout, const Failure &failure)
{
    const double seconds = static_cast<double>(idleTimeout.count()) / 1000;
    const QString message = failure.hasHead
        ? FailureTr::tr("%1 sent nothing for %2 s, after %3 bytes of the answer.").arg(place(peer)).arg(seconds).arg(failure.bodyBytes)
        : FailureTr::tr("%1 has not answered for %2 s.").arg(place(peer)).arg(seconds);
    return makeError(core::ErrorKind::Timeout, message,
        FailureTr::tr("A statement that computes for long needs a longer idle time-out (0: none)."));
}

core::Error cancelledError(const Peer &peer)
{
    return makeError(core::ErrorKind::Cancelled, FailureTr::tr("The request to %1 was cancelled.").arg(place(peer)), {});
}

} // namespace http
