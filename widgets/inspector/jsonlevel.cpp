// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsonlevel.h"

#include "json/memorysource.h"
#include "json/reader.h"

#include <QCoreApplication>

namespace inspector {

namespace {

struct JsonLevelTr {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

core::Error readingError(const json::Reader &reader)
{
    if (reader.error())
        return *reader.error();
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = JsonLevelTr::tr("Reading was stopped.");
    return error;
}

JsonPlace::Kind kindOf(json::Token token)
{
    switch (token) {
    case json::Token::BeginObject:
        return JsonPlace::Kind::Object;
    case json::Token::BeginArray:
        return JsonPlace::Kind::Array;
    case json::Token::String:
        return JsonPlace::Kind::String;
    case json::Token::Number:
        return JsonPlace::Kind::Number;
    default:
        return JsonPlace::Kind::Word;
    }
}

// The value whose first token was just read; false: it does not come to its end.
bool readPlace(json::Reader &reader, json::Token token, JsonPlace *place)
{
    place->kind = kindOf(token);
    place->begin = static_cast<std::size_t>(reader.tokenOffset());
    if (!reader.skipValue())
        return false;
    place->end = static_cast<std::size_t>(reader.offset());
    return true;
}

} // namespace

core::Result<JsonPlace> wholeJson(std::string_view text, std::stop_token stop)
{
    json::MemorySource source(text);
    json::ReaderOptions options;
    options.idle = [&stop] { return !stop.stop_requested(); };
    json::Reader reader(source, options);
    JsonPlace place;
    const json::Token first = reader.next();
    if (first == json::Token::Failed || !readPlace(reader, first, &place))
        return readingError(reader);
    if (reader.next() != json::Token::End)
        return readingError(reader);
    return place;
}

core::Result<std::vector<JsonPlace>> childrenOf(std::string_view text, const JsonPlace &place, std::stop_token stop)
{
    json::MemorySource source(text.substr(place.begin, place.end - place.begin));
    json::ReaderOptions options;
    options.idle = [&stop] { return !stop.stop_requested(); };
    json::Reader reader(source, options);
    std::vector<JsonPlace> children;
    reader.next(); // the bracket
    while (!stop.stop_requested()) {
        json::Token token = reader.next();
        if (token == json::Token::EndObject || token == json::Token::EndArray)
            return children;
        JsonPlace child;
        if (token == json::Token::Key) {
            child.key = reader.text();
            token = reader.next();
        }
        if (token == json::Token::Failed || token == json::Token::End || !readPlace(reader, token, &child))
            break;
        child.begin += place.begin;
        child.end += place.begin;
        children.push_back(std::move(child));
    }
    return readingError(reader);
}

} // namespace inspector
