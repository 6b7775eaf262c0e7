// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/connectorscommand.h"

#include "cli/listing.h"
#include "cli/services.h"

#include <QCoreApplication>

namespace cli {

namespace {

struct ConnectorsTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// The words for what a connector can do, one blank between them.
std::string capabilityWords(const connector::Capabilities &capabilities)
{
    const std::pair<bool, const char *> all[] = {{capabilities.catalog, "catalog"}, {capabilities.parameters, "parameters"},
        {capabilities.cancel, "cancel"}, {capabilities.paging, "paging"}, {capabilities.streaming, "streaming"},
        {capabilities.write, "write"}, {capabilities.pushDown, "push-down"}, {capabilities.batch, "batch"},
        {capabilities.call, "call"}};
    std::string words;
    for (const auto &[has, word] : all) {
        if (has)
            words.append(words.empty() ? "" : " ").append(word);
    }
    return words;
}

} // namespace

CommandSpec connectorsSpec()
{
    CommandSpec spec;
    spec.name = "connectors";
    spec.usage = ConnectorsTr::tr("[OPTIONS]");
    spec.summary = ConnectorsTr::tr("Lists the connectors that are there, damaged ones too: id, version, state, capabilities, reason.");
    spec.options = resultOptions();
    return spec;
}

core::Result<int> runConnectors(Services &services, const ParsedArguments &arguments)
{
    auto options = resultOptionsFrom(arguments);
    if (!options)
        return std::move(options).error();
    auto listing = Listing::create({"id", "version", "state", "capabilities", "reason"}, *options, services.interrupt);
    if (!listing)
        return std::move(listing).error();
    std::vector<std::vector<std::optional<std::string>>> rows;
    for (const connector::Registry::Entry &entry : services.registry.entries()) {
        rows.push_back({entry.id, orNull(entry.manifest.version), connector::word(entry.state),
            orNull(capabilityWords(entry.manifest.capabilities)), orNull(entry.reason.toStdString())});
    }
    if (auto added = listing.value()->add(rows); !added)
        return std::move(added).error();
    if (auto finished = listing.value()->finish(); !finished)
        return std::move(finished).error();
    return 0;
}

} // namespace cli
