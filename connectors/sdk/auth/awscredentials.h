// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/signature.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

namespace auth {

// What a connection says about AWS credentials; what is empty is looked up as the AWS tools do.
struct AwsSource {
    std::string accessKeyId;
    core::Secret secretAccessKey;
    core::Secret sessionToken;
    std::string profile; // named explicitly: then the environment's keys are passed over
    std::chrono::milliseconds processLimit{60000}; // how long a credential_process may take
};

// Finds credentials: explicit keys, environment (AWS_ACCESS_KEY_ID …), ~/.aws/credentials, credential_process, in
// ~/.aws/config; files and profile moved by AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_PROFILE. What is not
// supported (role_arn, source_profile, credential_source, web identity, SSO, container and instance metadata) is named
// with the file, profile and key where it stands. Thread-safe; results are kept until five minutes before they expire.
class ONDO_EXPORT AwsCredentialStore
{
public:
    explicit AwsCredentialStore(AwsSource source);
    ~AwsCredentialStore();

    // Blocks while credential_process runs; that is ended when stop is requested. Login errors say what was looked for
    // and where.
    core::Result<AwsCredentials> credentials(std::stop_token stop);
    // The server says that they are wrong or expired: looked up again next time.
    void refused();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// The region of AWS_REGION, AWS_DEFAULT_REGION or the profile in the files; empty if none says.
ONDO_EXPORT std::string awsRegion(const std::string &profile);

} // namespace auth
