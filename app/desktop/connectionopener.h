// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/connectionservice.h"

namespace desktop {

// What belongs to the thread of a ConnectionService.
struct ConnectionService::Opener {
    sandbox::Host host;
    workspace::ConnectionStore store{workspace::ConnectionStore::defaultFolder()};
    workspace::Connections connections;

    Opener(connector::Registry &registry, workspace::SecretSources &secrets)
        : host(registry)
        , connections(registry, host, store, secrets)
    {
    }
};

} // namespace desktop
