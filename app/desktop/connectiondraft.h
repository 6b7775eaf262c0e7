// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/connectionservice.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace desktop {

// A connection while somebody edits it: one set of values that the form and the URL are two views of. Knows no widgets.
class ConnectionDraft
{
public:
    // manifests outlive the draft.
    explicit ConnectionDraft(const std::vector<connector::Manifest> &manifests);

    // Begins anew with a connection of this connector.
    void begin(const std::string &connectorId);
    // Begins with what a file holds.
    void begin(const workspace::SavedConnection &connection);

    const connector::Manifest &manifest() const { return *m_manifest; }
    // Keeps what both have: host, user and whatever else has the same key.
    void setConnector(const std::string &id);

    workspace::SavedConnection &connection() { return m_connection; }
    const workspace::SavedConnection &connection() const { return m_connection; }
    // The connection as it is to be written: the port is there where it was left empty.
    workspace::SavedConnection finished() const;
    const SecretMap &secrets() const { return m_secrets; }

    bool isShown(const connector::Field &field) const;
    std::string value(const connector::Field &field) const;
    void setValue(const connector::Field &field, const std::string &value);
    // Of a secret field: a reference is kept as such, anything else is a secret for the keychain. Empty: as it was.
    void setSecret(const connector::Field &field, const QString &text);
    std::string reference(const connector::Field &field) const; // to be read; empty for one to the keychain
    bool isKept(const connector::Field &field) const; // in the keychain, or will be

    // The connection as a URL, without its secrets.
    QString url() const;
    // Takes over what a URL says, its secrets too: true if it brought one. An error leaves all as it was.
    core::Result<bool> takeUrl(const QString &url);
    // What keeps it from being saved, by the field's key; "name" for the name.
    std::map<std::string, QString> problems() const;

private:
    const std::vector<connector::Manifest> &m_manifests;
    const connector::Manifest m_none; // where there is no connector at all
    const connector::Manifest *m_manifest;
    workspace::SavedConnection m_connection;
    SecretMap m_secrets;
    std::map<std::string, std::string> m_formerReferences;
};

} // namespace desktop
