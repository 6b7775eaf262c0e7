// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/interrupt.h"
#include "cli/options.h"
#include "connector/registry.h"
#include "sandbox/host.h"
#include "workspace/connections.h"

namespace cli {

// What commands work with: the command line's composition root makes one.
struct Services {
    explicit Services(Interrupt &watchedInterrupt)
        : interrupt(watchedInterrupt)
        , keeper(workspace::createKeychain(kKeychainLimit, watchedInterrupt.token()))
        , secrets(keeper, workspace::AllowedCommands(workspace::AllowedCommands::defaultFile()), watchedInterrupt.token())
    {
    }
    static constexpr std::chrono::seconds kKeychainLimit{60}; // a person may have to unlock it

    Interrupt &interrupt;
    connector::Registry registry{connector::Registry::defaultFolders()};
    sandbox::Host sandbox{registry};
    workspace::ConnectionStore store{workspace::ConnectionStore::defaultFolder()};
    workspace::SecretKeeper keeper;
    workspace::SecretSources secrets;
    workspace::Connections connections{registry, sandbox, store, secrets};
};

// A command returns its exit code; an error is printed by the caller and gives its own.
using Command = core::Result<int> (*)(Services &services, const ParsedArguments &arguments);

core::Result<int> runQuery(Services &services, const ParsedArguments &arguments);
core::Result<int> runRequest(Services &services, const ParsedArguments &arguments);
core::Result<int> runCatalog(Services &services, const ParsedArguments &arguments);
core::Result<int> runConnectors(Services &services, const ParsedArguments &arguments);
core::Result<int> runConnections(Services &services, const ParsedArguments &arguments);
core::Result<int> runSandbox(Services &services, const ParsedArguments &arguments);

} // namespace cli
