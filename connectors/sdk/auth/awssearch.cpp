// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/awssearch.h"

#include "auth/awsprofiles.h"
#include "auth/processoutput.h"

#include <QCoreApplication>

namespace auth {

namespace {

struct SearchTr {
    Q_DECLARE_TR_FUNCTIONS(SearchTr)
};

using Found = core::Result<std::optional<AwsCredentials>>; // none: not here, go on

core::Error searchError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Login;
    error.message = message;
    error.hint = hint;
    return error;
}

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString staticKeysHint()
{
    return SearchTr::tr("Use keys: in the connection, in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in a profile with "
                        "aws_access_key_id and aws_secret_access_key, or a profile with credential_process.");
}

core::Error unsupported(const QString &what, const std::string &profile, const std::string &file, const std::string &key)
{
    return searchError(SearchTr::tr("The profile %1 in %2 has %3: %4 is not supported.")
                           .arg(shown(profile), shown(file), shown(key), what),
        staticKeysHint());
}

Found fromConnection(const AwsSource &source)
{
    if (source.accessKeyId.empty() && source.secretAccessKey.isEmpty())
        return std::optional<AwsCredentials>();
    if (source.accessKeyId.empty() || source.secretAccessKey.isEmpty())
        return searchError(SearchTr::tr("The connection has one half of the AWS keys only."),
            SearchTr::tr("An access key id and a secret access key go together."));
    AwsCredentials out{source.accessKeyId, source.secretAccessKey, source.sessionToken, {}, {}};
    out.origin = SearchTr::tr("connection").toStdString();
    return std::optional(std::move(out));
}

core::Secret environmentSecret(const char *name)
{
    std::string text = environmentValue(name);
    core::Secret secret(text);
    core::wipe(text);
    return secret;
}

Found fromEnvironment()
{
    AwsCredentials out;
    out.accessKeyId = environmentValue("AWS_ACCESS_KEY_ID");
    if (out.accessKeyId.empty())
        return std::optional<AwsCredentials>();
    out.secretAccessKey = environmentSecret("AWS_SECRET_ACCESS_KEY");
    if (out.secretAccessKey.isEmpty()) {
        return searchError(SearchTr::tr("The environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY."),
            SearchTr::tr("Set both, or neither."));
    }
    out.sessionToken = environmentSecret("AWS_SESSION_TOKEN");
    out.origin = SearchTr::tr("environment").toStdString();
    return std::optional(std::move(out));
}

// What the AWS tools would take before static keys and we cannot.
core::Result<void> refuseRoles(const AwsProfile &profile, bool mayUseEnvironment)
{
    const QString role = SearchTr::tr("taking on a role");
    if (const AwsProfilePart *part = profile.partWith("role_arn")) {
        for (const char *key : {"source_profile", "credential_source", "web_identity_token_file"}) {
            if (const AwsProfilePart *other = profile.partWith(key))
                return unsupported(role, profile.name, other->file, std::string("role_arn, ") + key);
        }
        return unsupported(role, profile.name, part->file, "role_arn");
    }
    for (const char *key : {"source_profile", "credential_source", "web_identity_token_file"}) {
        if (const AwsProfilePart *part = profile.partWith(key))
            return unsupported(role, profile.name, part->file, key);
    }
    if (mayUseEnvironment && !environmentValue("AWS_WEB_IDENTITY_TOKEN_FILE").empty()) {
        return searchError(
            SearchTr::tr("The environment has AWS_WEB_IDENTITY_TOKEN_FILE: taking on a role by a web identity is not "
                         "supported."),
            staticKeysHint());
    }
    for (const char *key : {"sso_session", "sso_start_url", "sso_account_id", "sso_role_name"}) {
        if (const AwsProfilePart *part = profile.partWith(key))
            return unsupported(SearchTr::tr("single sign-on"), profile.name, part->file, key);
    }
    return {};
}

Found fromPart(const AwsProfile &profile, const std::optional<AwsProfilePart> &part)
{
    const std::string *id = part ? part->find("aws_access_key_id") : nullptr;
    if (!id)
        return std::optional<AwsCredentials>();
    const std::string *secret = part->find("aws_secret_access_key");
    if (!secret) {
        return searchError(SearchTr::tr("The profile %1 in %2 has aws_access_key_id without aws_secret_access_key.")
                               .arg(shown(profile.name), shown(part->file)));
    }
    AwsCredentials out;
    out.accessKeyId = *id;
    out.secretAccessKey = core::Secret(*secret);
    for (const char *key : {"aws_security_token", "aws_session_token"}) {
        if (const std::string *token = part->find(key))
            out.sessionToken = core::Secret(*token);
    }
    out.origin = SearchTr::tr("profile %1 in %2").arg(shown(profile.name), shown(part->file)).toStdString();
    return std::optional(std::move(out));
}

core::Error processError(const AwsProfile &profile, const AwsProfilePart &part, core::Error cause)
{
    cause.message = SearchTr::tr("credential_process of the profile %1 in %2 gave no credentials: %3")
                        .arg(shown(profile.name), shown(part.file), cause.message);
    if (cause.kind != core::ErrorKind::Cancelled)
        cause.kind = core::ErrorKind::Login;
    return cause;
}

// The last lines of what a program complained about, for a message.
QString complaint(const ProcessOutput &output)
{
    constexpr std::size_t kMost = 500;
    std::string_view text = output.errors;
    if (text.size() > kMost)
        text.remove_prefix(text.size() - kMost);
    return shown(text).trimmed();
}

Found fromProcess(const AwsProfile &profile, std::chrono::milliseconds limit, const std::stop_token &stop)
{
    const AwsProfilePart *part = profile.partWith("credential_process");
    if (!part)
        return std::optional<AwsCredentials>();
    auto output = outputOf(commandWords(*part->find("credential_process")), limit, stop);
    if (!output)
        return processError(profile, *part, std::move(output).error());
    if (output->exitCode != 0) {
        const QString ending = output->exitCode < 0
            ? SearchTr::tr("it was ended by a signal")
            : SearchTr::tr("it ended with code %1").arg(output->exitCode);
        const QString words = complaint(*output);
        core::Error cause = searchError(words.isEmpty() ? ending : ending + QStringLiteral(": ") + words);
        return processError(profile, *part, std::move(cause));
    }
    auto read = readProcessCredentials(output->output);
    core::wipe(output->output);
    if (!read)
        return processError(profile, *part, std::move(read).error());
    read->origin
        = SearchTr::tr("credential_process of the profile %1 in %2").arg(shown(profile.name), shown(part->file)).toStdString();
    return std::optional(std::move(read).value());
}

core::Error nothingFound(const AwsSource &source, const AwsProfile &profile)
{
    for (const char *variable : {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"}) {
        if (!environmentValue(variable).empty()) {
            return searchError(SearchTr::tr("The environment has %1: credentials from the metadata of a container are "
                                            "not supported.")
                                   .arg(shown(variable)),
                staticKeysHint());
        }
    }
    QString places = SearchTr::tr("the profile %1 in %2 and %3")
                         .arg(shown(profile.name), shown(awsCredentialsFile()), shown(awsConfigFile()));
    if (source.profile.empty())
        places = SearchTr::tr("the environment (AWS_ACCESS_KEY_ID), %1").arg(places);
    return searchError(SearchTr::tr("There are no AWS credentials. Looked for in: the connection, %1.").arg(places),
        staticKeysHint());
}

} // namespace

core::Result<AwsCredentials> searchAwsCredentials(const AwsSource &source, const std::stop_token &stop)
{
    const bool mayUseEnvironment = source.profile.empty();
    Found found = fromConnection(source);
    if (found && !*found && mayUseEnvironment)
        found = fromEnvironment();
    if (!found)
        return std::move(found).error();
    if (*found)
        return **found;

    const AwsProfile profile = readAwsProfile(awsProfileName(source.profile));
    if (!profile.exists() && (profile.name != "default" || !source.profile.empty())) {
        return searchError(SearchTr::tr("There is no profile %1 in %2 or %3.")
                               .arg(shown(profile.name), shown(awsCredentialsFile()), shown(awsConfigFile())),
            SearchTr::tr("In the config file its section reads [profile NAME], in the credentials file [NAME]."));
    }
    if (auto refused = refuseRoles(profile, mayUseEnvironment); !refused)
        return std::move(refused).error();
    found = fromPart(profile, profile.credentials);
    if (found && !*found)
        found = fromProcess(profile, source.processLimit, stop);
    if (found && !*found)
        found = fromPart(profile, profile.config);
    if (!found)
        return std::move(found).error();
    if (*found)
        return **found;
    return nothingFound(source, profile);
}

} // namespace auth
