// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources.h"

#include <algorithm>
#include <array>

namespace timescale {

namespace {

constexpr std::array<std::string_view, 7> kVerbs{"get", "post", "put", "delete", "patch", "head", "options"};
constexpr int kMostSteps = 12; // of references and nested schemas

std::string upper(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

JsonView resolved(JsonView value, const JsonView &document)
{
    for (int step = 0; step < kMostSteps; ++step) {
        const std::string reference = value["$ref"].text();
        if (!reference.starts_with("#/"))
            return value;
        const auto target = decode::valueAt(document.raw(), std::string_view(reference).substr(1));
        if (!target)
            return {};
        value = JsonView(*target);
    }
    return value;
}

void addParameters(const JsonView &list, const JsonView &document, Method &method)
{
    for (const JsonView &item : list.isArray() ? list.items() : std::vector<JsonView>()) {
        const JsonView one = resolved(item, document);
        const std::string place = one["in"].text();
        const std::string name = one["name"].text();
        if ((place != "query" && place != "path") || name.empty() || method.find(name))
            continue;
        const JsonView schema = resolved(one["schema"], document);
        method.parameters.push_back(
            {name, schema.exists() ? schema["type"].text() : one["type"].text(), one["required"].isTrue() || place == "path", place == "path"});
    }
}

JsonView answerSchema(const JsonView &operation, const JsonView &document)
{
    for (const auto &[status, answer] : operation["responses"].members()) {
        if (!status.starts_with('2') && status != "default")
            continue;
        const JsonView response = resolved(answer, document);
        if (response["schema"].exists())
            return response["schema"];
        for (const auto &[type, content] : response["content"].members()) {
            if (content["schema"].exists())
                return content["schema"];
        }
    }
    return {};
}

} // namespace

const Parameter *Method::find(std::string_view name) const
{
    const auto found = std::find_if(parameters.begin(), parameters.end(), [name](const Parameter &one) { return one.name == name; });
    return found == parameters.end() ? nullptr : &*found;
}

const Method *Resource::find(std::string_view verb) const
{
    const auto found = std::find_if(methods.begin(), methods.end(), [verb](const Method &one) { return one.verb == verb; });
    return found == methods.end() ? nullptr : &*found;
}

void addPathParameters(const std::string &path, Method &method)
{
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
        const std::size_t end = path.find('}', at);
        if (end == std::string::npos)
            return;
        std::string name = path.substr(at + 1, end - at - 1);
        if (name.ends_with('+')) // {proxy+} takes all that follows
            name.pop_back();
        if (!method.find(name))
            method.parameters.push_back({name, "string", true, true});
    }
}

void addMethod(std::vector<Resource> &resources, const std::string &path, Method method)
{
    addPathParameters(path, method);
    auto resource = std::find_if(resources.begin(), resources.end(), [&path](const Resource &one) { return one.path == path; });
    if (resource == resources.end())
        resource = resources.insert(resources.end(), Resource{path, {}});
    if (!resource->find(method.verb))
        resource->methods.push_back(std::move(method));
}

void addTyped(const std::vector<std::string> &texts, std::vector<Resource> &resources)
{
    for (const std::string &text : texts) {
        const std::size_t blank = text.find(' ');
        Method method;
        method.verb = blank == std::string::npos ? "GET" : upper(text.substr(0, blank));
        std::string path = blank == std::string::npos ? text : text.substr(text.find_first_not_of(' ', blank));
        if (!path.starts_with('/'))
            path.insert(0, "/");
        addMethod(resources, path, std::move(method));
    }
}

std::vector<ResultColumn> columnsOfSchema(const JsonView &schema, const JsonView &document)
{
    JsonView value = resolved(schema, document);
    for (int step = 0; step < kMostSteps && value.exists(); ++step) {
        if (value["items"].exists()) {
            value = resolved(value["items"], document);
            continue;
        }
        const auto properties = value["properties"].members();
        // An object with an array of objects in it wraps the rows.
        const auto rows = std::find_if(properties.begin(), properties.end(), [&](const auto &property) {
            return resolved(resolved(property.second, document)["items"], document)["properties"].exists();
        });
        if (rows != properties.end()) {
            value = resolved(rows->second, document);
            continue;
        }
        std::vector<ResultColumn> columns;
        for (const auto &[name, property] : properties) {
            const JsonView type = resolved(property, document);
            const std::string format = type["format"].text();
            columns.push_back({name, type["type"].text() + (format.empty() ? "" : " (" + format + ")")});
        }
        return columns;
    }
    return {};
}

std::vector<Resource> resourcesOfOpenApi(const JsonView &document)
{
    std::vector<Resource> resources;
    for (const auto &[path, item] : document["paths"].members()) {
        for (const auto &[verb, operation] : item.members()) {
            if (std::find(kVerbs.begin(), kVerbs.end(), verb) == kVerbs.end())
                continue;
            Method method;
            method.verb = upper(verb);
            addParameters(operation["parameters"], document, method);
            addParameters(item["parameters"], document, method);
            method.columns = columnsOfSchema(answerSchema(operation, document), document);
            method.detail = operation["x-amazon-apigateway-integration"]["type"].text();
            addMethod(resources, path, std::move(method));
        }
    }
    return resources;
}

} // namespace timescale
