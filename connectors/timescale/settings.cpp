// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include "http/url.h"

#include <QCoreApplication>

#include <charconv>
#include <cstdlib>

namespace timescale {

namespace {

struct SettingsTr {
    Q_DECLARE_TR_FUNCTIONS(Timescale)
};

core::Error settingError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

std::string_view trimmedPart(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        if (const std::string_view part = trimmedPart(text.substr(0, end)); !part.empty())
            parts.push_back(part);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return parts;
}

std::string withoutSlash(std::string text)
{
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

std::string baseUrlOf(const connector::Profile &profile)
{
    const std::string host = profile.value("host");
    const std::string port = profile.value("port");
    const std::string transport = profile.transport.empty() ? "https" : profile.transport;
    const std::string name = host.find(':') == std::string::npos ? http::percentEncoded(host) : "[" + host + "]";
    std::string url = transport + "://" + name + (port.empty() ? std::string() : ":" + port);
    const std::string base = profile.value("base");
    for (const std::string_view part : split(base, '/'))
        url += "/" + http::percentEncodedSegment(part);
    return url;
}

// The secret itself, or that of the environment variable that the connection names.
core::Result<core::Secret> secretOf(const connector::Profile &profile, const char *field, const char *variableField)
{
    const std::string variable = profile.value(variableField);
    if (variable.empty())
        return profile.secret(field);
    const char *value = std::getenv(variable.c_str());
    if (!value || !*value) {
        return settingError(SettingsTr::tr("The environment variable %1 (%2 of the connection) is not set.")
                                .arg(QString::fromStdString(variable), QString::fromLatin1(variableField)));
    }
    return core::Secret(value);
}

core::Result<void> readOAuth(const connector::Profile &profile, Settings &settings)
{
    using auth::OAuthSettings;
    OAuthSettings &oauth = settings.oauth;
    oauth.tokenUrl = profile.value("token_url");
    if (!oauth.tokenUrl.starts_with("https://") && !oauth.tokenUrl.starts_with("http://"))
        return settingError(SettingsTr::tr("\"token_url\" is not a URL."), SettingsTr::tr("It reads https://HOST/PATH"));
    oauth.grant = profile.value("grant") == "refresh_token" ? OAuthSettings::Grant::RefreshToken : OAuthSettings::Grant::ClientCredentials;
    oauth.clientAuthentication
        = profile.value("client_auth") == "body" ? OAuthSettings::ClientAuthentication::Body : OAuthSettings::ClientAuthentication::Basic;
    oauth.clientId = profile.value("client_id");
    oauth.scope = profile.value("scope");
    oauth.audience = profile.value("audience");
    auto clientSecret = secretOf(profile, "client_secret", "client_secret_env");
    if (!clientSecret)
        return std::move(clientSecret).error();
    oauth.clientSecret = std::move(clientSecret).value();
    auto refreshToken = secretOf(profile, "refresh_token", "refresh_token_env");
    if (!refreshToken)
        return std::move(refreshToken).error();
    oauth.refreshToken = std::move(refreshToken).value();
    const bool isRefresh = oauth.grant == OAuthSettings::Grant::RefreshToken;
    if (isRefresh && oauth.refreshToken.isEmpty())
        return settingError(SettingsTr::tr("The connection has no refresh token."), SettingsTr::tr("Name the environment variable that holds it: refresh_token_env=VAR"));
    if (!isRefresh && (oauth.clientId.empty() || oauth.clientSecret.isEmpty()))
        return settingError(SettingsTr::tr("Client credentials are a client ID and a client secret: one of them is missing."),
            SettingsTr::tr("client_id=ID, and the environment variable that holds the secret: client_secret_env=VAR"));
    if (profile.keepSecret)
        oauth.keepRefreshToken = [keep = profile.keepSecret](const core::Secret &token) { keep("refresh_token", token); };
    return {};
}

core::Result<void> readAuth(const connector::Profile &profile, Settings &settings)
{
    const std::string auth = profile.value("auth");
    if (settings.isLambda || auth == "sigv4") {
        settings.auth = Settings::Auth::Signature;
    } else if (auth == "apikey") {
        settings.auth = Settings::Auth::ApiKey;
        auto key = secretOf(profile, "api_key", "api_key_env");
        if (!key)
            return std::move(key).error();
        settings.secret = std::move(key).value();
        if (settings.secret.isEmpty())
            return settingError(SettingsTr::tr("The connection has no API key."),
                SettingsTr::tr("Name the environment variable that holds it: api_key_env=VAR"));
    } else if (auth == "bearer") {
        settings.auth = Settings::Auth::Bearer;
        auto token = secretOf(profile, "token", "token_env");
        if (!token)
            return std::move(token).error();
        settings.secret = std::move(token).value();
        if (settings.secret.isEmpty())
            return settingError(SettingsTr::tr("The connection has no token."),
                SettingsTr::tr("Name the environment variable that holds it: token_env=VAR"));
    } else if (auth == "oauth2") {
        settings.auth = Settings::Auth::OAuth;
        if (auto read = readOAuth(profile, settings); !read)
            return read;
    }
    settings.tokenScheme = profile.value("token_scheme") == "none" ? "" : "Bearer";
    return {};
}

// Host names of AWS hold the region: ID.execute-api.REGION.amazonaws.com, ID.lambda-url.REGION.on.aws.
std::string regionIn(const std::string &host)
{
    const std::vector<std::string_view> parts = split(host, '.');
    const bool isAws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn") || host.ends_with(".on.aws");
    return isAws && parts.size() > 3 ? std::string(parts[2]) : std::string();
}

core::Result<void> readAws(const connector::Profile &profile, Settings &settings)
{
    settings.aws.accessKeyId = profile.value("access_key_id");
    settings.aws.secretAccessKey = profile.secret("secret_access_key");
    settings.aws.sessionToken = profile.secret("session_token");
    settings.aws.profile = profile.value("profile");
    if (settings.aws.accessKeyId.empty() != settings.aws.secretAccessKey.isEmpty())
        return settingError(SettingsTr::tr("An AWS access key is an ID and a secret: one of them is missing."));
    settings.region = settings.isLambda ? profile.value("function_region") : profile.value("region");
    if (settings.region.empty())
        settings.region = regionIn(profile.value("host"));
    if (settings.region.empty())
        settings.region = auth::awsRegion(settings.aws.profile);
    settings.service = profile.value("service");
    if (settings.service.empty())
        settings.service = settings.isLambda || profile.value("host").ends_with(".on.aws") ? "lambda" : "execute-api";
    settings.endpoint = withoutSlash(profile.value("endpoint"));
    const bool isUrl = settings.endpoint.empty() || settings.endpoint.starts_with("http://") || settings.endpoint.starts_with("https://");
    if (!isUrl)
        return settingError(SettingsTr::tr("\"endpoint\" is not a URL."), SettingsTr::tr("It reads https://HOST:PORT"));
    if (settings.auth == Settings::Auth::Signature && settings.region.empty())
        return settingError(SettingsTr::tr("No region is known, which a signature names."), SettingsTr::tr("Add region=us-east-1, or set AWS_REGION."));
    return {};
}

core::Result<void> readBatch(const connector::Profile &profile, Settings &settings)
{
    const std::string text = profile.value("batch");
    if (text.empty())
        return {};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), settings.recordsAtOnce);
    if (code != std::errc() || end != text.data() + text.size() || settings.recordsAtOnce == 0)
        return settingError(SettingsTr::tr("\"batch\" is the number of records that go in one request: 1 or more."));
    return {};
}

core::Result<void> readCatalogue(const connector::Profile &profile, Settings &settings)
{
    settings.pointer = profile.value("pointer");
    if (!settings.pointer.empty() && !settings.pointer.starts_with('/'))
        return settingError(SettingsTr::tr("\"pointer\" is not a JSON pointer."), SettingsTr::tr("It begins with a slash: /data/rows"));
    settings.api = profile.value("api");
    settings.stage = profile.value("stage");
    settings.openApiFile = profile.value("openapi");
    const std::string resources = profile.value("resources");
    for (const std::string_view resource : split(resources, ','))
        settings.resources.emplace_back(resource);
    auto columns = recordColumnsFrom(profile.value("columns"));
    if (!columns)
        return std::move(columns).error();
    settings.recordColumns = std::move(columns).value();
    return readBatch(profile, settings);
}

} // namespace

core::Result<std::map<std::string, std::vector<RecordColumn>>> recordColumnsFrom(std::string_view text)
{
    std::map<std::string, std::vector<RecordColumn>> all;
    for (const std::string_view entry : split(text, ';')) {
        const std::size_t open = entry.find('(');
        if (open == std::string_view::npos || !entry.ends_with(')') || !entry.starts_with('/')) {
            return settingError(SettingsTr::tr("\"columns\" is not understood at \"%1\".").arg(QString::fromUtf8(entry)),
                SettingsTr::tr("It reads /insert(time,symbol:text,price_open);/other(a,b)"));
        }
        std::vector<RecordColumn> &columns = all[std::string(trimmedPart(entry.substr(0, open)))];
        for (std::string_view name : split(entry.substr(open + 1, entry.size() - open - 2), ',')) {
            const bool isText = name.ends_with(":text");
            name.remove_suffix(isText ? 5 : 0);
            columns.push_back({std::string(name), isText});
        }
    }
    return all;
}

core::Result<Settings> settingsFrom(const connector::Profile &profile)
{
    Settings settings;
    settings.isLambda = profile.value("via") == "lambda";
    if (settings.isLambda) {
        settings.function = profile.value("function");
        if (settings.function.empty())
            return settingError(SettingsTr::tr("The connection names no function."), SettingsTr::tr("Example: timescale+lambda://us-east-1/my_function"));
    } else if (profile.value("host").empty()) {
        return settingError(SettingsTr::tr("The connection names no host."),
            SettingsTr::tr("Example: timescale://ID.execute-api.us-east-1.amazonaws.com/prod"));
    }
    if (auto done = readAuth(profile, settings); !done)
        return std::move(done).error();
    if (auto done = readAws(profile, settings); !done)
        return std::move(done).error();
    if (auto done = readCatalogue(profile, settings); !done)
        return std::move(done).error();
    if (settings.isLambda)
        settings.baseUrl = settings.endpoint.empty() ? "https://lambda." + settings.region + ".amazonaws.com" : settings.endpoint;
    else
        settings.baseUrl = baseUrlOf(profile);
    return settings;
}

std::string_view originOf(std::string_view url)
{
    const std::size_t authority = url.find("://");
    return authority == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", authority + 3));
}

std::string_view pathOf(std::string_view url)
{
    return url.substr(originOf(url).size());
}

} // namespace timescale
