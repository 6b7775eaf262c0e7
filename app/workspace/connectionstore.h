// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/savedconnection.h"

#include <QString>

#include <vector>

namespace workspace {

// The saved connections of this user: one file each in a folder. Files are written beside and put in place when whole.
// Has no state: what other programs write there is seen.
class ConnectionStore
{
public:
    explicit ConnectionStore(const QString &folder);
    // ONDOGRAPH_HOME/connections, else the XDG configuration folder's.
    static QString defaultFolder();

    struct Entry {
        std::string name;
        core::Result<SavedConnection> connection; // why its file cannot be read
    };
    // In the order that they are to be shown in: by their own order, then by name.
    std::vector<Entry> list() const;
    bool contains(const std::string &name) const;
    // Usage error: no such connection; its file cannot be read.
    core::Result<SavedConnection> load(const std::string &name) const;
    // The errors of save() that a name alone gives.
    core::Result<void> mayBeSaved(const std::string &name, bool replace) const;
    // Usage error: the name is taken and replace is false; a name that cannot be one; a folder that cannot be written.
    core::Result<void> save(const SavedConnection &connection, bool replace) const;
    core::Result<void> remove(const std::string &name) const;

private:
    QString fileOf(const std::string &name) const;

    QString m_folder;
};

} // namespace workspace
