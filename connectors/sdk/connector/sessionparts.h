// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/catalog.h"
#include "connector/manifest.h"
#include "connector/outcome.h"
#include "connector/profile.h"
#include "connector/sink.h"

#include <string>
#include <vector>

// What sessions of most dialects are made of.
namespace connector {

// The language of a plugin's own manifest: what the host reads from the plugin's metadata, the plugin reads from its
// copy among its resources (":/connectors/<id>/connector.json").
ONDO_EXPORT Language ownLanguage(const QString &resource);

// TRANSPORT://HOST[:PORT] of the fields "host" and "port", without a slash at its end.
ONDO_EXPORT std::string baseUrlOf(const Profile &profile);

ONDO_EXPORT core::Error usageError(const QString &message, const QString &hint = {});

// Whether an error means that the answer did not come to its end, or not in its form.
ONDO_EXPORT bool breaksOff(core::ErrorKind kind);
// The outcome of what ended before there was a result: cut if it broke off.
ONDO_EXPORT Outcome failedOutcome(core::Error error);

// The part of all children of a node that was asked for.
ONDO_EXPORT CatalogPage pageOf(std::vector<CatalogNode> nodes, const CatalogRequest &request);
// "DATABASE/TABLE", as messages name a path.
ONDO_EXPORT QString shownPath(const std::vector<std::string> &path);
// Statement: there is nothing at this path. hint says what paths look like.
ONDO_EXPORT core::Error unknownPath(const std::vector<std::string> &path, const QString &hint);

// Takes everything and keeps nothing.
class ONDO_EXPORT NoSink final : public Sink
{
public:
    bool schema(std::shared_ptr<const table::Schema>) override { return true; }
    bool chunk(std::shared_ptr<const table::Chunk>) override { return true; }
};

} // namespace connector
