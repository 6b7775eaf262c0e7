// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/sessionsteps.h"

#include "connector/profileurl.h"
#include "diagnosis/explanation.h"
#include "diagnosis/recognition.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace diagnosis {

namespace {

struct SessionStepsTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisSession)
};

using core::ErrorKind;

constexpr std::chrono::seconds kSignatureHolds(300); // AWS refuses dates that are further off
constexpr std::int64_t kCatalogueShown = 1000;
constexpr int kNamesShown = 5;
constexpr int kVersionShown = 200;

// Whether what came is no whole HTTP answer of the server, or nothing came.
bool isAboutHttp(ErrorKind kind)
{
    return kind == ErrorKind::Network || kind == ErrorKind::Tls || kind == ErrorKind::Timeout || kind == ErrorKind::Cancelled;
}

// What is told at once is not asked for again.
http::Transport onceOnly(http::Transport transport)
{
    transport.retries = 0;
    return transport;
}

// A version in a JSON object, or as the text that came.
QString versionIn(const std::string &value, const std::string &member)
{
    const QByteArray bytes = QByteArray::fromStdString(value);
    if (!member.empty()) {
        const QJsonValue found = QJsonDocument::fromJson(bytes).object().value(QString::fromStdString(member));
        if (found.isString())
            return found.toString();
    }
    return QString::fromUtf8(bytes).simplified().left(kVersionShown);
}

QString contentsText(const connector::CatalogPage &page)
{
    QStringList names;
    for (const connector::CatalogNode &node : page.nodes) {
        if (!node.isSystem)
            names << QString::fromStdString(node.name);
    }
    if (names.isEmpty())
        return SessionStepsTr::tr("The catalogue is empty.");
    const int count = static_cast<int>(names.size());
    const QString more = count > kNamesShown || page.more ? QStringLiteral(" …") : QString();
    return SessionStepsTr::tr("%n object(s): %1", nullptr, count).arg(names.mid(0, kNamesShown).join(QStringLiteral(", ")) + more);
}

} // namespace

SessionSteps::SessionSteps(const Subject &subject, const connector::Manifest &manifest, const Intention &intention, QString proxy,
    const Limits &limits, const Observer &observer, StepRecorder &steps, std::stop_token stop)
    : m_subject(subject)
    , m_manifest(manifest)
    , m_intention(intention)
    , m_proxy(std::move(proxy))
    , m_limits(limits)
    , m_steps(steps)
    , m_stop(std::move(stop))
    , m_client(http::createClient(onceOnly(subject.profile.network)))
    , m_observing(*m_client, limits.answer, {[this] { sending(); }, [this](const http::Head &head) { answered(head); }})
    , m_exchange(observer.exchange ? observer.exchange : [](const http::Exchange &) {})
{
}

void SessionSteps::take()
{
    auto session = m_subject.connector.createSession(m_subject.profile, m_observing);
    m_steps.begin(StepId::Http);
    if (!session) {
        m_steps.failed(std::move(session).error());
        return;
    }
    m_session = std::move(session).value();
    m_probe.emplace(*m_session, m_manifest.language, m_exchange);
    if (!logIn()) {
        if (m_head && !m_stop.stop_requested())
            compareClocks();
        return;
    }
    const std::pair<void (SessionSteps::*)(), StepId> rest[] = {{&SessionSteps::tellVersion, StepId::Server},
        {&SessionSteps::compareClocks, StepId::Clock}, {&SessionSteps::runStatement, StepId::Statement},
        {&SessionSteps::readCatalogue, StepId::Catalogue}};
    for (const auto &[step, id] : rest) {
        if (m_stop.stop_requested())
            return;
        (this->*step)();
    }
}

void SessionSteps::sending()
{
    // A second request follows an answer that was read: the first one is over.
    if (++m_sent == 2 && m_head && m_steps.isRunning() && m_steps.current() == StepId::Http) {
        httpEnded();
        m_steps.begin(StepId::Login);
    }
}

void SessionSteps::answered(const http::Head &head)
{
    if (m_head)
        return;
    m_head = head;
    m_answeredAt = std::chrono::steady_clock::now();
    m_clockAhead = clockDifference(head.header("Date"), std::chrono::system_clock::now());
}

void SessionSteps::httpEnded()
{
    QString text = QStringLiteral("HTTP/%1 %2 %3").arg(shown(m_head->version)).arg(m_head->status).arg(shown(m_head->reason)).trimmed();
    if (const std::string_view server = m_head->header("Server"); !server.empty())
        text += SessionStepsTr::tr(", server: %1").arg(shown(server));
    if (!m_proxy.isEmpty())
        text += SessionStepsTr::tr(", through the proxy %1").arg(m_proxy);
    m_steps.ok(text);
}

SessionProbe::Answer SessionSteps::firstRequest()
{
    const connector::DiagnosisHints &hints = m_manifest.diagnosis;
    if (!hints.loginStatement.empty())
        return m_probe->run(hints.loginStatement, {}, m_stop);
    auto page = m_probe->root(1, m_stop);
    if (!page && page.error().kind != ErrorKind::Unsupported)
        return {std::move(page).error(), {}, 0};
    if (m_sent > 0)
        return {};
    // A catalogue that is known without asking proves nothing.
    SessionProbe::Shown first = m_probe->showFirst(m_stop);
    return first.statement.empty() ? m_probe->run("GET /", {}, m_stop) : std::move(first.answer);
}

bool SessionSteps::logIn()
{
    SessionProbe::Answer answer = firstRequest();
    if (answer.error && (!m_head || isAboutHttp(answer.error->kind))) {
        httpFailed(std::move(*answer.error));
        return false;
    }
    if (m_steps.current() == StepId::Http) {
        httpEnded();
        m_steps.begin(StepId::Login);
        m_steps.startedAt(m_answeredAt);
    }
    if (answer.error) {
        judge(std::move(*answer.error));
        return false;
    }
    const connector::Field *user = connector::fieldOf(m_manifest, connector::Field::UrlPart::User, m_subject.profile);
    const std::string name = user ? m_subject.profile.value(user->key) : std::string();
    if (!m_intention.hasLogin)
        m_steps.skipped(SessionStepsTr::tr("The connection has no log-in, and the server asks for none."));
    else
        m_steps.ok(name.empty() ? SessionStepsTr::tr("The server accepts the log-in.")
                                : SessionStepsTr::tr("The server accepts the log-in of \"%1\".").arg(QString::fromStdString(name)));
    return true;
}

// No answer, or not a whole one; also what stands before the server and says that it is not reached.
void SessionSteps::httpFailed(core::Error error)
{
    const Place place{m_intention.host, m_intention.port};
    if (error.kind == ErrorKind::Network && !m_head && m_intention.scheme == "http" && !m_stop.stop_requested()) {
        http::Exchange seen;
        http::Transport transport = m_subject.profile.network;
        transport.connectTimeout = m_limits.probe;
        const auto secured = http::inspectConnection("https" + m_intention.origin().substr(4), transport, m_stop, &seen);
        if (secured || (seen.tls && !seen.tls->chain.empty()))
            error = tlsPortError(std::move(error), place);
    } else if (error.kind == ErrorKind::Timeout && !m_head) {
        error.hint = SessionStepsTr::tr("The port accepts connections and stays silent: the service behind it hangs, or it speaks another "
                                        "protocol than HTTP. Look at its log, and at the port.");
    } else if (m_head) {
        error = explained(std::move(error), m_manifest.diagnosis);
    }
    m_steps.failed(std::move(error));
}

// An HTTP answer came, and the session does not take it: the log-in, or another server than was thought.
void SessionSteps::judge(core::Error error)
{
    const auto &exchange = m_probe->exchange();
    const http::Head head = exchange && exchange->head ? *exchange->head : *m_head;
    const std::string body = exchange ? exchange->bodyStart : std::string();
    if (head.status == 400 && m_intention.scheme == "http" && shown(body).contains(QLatin1String("HTTPS"), Qt::CaseInsensitive)) {
        m_steps.failed(tlsPortError(std::move(error), {m_intention.host, m_intention.port}));
        return;
    }
    const bool isOwn = !isWebPage(head.header("Content-Type"), body)
        && (looksLike(m_manifest, head, body) || (error.kind == ErrorKind::Login && meaningOf(m_manifest.diagnosis, error)));
    if (!isOwn && nameForeigner(error, head, body)) {
        m_steps.skipped(SessionStepsTr::tr("It is not the server that was thought."));
        m_steps.begin(StepId::Server);
        m_steps.failed(std::move(error));
        return;
    }
    m_steps.failed(explained(std::move(error), m_manifest.diagnosis));
}

// Says in the error's words what answers there, if that is known to be something else.
bool SessionSteps::nameForeigner(core::Error &error, const http::Head &head, const std::string &body)
{
    const QString place = shown(Place{m_intention.host, m_intention.port}.text());
    if (isWebPage(head.header("Content-Type"), body)) {
        const QString title = pageTitle(body);
        const QString server = shown(head.header("Server"));
        error.message = SessionStepsTr::tr("A web page came in place of the database's answer (HTTP %1%2%3).")
                            .arg(head.status)
                            .arg(title.isEmpty() ? QString() : QStringLiteral(", “%1”").arg(title),
                                server.isEmpty() ? QString() : SessionStepsTr::tr(", server: %1").arg(server));
        error.hint = SessionStepsTr::tr("A proxy, a log-in page of the network or another web server answers for %1. Check host, port and the "
                                        "connection's proxy.").arg(place);
        return true;
    }
    const auto client = http::createClient(onceOnly(m_subject.profile.network));
    const connector::Manifest *known
        = recognise(m_subject.manifests, m_manifest.id, *client, m_intention.origin(), m_limits.probe, m_stop);
    if (!known || known->id == m_manifest.id)
        return false;
    error.message = SessionStepsTr::tr("What answers at %1 is %2, not %3.").arg(place, known->name, m_manifest.name);
    error.hint = SessionStepsTr::tr("Make a connection of the kind %1 to it, or check the port: %2 listens at %3 by default.")
                     .arg(known->name, m_manifest.name).arg(m_manifest.defaultPort);
    return true;
}

void SessionSteps::tellVersion()
{
    const connector::DiagnosisHints &hints = m_manifest.diagnosis;
    if (hints.versionStatement.empty()) {
        m_steps.skip(StepId::Server, SessionStepsTr::tr("%1 does not tell its version.").arg(m_manifest.name));
        return;
    }
    m_steps.begin(StepId::Server);
    const SessionProbe::Answer answer = m_probe->run(hints.versionStatement, hints.versionMember, m_stop);
    const auto &exchange = m_probe->exchange();
    const bool isRefused = exchange && exchange->head && exchange->head->status >= 400;
    if (answer.error && isAboutHttp(answer.error->kind))
        m_steps.failed(*answer.error);
    else if (answer.error || isRefused || answer.value.empty())
        m_steps.skipped(SessionStepsTr::tr("%1; the server does not tell its version.").arg(m_manifest.name));
    else
        m_steps.ok(QStringLiteral("%1, %2").arg(m_manifest.name, versionIn(answer.value, hints.versionMember)));
}

void SessionSteps::compareClocks()
{
    if (!m_clockAhead) {
        m_steps.skip(StepId::Clock, SessionStepsTr::tr("The server does not say what time it has."));
        return;
    }
    m_steps.begin(StepId::Clock);
    const bool isFarOff = std::chrono::abs(*m_clockAhead) > kSignatureHolds;
    if (!isFarOff || !m_intention.isSigned) {
        m_steps.ok(clockText(*m_clockAhead));
        return;
    }
    m_steps.failed(diagnosisError(ErrorKind::Login, clockText(*m_clockAhead),
        SessionStepsTr::tr("Signatures hold for %1 min around the server's time: set this computer's clock (timedatectl set-ntp true).")
            .arg(kSignatureHolds.count() / 60)));
}

void SessionSteps::runStatement()
{
    m_steps.begin(StepId::Statement);
    SessionProbe::Shown first;
    first.statement = m_manifest.diagnosis.statement;
    if (first.statement.empty())
        first = m_probe->showFirst(m_stop);
    else
        first.answer = m_probe->run(first.statement, {}, m_stop);
    const auto &error = first.answer.error;
    if (error && error->kind != ErrorKind::Usage && error->kind != ErrorKind::Unsupported)
        m_steps.failed(explained(*error, m_manifest.diagnosis));
    else if (error)
        m_steps.skipped(error->message); // a database is not chosen, or there is no catalogue
    else if (first.statement.empty())
        m_steps.skipped(SessionStepsTr::tr("Nothing is known that could be asked for."));
    else
        m_steps.ok(shown(first.statement.substr(0, first.statement.find('\n'))));
}

void SessionSteps::readCatalogue()
{
    m_steps.begin(StepId::Catalogue);
    const auto page = m_probe->root(kCatalogueShown, m_stop);
    if (page)
        m_steps.ok(contentsText(*page));
    else if (page.error().kind == ErrorKind::Unsupported)
        m_steps.skipped(page.error().message);
    else
        m_steps.failed(explained(page.error(), m_manifest.diagnosis));
}

} // namespace diagnosis
