// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/request.h"
#include "connector/statement.h"
#include "settings.h"

namespace timescale {

// Fills {name} in the path, percent-encoded, and appends the other parameters to the query. Usage error: a name without a
// value, a NULL, an empty value, a name that the query has already, or {{name}} that nobody has filled.
core::Result<connector::RequestText> withParameters(
    connector::RequestText request, const std::vector<connector::Parameter> &parameters);

// The path of a target without base path, origin and query: what resources are known by.
std::string resourceOf(const connector::RequestText &request);

// The request as an event of a proxy integration, in JSON: how a function behind a gateway is given it.
std::string proxyEvent(const connector::RequestText &request);

// Where the records of a body do not have the keys of these columns in this order: what is wrong, translated; else empty.
QString recordOrderWarning(const std::string &body, const std::vector<RecordColumn> &columns);

// A body {"records": […]} in several of at most so many records and bytes; the records' texts are not touched. One part:
// the body is of another form, or needs no cutting.
struct RecordPart {
    std::string body;
    std::size_t records = 0;
};
std::vector<RecordPart> recordParts(const std::string &body, std::size_t mostRecords, std::size_t mostBytes);

// A record's value in JSON as somebody typed it: numbers, true and false bare, all else a text.
void appendRecordValue(std::string &out, const RecordColumn &column, const std::optional<std::string> &value);

} // namespace timescale
