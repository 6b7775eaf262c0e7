// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/resolver.h"

#include "connector/tokens.h"
#include "http/url.h"
#include "request/pointer.h"
#include "request/shellwords.h"
#include "request/systemvariables.h"

#include <QCoreApplication>

#include <algorithm>

namespace request {

namespace {

struct ResolverTr {
    Q_DECLARE_TR_FUNCTIONS(RequestResolver)
};

constexpr int kDeepest = 20; // variables within variables
constexpr std::string_view kResponse = ".response.";

QString shownName(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view trimmedName(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

bool isVariableName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

} // namespace

Resolver::Resolver(const Document &document, std::vector<NamedValue> environment, std::string folder)
    : m_document(document)
    , m_environment(std::move(environment))
    , m_folder(std::move(folder))
{
}

core::Result<std::string> Resolver::resolved(std::string_view text, int line, int column)
{
    return resolvedAt(text, line, column, 0);
}

core::Result<std::string> Resolver::resolvedAt(std::string_view text, int line, int column, int depth)
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t begin = text.find("{{"); begin != std::string_view::npos; begin = text.find("{{", begin)) {
        const std::size_t end = text.find("}}", begin);
        if (end == std::string_view::npos)
            break;
        const std::string_view name = trimmedName(text.substr(begin + 2, end - begin - 2));
        const bool isAnswer = name.find(kResponse) != std::string_view::npos;
        const std::string_view bare = name.starts_with('%') ? name.substr(1) : name;
        if (!name.starts_with('$') && !isAnswer && !isVariableName(bare)) {
            begin += 2;
            continue;
        }
        const std::string_view before = text.substr(0, begin);
        const std::size_t lineBegin = before.rfind('\n') + 1;
        const int ownLine = line + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
        const int ownColumn = static_cast<int>(begin - lineBegin) + (lineBegin == 0 ? column : 1);
        auto value = valueOf(name, ownLine, ownColumn, depth);
        if (!value)
            return value;
        out += text.substr(at, begin - at);
        out += *value;
        at = begin = end + 2;
    }
    return out.append(text.substr(at));
}

core::Result<std::string> Resolver::valueOf(std::string_view name, int line, int column, int depth)
{
    if (depth > kDeepest)
        return errorAt(line, column, ResolverTr::tr("The variable \"%1\" refers to itself.").arg(shownName(name)));
    if (name.starts_with('$'))
        return systemValue(name, line, column);
    if (const std::size_t part = name.find(kResponse); part != std::string_view::npos)
        return answerValue(name, part, line, column);
    const bool isEncoded = name.starts_with('%');
    const std::string_view bare = isEncoded ? name.substr(1) : name;
    for (auto variable = m_document.variables.rbegin(); variable != m_document.variables.rend(); ++variable) {
        if (variable->name != bare)
            continue;
        auto value = resolvedAt(variable->value, variable->line, 1, depth + 1);
        return value && isEncoded ? http::percentEncoded(*value) : value;
    }
    for (const NamedValue &known : m_environment) {
        if (known.name != bare)
            continue;
        auto value = resolvedAt(known.value, line, column, depth + 1);
        if (value && known.isSecret)
            value = secret(std::move(value).value());
        return value && isEncoded ? http::percentEncoded(*value) : value;
    }
    return errorAt(line, column, ResolverTr::tr("The variable \"%1\" has no value.").arg(shownName(bare)),
        ResolverTr::tr("Give it one by a line \"@%1 = …\" above the request, or by an environment (--env NAME) of http-client.env.json.").arg(shownName(bare)));
}

core::Result<std::string> Resolver::systemValue(std::string_view text, int line, int column)
{
    auto value = systemVariable(text, m_folder);
    if (!value) {
        core::Error error = std::move(value).error();
        error.position.line = line;
        error.position.column = column;
        return error;
    }
    return value->isSecret ? secret(std::move(value->text)) : std::move(value->text);
}

core::Result<std::string> Resolver::answerValue(std::string_view name, std::size_t part, int line, int column)
{
    const std::string_view request = name.substr(0, part);
    const std::string_view rest = name.substr(part + kResponse.size());
    const auto answer = m_answers.find(request);
    if (answer == m_answers.end()) {
        if (m_isLenient)
            return "{{" + std::string(name) + "}}";
        return errorAt(line, column, ResolverTr::tr("The answer of the request \"%1\" has not come.").arg(shownName(request)),
            ResolverTr::tr("It has to stand before, under this name (# @name %1).").arg(shownName(request)));
    }
    const core::Error missing = errorAt(line, column, ResolverTr::tr("The answer of the request \"%1\" has no %2.").arg(shownName(request), shownName(rest)),
        ResolverTr::tr("A value of JSON is named body.$.a.b[0] or body./a/b/0, a header headers.Name, the whole body.*"));
    if (rest.starts_with("headers.")) {
        for (const http::Header &header : answer->second.head.headers) {
            if (connector::sameWord(header.name, rest.substr(8)))
                return header.value;
        }
        return missing;
    }
    if (rest == "body" || rest == "body.*")
        return answer->second.body;
    if (!rest.starts_with("body."))
        return missing;
    const std::string_view place = rest.substr(5);
    const auto path = place.starts_with('/') ? parsePointer(place) : parseJsonPath(place);
    const auto value = path ? valueAt(answer->second.body, *path) : std::nullopt;
    return value ? core::Result<std::string>(value->text) : missing;
}

std::string Resolver::secret(std::string value)
{
    if (!value.empty() && std::find(m_secretsUsed.begin(), m_secretsUsed.end(), value) == m_secretsUsed.end())
        m_secretsUsed.push_back(value);
    return value;
}

std::vector<std::string> answersNamedIn(std::string_view text)
{
    std::vector<std::string> names;
    for (std::size_t part = text.find(kResponse); part != std::string_view::npos; part = text.find(kResponse, part + 1)) {
        const std::size_t begin = text.rfind("{{", part);
        if (begin == std::string_view::npos || text.substr(begin, part - begin).find("}}") != std::string_view::npos)
            continue;
        names.emplace_back(trimmedName(text.substr(begin + 2, part - begin - 2)));
    }
    return names;
}

} // namespace request
