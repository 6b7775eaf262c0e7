// SPDX-License-Identifier: GPL-3.0-or-later
#include "listanswer.h"

#include "decode/infer.h"
#include "decode/rowdecoder.h"
#include "json/memorysource.h"
#include "json/writer.h"

#include <algorithm>
#include <map>
#include <vector>

namespace redshift {

namespace {

struct Entry {
    std::map<std::string, std::string> members; // as sent
};
struct List {
    std::vector<std::string> columns; // in the order in which they first come
    std::vector<Entry> entries;
    std::string nextToken;
};

void add(List &list, Entry &entry, const std::string &name, std::string_view raw)
{
    if (std::find(list.columns.begin(), list.columns.end(), name) == list.columns.end())
        list.columns.push_back(name);
    entry.members[name] = raw;
}

bool readEntry(json::Reader &reader, json::Token token, const std::string &listName, List &list)
{
    Entry &entry = list.entries.emplace_back();
    if (token != json::Token::BeginObject) {
        const auto raw = reader.rawValue();
        if (raw)
            add(list, entry, listName, *raw);
        return raw.has_value();
    }
    for (token = reader.next(); token == json::Token::Key; token = reader.next()) {
        const std::string name(reader.text());
        reader.next();
        const auto raw = reader.rawValue();
        if (!raw)
            return false;
        add(list, entry, name, *raw);
    }
    return token == json::Token::EndObject;
}

// The only array among the members; false where there is none or are several.
bool readList(std::string_view body, List &list)
{
    json::MemorySource source(body);
    json::Reader reader(source);
    bool hasList = false;
    if (reader.next() != json::Token::BeginObject)
        return false;
    json::Token token = reader.next();
    for (; token == json::Token::Key; token = reader.next()) {
        const std::string name(reader.text());
        token = reader.next();
        if (name == "NextToken" && token == json::Token::String)
            list.nextToken = reader.text();
        if (token != json::Token::BeginArray) {
            if (!reader.skipValue())
                return false;
            continue;
        }
        if (hasList)
            return false;
        hasList = true;
        for (token = reader.next(); token != json::Token::EndArray; token = reader.next()) {
            if (token == json::Token::Failed || !readEntry(reader, token, name, list))
                return false;
        }
    }
    return hasList && !list.columns.empty() && token == json::Token::EndObject;
}

std::string rowsOf(const List &list)
{
    std::string rows = "[";
    for (const Entry &entry : list.entries) {
        rows += rows.size() == 1 ? "[" : ",[";
        for (std::size_t i = 0; i < list.columns.size(); ++i) {
            const auto member = entry.members.find(list.columns[i]);
            rows += i == 0 ? "" : ",";
            rows += member == entry.members.end() ? "null" : member->second;
        }
        rows += ']';
    }
    return rows + ']';
}

} // namespace

std::optional<connector::Outcome> deliverList(std::string_view body, std::int64_t maxRows, connector::Sink &sink)
{
    List list;
    if (!readList(body, list))
        return std::nullopt;
    const std::string rows = rowsOf(list);
    const auto schema = std::make_shared<const table::Schema>(decode::inferColumns(list.columns, rows));
    std::vector<decode::CellDecoder> cells;
    for (const table::ColumnInfo &info : schema->columns)
        cells.emplace_back(info);
    json::MemorySource source(rows);
    json::Reader reader(source);
    reader.next();
    decode::RowFeeder feeder(sink, schema, maxRows);
    if (feeder.begin())
        decode::RowDecoder(reader, feeder, schema, std::move(cells)).run();
    feeder.finish();
    connector::Outcome outcome;
    outcome.hasResultSet = true;
    outcome.rows = feeder.deliveredRows();
    outcome.columns = static_cast<std::int64_t>(schema->columns.size());
    if (feeder.isCutByLimit() || feeder.isCutBySink()) {
        outcome.completeness = connector::Completeness::Cut;
        outcome.reason = feeder.isCutByLimit() ? connector::Reason::RowLimit : connector::Reason::Broken;
    } else if (!list.nextToken.empty()) {
        outcome.completeness = connector::Completeness::Cut; // one page of several
        outcome.reason = connector::Reason::ServerCap;
    }
    return outcome;
}

} // namespace redshift
