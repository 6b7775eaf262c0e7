// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/profileurl.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <set>

namespace connector {

namespace {

using Part = Field::UrlPart;

struct UrlTr {
    Q_DECLARE_TR_FUNCTIONS(UrlTr)
};

QString shownText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

core::Error urlError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

bool isShown(const Field &field, const Profile &profile)
{
    if (field.shownWhenKey.empty())
        return true;
    const std::string value = profile.value(field.shownWhenKey);
    return std::find(field.shownWhenValues.begin(), field.shownWhenValues.end(), value) != field.shownWhenValues.end();
}

core::Error unknownKey(const std::string &key, const Manifest &manifest)
{
    QStringList known;
    for (const Field &field : manifest.fields) {
        if (field.urlPart == Part::Query)
            known << QString::fromStdString(field.key);
    }
    for (const NetworkKey &network : networkKeys())
        known << QString::fromLatin1(network.key);
    return urlError(UrlTr::tr("A URL of %1 has no key \"%2\".").arg(manifest.name, shownText(key)),
        UrlTr::tr("Known keys: %1.").arg(known.join(QStringLiteral(", "))));
}

core::Result<void> checkChoice(const Field &field, const std::string &value)
{
    QStringList known;
    for (const auto &[choice, label] : field.choices) {
        if (choice == value)
            return {};
        known << QString::fromStdString(choice);
    }
    return urlError(UrlTr::tr("\"%1\" is not a value of \"%2\".").arg(shownText(value), shownText(field.key)),
        UrlTr::tr("Known values: %1.").arg(known.join(QStringLiteral(", "))));
}

core::Result<void> checkInteger(const Field &field, const std::string &value)
{
    const bool digits = !value.empty() && value.size() < 19
        && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits)
        return {};
    return urlError(UrlTr::tr("\"%1\" takes a whole number.").arg(shownText(field.key)));
}

core::Result<void> store(const Field &field, const std::string &value, Profile &profile)
{
    if (field.type == Field::Type::Secret) {
        profile.secrets[field.key] = core::Secret(value);
        return {};
    }
    core::Result<void> checked;
    if (field.type == Field::Type::Choice)
        checked = checkChoice(field, value);
    else if (field.type == Field::Type::Integer)
        checked = checkInteger(field, value);
    else if (field.type == Field::Type::Flag && value != "true" && value != "false")
        checked = urlError(UrlTr::tr("\"%1\" is true or false.").arg(shownText(field.key)));
    if (checked)
        profile.values[field.key] = value;
    return checked;
}

} // namespace

const Field *fieldOf(const Manifest &manifest, Part part, const Profile &profile)
{
    const auto found = std::find_if(manifest.fields.begin(), manifest.fields.end(),
        [&](const Field &field) { return field.urlPart == part && isShown(field, profile); });
    return found == manifest.fields.end() ? nullptr : &*found;
}

core::Result<const Manifest *> manifestOf(
    const http::UrlParts &parts, const std::vector<Manifest> &manifests, Profile &profile)
{
    std::string scheme = parts.scheme;
    for (const std::string_view suffix : {"+http", "+https"}) {
        if (scheme.ends_with(suffix)) {
            profile.transport = suffix.substr(1);
            scheme.resize(scheme.size() - suffix.size());
            break;
        }
    }
    QStringList known;
    for (const Manifest &manifest : manifests) {
        const auto variant = std::find_if(manifest.schemeVariants.begin(), manifest.schemeVariants.end(),
            [&scheme](const SchemeVariant &candidate) { return candidate.scheme == scheme; });
        const bool isVariant = variant != manifest.schemeVariants.end();
        if (isVariant || manifest.scheme == scheme) {
            if (isVariant)
                profile.values = variant->values;
            if (profile.transport.empty())
                profile.transport = manifest.defaultTransport;
            return &manifest;
        }
        known << QString::fromStdString(manifest.scheme) + QStringLiteral("://");
    }
    return urlError(UrlTr::tr("No connector takes URLs that start with \"%1\".").arg(shownText(scheme) + QStringLiteral("://")),
        known.isEmpty() ? UrlTr::tr("No connector was found; the command \"connectors\" lists what there is.")
                        : UrlTr::tr("Known: %1.").arg(known.join(QStringLiteral(", "))));
}

core::Result<void> readQuery(const http::UrlParts &parts, const Manifest &manifest, Profile &profile)
{
    std::set<std::string> seen;
    for (const auto &[key, value] : parts.query) {
        if (!seen.insert(key).second)
            return urlError(UrlTr::tr("The key \"%1\" is in the URL twice.").arg(shownText(key)));
        const auto field = std::find_if(manifest.fields.begin(), manifest.fields.end(),
            [&name = key](const Field &candidate) { return candidate.urlPart == Part::Query && candidate.key == name; });
        if (field != manifest.fields.end()) {
            if (auto stored = store(*field, value, profile); !stored)
                return stored;
        } else if (const NetworkKey *network = networkKey(key)) {
            if (auto stored = network->store(profile.network, value); !stored)
                return stored;
        } else if (const NetworkSecret *secret = networkSecret(key)) {
            profile.network.*(secret->member) = core::Secret(value);
        } else {
            return unknownKey(key, manifest);
        }
    }
    for (const Field &field : manifest.fields) {
        if (!field.impliesKey.empty() && seen.contains(field.key))
            profile.values.emplace(field.impliesKey, field.impliesValue);
    }
    return {};
}

core::Result<void> readAuthority(const http::UrlParts &parts, const Manifest &manifest, Profile &profile)
{
    const auto put = [&](Part part, const std::string &value, const QString &what) -> core::Result<void> {
        if (value.empty())
            return {};
        const Field *field = fieldOf(manifest, part, profile);
        if (!field)
            return urlError(UrlTr::tr("This URL of %1 takes no %2.").arg(manifest.name, what));
        return store(*field, value, profile);
    };
    if (auto done = put(Part::User, parts.user, UrlTr::tr("user")); !done)
        return done;
    if (auto done = put(Part::Password, parts.password, UrlTr::tr("password")); !done)
        return done;
    if (auto done = put(Part::Host, parts.host, UrlTr::tr("host")); !done)
        return done;
    if (auto done = put(Part::Port, parts.port ? std::to_string(*parts.port) : std::string(), UrlTr::tr("port")); !done)
        return done;
    const Field *host = fieldOf(manifest, Part::Host, profile);
    if (host && host->required && profile.value(host->key).empty())
        return urlError(UrlTr::tr("The URL names no host."),
            UrlTr::tr("It reads %1://USER:PASSWORD@HOST:PORT/…").arg(shownText(manifest.scheme)));
    return {};
}

core::Result<void> readPath(const http::UrlParts &parts, const Manifest &manifest, Profile &profile)
{
    std::string_view path = parts.path;
    if (path.starts_with('/'))
        path.remove_prefix(1);
    if (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.empty())
        return {};
    const Field *field = fieldOf(manifest, Part::Path, profile);
    if (!field)
        return urlError(UrlTr::tr("This URL of %1 takes no path.").arg(manifest.name));
    auto decoded = http::percentDecoded(path);
    if (!decoded)
        return std::move(decoded).error();
    return store(*field, *decoded, profile);
}

void wipeSecrets(http::UrlParts &parts)
{
    core::wipe(parts.password);
    for (auto &[key, value] : parts.query)
        core::wipe(value);
}

} // namespace connector
