// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/freeanswer.h"

#include "table/builder.h"

namespace connector {

namespace {

std::shared_ptr<const table::Schema> freeSchema()
{
    table::Schema schema;
    schema.columns.push_back({.name = "status", .kind = table::Kind::Int, .bits = 32});
    schema.columns.push_back({.name = "content_type", .kind = table::Kind::Text});
    schema.columns.push_back({.name = "body", .kind = table::Kind::Text});
    return std::make_shared<const table::Schema>(std::move(schema));
}

} // namespace

bool deliverFreeAnswer(const http::Head &head, std::string_view body, Sink &sink)
{
    const auto schema = freeSchema();
    if (!sink.schema(schema))
        return false;
    table::ChunkBuilder builder(schema);
    builder.column(0).appendInt(head.status);
    builder.column(1).appendBytes(head.header("Content-Type"));
    builder.column(2).appendBytes(body);
    builder.finishRow();
    return sink.chunk(builder.seal());
}

} // namespace connector
