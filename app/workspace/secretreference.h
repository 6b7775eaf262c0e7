// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workspace {

// What the file of a connection says in the place of a secret: "${keychain}", "${env:NAME}" or "${command:…}".
struct SecretReference {
    enum class Kind { Keychain, Environment, Command };

    Kind kind = Kind::Keychain;
    std::string text; // the variable, or the command exactly as it stands there

    static std::optional<SecretReference> parse(std::string_view reference);
    std::string toText() const;
    bool operator==(const SecretReference &) const = default;
};

// The commands that this user lets run for a secret, on this machine: bound to the connection, the field and the exact
// text, so that neither a file from somebody else nor one that was changed runs anything unseen. One file beside the
// connections, which no export holds; what it says is of no use on another machine. Has no state of its own.
class AllowedCommands
{
public:
    explicit AllowedCommands(const QString &file);
    // ONDOGRAPH_HOME/allowed-commands, else in the XDG state folder.
    static QString defaultFile();

    struct Command {
        std::string connection;
        std::string field;
        std::string text;
    };
    bool contains(const Command &command) const;
    // Usage error: the file cannot be written.
    core::Result<void> allow(const Command &command) const;

private:
    QByteArray content() const;

    QString m_file;
};

} // namespace workspace
