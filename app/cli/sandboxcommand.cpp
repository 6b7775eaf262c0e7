// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sandboxcommand.h"

#include "cli/output.h"
#include "cli/services.h"
#include "json/writer.h"

#include <QCoreApplication>

namespace cli {

namespace {

struct SandboxTr {
    Q_DECLARE_TR_FUNCTIONS(SandboxTr)
};

constexpr std::int64_t kLastPort = 65535;

// Starts every dialect's half, the ports one behind the other from base on (0: free ones), and describes them.
core::Result<std::string> startAll(Services &services, std::int64_t base)
{
    json::Writer line;
    line.beginObject();
    std::int64_t port = base;
    for (const connector::Manifest &manifest : services.registry.manifests()) {
        if (!manifest.hasSandbox)
            continue;
        if (port > kLastPort)
            return usageError(SandboxTr::tr("There is no port %1.").arg(port));
        auto started = services.sandbox.start(manifest.id, static_cast<std::uint16_t>(port));
        if (!started)
            return std::move(started).error();
        port += base == 0 ? 0 : 1;
        line.key(manifest.id).beginObject().key("url").string(services.sandbox.baseUrl(manifest.id));
        if (const sandbox::Pairs environment = services.sandbox.environment(manifest.id); !environment.empty()) {
            line.key("env").beginObject();
            for (const auto &[name, value] : environment)
                line.key(name).string(value);
            line.endObject();
        }
        line.endObject();
    }
    line.endObject();
    return line.text() + '\n';
}

} // namespace

CommandSpec sandboxSpec()
{
    CommandSpec spec;
    spec.name = "sandbox";
    spec.usage = SandboxTr::tr("[--port-base N]");
    spec.summary = SandboxTr::tr("Serves sample data on loopback in every dialect that has a sandbox, until interrupted.");
    spec.details = SandboxTr::tr("Prints one line of JSON with the URL of each, once all of them listen.");
    spec.options = {{"--port-base", "", SandboxTr::tr("N"), SandboxTr::tr("ports N, N+1, … (default: free ones)"), false}};
    return spec;
}

core::Result<int> runSandbox(Services &services, const ParsedArguments &arguments)
{
    const Argument *value = arguments.value("--port-base");
    auto base = value ? integerValue(*value, "--port-base", 1) : core::Result<std::int64_t>(std::int64_t(0));
    if (!base)
        return std::move(base).error();
    auto line = startAll(services, *base);
    if (!line)
        return std::move(line).error();
    const auto output = Output::toStandardOutput(services.interrupt);
    if (auto written = output->write(*line); !written && !output->isReaderGone())
        return std::move(written).error();
    services.interrupt.wait();
    return core::exitCode(core::ErrorKind::Cancelled);
}

} // namespace cli
