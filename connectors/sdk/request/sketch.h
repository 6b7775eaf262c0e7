// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/writers.h"

#include <functional>

namespace request {

// A stretch of a text that is written out, or the name of the variable that stands for a secret.
struct Stretch {
    std::string text;
    bool isVariable = false;
};
using Stretches = std::vector<Stretch>;

// A request as the writers see it: secrets told apart.
struct Sketch {
    std::string method;
    Stretches url;
    std::vector<std::pair<std::string, Stretches>> headers; // without Content-Length, which each client adds itself
    std::string body;
    bool hasBody = false;
    bool isTextBody = true;
    bool follows = false;
    std::vector<std::pair<std::string, QString>> variables; // name and what it stands for
};
Sketch sketchOf(const Ready &ready, bool showsSecrets);

// Comment lines that name the variables.
std::string variableComments(const Sketch &sketch, std::string_view mark);

// The stretches joined: each text through literal, each name through variable, with the operator between them.
std::string joined(const Stretches &stretches, const std::function<std::string(std::string_view)> &literal,
    const std::function<std::string(const std::string &)> &variable, std::string_view joint);

enum class Escapes { Octal, Hex, Unicode };
// A text in double quotes, escaped as C and its relatives do; control bytes in the way given. keepsBytes: bytes that are
// no ASCII as escapes too.
std::string quotedLiteral(std::string_view text, Escapes escapes, bool keepsBytes = false);

std::string writtenCurl(const Ready &ready, bool showsSecrets);
std::string writtenPowerShell(const Sketch &sketch);
std::string writtenCmd(const Sketch &sketch);
std::string writtenHttpie(const Sketch &sketch);
std::string writtenHttp(const Sketch &sketch);
std::string writtenPython(const Sketch &sketch);
std::string writtenJavaScript(const Sketch &sketch);
std::string writtenNode(const Sketch &sketch);
std::string writtenGo(const Sketch &sketch);
std::string writtenJava(const Sketch &sketch);
std::string writtenCSharp(const Sketch &sketch);
std::string writtenCpp(const Sketch &sketch);

} // namespace request
