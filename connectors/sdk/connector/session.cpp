// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/connector.h"

#include <QCoreApplication>

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

} // namespace connector
