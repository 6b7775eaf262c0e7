// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"

#include <QCoreApplication>

#include <algorithm>

namespace connector {

namespace {

struct SessionTr {
    Q_DECLARE_TR_FUNCTIONS(Session)
};

core::Error unsupported(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Unsupported;
    error.message = message;
    return error;
}

} // namespace

std::vector<Outcome> Session::runBatch(
    const std::vector<Statement> &, const RunOptions &, const std::function<Sink &(std::size_t)> &, std::stop_token)
{
    Outcome outcome;
    outcome.error = unsupported(SessionTr::tr("This server takes no batches: run the statements one after another."));
    return {outcome};
}

core::Result<CallForm> Session::callForm(const std::vector<std::string> &, Sink &, std::stop_token)
{
    return unsupported(SessionTr::tr("There is nothing to call here."));
}

core::Result<std::string> Session::callStatement(const std::vector<std::string> &, const CallForm &, const CallValues &) const
{
    return unsupported(SessionTr::tr("There is nothing to call here."));
}

std::optional<LoginState> Session::loginState() const
{
    return std::nullopt;
}

core::Result<void> Session::renewLogin(Sink &, std::stop_token)
{
    return unsupported(SessionTr::tr("This connection has no token: each request carries the log-in itself."));
}

core::Result<CallForm> Session::insertForm(const std::vector<std::string> &path, Sink &sink, std::stop_token stop)
{
    auto form = callForm(path, sink, std::move(stop));
    if (form && !form->writes)
        return unsupported(SessionTr::tr("No rows can be written here."));
    return form;
}

core::Result<std::vector<InsertBatch>> Session::insertStatements(
    const std::vector<std::string> &path, const CallForm &form, std::span<const InsertRow> rows) const
{
    constexpr std::size_t kMostRows = 500;
    const std::size_t most = form.takesSeveralRows ? kMostRows : 1;
    std::vector<InsertBatch> batches;
    for (std::size_t first = 0; first < rows.size(); first += most) {
        const std::span<const InsertRow> part = rows.subspan(first, std::min(most, rows.size() - first));
        auto statement = callStatement(path, form, CallValues{{part.begin(), part.end()}, {}, false});
        if (!statement)
            return std::move(statement).error();
        batches.push_back({std::move(statement).value(), first, part.size()});
    }
    return batches;
}

} // namespace connector
