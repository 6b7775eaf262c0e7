// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/tokens.h"
#include "http/url.h"
#include "request/sketch.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace request {

namespace {

struct ShellWritersTr {
    Q_DECLARE_TR_FUNCTIONS(RequestWriters)
};

std::string posixQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

// Quotes of Windows programs: a backslash counts only before a quote.
std::string windowsArgument(std::string_view text, bool isAlwaysQuoted)
{
    std::string out;
    std::size_t backslashes = 0;
    for (const char c : text) {
        if (c == '"')
            out.append(backslashes + 1, '\\');
        backslashes = c == '\\' ? backslashes + 1 : 0;
        out += c;
    }
    // Those at the end come before the quote that is put around a text with blanks.
    return out.append(text.find_first_of(" \t\n") == std::string_view::npos && !isAlwaysQuoted ? 0 : backslashes, '\\');
}

// Carets before all that cmd might read; quoted by ^", so that %NAME% is filled.
std::string cmdQuoted(std::string_view text)
{
    std::string out;
    for (const char c : windowsArgument(text, true)) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view(" \t_-:=+~'/.,?;()*`\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
        if (c == '\n')
            out += "^\n\n";
        else if (isPlain)
            out += c;
        else
            out += {'^', c};
    }
    return out;
}

std::string powerShellQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : windowsArgument(text, false))
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + '\'';
}

constexpr std::array<std::string_view, 6> kOptions{"-X", "-H", "--head", "--globoff", "--data-raw", "--data-binary"};

// Texts that follow each other as one.
Stretches merged(const Stretches &stretches)
{
    Stretches out;
    for (const Stretch &stretch : stretches) {
        if (!out.empty() && !out.back().isVariable && !stretch.isVariable)
            out.back().text += stretch.text;
        else
            out.push_back(stretch);
    }
    return out;
}

// The arguments of curl, each a list of stretches, for shells that have no printf.
std::vector<Stretches> curlArguments(const Sketch &sketch)
{
    std::vector<Stretches> arguments;
    const auto add = [&arguments](const std::string &text) { arguments.push_back({{text, false}}); };
    if (sketch.method == "HEAD") {
        add("--head");
    } else {
        add("-X");
        add(sketch.method);
    }
    add("--globoff");
    arguments.push_back(sketch.url);
    bool hasAgent = false;
    bool hasAccept = false;
    bool hasType = false;
    for (const auto &[name, value] : sketch.headers) {
        hasAgent = hasAgent || connector::sameWord(name, "User-Agent");
        hasAccept = hasAccept || connector::sameWord(name, "Accept");
        hasType = hasType || connector::sameWord(name, "Content-Type");
        add("-H");
        Stretches line{{name + ": ", false}};
        if (value.size() == 1 && !value[0].isVariable && value[0].text.empty())
            line = {{name + ';', false}};
        else
            line.insert(line.end(), value.begin(), value.end());
        arguments.push_back(merged(line));
    }
    for (const auto &[isThere, line] : {std::pair(hasAgent, "User-Agent:"), std::pair(hasAccept, "Accept:"), std::pair(hasType || !sketch.hasBody, "Content-Type:")}) {
        if (isThere)
            continue;
        add("-H");
        add(line);
    }
    if (sketch.hasBody && sketch.isTextBody) {
        add("--data-raw");
        add(sketch.body);
    } else if (sketch.hasBody) {
        add("--data-binary");
        add("@body.bin");
    }
    return arguments;
}

std::string bodyFileComment(const Sketch &sketch, std::string_view mark)
{
    if (!sketch.hasBody || sketch.isTextBody)
        return {};
    return std::string(mark) + ' ' + ShellWritersTr::tr("body.bin holds these bytes, written in base64 here: %1").arg(QString::fromStdString(http::base64(sketch.body))).toStdString() + '\n';
}

std::string commandOf(const Sketch &sketch, std::string_view lineEnd, const std::function<std::string(const Stretches &)> &argument)
{
    std::string out = "curl.exe";
    for (const Stretches &stretches : curlArguments(sketch)) {
        const bool isOption = stretches[0].text == "-H" || stretches[0].text.starts_with("--data");
        out += isOption ? std::string(lineEnd) + "  " : std::string(" ");
        const bool isBare = stretches.size() == 1 && !stretches[0].isVariable
            && std::ranges::find(kOptions, stretches[0].text) != kOptions.end();
        out += isBare ? stretches[0].text : argument(stretches);
    }
    return out + '\n';
}

} // namespace

std::string writtenPowerShell(const Sketch &sketch)
{
    const auto argument = [](const Stretches &stretches) {
        const bool hasVariable = std::ranges::any_of(stretches, [](const Stretch &stretch) { return stretch.isVariable; });
        const std::string text = joined(
            stretches, [](std::string_view literal) { return powerShellQuoted(literal); }, [](const std::string &name) { return "$env:" + name; }, " + ");
        return hasVariable ? '(' + text + ')' : text;
    };
    return variableComments(sketch, "#") + bodyFileComment(sketch, "#") + commandOf(sketch, " `\n", argument);
}

std::string writtenCmd(const Sketch &sketch)
{
    const auto argument = [](const Stretches &stretches) {
        return "^\"" + joined(stretches, [](std::string_view literal) { return cmdQuoted(literal); }, [](const std::string &name) { return '%' + name + '%'; }, "") + "^\"";
    };
    Sketch writable = sketch;
    writable.isTextBody = sketch.isTextBody && sketch.body.find('\r') == std::string::npos; // cmd loses it
    return variableComments(writable, "rem") + bodyFileComment(writable, "rem") + commandOf(writable, " ^\n", argument);
}

std::string writtenHttpie(const Sketch &sketch)
{
    const auto shell = [](const Stretches &stretches) {
        return joined(stretches, [](std::string_view literal) { return posixQuoted(literal); }, [](const std::string &name) { return "\"$" + name + '"'; }, "");
    };
    std::string out = variableComments(sketch, "#");
    if (sketch.hasBody && !sketch.isTextBody)
        out += "printf %s " + posixQuoted(http::base64(sketch.body)) + " | base64 -d | http " + (sketch.follows ? "--follow " : "");
    else
        out += std::string("http --ignore-stdin ") + (sketch.follows ? "--follow " : "");
    out += sketch.method + ' ' + shell(sketch.url);
    for (const auto &[name, value] : sketch.headers) {
        Stretches line{{name + ':', false}};
        if (value.size() == 1 && !value[0].isVariable && value[0].text.empty())
            line = {{name + ';', false}};
        else
            line.insert(line.end(), value.begin(), value.end());
        out += " \\\n  " + shell(line);
    }
    if (sketch.hasBody && sketch.isTextBody)
        out += " \\\n  --raw " + posixQuoted(sketch.body);
    return out + '\n';
}

std::string writtenHttp(const Sketch &sketch)
{
    const auto plain = [](const Stretches &stretches) {
        return joined(stretches, [](std::string_view literal) { return std::string(literal); }, [](const std::string &name) { return "{{" + name + "}}"; }, "");
    };
    std::string out = variableComments(sketch, "#");
    if (!sketch.follows)
        out += "# @no-redirect\n";
    // Lines that a document reads otherwise cannot stand in a body.
    const std::string lines = '\n' + sketch.body;
    const bool isForm = std::ranges::any_of(sketch.headers, [](const auto &header) {
        return connector::sameWord(header.first, "Content-Type") && header.second[0].text.starts_with("application/x-www-form-urlencoded");
    });
    const bool isReadable = sketch.isTextBody && lines.find("\n###") == std::string::npos && lines.find("\n>") == std::string::npos && lines.find("\n< ") == std::string::npos
        && lines.find("\n<@") == std::string::npos && lines.find("\n<>") == std::string::npos && sketch.body.find('\r') == std::string::npos
        && (!isForm || sketch.body.find('\n') == std::string::npos) && sketch.body.find("{{") == std::string::npos && !sketch.body.ends_with('\n') && !sketch.body.ends_with(' ');
    if (!isReadable && sketch.hasBody)
        out += "# " + ShellWritersTr::tr("body.bin holds these bytes, written in base64 here: %1").arg(QString::fromStdString(http::base64(sketch.body))).toStdString() + '\n';
    out += sketch.method + ' ' + plain(sketch.url) + '\n';
    for (const auto &[name, value] : sketch.headers)
        out += name + ": " + plain(value) + '\n';
    if (sketch.hasBody && !sketch.body.empty())
        out += '\n' + (isReadable ? sketch.body : std::string("< ./body.bin")) + '\n';
    return out;
}

} // namespace request
