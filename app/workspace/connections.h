// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/registry.h"
#include "core/result.h"
#include "sandbox/host.h"
#include "workspace/connectionstore.h"
#include "workspace/secretsources.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workspace {

// A profile that is in use. Shared by whoever runs statements on it; the last one to let go closes its connections.
struct Connection {
    connector::Profile profile;
    std::unique_ptr<http::Client> client; // before session: it must outlive it
    std::unique_ptr<connector::Session> session;
    connector::Connector *connector = nullptr; // made the session; lives as long as the registry
    std::string environment; // as SavedConnection has it
    bool isReadOnly = false;
};

struct ConnectionInfo {
    std::string name; // "plant", "sandbox/<connector>"
    std::string connectorId;
    bool isSandbox = false;
    std::string group;
    std::string environment;
    bool isReadOnly = false;
    std::string colour; // as SavedConnection has it
};

// What is said besides the profile and wins over it; what is empty changes nothing.
struct Overrides {
    core::Secret password;
    std::string database;
    std::map<std::string, core::Secret> secrets; // by field key
};

// The connections that a person has: the saved ones, the built-in ones of the sandbox (one for each connector that
// brings a half of it), and URLs given by hand. Belongs to one thread.
class Connections
{
public:
    // All outlive this, and secrets outlives what is opened too.
    Connections(connector::Registry &registry, sandbox::Host &sandbox, const ConnectionStore &store, SecretSources &secrets);

    // Saved ones first. Those whose file cannot be read or whose connector is missing are left out.
    std::vector<ConnectionInfo> list() const;

    // Starts the sandbox for "sandbox/…" when it is first needed. Sends nothing. Usage error: no such connection.
    core::Result<std::shared_ptr<Connection>> open(std::string_view name, const Overrides &overrides = {});
    core::Result<std::shared_ptr<Connection>> openUrl(std::string_view url, const Overrides &overrides = {});
    // One that is not in a file, or not as it is there: its references are looked up under its name.
    core::Result<std::shared_ptr<Connection>> openUnsaved(SavedConnection saved, const Overrides &overrides);

    // The commands that a saved connection takes secrets from and that nobody has allowed to run yet.
    std::vector<AllowedCommands::Command> blockedCommands(const std::string &name) const;
    // Secret fields that a saved connection needs and that are nowhere to be found: neither among these, nor where its file
    // says. Waits for the keychain. Empty as well where the connection cannot be read: opening it says why.
    std::vector<connector::Field> missingSecrets(const std::string &name, const Overrides &overrides) const;

private:
    core::Result<std::shared_ptr<Connection>> openSandbox(std::string_view name, const Overrides &overrides);
    core::Result<std::shared_ptr<Connection>> openSaved(const std::string &name, const Overrides &overrides);
    bool isLost(const std::string &name, const std::string &field, const std::string &reference) const;
    core::Result<std::shared_ptr<Connection>> openProfile(connector::Profile profile, const Overrides &overrides);

    connector::Registry &m_registry;
    sandbox::Host &m_sandbox;
    const ConnectionStore &m_store;
    SecretSources &m_secrets;
};

} // namespace workspace
