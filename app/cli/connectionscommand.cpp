// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connectionscommand.h"

#include "cli/connectiontest.h"
#include "cli/input.h"
#include "cli/listing.h"
#include "cli/services.h"
#include "connector/networkkeys.h"
#include "connector/profileurl.h"

#include <QCoreApplication>

#include <cstdio>
#include <functional>

namespace cli {

namespace {

struct ConnectionsTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

using Row = std::vector<std::optional<std::string>>;
using workspace::SavedConnection;

constexpr std::size_t kMostNames = 1000;

QString shown(const std::string &text)
{
    return QString::fromStdString(text);
}

void warn(const QString &text)
{
    const QString line = ConnectionsTr::tr("Warning:") + QChar::fromLatin1(' ') + text + QChar::fromLatin1('\n');
    const std::string bytes = line.toStdString();
    std::fwrite(bytes.data(), 1, bytes.size(), stderr);
}

// The URL of a saved connection, without its secrets; nothing where its connector is missing.
std::optional<std::string> urlOf(const Services &services, const SavedConnection &saved)
{
    const connector::Manifest *manifest = services.registry.manifest(saved.connectorId);
    if (!manifest)
        return std::nullopt;
    SavedConnection open = saved;
    open.references.clear();
    const auto profile = open.toProfile(*manifest, [](const std::string &, const QString &, const std::string &) { return core::Secret(); });
    return profile ? std::optional(connector::urlFromProfile(*profile, *manifest)) : std::nullopt;
}

core::Result<int> printed(Services &services, const ParsedArguments &arguments, std::vector<std::string> columns, const std::vector<Row> &rows)
{
    auto options = resultOptionsFrom(arguments);
    if (!options)
        return std::move(options).error();
    auto listing = Listing::create(std::move(columns), *options, services.interrupt);
    if (!listing)
        return std::move(listing).error();
    if (auto added = listing.value()->add(rows); !added)
        return std::move(added).error();
    if (auto finished = listing.value()->finish(); !finished)
        return std::move(finished).error();
    return 0;
}

core::Result<int> list(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &)
{
    std::vector<Row> rows;
    for (const workspace::ConnectionStore::Entry &entry : services.store.list()) {
        if (!entry.connection) {
            warn(core::toText(entry.connection.error()));
            continue;
        }
        const SavedConnection &saved = entry.connection.value();
        rows.push_back({saved.name, saved.connectorId, urlOf(services, saved), orNull(saved.group), orNull(saved.environment),
            saved.isReadOnly ? "true" : "false"});
    }
    return printed(services, arguments, {"name", "connector", "url", "group", "environment", "read_only"}, rows);
}

core::Result<int> show(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    auto saved = services.store.load(names[0]);
    if (!saved)
        return std::move(saved).error();
    std::vector<Row> rows{{"name", saved->name}, {"connector", saved->connectorId}, {"url", urlOf(services, *saved)},
        {"transport", saved->transport}, {"group", orNull(saved->group)}, {"environment", orNull(saved->environment)},
        {"read_only", saved->isReadOnly ? "true" : "false"}};
    for (const auto *part : {&saved->values, &saved->references, &saved->network}) {
        for (const auto &[key, value] : *part)
            rows.push_back({key, value});
    }
    return printed(services, arguments, {"key", "value"}, rows);
}

// What the keychain holds of the connection that has this name until now.
void forgetSecrets(Services &services, const std::string &name)
{
    if (!services.store.contains(name))
        return;
    if (const auto saved = services.store.load(name))
        services.secrets.forget(*saved);
}

// The options that say where a secret is found, one of them at most.
enum class Source { None, Environment, Command, Input };

core::Result<Source> sourceOf(const ParsedArguments &arguments)
{
    Source source = Source::None;
    for (const auto &[option, kind] : {std::pair{"--password-env", Source::Environment}, std::pair{"--password-command", Source::Command},
             std::pair{"--password-stdin", Source::Input}}) {
        if (!arguments.has(option))
            continue;
        if (source != Source::None)
            return usageError(ConnectionsTr::tr("--password-env, --password-command and --password-stdin exclude each other."));
        source = kind;
    }
    return source;
}

// The key of the secret that these options are about: that of --secret, or the one in the place of the URL's password.
core::Result<std::string> secretKey(const ParsedArguments &arguments, const connector::Manifest &manifest, const connector::Profile &profile)
{
    const Argument *asked = arguments.value("--secret");
    if (!asked) {
        if (const connector::Field *field = connector::fieldOf(manifest, connector::Field::UrlPart::Password, profile))
            return field->key;
        return usageError(ConnectionsTr::tr("A connection of %1 like this one takes no password.").arg(manifest.name),
            ConnectionsTr::tr("--secret KEY names another secret of the connection."));
    }
    QStringList known;
    for (const connector::Field &field : manifest.fields) {
        if (field.type == connector::Field::Type::Secret)
            known << shown(field.key);
    }
    for (const connector::NetworkSecret &secret : connector::networkSecrets())
        known << QString::fromLatin1(secret.key);
    if (known.contains(shown(asked->text)))
        return asked->text;
    return usageError(ConnectionsTr::tr("%1 has no secret named \"%2\".").arg(manifest.name, shown(asked->shown)),
        ConnectionsTr::tr("There are: %1").arg(known.join(QStringLiteral(", "))));
}

// Writes into the connection where its secret is found, and that of standard input into the keychain.
core::Result<void> refer(Services &services, const ParsedArguments &arguments, Source source, const std::string &key, SavedConnection &saved)
{
    using workspace::SecretReference;
    SecretReference reference;
    if (source == Source::Environment)
        reference = {SecretReference::Kind::Environment, arguments.value("--password-env")->text};
    else if (source == Source::Command)
        reference = {SecretReference::Kind::Command, arguments.value("--password-command")->text};
    saved.references[key] = reference.toText();
    if (source == Source::Command) // typed by this user, so it is seen and meant
        return services.secrets.commands().allow({saved.name, key, reference.text});
    if (source != Source::Input)
        return {};
    auto secret = readPassword(services.interrupt);
    if (!secret)
        return std::move(secret).error();
    auto kept = services.keeper.keepForGood(saved.name, key, *secret);
    if (kept || kept.error().kind == core::ErrorKind::Cancelled)
        return kept;
    return usageError(ConnectionsTr::tr("The password of --password-stdin cannot be kept: %1").arg(kept.error().message),
        ConnectionsTr::tr("Nothing was saved. Use --password-env VAR or --password-command COMMAND: the connection then says where its password is found."));
}

// Those of the URL that the saved connection does not find again.
void warnOfNetworkSecrets(const connector::Profile &profile, const SavedConnection &saved)
{
    for (const connector::NetworkSecret &secret : connector::networkSecrets()) {
        if (!(profile.network.*secret.member).isEmpty() && !saved.references.contains(secret.key))
            warn(ConnectionsTr::tr("%1 of the URL is not kept. Say where it is found: connections secret %2 --secret %1 --password-env VAR")
                     .arg(QString::fromLatin1(secret.key), QString::fromStdString(saved.name)));
    }
}

core::Result<int> add(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    const auto source = sourceOf(arguments);
    if (!source)
        return source.error();
    auto profile = connector::profileFromUrl(names[1], services.registry.manifests());
    if (!profile)
        return std::move(profile).error();
    const connector::Manifest &manifest = *services.registry.manifest(profile->connectorId);
    SavedConnection saved = SavedConnection::fromProfile(*profile, manifest);
    saved.name = names[0];
    saved.isReadOnly = arguments.has("--read-only");
    if (const Argument *group = arguments.value("--group"))
        saved.group = group->text;
    if (const Argument *environment = arguments.value("--env")) {
        if (environment->text.empty() || !workspace::isEnvironmentName(environment->text))
            return usageError(ConnectionsTr::tr("--env is development, test or production, not \"%1\".").arg(shown(environment->shown)));
        saved.environment = environment->text;
    }
    if (auto fits = services.store.mayBeSaved(saved.name, arguments.has("--replace")); !fits) // before the keychain is written to
        return std::move(fits).error();
    forgetSecrets(services, saved.name); // of another server, perhaps
    if (*source != Source::None) {
        const auto key = secretKey(arguments, manifest, *profile);
        if (!key)
            return key.error();
        if (auto done = refer(services, arguments, *source, *key, saved); !done)
            return std::move(done).error();
    } else if (!profile->secrets.empty()) {
        warn(ConnectionsTr::tr("The secret in the URL is not kept. Give --password-stdin (keychain), --password-env VAR or --password-command COMMAND."));
    }
    if (auto done = services.store.save(saved, arguments.has("--replace")); !done)
        return std::move(done).error();
    warnOfNetworkSecrets(*profile, saved);
    return 0;
}

// Gives a saved connection another place for a secret, or another secret in its place.
core::Result<int> keepSecret(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    const auto source = sourceOf(arguments);
    if (!source)
        return source.error();
    if (*source == Source::None)
        return usageError(ConnectionsTr::tr("It is not said where the secret is found."),
            ConnectionsTr::tr("Give --password-stdin (keychain), --password-env VAR or --password-command COMMAND."));
    auto saved = services.store.load(names[0]);
    if (!saved)
        return std::move(saved).error();
    const connector::Manifest *manifest = services.registry.manifest(saved->connectorId);
    if (!manifest)
        return usageError(ConnectionsTr::tr("The connector \"%1\" is not there.").arg(shown(saved->connectorId)));
    connector::Profile profile;
    profile.values = saved->values;
    const auto key = secretKey(arguments, *manifest, profile);
    if (!key)
        return key.error();
    if (auto done = refer(services, arguments, *source, *key, *saved); !done)
        return std::move(done).error();
    if (auto done = services.store.save(*saved, true); !done)
        return std::move(done).error();
    return 0;
}

// Shows the commands that a connection takes secrets from, and lets them run from now on.
core::Result<int> allow(Services &services, const ParsedArguments &, const std::vector<std::string> &names)
{
    const auto saved = services.store.load(names[0]);
    if (!saved)
        return saved.error();
    const auto blocked = services.secrets.blockedCommands(*saved);
    if (blocked.empty())
        std::fputs(qUtf8Printable(ConnectionsTr::tr("The connection names no command that is not allowed already.") + QChar::fromLatin1('\n')), stderr);
    for (const workspace::AllowedCommands::Command &command : blocked) {
        if (auto done = services.secrets.commands().allow(command); !done)
            return std::move(done).error();
        const QString line = ConnectionsTr::tr("Allowed for %1: /bin/sh -c %2").arg(shown(command.field), shown(command.text)) + QChar::fromLatin1('\n');
        std::fputs(qUtf8Printable(line), stderr);
    }
    return 0;
}

core::Result<int> test(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    return testConnection(services, arguments, names[0]);
}

core::Result<int> remove(Services &services, const ParsedArguments &, const std::vector<std::string> &names)
{
    forgetSecrets(services, names[0]);
    if (auto done = services.store.remove(names[0]); !done)
        return std::move(done).error();
    return 0;
}

core::Result<int> exportAll(Services &services, const ParsedArguments &, const std::vector<std::string> &names)
{
    std::vector<SavedConnection> chosen;
    std::vector<std::string> wanted = names;
    if (wanted.empty()) {
        for (const workspace::ConnectionStore::Entry &entry : services.store.list())
            wanted.push_back(entry.name);
    }
    for (const std::string &name : wanted) {
        auto saved = services.store.load(name);
        if (!saved)
            return std::move(saved).error();
        chosen.push_back(std::move(saved).value());
    }
    const QByteArray text = SavedConnection::listToJson(chosen);
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    return 0;
}

core::Result<int> import(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    auto text = readFile(names[0]);
    if (!text)
        return std::move(text).error();
    auto connections = SavedConnection::listFromJson(QByteArray::fromStdString(*text));
    if (!connections)
        return std::move(connections).error();
    // All or none: a name that is taken is found before anything is written.
    for (const SavedConnection &saved : *connections) {
        if (!arguments.has("--replace") && services.store.contains(saved.name))
            return usageError(ConnectionsTr::tr("There is a connection named \"%1\" already; nothing was imported.").arg(shown(saved.name)),
                ConnectionsTr::tr("--replace puts the imported ones in the place of those that there are."));
    }
    for (const SavedConnection &saved : *connections) {
        // What the keychain holds for this name was given for another server, perhaps.
        forgetSecrets(services, saved.name);
        if (auto done = services.store.save(saved, true); !done)
            return std::move(done).error();
    }
    return 0;
}

struct Action {
    const char *name;
    std::size_t least; // names behind it
    std::size_t most;
    core::Result<int> (*run)(Services &, const ParsedArguments &, const std::vector<std::string> &);
};

constexpr Action kActions[] = {{"list", 0, 0, list}, {"show", 1, 1, show}, {"add", 2, 2, add}, {"secret", 1, 1, keepSecret}, {"allow", 1, 1, allow}, {"test", 1, 1, test},
    {"remove", 1, 1, remove}, {"export", 0, kMostNames, exportAll}, {"import", 1, 1, import}};

} // namespace

CommandSpec connectionsSpec()
{
    CommandSpec spec;
    spec.name = "connections";
    spec.usage = ConnectionsTr::tr("list | show NAME | add NAME URL | secret NAME | allow NAME | test NAME | remove NAME | export [NAME…] | import FILE");
    spec.summary = ConnectionsTr::tr("Keeps connections by name, for -c NAME: each in a file of its own, without secrets.");
    spec.details = ConnectionsTr::tr("\"test\" tries a connection step by step. \"export\" prints connections as JSON, which \"import\" reads.\n"
                                     "\"secret\" says where a secret of a connection is found; \"allow\" shows the commands that a connection\n"
                                     "takes secrets from and lets them run from now on.");
    spec.options = resultOptions();
    spec.options.push_back({"--group", "", ConnectionsTr::tr("G"), ConnectionsTr::tr("add: the group that it stands in"), false});
    spec.options.push_back({"--env", "", ConnectionsTr::tr("ENVIRONMENT"), ConnectionsTr::tr("add: development, test or production"), false});
    spec.options.push_back({"--read-only", "", {}, ConnectionsTr::tr("add: refuse what may change something"), false});
    spec.options.push_back({"--replace", "", {}, ConnectionsTr::tr("add, import: also where the name is taken"), false});
    spec.options.push_back({"--password-env", "", ConnectionsTr::tr("VAR"), ConnectionsTr::tr("add, secret: the variable that holds the password"), false});
    spec.options.push_back({"--password-command", "", ConnectionsTr::tr("COMMAND"), ConnectionsTr::tr("add, secret: /bin/sh -c COMMAND prints the password on its first line"), false});
    spec.options.push_back({"--password-stdin", "", {}, ConnectionsTr::tr("add, secret: put the password from standard input into the keychain"), false});
    spec.options.push_back({"--secret", "", ConnectionsTr::tr("KEY"), ConnectionsTr::tr("add, secret: which secret of the connection, if not its password"), false});
    spec.options.push_back(traceOption());
    spec.mostWords = kMostNames;
    return spec;
}

core::Result<int> runConnections(Services &services, const ParsedArguments &arguments)
{
    const std::vector<Argument> &words = arguments.words();
    const QString help = ConnectionsTr::tr("See: ondograph connections --help");
    if (words.empty())
        return usageError(ConnectionsTr::tr("It is not said what to do with the connections."), help);
    std::vector<std::string> names;
    for (std::size_t i = 1; i < words.size(); ++i)
        names.push_back(words[i].text);
    for (const Action &action : kActions) {
        if (words[0].text != action.name)
            continue;
        if (names.size() < action.least || names.size() > action.most)
            return usageError(ConnectionsTr::tr("\"connections %1\" takes another number of names.").arg(QLatin1String(action.name)), help);
        return action.run(services, arguments, names);
    }
    return usageError(ConnectionsTr::tr("There is no \"connections %1\".").arg(shown(words[0].shown)), help);
}

} // namespace cli
