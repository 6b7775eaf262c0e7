// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/networksteps.h"

#include "diagnosis/explanation.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cerrno>
#include <cstring>

namespace diagnosis {

namespace {

struct NetworkTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisNetwork)
};

constexpr qint64 kDayMs = 24LL * 3600 * 1000;
constexpr qint64 kSoonDays = 14; // before a certificate's end that is worth a word

QString validityText(const http::Certificate &certificate)
{
    const qint64 left = certificate.validUntilMs - QDateTime::currentMSecsSinceEpoch();
    const QString until = QDateTime::fromMSecsSinceEpoch(certificate.validUntilMs, Qt::UTC).date().toString(Qt::ISODate);
    if (left < 0)
        return NetworkTr::tr("expired on %1").arg(until);
    const qint64 days = left / kDayMs;
    const QString text = NetworkTr::tr("valid until %1 (%n day(s) left)", nullptr, static_cast<int>(qMin<qint64>(days, 1000000))).arg(until);
    return days < kSoonDays ? text + NetworkTr::tr(", to be renewed soon") : text;
}

// The facts are shown beside it, as what they are.
core::Error certificateError(core::Error error)
{
    error.hint = NetworkTr::tr("If it is signed by an authority of your own, give that one's file to the connection (ca). If it is for another "
                               "name, write the host as the certificate has it, or name it (server_name). If you know this very certificate "
                               "to be the server's, accept its fingerprint for this connection; compare it with the one that the server's "
                               "administrator names.");
    return error;
}

} // namespace

QString tlsText(const http::TlsFacts &facts)
{
    QStringList words;
    for (const std::string &word : {facts.version, facts.cipher}) {
        if (!word.empty())
            words << shown(word);
    }
    if (!facts.chain.empty()) {
        words << NetworkTr::tr("certificate %1").arg(shown(facts.chain.front().subject)) << validityText(facts.chain.front());
    }
    if (facts.isAcceptedByFingerprint)
        words << NetworkTr::tr("accepted for this connection by its fingerprint");
    return words.join(QStringLiteral(", "));
}

NetworkSteps::NetworkSteps(const connector::Profile &profile, const connector::Manifest &manifest, const Intention &intention,
    const Limits &limits, StepRecorder &steps, std::stop_token stop)
    : m_profile(profile)
    , m_manifest(manifest)
    , m_intention(intention)
    , m_limits(limits)
    , m_steps(steps)
    , m_stop(std::move(stop))
    , m_server{intention.host, intention.port}
    , m_proxy(http::proxyFor(intention.scheme, intention.host, profile.network).valueOr({}))
    , m_reached(m_proxy.isNone() ? m_server : Place{m_proxy.host, m_proxy.port})
{
}

QString NetworkSteps::proxyText() const
{
    return m_proxy.isNone() ? QString() : shown(m_reached.text());
}

bool NetworkSteps::take()
{
    return findAddress() && connect() && secure();
}

bool NetworkSteps::findAddress()
{
    m_steps.begin(StepId::Name);
    auto found = lookUp(m_reached, m_stop);
    if (!found) {
        m_steps.failed(std::move(found).error());
        return false;
    }
    m_endpoints = std::move(found).value();
    QStringList addresses;
    for (const Endpoint &endpoint : m_endpoints)
        addresses << shown(endpoint.text);
    addresses.removeDuplicates();
    const bool isAddress = addresses.size() == 1 && addresses.front() == shown(m_reached.host);
    QString text = isAddress ? NetworkTr::tr("An address is given: %1").arg(addresses.front())
                             : QStringLiteral("%1: %2").arg(shown(m_reached.host), addresses.join(QStringLiteral(", ")));
    if (!m_proxy.isNone())
        text = NetworkTr::tr("Of the proxy, which looks up the server's. ") + text;
    m_steps.ok(text);
    m_steps.begin(StepId::Address);
    const Endpoint &first = m_endpoints.front();
    const QString family = first.isIpv6 ? QStringLiteral("IPv6") : QStringLiteral("IPv4");
    const QString address = shown(Place{first.text, m_reached.port}.text());
    m_steps.ok(m_proxy.isNone() ? QStringLiteral("%1 (%2)").arg(address, family)
                                : NetworkTr::tr("%1 (%2), the proxy on the way to %3").arg(address, family, shown(m_server.text())));
    return true;
}

core::Error NetworkSteps::refused(core::Error error) const
{
    error.hint = m_proxy.isNone() ? refusedAdvice(m_manifest, m_server)
                                  : NetworkTr::tr("This is the connection's proxy: check its address, or take it out of the connection "
                                                  "to reach the server directly.");
    return error;
}

bool NetworkSteps::connect()
{
    m_steps.begin(StepId::Tcp);
    int code = 0;
    const auto connected = connectTo(m_reached, m_endpoints, m_profile.network.connectTimeout, m_stop, &code);
    if (!connected) {
        m_steps.failed(code == ECONNREFUSED ? refused(connected.error()) : connected.error());
        return false;
    }
    QString text = NetworkTr::tr("Connected to %1 from %2")
                       .arg(shown(Place{connected->endpoint.text, m_reached.port}.text()), shown(connected->localAddress));
    for (const auto &[address, error] : connected->refused)
        text += QStringLiteral("; %1: %2").arg(shown(address), QString::fromLocal8Bit(std::strerror(error)));
    m_steps.ok(text);
    return true;
}

bool NetworkSteps::secure()
{
    if (m_intention.scheme != "https") {
        m_steps.skip(StepId::Tls, NetworkTr::tr("The connection is plain: what is sent, a password too, can be read on the way."));
        return true;
    }
    m_steps.begin(StepId::Tls);
    http::Exchange failed;
    const auto inspected = http::inspectConnection(m_intention.origin(), m_profile.network, m_stop, &failed);
    if (inspected) {
        m_steps.keepTls(inspected->tls);
        m_steps.ok(inspected->tls ? tlsText(*inspected->tls) : QString());
        return true;
    }
    m_steps.keepTls(failed.tls);
    const bool isCertificate = failed.tls && failed.tls->problem;
    m_steps.failed(isCertificate ? certificateError(inspected.error()) : explainedTls(inspected.error()));
    return false;
}

// A handshake that fails without a certificate is that of a port which speaks something else, or nothing.
core::Error NetworkSteps::explainedTls(core::Error error) const
{
    const bool isHandshake = error.kind == core::ErrorKind::Tls || error.kind == core::ErrorKind::Network || error.kind == core::ErrorKind::Timeout;
    if (!isHandshake || m_stop.stop_requested())
        return error;
    http::Request request;
    request.method = "HEAD";
    request.url = "http" + m_intention.origin().substr(m_intention.scheme.size()) + '/';
    request.connectTimeout = m_limits.probe;
    request.idleTimeout = m_limits.probe;
    http::Transport plain = m_profile.network;
    plain.retries = 0;
    const auto client = http::createClient(plain);
    const auto answer = client->send(request, m_stop);
    return answer ? plainPortError(std::move(error), m_server, QString::fromUtf8(answer.value()->head().header("Server"))) : error;
}

} // namespace diagnosis
