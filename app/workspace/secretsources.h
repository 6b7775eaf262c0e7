// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/savedconnection.h"
#include "workspace/secretreference.h"
#include "workspace/secretstore.h"

namespace workspace {

// Finds the secrets that saved connections refer to. Any thread; calls block while a keychain or a command answers.
class SecretSources
{
public:
    SecretSources(SecretKeeper &keeper, AllowedCommands commands, std::stop_token stop);

    // Usage errors: a variable that is not set, a secret that no keychain has, a command that is not allowed or fails.
    core::Result<core::Secret> secret(
        const std::string &connection, const std::string &field, const QString &label, const std::string &reference);

    // The commands that the connection's file names and that are not allowed yet.
    std::vector<AllowedCommands::Command> blockedCommands(const SavedConnection &connection) const;

    // What the keychain holds of a connection that is no more. A keychain that does not answer is passed over.
    void forget(const SavedConnection &connection);

    SecretKeeper &keeper() { return m_keeper; }
    const AllowedCommands &commands() const { return m_commands; }

private:
    core::Result<core::Secret> fromKeychain(const std::string &connection, const std::string &field, const QString &label);
    core::Result<core::Secret> fromCommand(const AllowedCommands::Command &command, const QString &label);

    SecretKeeper &m_keeper;
    const AllowedCommands m_commands;
    const std::stop_token m_stop;
};

// Of an environment variable. Usage error: it is not set, or empty.
core::Result<core::Secret> secretOfVariable(const std::string &variable, const QString &label);

} // namespace workspace
