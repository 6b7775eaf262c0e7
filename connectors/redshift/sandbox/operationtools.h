// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/writer.h"
#include "sandbox/jobs.h"
#include "sandbox/verifier.h"

#include <QJsonObject>

#include <string>

// What the operations share: reading their input, writing their output.
namespace redshift::server {

Complaint invalid(const std::string &message); // ValidationException
Complaint notFound(const std::string &message); // ResourceNotFoundException

std::string textIn(const QJsonObject &input, const char *key);
std::int64_t integerIn(const QJsonObject &input, const char *key, std::int64_t otherwise);

// Items [begin, end) of a list by MaxResults and NextToken; complaint: the token is none of ours.
struct Slice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string nextToken; // empty: nothing is left
};
std::optional<Slice> sliceOf(const QJsonObject &input, std::size_t size, std::int64_t most);

std::string tokenOf(const std::string &what, std::size_t number);
std::optional<std::size_t> numberOf(const std::string &token, const std::string &what);

// Whether a name matches a pattern of "%" and "_"; an empty pattern matches all.
bool matches(std::string_view name, std::string_view pattern);

// Epoch seconds with three digits of fraction.
void appendTime(std::string &out, std::int64_t microseconds);
void appendMetadata(std::string &out, const Output &column, bool isTable);

// "uuid" or "uuid:N"; part counts from 0, none where only the uuid is given.
struct StatementId {
    std::string id;
    std::optional<std::size_t> part;
};
std::optional<StatementId> readStatementId(const std::string &text);

} // namespace redshift::server
