// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sink.h"

namespace desktop {

// For requests whose rows nobody reads: the catalogue, stopping a statement.
class SilentSink : public connector::Sink
{
public:
    bool schema(std::shared_ptr<const table::Schema>) override { return true; }
    bool chunk(std::shared_ptr<const table::Chunk>) override { return true; }
};

} // namespace desktop
