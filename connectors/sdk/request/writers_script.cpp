// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/tokens.h"
#include "http/url.h"
#include "request/sketch.h"

#include <algorithm>

namespace request {

namespace {

std::string hexLiteral(std::string_view text)
{
    return quotedLiteral(text, Escapes::Hex);
}

std::string script(const Stretches &stretches, std::string_view before, std::string_view after)
{
    return joined(stretches, hexLiteral, [&](const std::string &name) { return std::string(before) + name + std::string(after); }, " + ");
}

std::string ofProcess(const Stretches &stretches)
{
    return script(stretches, "process.env.", "");
}

// Headers of one name as a list, in the order of their first.
std::vector<std::pair<std::string, std::vector<Stretches>>> grouped(const Sketch &sketch)
{
    std::vector<std::pair<std::string, std::vector<Stretches>>> groups;
    for (const auto &[name, value] : sketch.headers) {
        const auto known = std::ranges::find_if(groups, [&name = name](const auto &group) { return connector::sameWord(group.first, name); });
        if (known == groups.end())
            groups.push_back({name, {value}});
        else
            known->second.push_back(value);
    }
    return groups;
}

std::string nodeBody(const Sketch &sketch)
{
    return sketch.isTextBody ? hexLiteral(sketch.body) : "Buffer.from(" + hexLiteral(http::base64(sketch.body)) + ", \"base64\")";
}

} // namespace

std::string writtenPython(const Sketch &sketch)
{
    std::string out = variableComments(sketch, "#");
    if (!sketch.variables.empty())
        out += "import os\n";
    out += "import requests\n\nresponse = requests.request(\n    " + hexLiteral(sketch.method) + ",\n    " + script(sketch.url, "os.environ[\"", "\"]") + ",\n    headers={\n";
    for (const auto &[name, values] : grouped(sketch)) {
        Stretches all;
        for (const Stretches &value : values) {
            if (!all.empty())
                all.push_back({", ", false});
            all.insert(all.end(), value.begin(), value.end());
        }
        const bool isPlain = std::ranges::all_of(all, [](const Stretch &stretch) {
            return std::ranges::all_of(stretch.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        });
        const std::string text = script(all, "os.environ[\"", "\"]");
        out += "        " + hexLiteral(name) + ": " + (isPlain ? text : '(' + text + ").encode()") + ",\n";
    }
    out += "    },\n";
    if (sketch.hasBody)
        out += "    data=b" + quotedLiteral(sketch.body, Escapes::Hex, true) + ",\n";
    out += std::string("    allow_redirects=") + (sketch.follows ? "True" : "False") + ",\n)\nprint(response.status_code, response.reason)\nprint(response.text)\n";
    return out;
}

std::string writtenJavaScript(const Sketch &sketch)
{
    std::string out = variableComments(sketch, "//");
    out += "const response = await fetch(" + ofProcess(sketch.url) + ", {\n  method: " + hexLiteral(sketch.method) + ",\n  headers: [\n";
    for (const auto &[name, value] : sketch.headers) {
        const bool isOwn = connector::sameWord(name, "Expect") || connector::sameWord(name, "Transfer-Encoding") || connector::sameWord(name, "Connection");
        out += std::string("    ") + (isOwn ? "// " : "") + '[' + hexLiteral(name) + ", " + ofProcess(value) + "],\n";
    }
    out += "  ],\n";
    if (sketch.hasBody) {
        out += "  body: "
            + (sketch.isTextBody ? hexLiteral(sketch.body)
                                 : "Uint8Array.from(atob(" + hexLiteral(http::base64(sketch.body)) + "), (c) => c.charCodeAt(0))")
            + ",\n";
    }
    return out + "  redirect: " + (sketch.follows ? "\"follow\"" : "\"manual\"") + ",\n});\nconsole.log(response.status, response.statusText);\nconsole.log(await response.text());\n";
}

std::string writtenNode(const Sketch &sketch)
{
    const bool isSecure = !sketch.url.empty() && sketch.url[0].text.starts_with("https:");
    const std::string module = isSecure ? "https" : "http";
    std::string out = variableComments(sketch, "//");
    out += "const " + module + " = require(\"node:" + module + "\");\n\nconst request = " + module + ".request(" + ofProcess(sketch.url) + ", {\n  method: " + hexLiteral(sketch.method) + ",\n  headers: {\n";
    for (const auto &[name, values] : grouped(sketch)) {
        out += "    " + hexLiteral(name) + ": ";
        std::string list;
        for (const Stretches &value : values)
            list += (list.empty() ? "" : ", ") + ofProcess(value);
        out += (values.size() > 1 ? '[' + list + ']' : list) + ",\n";
    }
    out += "  },\n}, (response) => {\n  console.log(response.statusCode, response.statusMessage);\n  response.pipe(process.stdout);\n});\n";
    return out + "request.end(" + (sketch.hasBody ? nodeBody(sketch) : std::string()) + ");\n";
}

} // namespace request
