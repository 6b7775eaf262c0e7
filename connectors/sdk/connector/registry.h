// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector.h"
#include "connector/manifest.h"
#include "core/result.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace connector {

// The plugins found in a list of folders. Manifests are read without loading code; a connector is loaded when it is
// first asked for. What cannot be used stays in the list with its reason. The first of two equal ids wins.
class ONDO_EXPORT Registry
{
public:
    enum class State { Ready, Loaded, Damaged, Duplicate };

    struct Entry {
        std::string id; // the file's base name where the manifest cannot be read
        QString file;
        State state = State::Ready;
        QString reason; // why it is damaged or left aside; translated
        Manifest manifest; // empty where damaged
    };

    explicit Registry(const QStringList &folders);
    ~Registry();

    const std::vector<Entry> &entries() const;
    std::vector<Manifest> manifests() const; // of usable ones
    const Manifest *manifest(std::string_view id) const;

    // Loads the plugin on first use. The connector lives as long as the registry. Not thread-safe.
    core::Result<Connector *> connector(std::string_view id);

    // Where this program's plugins are: beside the binary in the build tree and where installed, then
    // ONDOGRAPH_CONNECTOR_PATH.
    static QStringList defaultFolders();

private:
    struct State_;
    std::unique_ptr<State_> m_state;
};

// "ready", "loaded", "damaged", "duplicate".
ONDO_EXPORT const char *word(Registry::State state);

} // namespace connector
