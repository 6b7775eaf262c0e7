// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/arguments.h"
#include "cli/catalogcommand.h"
#include "cli/connectionscommand.h"
#include "cli/connectorscommand.h"
#include "cli/queryoptions.h"
#include "cli/requestoptions.h"
#include "cli/sandboxcommand.h"
#include "cli/services.h"
#include "workspace/translations.h"

#include <QCoreApplication>
#include <QTranslator>

#include <cstdio>

#include <sys/stat.h>

namespace cli {

namespace {

struct CliTr {
    Q_DECLARE_TR_FUNCTIONS(CliTr)
};

struct Entry {
    const char *name;
    CommandSpec (*spec)();
    Command run;
};

constexpr Entry kCommands[] = {
    {"query", querySpec, runQuery},
    {"catalog", catalogSpec, runCatalog},
    {"request", requestSpec, runRequest},
    {"connections", connectionsSpec, runConnections},
    {"connectors", connectorsSpec, runConnectors},
    {"sandbox", sandboxSpec, runSandbox},
};

bool isHelp(std::string_view word)
{
    return word == "--help" || word == "-h" || word == "help";
}

bool isVersion(std::string_view word)
{
    return word == "--version";
}

const Entry *entryNamed(std::string_view name)
{
    for (const Entry &entry : kCommands) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

void print(std::FILE *to, const QString &text)
{
    const std::string bytes = text.toStdString();
    std::fwrite(bytes.data(), 1, bytes.size(), to);
    std::fflush(to);
}

QString helpText()
{
    QString text = CliTr::tr("Ondograph asks databases that are reached by REST, and draws what they say.\n\n"
                             "Usage: ondograph [WORKSPACE]            the desktop\n"
                             "       ondograph COMMAND [ARGUMENTS]    without a window\n\nCommands:\n");
    for (const Entry &entry : kCommands)
        text += QStringLiteral("  %1 %2\n").arg(QString::fromUtf8(entry.name), -11).arg(entry.spec().summary);
    return text + CliTr::tr("\nondograph COMMAND --help says more. To try:\n");
}

// Commands to try work on sandboxes, which are always there.
QString examples(const Services &services)
{
    QString text;
    for (const workspace::ConnectionInfo &info : services.connections.list()) {
        text += QStringLiteral("  ondograph catalog -c %1\n").arg(QString::fromStdString(info.name));
    }
    return text;
}

int failWith(const core::Error &error)
{
    print(stderr, QStringLiteral("ondograph: ") + core::toText(error) + QChar::fromLatin1('\n'));
    return core::exitCode(error.kind);
}

core::Error unknownCommand(const Argument &word)
{
    std::vector<std::string> names;
    for (const Entry &entry : kCommands)
        names.emplace_back(entry.name);
    const auto nearest = nearestTo(word.text, names);
    return usageError(CliTr::tr("There is no command, and no folder, named \"%1\".").arg(QString::fromStdString(word.shown)),
        nearest ? CliTr::tr("Did you mean %1?").arg(QString::fromStdString(*nearest)) : CliTr::tr("See: ondograph --help"));
}

int runCommand(const Entry &entry, const Arguments &arguments, Interrupt &interrupt)
{
    const CommandSpec spec = entry.spec();
    const std::vector<Argument> rest(arguments.words.begin() + 1, arguments.words.end());
    for (const Argument &word : rest) {
        if (word.text == "--")
            break;
        if (word.text == "--help" || word.text == "-h") {
            print(stdout, helpOf(spec));
            return 0;
        }
    }
    if (arguments.hadSecret) {
        print(stderr,
            CliTr::tr("Warning: a secret stood in the URL, where other users could see it and the shell's history keeps it.\n"
                      "Give it by --password-env VAR or --password-stdin instead.\n"));
    }
    const auto parsed = parseArguments(spec, rest);
    if (!parsed)
        return failWith(parsed.error());
    Services services(interrupt);
    const auto code = entry.run(services, *parsed);
    return code ? *code : failWith(code.error());
}

int dispatch(const Arguments &arguments, Interrupt &interrupt)
{
    const Argument &first = arguments.words.front();
    if (isVersion(first.text)) {
        print(stdout, QStringLiteral("ondograph " ONDO_VERSION "\n"));
        return 0;
    }
    if (isHelp(first.text)) {
        if (const Entry *entry = arguments.words.size() > 1 ? entryNamed(arguments.words[1].text) : nullptr) {
            print(stdout, helpOf(entry->spec()));
            return 0;
        }
        const Services services(interrupt);
        print(stdout, helpText() + examples(services));
        return 0;
    }
    const Entry *entry = entryNamed(first.text);
    return entry ? runCommand(*entry, arguments, interrupt) : failWith(unknownCommand(first));
}

} // namespace

bool isCommand(std::string_view word)
{
    if (entryNamed(word) || isHelp(word) || isVersion(word))
        return true;
    // A word that is neither an option nor a path nor anything that is there is a command mistyped.
    struct stat found {};
    return !word.empty() && word[0] != '-' && word.find('/') == std::string_view::npos
        && ::stat(std::string(word).c_str(), &found) != 0;
}

int run(int argc, char **argv)
{
    Arguments arguments = takeArguments(argc, argv);
    if (arguments.words.empty())
        return failWith(usageError(CliTr::tr("No command is given."), CliTr::tr("See: ondograph --help")));
    Interrupt interrupt;
    int count = 1; // the words are ours alone
    const QCoreApplication application(count, argv);
    QTranslator messages;
    if (workspace::loadSystemTranslation(messages))
        QCoreApplication::installTranslator(&messages);
    const int code = dispatch(arguments, interrupt);
    wipe(arguments);
    return code;
}

} // namespace cli
