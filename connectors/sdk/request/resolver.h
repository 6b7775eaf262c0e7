// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"
#include "http/message.h"
#include "request/document.h"
#include "request/environment.h"

#include <map>

namespace request {

// An answer that later requests take values from.
struct KeptAnswer {
    http::Head head;
    std::string body;
};

// Replaces {{…}}: file variables, values of the environment, system variables ({{$uuid}}, {{$timestamp}}, {{$randomInt 1 9}},
// {{$processEnv X}}, {{$dotenv X}}, {{$datetime …}}, {{$base64 FILE}}) and parts of earlier answers
// ({{name.response.body.$.a[0]}}, {{name.response.body./a/0}}, {{name.response.headers.X}}). For one run of a document.
class ONDO_EXPORT Resolver
{
public:
    // folder: where files are looked up.
    Resolver(const Document &document, std::vector<NamedValue> environment, std::string folder);

    // Usage errors carry line and column (of the text's own first character: line, column): a variable that nothing
    // gives a value, an answer that has not come or has no such part. What is in braces and no name stays as it is.
    core::Result<std::string> resolved(std::string_view text, int line, int column);

    void keepAnswer(const std::string &name, KeptAnswer answer) { m_answers[name] = std::move(answer); }
    bool hasAnswer(const std::string &name) const { return m_answers.contains(name); }
    // References to answers that have not come stay as they are instead of being errors.
    void setLenient(bool isLenient) { m_isLenient = isLenient; }

    // Values that came from where secrets are kept (the private file, the process's environment, .env) and were used.
    const std::vector<std::string> &secretsUsed() const { return m_secretsUsed; }
    const std::string &folder() const { return m_folder; }

private:
    core::Result<std::string> valueOf(std::string_view name, int line, int column, int depth);
    core::Result<std::string> resolvedAt(std::string_view text, int line, int column, int depth);
    core::Result<std::string> answerValue(std::string_view name, std::size_t part, int line, int column);
    core::Result<std::string> systemValue(std::string_view text, int line, int column);
    std::string secret(std::string value);

    const Document &m_document;
    const std::vector<NamedValue> m_environment;
    const std::string m_folder;
    std::map<std::string, KeptAnswer, std::less<>> m_answers;
    std::vector<std::string> m_secretsUsed;
    bool m_isLenient = false;
};

// The names of requests whose answers a text refers to.
ONDO_EXPORT std::vector<std::string> answersNamedIn(std::string_view text);

} // namespace request
