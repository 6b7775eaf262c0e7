// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretreference.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSysInfo>

namespace workspace {

namespace {

struct ReferenceTr {
    Q_DECLARE_TR_FUNCTIONS(SecretReference)
};

constexpr std::string_view kKeychain = "${keychain}";
constexpr std::string_view kEnvironmentStart = "${env:";
constexpr std::string_view kCommandStart = "${command:";

std::optional<std::string> between(std::string_view text, std::string_view start)
{
    if (!text.starts_with(start) || !text.ends_with('}') || text.size() < start.size() + 2)
        return std::nullopt;
    return std::string(text.substr(start.size(), text.size() - start.size() - 1));
}

// One line of the file. The machine's name in it makes a copied home say nothing.
QByteArray lineOf(const AllowedCommands::Command &command)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QSysInfo::machineUniqueId());
    for (const std::string *part : {&command.connection, &command.field, &command.text}) {
        hash.addData(QByteArrayView("\0", 1));
        hash.addData(QByteArrayView(part->data(), static_cast<qsizetype>(part->size())));
    }
    return hash.result().toHex() + '\n';
}

} // namespace

std::optional<SecretReference> SecretReference::parse(std::string_view reference)
{
    if (reference == kKeychain)
        return SecretReference{Kind::Keychain, {}};
    if (auto name = between(reference, kEnvironmentStart))
        return SecretReference{Kind::Environment, std::move(*name)};
    if (auto command = between(reference, kCommandStart))
        return SecretReference{Kind::Command, std::move(*command)};
    return std::nullopt;
}

std::string SecretReference::toText() const
{
    switch (kind) {
    case Kind::Environment:
        return std::string(kEnvironmentStart) + text + "}";
    case Kind::Command:
        return std::string(kCommandStart) + text + "}";
    case Kind::Keychain:
        break;
    }
    return std::string(kKeychain);
}

AllowedCommands::AllowedCommands(const QString &file)
    : m_file(file)
{
}

QString AllowedCommands::defaultFile()
{
    if (const QString home = qEnvironmentVariable("ONDOGRAPH_HOME"); !home.isEmpty())
        return QDir(home).absoluteFilePath(QStringLiteral("allowed-commands"));
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (state.isEmpty())
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return state + QStringLiteral("/ondograph/allowed-commands");
}

QByteArray AllowedCommands::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool AllowedCommands::contains(const Command &command) const
{
    return content().contains(lineOf(command));
}

core::Result<void> AllowedCommands::allow(const Command &command) const
{
    if (contains(command))
        return {};
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    const QByteArray before = content();
    QSaveFile file(m_file);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(before + lineOf(command));
    }
    if (file.commit())
        return {};
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = ReferenceTr::tr("%1 cannot be written: %2").arg(m_file, file.errorString());
    return error;
}

} // namespace workspace
