// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretsources.h"

#include "auth/processoutput.h"

#include <QCoreApplication>

#include <cstdlib>

namespace workspace {

namespace {

struct SourcesTr {
    Q_DECLARE_TR_FUNCTIONS(SecretSources)
};

constexpr std::chrono::seconds kCommandLimit(60); // a person may have to unlock what it asks

QString shownName(const std::string &text)
{
    return QString::fromStdString(text);
}

core::Error sourceError(const QString &message, const QString &hint = {})
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

} // namespace

core::Result<core::Secret> secretOfVariable(const std::string &variable, const QString &label)
{
    const char *value = std::getenv(variable.c_str());
    if (!value || !*value)
        return sourceError(SourcesTr::tr("The environment variable %1, which holds \"%2\" of the connection, is not set.").arg(shownName(variable), label));
    return core::Secret(value);
}

SecretSources::SecretSources(SecretKeeper &keeper, AllowedCommands commands, std::stop_token stop)
    : m_keeper(keeper)
    , m_commands(std::move(commands))
    , m_stop(std::move(stop))
{
}

core::Result<core::Secret> SecretSources::secret(
    const std::string &connection, const std::string &field, const QString &label, const std::string &reference)
{
    const auto parsed = SecretReference::parse(reference);
    if (!parsed) {
        return sourceError(SourcesTr::tr("%1 is kept as \"%2\", which is not known here.").arg(label, shownName(reference)),
            SourcesTr::tr("It can be ${keychain}, ${env:NAME} or ${command:COMMAND}."));
    }
    switch (parsed->kind) {
    case SecretReference::Kind::Environment:
        return secretOfVariable(parsed->text, label);
    case SecretReference::Kind::Command:
        return fromCommand({connection, field, parsed->text}, label);
    case SecretReference::Kind::Keychain:
        break;
    }
    return fromKeychain(connection, field, label);
}

core::Result<core::Secret> SecretSources::fromKeychain(const std::string &connection, const std::string &field, const QString &label)
{
    auto found = m_keeper.find(connection, field);
    const QString hint = SourcesTr::tr("Give it for this run by --password-env VAR or --password-stdin, or keep it: "
                                       "ondograph connections secret \"%1\" --password-stdin").arg(shownName(connection));
    if (!found) {
        core::Error error = std::move(found).error();
        if (error.kind == core::ErrorKind::Cancelled)
            return error;
        return sourceError(SourcesTr::tr("\"%1\" of the connection \"%2\" is in the keychain, which does not give it: %3")
                               .arg(label, shownName(connection), error.message), hint);
    }
    if (found->isEmpty())
        return sourceError(SourcesTr::tr("The keychain of this computer holds no \"%1\" for the connection \"%2\".").arg(label, shownName(connection)), hint);
    return found;
}

core::Result<core::Secret> SecretSources::fromCommand(const AllowedCommands::Command &command, const QString &label)
{
    if (!m_commands.contains(command)) {
        return sourceError(SourcesTr::tr("\"%1\" of the connection \"%2\" comes from a command that you have not allowed to run: %3")
                               .arg(label, shownName(command.connection), shownName(command.text)),
            SourcesTr::tr("If it does what it should, allow it once: ondograph connections allow \"%1\"").arg(shownName(command.connection)));
    }
    auto ended = auth::outputOf({"/bin/sh", "-c", command.text}, kCommandLimit, m_stop);
    const QString what = SourcesTr::tr("The command that gives \"%1\" of the connection \"%2\" failed").arg(label, shownName(command.connection));
    if (!ended) {
        if (ended.error().kind == core::ErrorKind::Cancelled)
            return std::move(ended).error();
        return sourceError(what + QStringLiteral(": ") + ended.error().message);
    }
    std::string &output = ended->output;
    const std::size_t end = output.find_first_of("\r\n");
    const core::Secret secret(std::string_view(output).substr(0, end));
    core::wipe(output);
    core::wipe(ended->errors);
    if (ended->exitCode != 0)
        return sourceError(SourcesTr::tr("%1: it ended with %2.").arg(what).arg(ended->exitCode),
            SourcesTr::tr("Run it in a terminal to see what it says: what it prints is not shown here, since it may hold the secret."));
    if (secret.isEmpty())
        return sourceError(SourcesTr::tr("%1: the first line that it printed is empty.").arg(what));
    return secret;
}

void SecretSources::forget(const SavedConnection &connection)
{
    for (const auto &[field, reference] : connection.references) {
        if (SecretReference::parse(reference) == SecretReference())
            static_cast<void>(m_keeper.forget(connection.name, field));
    }
}

std::vector<AllowedCommands::Command> SecretSources::blockedCommands(const SavedConnection &connection) const
{
    std::vector<AllowedCommands::Command> blocked;
    for (const auto &[field, reference] : connection.references) {
        const auto parsed = SecretReference::parse(reference);
        if (!parsed || parsed->kind != SecretReference::Kind::Command)
            continue;
        const AllowedCommands::Command command{connection.name, field, parsed->text};
        if (!m_commands.contains(command))
            blocked.push_back(command);
    }
    return blocked;
}

} // namespace workspace
