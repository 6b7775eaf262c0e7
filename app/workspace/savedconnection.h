// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/profile.h"

#include <QByteArray>

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workspace {

// A connection as its file holds it: readable, the same bytes for the same contents, and without a secret. Secret fields
// have references only, which say where the secret is found.
struct SavedConnection {
    std::string name;
    std::string connectorId;
    std::string transport;
    std::map<std::string, std::string> values; // by field key; what is the field's default is left out
    std::map<std::string, std::string> references; // of secret fields and connector::networkSecrets: see secretreference.h
    std::map<std::string, std::string> network; // by connector::networkKeys
    std::string group;
    std::string environment; // "", "development", "test", "production"
    bool isReadOnly = false;
    std::string colour; // "", or one of connectionColours(): the mark in lists
    int order = 0; // place in lists, lowest first; 0: after all that have one, by name

    QByteArray toJson() const;
    // Usage errors name the member that is wrong.
    static core::Result<SavedConnection> fromJson(const QByteArray &json);
    // One connection, or a list of them.
    static core::Result<std::vector<SavedConnection>> listFromJson(const QByteArray &json);
    static QByteArray listToJson(const std::vector<SavedConnection> &connections);

    static SavedConnection fromProfile(const connector::Profile &profile, const connector::Manifest &manifest);
    // Finds what a reference points to; label is what the field is called.
    using SecretLookup = std::function<core::Result<core::Secret>(const std::string &field, const QString &label, const std::string &reference)>;
    // Fills in what the references point to. Errors: those of lookup.
    core::Result<connector::Profile> toProfile(const connector::Manifest &manifest, const SecretLookup &lookup) const;
};

bool isEnvironmentName(std::string_view name);

// The names that a mark's colour has in a file, in the order of the theme's series colours.
const std::array<std::string_view, 8> &connectionColours();

} // namespace workspace
