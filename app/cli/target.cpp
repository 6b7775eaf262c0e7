// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/target.h"

#include "cli/input.h"

#include <QCoreApplication>

#include <cstdlib>

namespace cli {

namespace {

struct TargetTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

core::Result<core::Secret> passwordFrom(const ParsedArguments &arguments, Interrupt &interrupt)
{
    const Argument *variable = arguments.value("--password-env");
    if (variable && arguments.has("--password-stdin"))
        return usageError(TargetTr::tr("--password-env and --password-stdin exclude each other."));
    if (arguments.has("--password-stdin"))
        return readPassword(interrupt);
    if (!variable)
        return core::Secret();
    const char *value = std::getenv(variable->text.c_str());
    if (!value || !*value) {
        return usageError(TargetTr::tr("The environment variable %1 (--password-env) is not set.")
                              .arg(QString::fromStdString(variable->shown)));
    }
    return core::Secret(value);
}

} // namespace

std::vector<OptionSpec> targetOptions()
{
    return {
        {"--connection", "-c", TargetTr::tr("NAME"), TargetTr::tr("a connection by name, such as those of the sandbox"), false},
        {"--url", "", TargetTr::tr("URL"), TargetTr::tr("a server by its URL: SCHEME://USER@HOST:PORT/DATABASE"), false},
        {"--database", "", TargetTr::tr("NAME"), TargetTr::tr("the database, whatever the connection says"), false},
        {"--password-env", "", TargetTr::tr("VAR"), TargetTr::tr("take the password from an environment variable"), false},
        {"--password-stdin", "", {}, TargetTr::tr("take the password from the first line of standard input"), false},
    };
}

core::Result<std::shared_ptr<workspace::Connection>> openTarget(Services &services, const ParsedArguments &arguments)
{
    workspace::Connections &connections = services.connections;
    const Argument *name = arguments.value("--connection");
    const Argument *url = arguments.value("--url");
    if ((name != nullptr) == (url != nullptr)) {
        QStringList known;
        for (const workspace::ConnectionInfo &info : connections.list())
            known << QString::fromStdString(info.name);
        return usageError(name ? TargetTr::tr("-c and --url exclude each other.")
                               : TargetTr::tr("No connection is given (-c NAME or --url URL)."),
            TargetTr::tr("Connections that are always there: %1").arg(known.join(QStringLiteral(", "))));
    }
    auto password = passwordFrom(arguments, services.interrupt);
    if (!password)
        return std::move(password).error();
    workspace::Overrides overrides;
    overrides.password = std::move(password).value();
    if (const Argument *database = arguments.value("--database"))
        overrides.database = database->text;
    return name ? connections.open(name->text, overrides) : connections.openUrl(url->text, overrides);
}

} // namespace cli
