// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/login.h"

#include "http/url.h"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace auth {

namespace {
struct LoginTr {
    Q_DECLARE_TR_FUNCTIONS(LoginTr)
};

core::Error cancelled()
{
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = LoginTr::tr("Cancelled while logging in.");
    return error;
}
} // namespace

http::Header basicHeader(std::string_view user, const core::Secret &password)
{
    std::string pair(user);
    pair += ':';
    pair += password.reveal();
    http::Header header { "Authorization", "Basic " + http::base64(pair), true };
    core::wipe(pair);
    return header;
}

http::Header tokenHeader(std::string_view scheme, const core::Secret &token)
{
    http::Header header { "Authorization", std::string(scheme), true };
    header.value += ' ';
    header.value += token.reveal();
    return header;
}

struct TokenLogin::State {
    explicit State(Fetch function)
        : fetch(std::move(function))
    {
    }

    const Fetch fetch;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool isFetching = false;
    bool isValid = false;
    Token token; // generation counts the fetches that succeeded
    // How the last fetch that failed ended, for those who waited for it. A cancelled one is nobody's answer but its own.
    std::uint64_t failures = 0;
    core::Error failure;
    int fetchCount = 0;
};

TokenLogin::TokenLogin(Fetch fetch)
    : m_state(std::make_unique<State>(std::move(fetch)))
{
}

TokenLogin::~TokenLogin() = default;

core::Result<TokenLogin::Token> TokenLogin::token(std::stop_token stop)
{
    State &state = *m_state;
    std::unique_lock lock(state.mutex);
    const std::uint64_t failuresBefore = state.failures;
    state.changed.wait(lock, stop, [&] { return !state.isFetching || state.isValid || state.failures != failuresBefore; });
    if (stop.stop_requested())
        return cancelled();
    if (state.isValid)
        return state.token;
    if (state.failures != failuresBefore)
        return state.failure;

    state.isFetching = true;
    ++state.fetchCount;
    lock.unlock();
    core::Result<core::Secret> fetched = state.fetch(stop);
    lock.lock();
    state.isFetching = false;
    if (fetched) {
        state.token = { std::move(fetched).value(), state.token.generation + 1 };
        state.isValid = true;
    } else if (fetched.error().kind != core::ErrorKind::Cancelled) {
        ++state.failures;
        state.failure = fetched.error();
    }
    core::Result<Token> result = fetched.ok() ? core::Result<Token>(state.token) : core::Result<Token>(fetched.error());
    lock.unlock();
    state.changed.notify_all();
    return result;
}

void TokenLogin::refused(std::uint64_t generation)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->token.generation == generation)
        m_state->isValid = false;
}

int TokenLogin::fetchCount() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->fetchCount;
}

} // namespace auth
