// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/awscredentials.h"

namespace auth {

// One search through all places, in the order of the AWS tools.
core::Result<AwsCredentials> searchAwsCredentials(const AwsSource &source, const std::stop_token &stop);

// What a credential_process printed. Login error: not the promised form.
core::Result<AwsCredentials> readProcessCredentials(std::string_view output);

} // namespace auth
