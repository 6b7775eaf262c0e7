// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/sessionstore.h"

#include "core/log.h"

#include <QDebug>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace workspace {

namespace {

constexpr int kSessionVersion = 1;

QString base64Text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray fromBase64Text(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QJsonObject toObject(const DocumentState &document)
{
    return {{QStringLiteral("title"), document.title}, {QStringLiteral("connection"), document.connection},
        {QStringLiteral("text"), document.text}, {QStringLiteral("cursor"), document.cursor},
        {QStringLiteral("rowLimit"), document.rowLimit}, {QStringLiteral("splitter"), base64Text(document.splitter)},
        {QStringLiteral("zone"), document.zone}, {QStringLiteral("path"), document.path},
        {QStringLiteral("modified"), document.isModified}};
}

DocumentState documentFromObject(const QJsonObject &object)
{
    DocumentState document;
    document.title = object[QStringLiteral("title")].toString();
    document.connection = object[QStringLiteral("connection")].toString();
    document.text = object[QStringLiteral("text")].toString();
    document.cursor = object[QStringLiteral("cursor")].toInteger();
    document.rowLimit = object[QStringLiteral("rowLimit")].toInteger(document.rowLimit);
    document.splitter = fromBase64Text(object[QStringLiteral("splitter")]);
    document.zone = object[QStringLiteral("zone")].toString();
    document.path = object[QStringLiteral("path")].toString();
    document.isModified = object[QStringLiteral("modified")].toBool();
    return document;
}

} // namespace

SessionStore::SessionStore(const QString &folder)
    : m_folder(folder)
    , m_file(folder + QStringLiteral("/session.json"))
    , m_writer([this](std::stop_token stop) {
        while (true) {
            const std::vector<SessionState> states = m_states.waitForAll(stop);
            if (!states.empty())
                write(states.back());
            else if (stop.stop_requested())
                return;
        }
    })
{
}

SessionStore::~SessionStore() = default;

std::optional<SessionState> SessionStore::load() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? fromJson(file.readAll()) : std::nullopt;
}

void SessionStore::save(const SessionState &state)
{
    m_states.push(state);
}

std::optional<SessionState> SessionStore::fromJson(const QByteArray &json)
{
    const QJsonDocument parsed = QJsonDocument::fromJson(json);
    if (!parsed.isObject() || parsed[QStringLiteral("version")].toInt() != kSessionVersion)
        return std::nullopt;
    const QJsonObject object = parsed.object();
    SessionState state;
    for (const QJsonValue &document : object[QStringLiteral("documents")].toArray())
        state.documents.push_back(documentFromObject(document.toObject()));
    state.current = object[QStringLiteral("current")].toInt();
    state.geometry = fromBase64Text(object[QStringLiteral("geometry")]);
    state.layout = fromBase64Text(object[QStringLiteral("layout")]);
    state.theme = object[QStringLiteral("theme")].toString();
    state.language = object[QStringLiteral("language")].toString();
    return state;
}

QByteArray SessionStore::toJson(const SessionState &state)
{
    QJsonArray documents;
    for (const DocumentState &document : state.documents)
        documents.append(toObject(document));
    const QJsonObject object{{QStringLiteral("version"), kSessionVersion}, {QStringLiteral("documents"), documents},
        {QStringLiteral("current"), state.current}, {QStringLiteral("geometry"), base64Text(state.geometry)},
        {QStringLiteral("layout"), base64Text(state.layout)}, {QStringLiteral("theme"), state.theme},
        {QStringLiteral("language"), state.language}};
    return QJsonDocument(object).toJson();
}

void SessionStore::write(const SessionState &state) const
{
    QDir().mkpath(m_folder);
    QSaveFile file(m_file);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(toJson(state));
    }
    if (!file.commit())
        ondoWarning << "The session cannot be kept in" << m_file << file.errorString();
}

QString sessionFolder(const QString &workspace)
{
    if (!workspace.isEmpty())
        return QDir(workspace).absoluteFilePath(QStringLiteral(".ondograph"));
    if (const QString home = qEnvironmentVariable("ONDOGRAPH_HOME"); !home.isEmpty())
        return QDir(home).absolutePath();
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty())
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/ondograph");
}

} // namespace workspace
