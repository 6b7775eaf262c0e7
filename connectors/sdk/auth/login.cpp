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

// A token is fetched anew so long before its end: requests are under way for a while, and clocks differ.
constexpr std::chrono::seconds kMostSpare(60);
constexpr int kSpareShare = 5; // of the lifetime, of short ones

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
    const std::string scheme;
    const Fetch fetch;
    const Clock clock;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool isFetching = false;
    bool isValid = false;
    Token token; // generation counts the fetches that succeeded
    std::chrono::system_clock::time_point fetchedAt;
    std::optional<std::chrono::system_clock::time_point> expiresAt;
    std::chrono::system_clock::duration spare{}; // before that end, in which it is fetched anew
    // How the last fetch that failed ended, for those who waited for it. A cancelled one is nobody's answer but its own.
    std::uint64_t failures = 0;
    core::Error failure;
    int fetchCount = 0;

    std::chrono::system_clock::time_point now() const { return clock ? clock() : std::chrono::system_clock::now(); }
    bool isFresh() const { return isValid && (!expiresAt || now() < *expiresAt - spare); }
    bool isUsable() const { return isValid && (!expiresAt || now() < *expiresAt); }

    void take(Fetched fetched, std::chrono::system_clock::time_point askedAt)
    {
        token = { std::move(fetched.secret), token.generation + 1 };
        isValid = true;
        fetchedAt = askedAt;
        expiresAt.reset();
        if (fetched.lifetime) {
            expiresAt = askedAt + *fetched.lifetime;
            spare = std::min<std::chrono::system_clock::duration>(kMostSpare, *fetched.lifetime / kSpareShare);
        }
    }
};

TokenLogin::TokenLogin(std::string scheme, Fetch fetch, Clock clock)
    : m_state(new State{ std::move(scheme), std::move(fetch), std::move(clock) })
{
}

TokenLogin::~TokenLogin() = default;

core::Result<TokenLogin::Token> TokenLogin::token(std::stop_token stop)
{
    State &state = *m_state;
    std::unique_lock lock(state.mutex);
    const std::uint64_t failuresBefore = state.failures;
    state.changed.wait(lock, stop, [&] { return !state.isFetching || state.isFresh() || state.failures != failuresBefore; });
    if (stop.stop_requested())
        return cancelled();
    if (state.isFresh() || (state.isUsable() && state.failures != failuresBefore))
        return state.token;
    if (state.failures != failuresBefore)
        return state.failure;
    auto fetched = fetch(std::move(lock), stop);
    if (fetched || fetched.error().kind == core::ErrorKind::Cancelled)
        return fetched;
    lock = std::unique_lock(state.mutex);
    return state.isUsable() ? core::Result<Token>(state.token) : std::move(fetched);
}

core::Result<TokenLogin::Token> TokenLogin::renew(std::stop_token stop)
{
    State &state = *m_state;
    std::unique_lock lock(state.mutex);
    const std::uint64_t generationBefore = state.token.generation;
    const std::uint64_t failuresBefore = state.failures;
    state.changed.wait(lock, stop, [&] { return !state.isFetching; });
    if (stop.stop_requested())
        return cancelled();
    if (state.token.generation != generationBefore)
        return state.token;
    if (state.failures != failuresBefore)
        return state.failure;
    return fetch(std::move(lock), std::move(stop));
}

// Called by one thread at a time, with the lock, which is not held while the server is asked.
core::Result<TokenLogin::Token> TokenLogin::fetch(std::unique_lock<std::mutex> lock, std::stop_token stop)
{
    State &state = *m_state;
    state.isFetching = true;
    ++state.fetchCount;
    const auto askedAt = state.now();
    lock.unlock();
    core::Result<Fetched> fetched = state.fetch(std::move(stop));
    lock.lock();
    state.isFetching = false;
    if (fetched) {
        state.take(std::move(fetched).value(), askedAt);
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

LoginState TokenLogin::state() const
{
    const std::lock_guard lock(m_state->mutex);
    LoginState shown;
    shown.scheme = m_state->scheme;
    if (m_state->token.generation > 0) {
        shown.fetchedAt = m_state->fetchedAt;
        shown.expiresAt = m_state->expiresAt;
        shown.renewals = static_cast<int>(m_state->token.generation) - 1;
    }
    return shown;
}

int TokenLogin::fetchCount() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->fetchCount;
}

} // namespace auth
