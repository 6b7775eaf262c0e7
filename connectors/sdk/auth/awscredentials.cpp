// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awscredentials.h"

#include "auth/awssearch.h"
#include "auth/awsprofiles.h"

#include <QCoreApplication>

#include <condition_variable>

namespace auth {

namespace {
struct StoreTr {
    Q_DECLARE_TR_FUNCTIONS(StoreTr)
};

// Credentials that end sooner are looked up again: the server may see its clock differently.
constexpr std::chrono::minutes kSpare(5);
} // namespace

struct AwsCredentialStore::State {
    AwsSource source;
    std::mutex mutex;
    std::condition_variable_any changed;
    bool isSearching = false;
    std::optional<AwsCredentials> found;

    bool isFresh() const
    {
        return found && (!found->expiry || *found->expiry - kSpare > std::chrono::system_clock::now());
    }
};

AwsCredentialStore::AwsCredentialStore(AwsSource source)
    : m_state(std::make_unique<State>())
{
    m_state->source = std::move(source);
}

AwsCredentialStore::~AwsCredentialStore() = default;

core::Result<AwsCredentials> AwsCredentialStore::credentials(std::stop_token stop)
{
    State &state = *m_state;
    std::unique_lock lock(state.mutex);
    if (!state.changed.wait(lock, stop, [&] { return !state.isSearching; })) {
        core::Error error;
        error.kind = core::ErrorKind::Cancelled;
        error.message = StoreTr::tr("Cancelled while looking for AWS credentials.");
        return error;
    }
    if (state.isFresh())
        return *state.found;
    state.isSearching = true;
    lock.unlock();
    auto found = searchAwsCredentials(state.source, stop);
    lock.lock();
    state.isSearching = false;
    state.found = found ? std::optional(*found) : std::nullopt;
    lock.unlock();
    state.changed.notify_all();
    return found;
}

void AwsCredentialStore::refused()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->found.reset();
}

std::string awsRegion(const std::string &profile)
{
    for (const char *variable : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
        if (std::string region = environmentValue(variable); !region.empty())
            return region;
    }
    const AwsProfile found = readAwsProfile(awsProfileName(profile));
    const AwsProfilePart *part = found.partWith("region");
    return part ? *part->find("region") : std::string();
}

} // namespace auth
