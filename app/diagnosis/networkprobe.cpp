// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/networkprobe.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace diagnosis {

namespace {

using Clock = std::chrono::steady_clock;

struct ProbeTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisProbe)
};

core::Error probeError(core::ErrorKind kind, const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

core::Error cancelled()
{
    return probeError(core::ErrorKind::Cancelled, ProbeTr::tr("The test was cancelled."));
}

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }

private:
    const int m_number;
};

// What the resolver's thread leaves behind, which may end after nobody waits any more.
struct Lookup {
    std::mutex mutex;
    std::condition_variable_any ended;
    bool isEnded = false;
    int code = 0;
    std::vector<Endpoint> endpoints;
};

std::string numericText(const sockaddr *address, socklen_t size)
{
    char text[NI_MAXHOST] = "";
    ::getnameinfo(address, size, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
    return text;
}

void resolve(const Place &place, Lookup &lookup)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo *found = nullptr;
    const int code = ::getaddrinfo(place.host.c_str(), std::to_string(place.port).c_str(), &hints, &found);
    std::vector<Endpoint> endpoints;
    for (const addrinfo *one = found; one; one = one->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.address, one->ai_addr, one->ai_addrlen);
        endpoint.size = one->ai_addrlen;
        endpoint.text = numericText(one->ai_addr, one->ai_addrlen);
        endpoint.isIpv6 = one->ai_family == AF_INET6;
        endpoints.push_back(std::move(endpoint));
    }
    if (found)
        ::freeaddrinfo(found);
    const std::lock_guard lock(lookup.mutex);
    lookup.code = code;
    lookup.endpoints = std::move(endpoints);
    lookup.isEnded = true;
    lookup.ended.notify_all();
}

core::Error nameError(const Place &place, int code)
{
    const QString host = QString::fromStdString(place.host);
    if (code == EAI_AGAIN) {
        return probeError(core::ErrorKind::Network,
            ProbeTr::tr("Nobody answers for the host name \"%1\": the name service is not reached, or does not know it.").arg(host),
            ProbeTr::tr("Check that this computer is on the network, and on the VPN where the name exists; then the name's spelling."));
    }
    return probeError(core::ErrorKind::Network, ProbeTr::tr("There is no host named \"%1\".").arg(host),
        ProbeTr::tr("Check its spelling. Names of an internal network are known only on that network or its VPN."));
}

// 0: connected; else errno, ECANCELED for a stop.
int tryEndpoint(const Endpoint &endpoint, Clock::time_point deadline, int stopped, std::string &localAddress)
{
    const Descriptor socket(::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (socket.number() < 0)
        return errno;
    if (::connect(socket.number(), reinterpret_cast<const sockaddr *>(&endpoint.address), endpoint.size) != 0) {
        if (errno != EINPROGRESS)
            return errno;
        for (;;) {
            pollfd watched[] = {{socket.number(), POLLOUT, 0}, {stopped, POLLIN, 0}};
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count() + 1;
            const int ready = ::poll(watched, 2, static_cast<int>(std::max<std::int64_t>(0, left)));
            if (ready < 0 && errno == EINTR)
                continue;
            if (watched[1].revents != 0)
                return ECANCELED;
            if (ready == 0)
                return ETIMEDOUT;
            break;
        }
        int error = 0;
        socklen_t size = sizeof error;
        if (::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
            return error != 0 ? error : errno;
    }
    sockaddr_storage local{};
    socklen_t size = sizeof local;
    if (::getsockname(socket.number(), reinterpret_cast<sockaddr *>(&local), &size) == 0)
        localAddress = numericText(reinterpret_cast<const sockaddr *>(&local), size);
    return 0;
}

core::Error connectError(const Place &place, const Endpoint &endpoint, int code, std::chrono::milliseconds timeout)
{
    const QString shown = endpoint.text == place.host ? QString::fromStdString(place.text())
                                                      : QStringLiteral("%1 (%2)").arg(QString::fromStdString(place.text()), QString::fromStdString(endpoint.text));
    switch (code) {
    case ECANCELED:
        return cancelled();
    case ECONNREFUSED:
        return probeError(core::ErrorKind::Network, ProbeTr::tr("%1 refuses the connection: nothing listens at port %2.").arg(shown).arg(place.port));
    case ETIMEDOUT:
        return probeError(core::ErrorKind::Timeout,
            ProbeTr::tr("%1 does not answer: no connection within %2 s.").arg(shown).arg(static_cast<double>(timeout.count()) / 1000),
            ProbeTr::tr("Silence is what firewalls and security groups do: have port %1 opened for this computer's address. A host that "
                        "is switched off, or an address of a network that needs a VPN, is silent too.").arg(place.port));
    case ENETUNREACH:
    case EHOSTUNREACH:
        return probeError(core::ErrorKind::Network, ProbeTr::tr("There is no way to %1: %2.").arg(shown, QString::fromLocal8Bit(std::strerror(code))),
            ProbeTr::tr("Check that this computer is on the network, and on the VPN through which the host is reached."));
    default:
        return probeError(core::ErrorKind::Network, ProbeTr::tr("No connection to %1: %2.").arg(shown, QString::fromLocal8Bit(std::strerror(code))));
    }
}

} // namespace

std::string Place::text() const
{
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
}

core::Result<std::vector<Endpoint>> lookUp(const Place &place, std::stop_token stop)
{
    // A resolver cannot be interrupted: it works on a thread that may outlive the call, on data that it shares.
    const auto lookup = std::make_shared<Lookup>();
    std::thread([place, lookup] { resolve(place, *lookup); }).detach();
    std::unique_lock lock(lookup->mutex);
    if (!lookup->ended.wait(lock, stop, [&lookup] { return lookup->isEnded; }))
        return cancelled();
    if (lookup->code != 0 || lookup->endpoints.empty())
        return nameError(place, lookup->code);
    return std::move(lookup->endpoints);
}

core::Result<Connected> connectTo(const Place &place, const std::vector<Endpoint> &endpoints, std::chrono::milliseconds timeout,
    std::stop_token stop, int *lastErrno)
{
    const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback wake(stop, [&stopped] {
        ::eventfd_write(stopped.number(), 1);
    });
    Connected connected;
    const Clock::time_point end = Clock::now() + timeout;
    int code = ECONNREFUSED;
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        // A silent address leaves time for those behind it.
        const auto share = (end - Clock::now()) / static_cast<int>(endpoints.size() - i);
        code = tryEndpoint(endpoints[i], Clock::now() + share, stopped.number(), connected.localAddress);
        if (code == 0) {
            connected.endpoint = endpoints[i];
            return connected;
        }
        connected.refused.emplace_back(endpoints[i].text, code);
        if (code == ECANCELED)
            break;
    }
    if (lastErrno)
        *lastErrno = code;
    return connectError(place, endpoints.back(), code, timeout);
}

} // namespace diagnosis
