// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/signature.h"
#include "core/result.h"

#include <optional>
#include <string_view>

namespace auth {

// The header "Authorization: AWS region:us-east-1 service:lambda" of a request's text asks for a signature with the
// connection's own keys; it holds none. Both words may be missing: then the scope's part is empty. None: the value is of
// another scheme. Usage errors: anything else in it, keys above all.
ONDO_EXPORT std::optional<core::Result<SigningScope>> parseAwsAuthorization(std::string_view value);

// Region and service as a host name of AWS tells them ("lambda.us-east-1.amazonaws.com",
// "id.execute-api.us-east-1.amazonaws.com", "id.lambda-url.us-east-1.on.aws"); empty parts where it does not.
ONDO_EXPORT SigningScope scopeOfHost(std::string_view host);

} // namespace auth
