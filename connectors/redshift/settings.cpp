// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <QCoreApplication>

#include <charconv>

namespace redshift {

namespace {

struct SettingsTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftSettings)
};

constexpr int kLongestKeepAlive = 86400;

core::Error wrongSetting(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

QString urlHint()
{
    return SettingsTr::tr("Example: redshift://REGION/DATABASE?cluster=NAME or redshift://REGION/DATABASE?workgroup=NAME");
}

std::string endpointOf(const connector::Profile &profile, const std::string &region)
{
    std::string endpoint = profile.value("endpoint");
    const std::string transport = profile.transport.empty() ? "https" : profile.transport;
    if (endpoint.empty()) {
        const std::string domain = region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        endpoint = "redshift-data." + region + domain;
    }
    if (endpoint.find("://") == std::string::npos)
        endpoint = transport + "://" + endpoint;
    while (endpoint.ends_with('/'))
        endpoint.pop_back();
    return endpoint;
}

core::Result<void> checkTogether(const Settings &settings)
{
    if (!settings.cluster.empty() && !settings.workgroup.empty()) {
        return wrongSetting(SettingsTr::tr("The connection names a cluster and a workgroup."),
            SettingsTr::tr("It is one of them: the cluster of provisioned nodes, or the workgroup of a serverless one."));
    }
    if (settings.cluster.empty() && settings.workgroup.empty())
        return wrongSetting(SettingsTr::tr("The connection names neither a cluster nor a workgroup."), urlHint());
    if (!settings.workgroup.empty() && !settings.dbUser.empty()) {
        return wrongSetting(SettingsTr::tr("A workgroup takes no database user."),
            SettingsTr::tr("The user follows from the AWS identity, or from a secret (secret_arn)."));
    }
    if (!settings.secretArn.empty() && !settings.dbUser.empty()) {
        return wrongSetting(SettingsTr::tr("The connection names a secret and a database user."),
            SettingsTr::tr("The secret says which user it is: leave one of them out."));
    }
    if (settings.database.empty())
        return wrongSetting(SettingsTr::tr("The connection names no database."), urlHint());
    return {};
}

core::Result<void> checkKeys(const auth::AwsSource &source)
{
    if (source.accessKeyId.empty() != source.secretAccessKey.isEmpty()) {
        return wrongSetting(SettingsTr::tr("The connection has one half of the AWS keys only."),
            SettingsTr::tr("An access key id and a secret access key go together: redshift://KEY:SECRET@REGION/…"));
    }
    if (source.accessKeyId.empty() && !source.sessionToken.isEmpty()) {
        return wrongSetting(SettingsTr::tr("The connection has a session token without AWS keys."),
            SettingsTr::tr("A session token belongs to an access key id and a secret access key."));
    }
    if (!source.accessKeyId.empty() && !source.profile.empty()) {
        return wrongSetting(SettingsTr::tr("The connection has AWS keys and names an AWS profile."),
            SettingsTr::tr("Leave one of them out."));
    }
    return {};
}

} // namespace

core::Result<Settings> settingsOf(const connector::Profile &profile, const connector::Language &language)
{
    Settings settings;
    settings.language = language;
    settings.credentials.accessKeyId = profile.value("access_key");
    settings.credentials.secretAccessKey = profile.secret("secret_key");
    settings.credentials.sessionToken = profile.secret("session_token");
    settings.credentials.profile = profile.value("profile");
    const std::string place = profile.value("place");
    settings.region = profile.value("region").empty() ? place : profile.value("region");
    if (settings.region.empty())
        settings.region = auth::awsRegion(settings.credentials.profile);
    if (settings.region.empty()) {
        return wrongSetting(SettingsTr::tr("The connection names no region, and neither AWS_REGION nor the AWS profile does."),
            urlHint());
    }
    settings.endpoint = endpointOf(profile, place.empty() ? settings.region : place);
    settings.database = profile.value("database");
    settings.cluster = profile.value("cluster");
    settings.workgroup = profile.value("workgroup");
    settings.dbUser = profile.value("db_user");
    settings.secretArn = profile.value("secret_arn");
    const std::string seconds = profile.value("session");
    if (!seconds.empty()) {
        const auto [end, problem] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), settings.keepAliveSeconds);
        if (problem != std::errc() || settings.keepAliveSeconds < 0 || settings.keepAliveSeconds > kLongestKeepAlive) {
            return wrongSetting(SettingsTr::tr("A statement session lasts from 0 to 86400 seconds."),
                SettingsTr::tr("That is how long it is kept after a statement (session=SECONDS)."));
        }
    }
    if (auto keys = checkKeys(settings.credentials); !keys)
        return std::move(keys).error();
    if (auto together = checkTogether(settings); !together)
        return std::move(together).error();
    return settings;
}

void writeConnection(json::Writer &writer, const Settings &settings)
{
    if (!settings.cluster.empty())
        writer.key("ClusterIdentifier").string(settings.cluster);
    if (!settings.workgroup.empty())
        writer.key("WorkgroupName").string(settings.workgroup);
    if (!settings.dbUser.empty())
        writer.key("DbUser").string(settings.dbUser);
    if (!settings.secretArn.empty())
        writer.key("SecretArn").string(settings.secretArn);
}

} // namespace redshift
