// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"

namespace request {

struct AwsDocument {
    std::string text; // one request in .http syntax, signed by "Authorization: AWS …" with keys that are not in it
    QStringList notices;
};

// Whether a text is a command line of the AWS tools, such as "aws lambda invoke …".
ONDO_EXPORT bool looksLikeAws(std::string_view text);

// The request of an "aws lambda", "aws apigateway" or "aws redshift-data" command. Usage errors carry line and column: a
// service, operation or option that is not known, a value that is missing.
ONDO_EXPORT core::Result<AwsDocument> awsDocument(std::string_view text, const ReadFile &readFile);

} // namespace request
