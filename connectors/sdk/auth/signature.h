// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "http/message.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// AWS Signature Version 4, as the "Signature Version 4 signing process" of the AWS reference describes it.
namespace auth {

struct AwsCredentials {
    std::string accessKeyId;
    core::Secret secretAccessKey;
    core::Secret sessionToken; // of temporary credentials; empty: none
    std::string origin; // where they were found, for messages: "environment", "profile dev in /…/credentials"
    std::optional<std::chrono::system_clock::time_point> expiry;
};

struct SigningScope {
    std::string region;
    std::string service; // "redshift-data", "execute-api", "lambda", "apigateway"; "s3" encodes its path once only
};

// The steps on the way to a signature, as a server's complaint quotes them.
struct SignatureSteps {
    std::string canonicalRequest;
    std::string stringToSign;
    std::string signature; // lower-case hex
    std::string authorization; // value of the header
};

// Adds X-Amz-Date, X-Amz-Security-Token (where there is a session token, never shown) and Authorization to a request
// that is otherwise as it is to be sent, replacing those that it has. Signed are host, content-type, and every x-amz-…
// header. now is UTC.
ONDO_EXPORT SignatureSteps sign(http::Request &request, const AwsCredentials &credentials, const SigningScope &scope,
    std::chrono::system_clock::time_point now);

// For a server that verifies, and for the published test vectors: the same over these parts, nothing added.
struct SignedParts {
    std::string method;
    std::string path; // as on the wire, percent-encoded
    std::string query; // as on the wire, without "?"
    std::vector<std::pair<std::string, std::string>> headers; // those that are signed, any order
    std::string payloadHash; // hex SHA-256 of the body, or what x-amz-content-sha256 says
    std::string amzDate; // YYYYMMDDTHHMMSSZ
    bool normalizesPath = true; // not for S3
};
ONDO_EXPORT SignatureSteps signatureOf(const SignedParts &parts, const AwsCredentials &credentials, const SigningScope &scope);

ONDO_EXPORT std::string sha256Hex(std::string_view bytes);

} // namespace auth
