// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/statement.h"
#include "http/exchange.h"
#include "table/table.h"

#include <memory>
#include <optional>

namespace connector {

// Where a session puts what comes. All calls are made on the worker thread that runs the statement, in this order:
// exchanges whenever one begins or ends; started; then for a result set schema, chunks; none after run() has returned.
class ONDO_EXPORT Sink
{
public:
    virtual ~Sink() = default;

    // An exchange began or changed or ended (Exchange::finished); the same id may come again.
    virtual void exchange(const http::Exchange &exchange) { static_cast<void>(exchange); }

    // The request went out: what can be stopped on the server from now on.
    virtual void started(const RunningStatement &running) { static_cast<void>(running); }

    // What the user should know although nothing failed ("the server ignores …"); translated. At any time.
    virtual void notice(const QString &text) { static_cast<void>(text); }

    // What a statement that takes its time is doing, in a word or two ("STARTED"); translated where it is ours. The
    // latest counts.
    virtual void status(const QString &text) { static_cast<void>(text); }

    // False ends the run as cut (the reader of the rows went away).
    virtual bool schema(std::shared_ptr<const table::Schema> schema) = 0;

    // A short chunk (under table::kChunkRows) may be followed by one that holds its rows too and replaces it: see
    // table::Table::append. Blocking here is back-pressure. False ends the run as cut.
    virtual bool chunk(std::shared_ptr<const table::Chunk> chunk) = 0;

    // Of an answer without declared types it is known only at its end which they are. Whether the rows are wanted
    // meanwhile, as texts: then they come by schema() and chunk() with columns of texts, and retyped() follows. A sink
    // that prints what comes says no: it gets the typed rows alone, later.
    virtual bool showsUntyped() const { return false; }
    // In the place of all that came: the same rows under their types; columns may have come behind, names have become
    // known. More chunks may follow. False ends the run as cut.
    virtual bool retyped(table::Table typed)
    {
        static_cast<void>(typed);
        return true;
    }

    // maxRows rows have come and the server has more. The new limit (0: none) to go on, nothing to end as cut.
    // May wait for somebody's decision; the request is held meanwhile.
    virtual std::optional<std::int64_t> limitReached(std::int64_t rows)
    {
        static_cast<void>(rows);
        return std::nullopt;
    }
};

} // namespace connector
