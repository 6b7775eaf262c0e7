// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jsonview.h"

#include <string>
#include <vector>

namespace timescale {

// What an API offers, wherever that was found out.
struct Parameter {
    std::string name;
    std::string type;
    bool isRequired = false;
    bool isInPath = false;
};

struct ResultColumn {
    std::string name;
    std::string type;
};

struct Method {
    std::string verb;
    std::vector<Parameter> parameters;
    std::vector<ResultColumn> columns; // that a model or schema declares
    std::string model; // of the answer, by name; to be asked for
    std::string detail; // "API key", "IAM", "AWS_PROXY" …

    const Parameter *find(std::string_view name) const;
};

struct Resource {
    std::string path;
    std::vector<Method> methods;

    const Method *find(std::string_view verb) const;
};

// Of "/ticker", "GET /ticker", "POST /insert"; without a verb GET.
void addTyped(const std::vector<std::string> &texts, std::vector<Resource> &resources);
void addMethod(std::vector<Resource> &resources, const std::string &path, Method method);

// {name} of a path, as parameters.
void addPathParameters(const std::string &path, Method &method);

// Properties of a JSON schema of one row or of rows, however wrapped; $ref is looked up in the document.
std::vector<ResultColumn> columnsOfSchema(const JsonView &schema, const JsonView &document);

// An OpenAPI 3 or Swagger 2 document.
std::vector<Resource> resourcesOfOpenApi(const JsonView &document);

} // namespace timescale
