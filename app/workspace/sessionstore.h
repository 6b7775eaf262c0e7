// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/channel.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <thread>
#include <vector>

namespace workspace {

// An open tab as it is found again after a restart, unsaved text included.
struct DocumentState {
    QString title;
    QString connection; // name
    QString text;
    qint64 cursor = 0; // byte offset in the text's UTF-8
    qint64 rowLimit = 1000000; // 0: none
    QString zone; // IANA name chosen for the tab; empty: the connection's
    QString path; // of the file that the text is kept in; empty: none
    bool isModified = false; // the text differs from that file's
    QByteArray splitter; // layout of its halves
};

// What the desktop looks like between two runs.
struct SessionState {
    std::vector<DocumentState> documents;
    int current = 0;
    QByteArray geometry;
    QByteArray layout; // docks and bars
    QString theme; // "light", "dark", "" for the system's
    QString language; // "en", "zh_CN", "" for the system's
};

// Keeps the session in one file, written beside and put in place when whole. Holds no secrets: connections are names.
// Writing is done on a thread of its own, which has written what was last given when the destructor returns.
class SessionStore
{
public:
    // folder is made when it is first written to.
    explicit SessionStore(const QString &folder);
    ~SessionStore();

    // Nothing when there is no session yet or its file cannot be read.
    std::optional<SessionState> load() const;
    // Returns at once; of several states given while one is written only the last is.
    void save(const SessionState &state);

    QString file() const { return m_file; }

    // The session that this text (a session file's) describes.
    static std::optional<SessionState> fromJson(const QByteArray &json);
    static QByteArray toJson(const SessionState &state);

private:
    void write(const SessionState &state) const;

    QString m_folder;
    QString m_file;
    core::Channel<SessionState> m_states;
    std::jthread m_writer;
};

// Where a session is kept: WORKSPACE/.ondograph for a workspace, else ONDOGRAPH_HOME, else the XDG state folder.
QString sessionFolder(const QString &workspace);

} // namespace workspace
