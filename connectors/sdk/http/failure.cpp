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

bool isProxyLogin(const Failure &failure)
{
    return failure.proxyStatus == 407 || failure.proxyError == CURLPX_USER_REJECTED || failure.proxyError == CURLPX_NO_AUTH;
}

core::Error proxyError(const Failure &failure, const Peer &peer)
{
    if (isProxyLogin(failure))
        return proxyLoginError(peer);
    core::Error error = makeError(core::ErrorKind::Network,
        FailureTr::tr("The proxy %1 does not lead to %2: %3")
            .arg(QString::fromStdString(peer.proxy), place(peer), QString::fromStdString(failure.text)),
        FailureTr::tr("Check the connection's proxy setting; without one the server is reached directly."));
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
    if (failure.text.find("timed out") != std::string::npos) {
        return makeError(core::ErrorKind::Network,
            FailureTr::tr("The network between here and %1 is gone: nothing that was sent is acknowledged.").arg(place(peer)),
            FailureTr::tr("Check the network or VPN, then try again; the next request makes a connection of its own."));
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
        return tlsError(failure, peer);
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        if (wantsClientCertificate(failure))
            return tlsError(failure, peer);
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

core::Error proxyLoginError(const Peer &peer)
{
    core::Error error = makeError(core::ErrorKind::Login,
        FailureTr::tr("The proxy %1 on the way to %2 wants a user name and password, or others than it was given.")
            .arg(QString::fromStdString(peer.proxy), place(peer)),
        FailureTr::tr("Put them into the connection's proxy: proxy=http://USER:PASSWORD@HOST:PORT"));
    error.httpStatus = 407;
    return error;
}

core::Error cancelledError(const Peer &peer)
{
    return makeError(core::ErrorKind::Cancelled, FailureTr::tr("The request to %1 was cancelled.").arg(place(peer)), {});
}

} // namespace http
