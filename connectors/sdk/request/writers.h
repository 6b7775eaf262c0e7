// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "request/curlcommand.h"

#include <array>
#include <optional>

namespace request {

// What a request can be written as. The names are those of the command line.
enum class Language { Curl, PowerShell, Cmd, Http, Httpie, Python, JavaScript, Node, Go, Java, CSharp, Cpp };

struct LanguageName {
    Language language;
    std::string_view name;
};
inline constexpr std::array<LanguageName, 12> kLanguages{{{Language::Curl, "curl"}, {Language::PowerShell, "powershell"}, {Language::Cmd, "cmd"},
    {Language::Http, "http"}, {Language::Httpie, "httpie"}, {Language::Python, "python"}, {Language::JavaScript, "javascript"},
    {Language::Node, "node"}, {Language::Go, "go"}, {Language::Java, "java"}, {Language::CSharp, "csharp"}, {Language::Cpp, "cpp"}}};

ONDO_EXPORT std::optional<Language> languageNamed(std::string_view name);

// The request as a program, a command line or a document that sends it. Secrets are variables of the process's
// environment named SECRET_… (in .http {{SECRET_…}}) unless they are shown; a comment names them.
ONDO_EXPORT std::string written(const Ready &ready, Language language, bool showsSecrets);

} // namespace request
