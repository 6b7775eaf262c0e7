// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connectionscommand.h"

#include "cli/connectiontest.h"
#include "cli/input.h"
#include "cli/listing.h"
#include "cli/services.h"
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
    const auto profile = open.toProfile(*manifest);
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

// Where the secret of --password-env is found; it stands in the place of the URL's password.
core::Result<void> refer(
    const connector::Manifest &manifest, const connector::Profile &profile, const Argument &variable, SavedConnection &saved)
{
    const connector::Field *field = connector::fieldOf(manifest, connector::Field::UrlPart::Password, profile);
    if (!field)
        return usageError(ConnectionsTr::tr("A connection of %1 like this one takes no password.").arg(manifest.name));
    saved.references[field->key] = "${env:" + variable.text + "}";
    return {};
}

core::Result<int> add(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    if (arguments.has("--password-stdin"))
        return usageError(ConnectionsTr::tr("There is no keychain that could keep the password of --password-stdin."),
            ConnectionsTr::tr("Use --password-env VAR: the connection then says where its password is found."));
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
    if (const Argument *variable = arguments.value("--password-env")) {
        if (auto done = refer(manifest, *profile, *variable, saved); !done)
            return std::move(done).error();
    }
    if (!profile->secrets.empty() && !arguments.has("--password-env"))
        warn(ConnectionsTr::tr("The secret in the URL is not kept. Give --password-env VAR here or with each command."));
    if (auto done = services.store.save(saved, arguments.has("--replace")); !done)
        return std::move(done).error();
    return 0;
}

core::Result<int> test(Services &services, const ParsedArguments &arguments, const std::vector<std::string> &names)
{
    return testConnection(services, arguments, names[0]);
}

core::Result<int> remove(Services &services, const ParsedArguments &, const std::vector<std::string> &names)
{
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

constexpr Action kActions[] = {{"list", 0, 0, list}, {"show", 1, 1, show}, {"add", 2, 2, add}, {"test", 1, 1, test},
    {"remove", 1, 1, remove}, {"export", 0, kMostNames, exportAll}, {"import", 1, 1, import}};

} // namespace

CommandSpec connectionsSpec()
{
    CommandSpec spec;
    spec.name = "connections";
    spec.usage = ConnectionsTr::tr("list | show NAME | add NAME URL | test NAME | remove NAME | export [NAME…] | import FILE");
    spec.summary = ConnectionsTr::tr("Keeps connections by name, for -c NAME: each in a file of its own, without secrets.");
    spec.details = ConnectionsTr::tr("\"test\" tries a connection step by step. \"export\" prints connections as JSON, which \"import\" reads.");
    spec.options = resultOptions();
    spec.options.push_back({"--group", "", ConnectionsTr::tr("G"), ConnectionsTr::tr("add: the group that it stands in"), false});
    spec.options.push_back({"--env", "", ConnectionsTr::tr("ENVIRONMENT"), ConnectionsTr::tr("add: development, test or production"), false});
    spec.options.push_back({"--read-only", "", {}, ConnectionsTr::tr("add: refuse what may change something"), false});
    spec.options.push_back({"--replace", "", {}, ConnectionsTr::tr("add, import: also where the name is taken"), false});
    spec.options.push_back({"--password-env", "", ConnectionsTr::tr("VAR"), ConnectionsTr::tr("add: the variable that holds the password"), false});
    spec.options.push_back({"--password-stdin", "", {}, ConnectionsTr::tr("add: put the password from standard input into the keychain"), false});
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
