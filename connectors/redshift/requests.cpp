// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include "connector/freeanswer.h"
#include "connector/sessionparts.h"
#include "lifecycle.h"
#include "listanswer.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace redshift {

namespace {

struct RequestsTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftRequests)
};

constexpr std::size_t kMostAnswer = std::size_t(64) << 20;

std::string targetOf(const std::vector<http::Header> &headers)
{
    http::Head head;
    head.headers = headers;
    const std::string_view target = head.header("X-Amz-Target");
    return std::string(target.substr(target.find('.') == std::string_view::npos ? 0 : target.find('.') + 1));
}

std::string idOf(const std::string &body)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(body)).object().value(QStringLiteral("Id")).toString().toStdString();
}

bool readsOnly(const std::string &operation)
{
    return operation.starts_with("Describe") || operation.starts_with("Get") || operation.starts_with("List");
}

// What an endpoint of its own form says, as one row.
connector::Outcome freeOutcome(Caller &caller, const http::Head &head, const std::string &body, connector::Sink &sink)
{
    connector::Outcome outcome;
    outcome.hasResultSet = true;
    outcome.columns = 3;
    if (connector::deliverFreeAnswer(head, body, sink)) {
        outcome.rows = 1;
    } else {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = connector::Reason::Broken;
    }
    if (head.status >= 400)
        outcome.error = caller.refusalOf(head, body);
    return outcome;
}

} // namespace

connector::Outcome Runner::runRequest(const connector::Statement &statement, const connector::RunOptions &options,
    connector::Sink &sink, std::stop_token stop)
{
    auto text = connector::parseRequest(statement.text);
    if (text && !options.parameters.empty()) {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = RequestsTr::tr("A request has no parameters.");
        error.hint = RequestsTr::tr("Write the values into the request.");
        text = std::move(error);
    }
    if (!text)
        return connector::failedOutcome(std::move(text).error());
    const connector::RequestTarget target = connector::resolveTarget(m_caller.settings().endpoint, text->target);
    http::Request request = connector::requestOf(*text, target);
    const std::string operation = target.isOwnOrigin ? targetOf(request.headers) : std::string();
    if (!operation.empty() && !connector::hasHeader(request.headers, "Content-Type"))
        request.headers.insert(request.headers.begin(), {"Content-Type", "application/x-amz-json-1.1"});
    request.safeToRepeat = request.safeToRepeat || readsOnly(operation);
    request.idleTimeout = options.idleTimeout;
    request.purpose = RequestsTr::tr("request");
    const std::string id = idOf(request.body);
    const bool isSigned = target.isOwnOrigin && !connector::hasHeader(request.headers, "Authorization");

    Trip trip{sink, std::move(stop), options.idleTimeout};
    connector::Outcome outcome;
    auto open = m_caller.send(std::move(request), isSigned, trip);
    if (!open) {
        outcome = connector::failedOutcome(std::move(open).error());
    } else if (operation == "GetStatementResult" && open->head().status == 200) {
        outcome = readResult(m_caller, std::move(open).value(), id, options.maxRows, trip);
    } else {
        OpenAnswer answer = std::move(open).value();
        auto body = http::readAll(answer.answer(), kMostAnswer);
        const http::Head head = answer.head();
        if (!body)
            outcome = connector::failedOutcome(std::move(body).error());
        else if (auto list = head.status == 200 && !operation.empty() ? deliverList(*body, options.maxRows, sink) : std::nullopt)
            outcome = std::move(*list);
        else
            outcome = freeOutcome(m_caller, head, *body, sink);
    }
    outcome.bytes = trip.bytes;
    return outcome;
}

} // namespace redshift
