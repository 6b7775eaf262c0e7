// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/affectedobject.h"

#include "connector/requestmatch.h"
#include "connector/sqleffect.h"

#include <algorithm>

namespace connector {

namespace {

using Effect = std::optional<AffectedObject>;

// Headers that make a server take another method than the one that is to be seen.
bool isDisguised(const RequestText &request)
{
    for (const char *name : {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
        if (hasHeader(request.headers, name))
            return true;
    }
    return false;
}

AffectedObject targetOf(const RequestText &request)
{
    return {request.method, request.target.substr(0, request.target.find_first_of("?#"))};
}

// The SQL in a body decides; what is no SQL where it should be may change anything.
Effect effectOfBody(const RequestText &request, const std::string &place, const Language &language)
{
    const auto texts = place == "body" ? std::optional(std::vector<std::string>{request.body}) : textsAt(request.body, place);
    const bool isCoded = hasHeader(request.headers, "Content-Encoding") || hasHeader(request.headers, "Transfer-Encoding");
    if (!texts || texts->empty() || isCoded)
        return targetOf(request);
    for (const std::string &text : *texts) {
        if (Effect effect = effectOfSql(text, language))
            return effect->verb.empty() ? targetOf(request) : effect;
    }
    return std::nullopt;
}

Effect effectOfRequest(const Statement &statement, const Manifest &manifest)
{
    const auto request = parseRequest(statement.text);
    if (!request)
        return AffectedObject();
    if (isDisguised(*request))
        return targetOf(*request);
    if (request->method == "GET" || request->method == "HEAD" || request->method == "OPTIONS")
        return std::nullopt;
    const auto templates = templatesOf(*request, manifest);
    if (templates.empty())
        return targetOf(*request);
    for (const RequestTemplate *candidate : templates) {
        if (!candidate->sqlPlace.empty()) {
            if (Effect effect = effectOfBody(*request, candidate->sqlPlace, manifest.language))
                return effect;
        } else if (!candidate->readsOnly) {
            return targetOf(*request);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<AffectedObject> affectedObject(const Statement &statement, const Manifest &manifest)
{
    if (statement.isRequest || startsRequest(statement.text))
        return effectOfRequest(statement, manifest);
    return effectOfSql(statement.text, manifest.language);
}

} // namespace connector
