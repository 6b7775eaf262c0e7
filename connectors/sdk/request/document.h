// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "http/message.h"
#include "request/checks.h"

#include <QStringList>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace request {

// "# @name value" (or "// @name value") before a request. What is not known here is kept for those who know it.
struct Directive {
    std::string name;
    std::string value;
    int line = 1;
};

// A piece of a body: text, or a file that stands in its place.
struct BodyPart {
    std::string text; // or the file's path, as written
    bool isFile = false; // "< PATH"
    bool hasVariables = false; // "<@ PATH": the file's text has variables too
    int line = 1;
};

struct FileVariable {
    std::string name;
    std::string value; // as written, may have variables
    int line = 1;
};

// One request of a document. Texts are as written, variables not yet replaced.
struct Entry {
    std::string name; // of "# @name", else behind "###"; empty: none
    int line = 1; // of the request line
    std::size_t begin = 0; // bytes of the document from its "###" line on
    std::size_t end = 0;
    std::string method;
    std::string target; // with the "?a=b" lines below
    std::vector<http::Header> headers;
    std::vector<int> headerLines;
    std::vector<BodyPart> body;
    std::vector<Directive> directives;
    std::vector<Check> checks; // of "# @expect"
    bool hasScripts = false; // "< {% … %}" and "> {% … %}", which are kept and not run

    ONDO_EXPORT bool has(std::string_view directive) const;
};

// A .http document, as the JetBrains HTTP client and the VS Code REST Client read it. The text is kept byte for byte:
// what is not understood is not lost.
struct Document {
    std::string text;
    std::vector<FileVariable> variables; // of the whole document, in order
    std::vector<Entry> entries;

    // By its name, or by its number from 1; nullptr: none.
    ONDO_EXPORT const Entry *find(std::string_view name) const;
};

// Usage errors carry line and column: a header that is none, a check that is not understood, a script that is not closed.
ONDO_EXPORT core::Result<Document> parseDocument(std::string text);

} // namespace request
