// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawrows.h"

#include "json/memorysource.h"
#include "json/reader.h"

#include <algorithm>
#include <optional>

namespace openmldb {

namespace {

// The rest of a row; false where it breaks off.
bool readRow(json::Reader &reader, bool isFirst, RawRows &rows, std::vector<std::string> &row)
{
    for (json::Token token = reader.next();; token = reader.next()) {
        if (token == json::Token::EndArray || token == json::Token::EndObject)
            return true;
        if (token == json::Token::Key) {
            if (isFirst)
                rows.keys.emplace_back(reader.text());
            token = reader.next();
        }
        const std::optional<std::string_view> raw
            = token == json::Token::Failed ? std::nullopt : reader.rawValue();
        if (!raw)
            return false;
        row.emplace_back(*raw);
    }
}

} // namespace

std::size_t RawRows::width() const
{
    std::size_t width = 0;
    for (const std::vector<std::string> &row : rows)
        width = std::max(width, row.size());
    return width;
}

std::string RawRows::text() const
{
    std::string text = "[";
    for (const std::vector<std::string> &row : rows) {
        text += text.size() == 1 ? "[" : ",[";
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != 0)
                text += ',';
            text += row[i];
        }
        text += ']';
    }
    return text + ']';
}

RawRows readRawRows(std::string_view text)
{
    RawRows rows;
    json::MemorySource source(text);
    json::Reader reader(source);
    reader.next();
    for (json::Token token = reader.next(); token == json::Token::BeginArray || token == json::Token::BeginObject;
         token = reader.next()) {
        std::vector<std::string> row;
        if (!readRow(reader, rows.rows.empty(), rows, row))
            break;
        rows.rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace openmldb
