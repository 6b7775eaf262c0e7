// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/writers.h"

#include "connector/tokens.h"
#include "http/exchange.h"
#include "request/jsonform.h"
#include "request/sender.h"
#include "request/sketch.h"

#include <QCoreApplication>

#include <algorithm>

namespace request {

namespace {

struct WritersTr {
    Q_DECLARE_TR_FUNCTIONS(RequestWriters)
};

std::string variableFor(const std::string &header)
{
    std::string name = "SECRET_";
    for (const char c : header) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        name += isLetter ? static_cast<char>(c & ~0x20) : c >= '0' && c <= '9' ? c : '_';
    }
    return name;
}

Stretches urlStretches(const http::Request &request, std::vector<std::pair<std::string, QString>> &variables, bool showsSecrets)
{
    if (showsSecrets)
        return {{request.url, false}};
    auto secrets = request.urlSecrets;
    std::sort(secrets.begin(), secrets.end());
    Stretches stretches;
    std::size_t at = 0;
    for (const auto &[begin, size] : secrets) {
        if (begin > at)
            stretches.push_back({request.url.substr(at, begin - at), false});
        const std::string name = "SECRET_" + std::to_string(variables.size() + 1);
        variables.emplace_back(name, WritersTr::tr("a secret in the URL, percent-encoded"));
        stretches.push_back({name, true});
        at = begin + size;
    }
    if (at < request.url.size())
        stretches.push_back({request.url.substr(at), false});
    return stretches;
}

} // namespace

std::optional<Language> languageNamed(std::string_view name)
{
    for (const LanguageName &known : kLanguages) {
        if (known.name == name)
            return known.language;
    }
    return std::nullopt;
}

Sketch sketchOf(const Ready &ready, bool showsSecrets)
{
    const http::Request &request = ready.request;
    Sketch sketch;
    sketch.method = request.method;
    sketch.url = urlStretches(request, sketch.variables, showsSecrets);
    for (const http::Header &header : request.headers) {
        if (connector::sameWord(header.name, "Content-Length"))
            continue;
        if (!header.secret || showsSecrets) {
            sketch.headers.push_back({header.name, {{header.value, false}}});
            continue;
        }
        const std::string name = variableFor(header.name);
        const bool isKnown = std::ranges::any_of(sketch.variables, [&](const auto &variable) { return variable.first == name; });
        if (!isKnown)
            sketch.variables.emplace_back(name, WritersTr::tr("the value of the header %1").arg(QString::fromStdString(header.name)));
        sketch.headers.push_back({header.name, {{name, true}}});
    }
    sketch.body = shownBody(request, showsSecrets);
    sketch.hasBody = hasBody(request);
    sketch.isTextBody = isPlainText(sketch.body);
    sketch.follows = ready.redirects.areFollowed;
    return sketch;
}

std::string variableComments(const Sketch &sketch, std::string_view mark)
{
    std::string out;
    for (const auto &[name, meaning] : sketch.variables)
        out += std::string(mark) + ' ' + name + ": " + meaning.toStdString() + '\n';
    return out;
}

std::string joined(const Stretches &stretches, const std::function<std::string(std::string_view)> &literal,
    const std::function<std::string(const std::string &)> &variable, std::string_view joint)
{
    std::string out;
    for (const Stretch &stretch : stretches) {
        if (!out.empty())
            out += joint;
        out += stretch.isVariable ? variable(stretch.text) : literal(stretch.text);
    }
    return out.empty() ? literal({}) : out;
}

std::string quotedLiteral(std::string_view text, Escapes escapes, bool keepsBytes)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f || (keepsBytes && byte >= 0x80)) {
            if (escapes == Escapes::Octal)
                out += {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + (byte >> 3 & 7)), static_cast<char>('0' + (byte & 7))};
            else
                out.append(escapes == Escapes::Hex ? "\\x" : "\\u00").append({kHex[byte >> 4], kHex[byte & 15]});
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string writtenCurl(const Ready &ready, bool showsSecrets)
{
    const http::Request &request = ready.request;
    http::Exchange exchange;
    exchange.method = request.method;
    exchange.url = showsSecrets ? request.url : shownUrl(request);
    if (!showsSecrets) {
        auto secrets = request.urlSecrets;
        std::sort(secrets.begin(), secrets.end());
        std::size_t lost = 0;
        for (const auto &[begin, size] : secrets) {
            exchange.urlBlanks.push_back(begin - lost);
            lost += size;
            lost -= 3; // "***" stands there
        }
    }
    exchange.requestHeaders = request.headers;
    for (http::Header &header : exchange.requestHeaders)
        header.secret = header.secret && !showsSecrets;
    exchange.requestBody = shownBody(request, showsSecrets);
    return http::toCurl(exchange);
}

std::string written(const Ready &ready, Language language, bool showsSecrets)
{
    if (language == Language::Curl)
        return writtenCurl(ready, showsSecrets);
    const Sketch sketch = sketchOf(ready, showsSecrets);
    switch (language) {
    case Language::PowerShell: return writtenPowerShell(sketch);
    case Language::Cmd: return writtenCmd(sketch);
    case Language::Http: return writtenHttp(sketch);
    case Language::Httpie: return writtenHttpie(sketch);
    case Language::Python: return writtenPython(sketch);
    case Language::JavaScript: return writtenJavaScript(sketch);
    case Language::Node: return writtenNode(sketch);
    case Language::Go: return writtenGo(sketch);
    case Language::Java: return writtenJava(sketch);
    case Language::CSharp: return writtenCSharp(sketch);
    default: return writtenCpp(sketch);
    }
}

} // namespace request
