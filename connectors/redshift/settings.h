// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/awscredentials.h"
#include "connector/manifest.h"
#include "connector/profile.h"
#include "json/writer.h"

#include <string>

namespace redshift {

// What a connection says about who is asked, and as whom.
struct Settings {
    std::string endpoint; // base URL without a slash at its end
    std::string region; // that requests are signed for
    std::string database;
    std::string cluster; // one of these two
    std::string workgroup;
    std::string dbUser;
    std::string secretArn;
    int keepAliveSeconds = 0; // of a statement session; 0: none
    auth::AwsSource credentials;
    connector::Language language;
};

// Usage errors: parts that are missing or do not go together.
core::Result<Settings> settingsOf(const connector::Profile &profile, const connector::Language &language);

// ClusterIdentifier or WorkgroupName, DbUser, SecretArn: who connects, as every call but those about a statement's Id
// says it again.
void writeConnection(json::Writer &writer, const Settings &settings);

} // namespace redshift
