// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/profile.h"

#include "connector/profileurl.h"

#include <algorithm>

namespace connector {

namespace {

using Part = Field::UrlPart;

void takeDefaults(const Manifest &manifest, Profile &profile)
{
    for (const Field &field : manifest.fields) {
        if (!field.defaultValue.empty())
            profile.values.emplace(field.key, field.defaultValue);
        else if (field.urlPart == Part::Port && manifest.defaultPort > 0)
            profile.values.emplace(field.key, std::to_string(manifest.defaultPort));
    }
}

void writeUser(const Profile &profile, const Manifest &manifest, std::string &url)
{
    const Field *user = fieldOf(manifest, Part::User, profile);
    const std::string name = user && user->type != Field::Type::Secret ? profile.value(user->key) : std::string();
    if (!name.empty())
        url += http::percentEncoded(name) + "@";
}

void writeHost(const Profile &profile, const Manifest &manifest, std::string &url)
{
    if (const Field *host = fieldOf(manifest, Part::Host, profile)) {
        const std::string name = profile.value(host->key);
        url += name.find(':') == std::string::npos ? http::percentEncoded(name) : "[" + name + "]";
    }
    const Field *port = fieldOf(manifest, Part::Port, profile);
    const std::string number = port ? profile.value(port->key) : std::string();
    if (!number.empty() && number != std::to_string(manifest.defaultPort))
        url += ":" + number;
}

void writePath(const Profile &profile, const Manifest &manifest, std::string &url)
{
    const Field *path = fieldOf(manifest, Part::Path, profile);
    if (!path)
        return;
    url += '/';
    const std::string value = profile.value(path->key);
    std::string_view rest = value;
    for (;;) {
        const std::size_t slash = rest.find('/');
        url += http::percentEncoded(rest.substr(0, slash));
        if (slash == std::string_view::npos)
            return;
        url += '/';
        rest.remove_prefix(slash + 1);
    }
}

void writeQuery(const Profile &profile, const Manifest &manifest, std::string &url)
{
    char before = '?';
    const auto add = [&](const std::string &key, const std::string &value) {
        url += before + http::percentEncoded(key) + "=" + http::percentEncoded(value);
        before = '&';
    };
    for (const Field &field : manifest.fields) {
        const std::string value = profile.value(field.key);
        const bool isOfVariant = std::any_of(manifest.schemeVariants.begin(), manifest.schemeVariants.end(),
            [&](const SchemeVariant &variant) { return variant.values.contains(field.key); });
        if (field.urlPart == Part::Query && field.type != Field::Type::Secret && !value.empty() && value != field.defaultValue && !isOfVariant)
            add(field.key, value);
    }
    for (const NetworkKey &network : networkKeys()) {
        if (const std::string value = network.text(profile.network); !value.empty())
            add(network.key, value);
    }
}

std::string schemeOf(const Profile &profile, const Manifest &manifest)
{
    for (const SchemeVariant &variant : manifest.schemeVariants) {
        const bool fits = std::all_of(variant.values.begin(), variant.values.end(),
            [&profile](const auto &entry) { return profile.value(entry.first) == entry.second; });
        if (fits)
            return variant.scheme;
    }
    return manifest.scheme;
}

} // namespace

std::string Profile::value(const std::string &key) const
{
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
}

core::Secret Profile::secret(const std::string &key) const
{
    const auto found = secrets.find(key);
    return found == secrets.end() ? core::Secret() : found->second;
}

core::Result<Profile> profileFromUrl(std::string_view url, const std::vector<Manifest> &manifests)
{
    auto parts = http::parseUrl(url);
    if (!parts)
        return std::move(parts).error();
    Profile profile;
    auto manifest = manifestOf(*parts, manifests, profile);
    if (!manifest)
        return std::move(manifest).error();
    profile.connectorId = (*manifest)->id;
    // The query first: which field stands in the password's place depends on it.
    if (auto done = readQuery(*parts, **manifest, profile); !done)
        return std::move(done).error();
    takeDefaults(**manifest, profile);
    if (auto done = readAuthority(*parts, **manifest, profile); !done)
        return std::move(done).error();
    if (auto done = readPath(*parts, **manifest, profile); !done)
        return std::move(done).error();
    wipeSecrets(*parts);
    return profile;
}

std::string urlFromProfile(const Profile &profile, const Manifest &manifest)
{
    std::string url = schemeOf(profile, manifest);
    if (!profile.transport.empty() && profile.transport != manifest.defaultTransport)
        url += "+" + profile.transport;
    url += "://";
    writeUser(profile, manifest, url);
    writeHost(profile, manifest, url);
    writePath(profile, manifest, url);
    writeQuery(profile, manifest, url);
    return url;
}

} // namespace connector
