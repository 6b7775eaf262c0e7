// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/outcome.h"

namespace connector {

const char *word(Completeness completeness)
{
    switch (completeness) {
    case Completeness::Complete:
        return "complete";
    case Completeness::Cut:
        return "cut";
    case Completeness::Unknown:
        break;
    }
    return "unknown";
}

const char *word(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return nullptr;
    case Reason::RowLimit:
        return "row_limit";
    case Reason::ServerCap:
        return "server_cap";
    case Reason::Broken:
        return "broken";
    case Reason::ServerCannotTell:
        break;
    }
    return "server_cannot_tell";
}

} // namespace connector
