// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awsauthorization.h"

#include <QCoreApplication>

#include <vector>

namespace auth {

namespace {

struct AwsAuthorizationTr {
    Q_DECLARE_TR_FUNCTIONS(AwsAuthorization)
};

std::vector<std::string_view> partsOf(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        if (const std::string_view part = text.substr(0, end); !part.empty())
            parts.push_back(part);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return parts;
}

bool isAwsScheme(std::string_view word)
{
    return word.size() == 3 && (word[0] | 0x20) == 'a' && (word[1] | 0x20) == 'w' && (word[2] | 0x20) == 's';
}

} // namespace

std::optional<core::Result<SigningScope>> parseAwsAuthorization(std::string_view value)
{
    const std::vector<std::string_view> words = partsOf(value, ' ');
    if (words.empty() || !isAwsScheme(words[0]))
        return std::nullopt;
    SigningScope scope;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word.starts_with("region:") && word.size() > 7) {
            scope.region = word.substr(7);
        } else if (word.starts_with("service:") && word.size() > 8) {
            scope.service = word.substr(8);
        } else { // may be a key: not repeated
            core::Error error;
            error.kind = core::ErrorKind::Usage;
            error.message = AwsAuthorizationTr::tr("The header \"Authorization: AWS\" holds more than region and service.");
            error.hint = AwsAuthorizationTr::tr(
                "It reads \"Authorization: AWS region:us-east-1 service:lambda\"; the keys are the connection's own.");
            return core::Result<SigningScope>(std::move(error));
        }
    }
    return core::Result<SigningScope>(std::move(scope));
}

SigningScope scopeOfHost(std::string_view host)
{
    SigningScope scope;
    const std::vector<std::string_view> parts = partsOf(host, '.');
    const bool isAws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    if (host.ends_with(".on.aws") && parts.size() == 5 && parts[1] == "lambda-url") {
        scope.service = "lambda";
        scope.region = parts[2];
    } else if (isAws && parts.size() >= 5 && parts[1] == "execute-api") {
        scope.service = "execute-api";
        scope.region = parts[2];
    } else if (isAws && parts.size() >= 4) {
        scope.service = parts[0];
        scope.region = parts[1];
    }
    return scope;
}

} // namespace auth
