// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "auth/awsauthorization.h"
#include "auth/login.h"
#include "base64.h"
#include "connector/requestfiles.h"
#include "connector/tokens.h"
#include "decode/answersource.h"
#include "errors.h"
#include "http/redirect.h"
#include "http/url.h"
#include "requesttext.h"

#include <QCoreApplication>

#include <algorithm>

namespace timescale {

namespace {

struct RunnerTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleRunner)
};

constexpr std::size_t kMostRequestBytes = std::size_t(5900) << 10; // a function takes 6 MB
constexpr std::size_t kMostOwnAnswer = std::size_t(32) << 20;
constexpr std::size_t kMostRemembered = 500;
constexpr int kUnauthorized = 401;

connector::Outcome failedOutcome(core::Error error)
{
    connector::Outcome outcome;
    if (breaksOff(error.kind)) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    }
    outcome.error = std::move(error);
    return outcome;
}

std::string hostIn(std::string_view url)
{
    const std::string_view origin = originOf(url);
    const std::size_t begin = origin.find("://");
    const std::string_view host = origin.substr(begin == std::string_view::npos ? 0 : begin + 3);
    return std::string(host.substr(0, host.find(':')));
}

// Takes "Authorization: AWS …" out of the headers.
std::optional<core::Result<auth::SigningScope>> takeAwsAuthorization(std::vector<http::Header> &headers)
{
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        if (!connector::sameWord(header->name, "Authorization"))
            continue;
        auto scope = auth::parseAwsAuthorization(header->value);
        if (scope)
            headers.erase(header);
        return scope;
    }
    return std::nullopt;
}

bool isFunctionPath(std::string_view path)
{
    return path.substr(0, path.find('?')).ends_with("/invocations");
}

bool isJsonDue(const http::Head &head)
{
    const std::string_view type = head.header("Content-Type");
    return !type.starts_with("text/") || type.find("html") != std::string_view::npos;
}

// No rows are shown of rows that are told to be accepted.
class QuietSink final : public connector::Sink
{
public:
    explicit QuietSink(connector::Sink &outer)
        : m_outer(outer)
    {
    }
    void exchange(const http::Exchange &exchange) override { m_outer.exchange(exchange); }
    void started(const connector::RunningStatement &running) override
    {
        if (!m_isStarted)
            m_outer.started(running);
        m_isStarted = true;
    }
    void notice(const QString &text) override { m_outer.notice(text); }
    bool schema(std::shared_ptr<const table::Schema>) override { return true; }
    bool chunk(std::shared_ptr<const table::Chunk>) override { return true; }

private:
    connector::Sink &m_outer;
    bool m_isStarted = false;
};

} // namespace

Runner::Runner(Settings settings, http::Client &client)
    : m_settings(std::move(settings))
    , m_client(client)
    , m_credentials(m_settings.aws)
    , m_oauth(m_settings.auth == Settings::Auth::OAuth ? std::make_unique<auth::OAuthLogin>(m_settings.oauth, client) : nullptr)
{
}

connector::Outcome Runner::run(const connector::RequestText &request, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    auto filled = withParameters(request, options.parameters);
    if (!filled)
        return failedOutcome(std::move(filled).error());
    auto body = connector::withFiles(filled->body);
    if (!body)
        return failedOutcome(std::move(body).error());
    filled->body = std::move(body).value();
    if (filled->method == "POST") {
        const auto columns = m_settings.recordColumns.find(resourceOf(*filled));
        const QString warning = columns == m_settings.recordColumns.end() ? QString() : recordOrderWarning(filled->body, columns->second);
        if (!warning.isEmpty())
            sink.notice(warning);
        return runParts(*filled, options, sink, std::move(stop));
    }
    auto sending = prepare(std::move(filled).value(), stop);
    if (!sending)
        return failedLogin(sink, std::move(sending).error());
    return send(*sending, options, sink, std::move(stop));
}

// Records go in several requests where they are too many for one; each is sent once.
connector::Outcome Runner::runParts(const connector::RequestText &text, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    const std::vector<RecordPart> parts = recordParts(text.body, m_settings.recordsAtOnce, kMostRequestBytes);
    QuietSink quiet(sink);
    connector::Outcome outcome;
    std::size_t accepted = 0;
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        connector::RequestText part = text;
        part.body = parts[i].body;
        auto sending = prepare(std::move(part), stop);
        if (!sending)
            return failedLogin(sink, std::move(sending).error());
        outcome = send(*sending, options, parts.size() == 1 ? sink : static_cast<connector::Sink &>(quiet), stop);
        if (parts.size() == 1)
            return outcome;
        bytes += outcome.bytes;
        if (outcome.error)
            break;
        accepted += parts[i].records;
        sink.status(RunnerTr::tr("%1 records accepted").arg(accepted));
    }
    std::size_t all = 0;
    for (const RecordPart &part : parts)
        all += part.records;
    if (outcome.error) {
        outcome.error->message = RunnerTr::tr("%1 of %2 records were accepted before this: %3").arg(accepted).arg(all).arg(outcome.error->message);
        outcome.error->hint += (outcome.error->hint.isEmpty() ? QString() : QStringLiteral(" "))
            + RunnerTr::tr("Send the rest alone: those that were accepted would be inserted twice.");
    } else {
        sink.notice(RunnerTr::tr("%1 records were accepted in %2 requests.").arg(accepted).arg(parts.size()));
    }
    outcome.hasResultSet = false;
    outcome.rows = outcome.columns = 0;
    outcome.bytes = bytes;
    return outcome;
}

core::Result<void> Runner::sign(Sending &sending, auth::SigningScope scope, std::stop_token stop)
{
    auto credentials = m_credentials.credentials(std::move(stop));
    if (!credentials)
        return std::move(credentials).error();
    auth::sign(sending.request, *credentials, scope, std::chrono::system_clock::now());
    for (const core::Secret &secret : {credentials->secretAccessKey, credentials->sessionToken}) {
        if (!secret.isEmpty())
            sending.request.secrets.push_back(secret);
    }
    sending.isSigned = true;
    return {};
}

core::Result<void> Runner::logIn(Sending &sending, std::stop_token stop)
{
    std::vector<http::Header> &headers = sending.request.headers;
    switch (m_settings.auth) {
    case Settings::Auth::None:
        return {};
    case Settings::Auth::ApiKey:
        sending.hasApiKey = true;
        if (!connector::hasHeader(headers, "x-api-key"))
            headers.push_back({"x-api-key", std::string(m_settings.secret.reveal()), true});
        sending.request.secrets.push_back(m_settings.secret);
        return {};
    case Settings::Auth::Bearer:
        if (m_settings.tokenScheme.empty())
            headers.push_back({"Authorization", std::string(m_settings.secret.reveal()), true});
        else
            headers.push_back(auth::tokenHeader(m_settings.tokenScheme, m_settings.secret));
        sending.request.secrets.push_back(m_settings.secret);
        return {};
    case Settings::Auth::OAuth:
        return addToken(sending, std::move(stop));
    case Settings::Auth::Signature:
        return sign(sending, {m_settings.region, m_settings.service}, std::move(stop));
    }
    return {};
}

// In the place of an earlier one, if the request has it.
core::Result<void> Runner::addToken(Sending &sending, std::stop_token stop)
{
    auto token = m_oauth->token(std::move(stop));
    if (!token)
        return std::move(token).error();
    std::vector<http::Header> &headers = sending.request.headers;
    std::erase_if(headers, [](const http::Header &header) { return connector::sameWord(header.name, "Authorization"); });
    if (m_settings.tokenScheme.empty())
        headers.push_back({"Authorization", std::string(token->secret.reveal()), true});
    else
        headers.push_back(auth::tokenHeader(m_settings.tokenScheme, token->secret));
    sending.request.secrets.push_back(token->secret);
    sending.token = token->generation;
    return {};
}

connector::Outcome Runner::failedLogin(connector::Sink &sink, core::Error error)
{
    connector::Outcome outcome = failedOutcome(std::move(error));
    outcome.bytes = reportLogins(sink);
    return outcome;
}

std::int64_t Runner::reportLogins(connector::Sink &sink)
{
    std::int64_t bytes = 0;
    for (const http::Exchange &exchange : m_oauth ? m_oauth->takeExchanges() : std::vector<http::Exchange>()) {
        bytes += exchange.wireBytes;
        sink.exchange(exchange);
    }
    return bytes;
}

std::optional<auth::LoginState> Runner::loginState() const
{
    return m_oauth ? std::optional(m_oauth->state()) : std::nullopt;
}

core::Result<void> Runner::renewLogin(connector::Sink &sink, std::stop_token stop)
{
    if (!m_oauth) {
        core::Error error;
        error.kind = core::ErrorKind::Unsupported;
        error.message = RunnerTr::tr("This connection fetches no token.");
        return error;
    }
    auto renewed = m_oauth->renew(std::move(stop));
    reportLogins(sink);
    return renewed ? core::Result<void>() : core::Result<void>(std::move(renewed).error());
}

// The origins of AWS's own services give way to the connection's endpoint; their part in the signature stays.
std::string Runner::awsUrl(const std::string &target, const auth::SigningScope &scope) const
{
    std::string url = target.starts_with('/') ? "https://" + scope.service + "." + scope.region + ".amazonaws.com" + target : target;
    const std::string host = hostIn(url);
    if (!m_settings.endpoint.empty() && url.starts_with("https://") && host.ends_with(".amazonaws.com"))
        url = m_settings.endpoint + std::string(pathOf(url));
    return url;
}

core::Result<Runner::Sending> Runner::prepare(connector::RequestText text, std::stop_token stop)
{
    Sending sending;
    auto scope = takeAwsAuthorization(text.headers);
    if (scope) {
        if (!*scope)
            return std::move(*scope).error();
        auth::SigningScope asked = std::move(*scope).value();
        const auth::SigningScope known = auth::scopeOfHost(hostIn(text.target));
        if (asked.region.empty())
            asked.region = known.region.empty() ? m_settings.region : known.region;
        if (asked.service.empty())
            asked.service = known.service.empty() ? m_settings.service : known.service;
        sending.isFunctionCall = isFunctionPath(text.target);
        sending.request = connector::requestOf(text, awsUrl(text.target, asked));
        if (auto done = sign(sending, asked, std::move(stop)); !done)
            return std::move(done).error();
        return sending;
    }
    connector::RequestTarget target = connector::resolveTarget(m_settings.baseUrl, text.target);
    const bool isOwn = target.isOwnOrigin && !connector::hasHeader(text.headers, "Authorization");
    if (isOwn || target.isOwnOrigin) {
        sending.resource = text.method + " " + resourceOf(text);
        sending.pointer = m_settings.pointer;
    }
    const bool isApiOfLambda = text.target.starts_with("/2015-03-31/") || text.target.starts_with("/2018-10-31/");
    if (m_settings.isLambda && target.isOwnOrigin && !isApiOfLambda) {
        sending.request.method = "POST";
        sending.request.url = m_settings.baseUrl + "/2015-03-31/functions/" + http::percentEncoded(m_settings.function) + "/invocations";
        sending.request.headers = {{"Content-Type", "application/json"}, {"X-Amz-Invocation-Type", "RequestResponse"}, {"X-Amz-Log-Type", "Tail"}};
        sending.request.body = proxyEvent(text);
        sending.isFunctionCall = true;
    } else {
        sending.isFunctionCall = m_settings.isLambda && isFunctionPath(text.target);
        sending.request = connector::requestOf(text, target);
        if (!text.body.empty() && !connector::hasHeader(text.headers, "Content-Type"))
            sending.request.headers.push_back({"Content-Type", "application/json"});
    }
    if (isOwn) {
        if (auto done = logIn(sending, std::move(stop)); !done)
            return std::move(done).error();
    }
    return sending;
}

// A token that is refused is fetched anew, once. The gateway let nothing pass by it, so that whatever it is may be sent again.
connector::Outcome Runner::send(Sending &sending, const connector::RunOptions &options, connector::Sink &sink, std::stop_token stop)
{
    std::int64_t bytes = reportLogins(sink);
    connector::Outcome outcome = attempt(sending, options, sink, stop);
    bytes += outcome.bytes;
    if (sending.token && outcome.error && outcome.error->httpStatus == kUnauthorized) {
        m_oauth->refused(*sending.token);
        const auto renewed = addToken(sending, stop);
        bytes += reportLogins(sink);
        outcome = renewed ? attempt(sending, options, sink, std::move(stop)) : failedOutcome(renewed.error());
        bytes += outcome.bytes;
    }
    outcome.bytes = bytes;
    return outcome;
}

connector::Outcome Runner::attempt(Sending &sending, const connector::RunOptions &options, connector::Sink &sink, std::stop_token stop)
{
    sending.request.idleTimeout = options.idleTimeout;
    sending.request.purpose = RunnerTr::tr("request");
    sink.started({sending.request.method + " " + std::string(pathOf(sending.request.url)), "ondograph", {}, std::chrono::system_clock::now()});
    http::Exchange exchange;
    // A signature is good for one address only.
    const bool follows = sending.request.safeToRepeat && !sending.isSigned;
    const auto hop = [&sink](const http::Exchange &earlier) { sink.exchange(earlier); };
    sending.request.repeated = hop;
    auto answer = follows ? http::sendFollowing(m_client, sending.request, stop, hop, &exchange)
                          : m_client.send(sending.request, stop, &exchange);
    if (!answer) {
        if (exchange.id != 0)
            sink.exchange(exchange);
        connector::Outcome outcome = failedOutcome(redacted(std::move(answer).error()));
        outcome.bytes = exchange.wireBytes;
        return outcome;
    }
    sink.exchange((*answer)->exchange());
    AnswerSummary summary = read(**answer, sending, options, sink);
    const http::Head head = (*answer)->head();
    connector::Outcome outcome = outcomeOf(head, std::move(summary), sending);
    exchange = (*answer)->exchange();
    exchange.finished = true;
    outcome.bytes = exchange.wireBytes;
    sink.exchange(exchange);
    if (sending.isFunctionCall)
        sayLog(head, outcome, sink);
    return outcome;
}

AnswerSummary Runner::read(http::Answer &answer, const Sending &sending, const connector::RunOptions &options, connector::Sink &sink)
{
    decode::AnswerSource source(answer);
    const http::Head &head = answer.head();
    if (head.status >= 300)
        return readErrorAnswer(source);
    if (!head.header("X-Amz-Function-Error").empty()) {
        AnswerSummary summary = readErrorAnswer(source);
        const StatedText stated = statedIn(summary.bodyStart);
        summary.isRefused = summary.isFunctionError = true;
        summary.errorType = stated.type.empty() ? std::string(head.header("X-Amz-Function-Error")) : stated.type;
        summary.errorText = stated.message;
        return summary;
    }
    AnswerOptions answerOptions;
    answerOptions.maxRows = options.maxRows;
    answerOptions.pointer = sending.pointer;
    answerOptions.isJsonDue = isJsonDue(head);
    answerOptions.lastSchema = lastSchema(sending.resource);
    return decodeAnswer(source, answerOptions, sink);
}

connector::Outcome Runner::outcomeOf(const http::Head &head, AnswerSummary summary, const Sending &sending)
{
    connector::Outcome outcome;
    outcome.hasResultSet = summary.hasResultSet;
    outcome.rows = summary.rows;
    outcome.columns = summary.columns;
    outcome.error = statedError({&head, &summary, sending.request.method, sending.isSigned, sending.hasApiKey});
    const bool isLost = summary.error && summary.error->kind != core::ErrorKind::Decode && summary.error->kind != core::ErrorKind::Limit;
    if (isLost && !sending.request.safeToRepeat)
        outcome.error->mayHaveRun = true;
    if (outcome.error && outcome.error->kind == core::ErrorKind::Login && sending.isSigned)
        m_credentials.refused();
    if (summary.cutByLimit) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::RowLimit;
    } else if (summary.cutBySink || (outcome.error && (summary.rows > 0 || breaksOff(outcome.error->kind)))) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    } else if (summary.saysMore && !outcome.error) {
        outcome.completeness = connector::Completeness::Unknown;
        outcome.reason = connector::Reason::ServerCannotTell;
    }
    if (outcome.error)
        outcome.error = redacted(std::move(*outcome.error));
    else if (!sending.resource.empty())
        remember(sending.resource, summary.schema);
    return outcome;
}

// Of a function that failed, its log says most; the service sends the last 4 KB of it.
void Runner::sayLog(const http::Head &head, const connector::Outcome &outcome, connector::Sink &sink) const
{
    if (!outcome.error)
        return;
    const auto log = fromBase64(head.header("X-Amz-Log-Result"));
    if (log && !log->empty())
        sink.notice(RunnerTr::tr("The end of the function's log:\n%1").arg(QString::fromStdString(*log)));
}

core::Result<std::string> Runner::fetch(
    const std::string &url, const auth::SigningScope &scope, connector::Sink &sink, std::stop_token stop)
{
    Sending sending;
    sending.request.url = awsUrl(url, scope);
    sending.request.headers.push_back({"Accept", "application/json"}); // or HAL comes
    sending.request.purpose = RunnerTr::tr("catalogue");
    sending.request.safeToRepeat = true;
    if (auto done = sign(sending, scope, stop); !done)
        return std::move(done).error();
    http::Exchange exchange;
    auto answer = m_client.send(sending.request, stop, &exchange);
    if (!answer) {
        if (exchange.id != 0)
            sink.exchange(exchange);
        return redacted(std::move(answer).error());
    }
    auto body = http::readAll(**answer, kMostOwnAnswer);
    exchange = (*answer)->exchange();
    exchange.finished = true;
    sink.exchange(exchange);
    if (!body)
        return redacted(std::move(body).error());
    AnswerSummary summary;
    summary.bodyStart = *body;
    if (auto error = statedError({&(*answer)->head(), &summary, "GET", true, false})) {
        if (error->kind == core::ErrorKind::Login)
            m_credentials.refused();
        return redacted(std::move(*error));
    }
    return body;
}

std::shared_ptr<const table::Schema> Runner::lastSchema(const std::string &resource) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_used.find(resource);
    return found == m_used.end() ? nullptr : found->second;
}

void Runner::remember(const std::string &resource, const std::shared_ptr<const table::Schema> &schema)
{
    const std::lock_guard lock(m_mutex);
    if (m_used.size() >= kMostRemembered && !m_used.contains(resource))
        return;
    auto &known = m_used[resource];
    if (schema)
        known = schema;
}

std::vector<UsedResource> Runner::usedResources() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<UsedResource> all;
    for (const auto &[name, schema] : m_used) {
        const std::size_t blank = name.find(' ');
        all.push_back({name.substr(0, blank), name.substr(blank + 1), schema});
    }
    return all;
}

// Servers that repeat what they were sent do not make it seen.
core::Error Runner::redacted(core::Error error) const
{
    if (m_oauth)
        return m_oauth->redacted(std::move(error));
    const std::string_view secret = m_settings.secret.reveal();
    if (secret.size() < 4)
        return error;
    const auto clean = [secret](std::string text) {
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
            text.replace(at, secret.size(), "***");
        return text;
    };
    error.message = QString::fromStdString(clean(error.message.toStdString()));
    error.hint = QString::fromStdString(clean(error.hint.toStdString()));
    error.serverText = clean(error.serverText);
    return error;
}

} // namespace timescale
