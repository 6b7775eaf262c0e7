// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/neededsecrets.h"

#include <algorithm>

namespace workspace {

namespace {

using connector::Field;

const Field *fieldNamed(const connector::Manifest &manifest, const std::string &key)
{
    const auto found = std::find_if(manifest.fields.begin(), manifest.fields.end(), [&](const Field &field) { return field.key == key; });
    return found == manifest.fields.end() ? nullptr : &*found;
}

bool hasUser(const SavedConnection &connection, const connector::Manifest &manifest)
{
    return std::any_of(manifest.fields.begin(), manifest.fields.end(), [&](const Field &field) {
        return field.urlPart == Field::UrlPart::User && isShown(field, connection, manifest) && !valueOf(field, connection).empty();
    });
}

// Another field that is shown for the same choice and was filled in, such as the name of a variable that holds the key.
bool hasStandIn(const Field &secret, const SavedConnection &connection, const connector::Manifest &manifest)
{
    return std::any_of(manifest.fields.begin(), manifest.fields.end(), [&](const Field &field) {
        return field.type == Field::Type::Text && field.shownWhenKey == secret.shownWhenKey && field.shownWhenValues == secret.shownWhenValues
            && field.impliesKey == secret.shownWhenKey && !valueOf(field, connection).empty();
    });
}

} // namespace

std::string valueOf(const Field &field, const SavedConnection &connection)
{
    const auto found = connection.values.find(field.key);
    return found == connection.values.end() ? field.defaultValue : found->second;
}

bool isShown(const Field &field, const SavedConnection &connection, const connector::Manifest &manifest)
{
    if (field.shownWhenKey.empty())
        return true;
    const Field *other = fieldNamed(manifest, field.shownWhenKey);
    if (!other || !isShown(*other, connection, manifest))
        return false;
    const auto &values = field.shownWhenValues;
    return std::find(values.begin(), values.end(), valueOf(*other, connection)) != values.end();
}

std::vector<Field> neededSecrets(const SavedConnection &connection, const connector::Manifest &manifest)
{
    std::vector<Field> needed;
    for (const Field &field : manifest.fields) {
        if (field.type != Field::Type::Secret || !isShown(field, connection, manifest))
            continue;
        const bool isOfUser = field.urlPart == Field::UrlPart::Password && hasUser(connection, manifest);
        const bool isOfLogin = !field.shownWhenKey.empty() && !hasStandIn(field, connection, manifest);
        if (field.required || isOfUser || isOfLogin)
            needed.push_back(field);
    }
    return needed;
}

} // namespace workspace
