// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/manifest.h"

#include "connector/manifestreader.h"

#include <array>
#include <set>

namespace connector {

namespace {

using Type = Field::Type;
using Part = Field::UrlPart;

constexpr std::array<std::pair<const char *, Type>, 7> kFieldTypes{{{"text", Type::Text}, {"secret", Type::Secret},
    {"integer", Type::Integer}, {"choice", Type::Choice}, {"timezone", Type::TimeZone}, {"file", Type::File},
    {"flag", Type::Flag}}};
constexpr std::array<std::pair<const char *, Part>, 7> kUrlParts{{{"none", Part::None}, {"user", Part::User},
    {"password", Part::Password}, {"host", Part::Host}, {"port", Part::Port}, {"path", Part::Path},
    {"query", Part::Query}}};

void readCondition(ManifestReader reader, Field &field)
{
    reader.onlyKeys({"key", "values"});
    field.shownWhenKey = reader.text("key", ManifestReader::Required);
    field.shownWhenValues = reader.texts("values");
}

Field readField(ManifestReader reader)
{
    reader.onlyKeys({"key", "label", "hint", "type", "url", "default", "required", "choices", "shownWhen", "implies"});
    Field field;
    field.key = reader.text("key", ManifestReader::Required);
    field.label = reader.shown("label", ManifestReader::Required);
    field.hint = reader.shown("hint");
    field.type = reader.oneOf("type", kFieldTypes, Type::Text);
    field.urlPart = reader.oneOf("url", kUrlParts, Part::None);
    field.defaultValue = reader.text("default");
    field.required = reader.flag("required");
    reader.eachObject("choices", [&field](ManifestReader choice) {
        choice.onlyKeys({"value", "label"});
        field.choices.emplace_back(choice.text("value", ManifestReader::Required), choice.shown("label", ManifestReader::Required));
    });
    if (reader.has("shownWhen"))
        readCondition(reader.object("shownWhen"), field);
    if (reader.has("implies")) {
        ManifestReader implied = reader.object("implies");
        implied.onlyKeys({"key", "value"});
        field.impliesKey = implied.text("key", ManifestReader::Required);
        field.impliesValue = implied.text("value", ManifestReader::Required);
    }
    if (field.type == Type::Choice && field.choices.empty())
        reader.fail("choices", QStringLiteral("a field of type \"choice\" needs choices"));
    if (field.type == Type::Secret && !field.defaultValue.empty())
        reader.fail("default", QStringLiteral("a secret has no default"));
    return field;
}

// Conditions name fields of the form, and no two fields share a key.
void checkFields(ManifestReader &reader, const std::vector<Field> &fields)
{
    std::set<std::string> keys;
    for (const Field &field : fields) {
        if (!keys.insert(field.key).second)
            reader.fail("fields", QStringLiteral("the key \"%1\" is there twice").arg(QString::fromStdString(field.key)));
    }
    for (const Field &field : fields) {
        if (!field.shownWhenKey.empty() && !keys.contains(field.shownWhenKey))
            reader.fail("fields", QStringLiteral("\"%1\" is shown when \"%2\" has a value, but there is no such field")
                                      .arg(QString::fromStdString(field.key), QString::fromStdString(field.shownWhenKey)));
        if (!field.impliesKey.empty() && !keys.contains(field.impliesKey))
            reader.fail("fields", QStringLiteral("\"%1\" implies a value of \"%2\", but there is no such field")
                                      .arg(QString::fromStdString(field.key), QString::fromStdString(field.impliesKey)));
    }
}

Language readLanguage(ManifestReader reader)
{
    reader.onlyKeys({"keywords", "functions", "types", "identifierQuote", "stringQuotes", "backslashEscapes", "dollarQuotes", "hasNumberedParameters",
        "lineComments", "blockComments", "separator"});
    Language language;
    language.keywords = reader.words("keywords");
    language.functions = reader.words("functions");
    language.types = reader.words("types");
    language.identifierQuote = reader.text("identifierQuote", ManifestReader::Optional, language.identifierQuote);
    language.stringQuotes = reader.text("stringQuotes", ManifestReader::Optional, language.stringQuotes);
    language.backslashEscapes = reader.flag("backslashEscapes", language.backslashEscapes);
    language.dollarQuotes = reader.flag("dollarQuotes", language.dollarQuotes);
    language.hasNumberedParameters = reader.flag("hasNumberedParameters", language.hasNumberedParameters);
    if (reader.has("lineComments"))
        language.lineComments = reader.texts("lineComments");
    language.blockComments = reader.flag("blockComments", language.blockComments);
    const std::string separator = reader.text("separator", ManifestReader::Optional, ";");
    if (separator.size() != 1)
        reader.fail("separator", QStringLiteral("one character is expected"));
    else
        language.separator = separator[0];
    if (language.identifierQuote.size() != 1)
        reader.fail("identifierQuote", QStringLiteral("one character is expected"));
    if (language.stringQuotes.empty())
        reader.fail("stringQuotes", QStringLiteral("at least one character is expected"));
    return language;
}

RequestTemplate readTemplate(ManifestReader reader)
{
    reader.onlyKeys({"group", "title", "explanation", "text", "readsOnly", "sql"});
    RequestTemplate request;
    request.group = reader.shown("group", ManifestReader::Required);
    request.title = reader.shown("title", ManifestReader::Required);
    request.explanation = reader.shown("explanation");
    request.text = reader.lines("text", ManifestReader::Required);
    request.readsOnly = reader.flag("readsOnly");
    request.sqlPlace = reader.text("sql");
    if (!request.sqlPlace.empty() && request.sqlPlace != "body" && !request.sqlPlace.starts_with('/'))
        reader.fail("sql", QStringLiteral("\"body\" or a JSON pointer is expected"));
    return request;
}

SchemeVariant readVariant(ManifestReader reader)
{
    reader.onlyKeys({"scheme", "key", "value"});
    SchemeVariant variant;
    variant.scheme = reader.text("scheme", ManifestReader::Required);
    variant.values.emplace(reader.text("key", ManifestReader::Required), reader.text("value", ManifestReader::Required));
    return variant;
}

Sample readSample(ManifestReader reader)
{
    reader.onlyKeys({"title", "text"});
    return {reader.shown("title", ManifestReader::Required), reader.lines("text", ManifestReader::Required)};
}

Capabilities readCapabilities(ManifestReader &reader)
{
    Capabilities capabilities;
    const std::array<std::pair<const char *, bool *>, 9> known{{{"catalog", &capabilities.catalog},
        {"parameters", &capabilities.parameters}, {"cancel", &capabilities.cancel}, {"paging", &capabilities.paging},
        {"streaming", &capabilities.streaming}, {"write", &capabilities.write}, {"pushDown", &capabilities.pushDown}, {"batch", &capabilities.batch}, {"call", &capabilities.call}}};
    for (const std::string &word : reader.texts("capabilities")) {
        bool found = false;
        for (const auto &[name, flag] : known) {
            if (word == name)
                *flag = found = true;
        }
        if (!found)
            reader.fail("capabilities", QStringLiteral("\"%1\" is not a capability").arg(QString::fromStdString(word)));
    }
    return capabilities;
}

void readIdentity(ManifestReader &reader, Manifest &manifest)
{
    manifest.id = reader.text("id", ManifestReader::Required);
    manifest.version = reader.text("version", ManifestReader::Required);
    manifest.name = reader.shown("name", ManifestReader::Required);
    manifest.description = reader.shown("description");
    manifest.scheme = reader.text("scheme", ManifestReader::Required);
    manifest.defaultTransport = reader.text("transport", ManifestReader::Required);
    if (manifest.defaultTransport != "http" && manifest.defaultTransport != "https")
        reader.fail("transport", QStringLiteral("\"http\" or \"https\" is expected"));
    manifest.defaultPort = reader.integer("port", 0, 65535);
    manifest.icon = QString::fromStdString(reader.lines("icon", ManifestReader::Required));
    if (!manifest.icon.contains(QStringLiteral("<svg")))
        reader.fail("icon", QStringLiteral("the text of an SVG picture is expected"));
    manifest.hasSandbox = reader.flag("sandbox");
    if (reader.has("order"))
        manifest.order = reader.integer("order", 0, 1000);
}

} // namespace

core::Result<Manifest> Manifest::fromJson(const QJsonObject &json)
{
    ManifestReader::State state;
    state.context = "connector/" + json.value(QStringLiteral("id")).toString().toStdString();
    ManifestReader reader(json, QString(), state);
    reader.onlyKeys({"id", "version", "name", "description", "scheme", "transport", "port", "icon", "fields", "language",
        "templates", "samples", "types", "capabilities", "sandbox", "order", "schemeVariants", "rootFacets", "diagnosis"});
    Manifest manifest;
    readIdentity(reader, manifest);
    reader.eachObject("fields", [&manifest](ManifestReader field) { manifest.fields.push_back(readField(field)); });
    checkFields(reader, manifest.fields);
    reader.eachObject("schemeVariants", [&manifest](ManifestReader variant) { manifest.schemeVariants.push_back(readVariant(variant)); });
    reader.eachObject("rootFacets", [&manifest](ManifestReader facet) {
        facet.onlyKeys({"key", "label"});
        manifest.rootFacets.emplace_back(facet.text("key", ManifestReader::Required), facet.shown("label", ManifestReader::Required));
    });
    if (reader.has("language"))
        manifest.language = readLanguage(reader.object("language"));
    reader.eachObject("templates", [&manifest](ManifestReader request) { manifest.templates.push_back(readTemplate(request)); });
    reader.eachObject("samples", [&manifest](ManifestReader sample) { manifest.samples.push_back(readSample(sample)); });
    manifest.serverTypes = reader.words("types");
    manifest.capabilities = readCapabilities(reader);
    if (reader.has("diagnosis"))
        manifest.diagnosis = readDiagnosisHints(reader.object("diagnosis"));
    if (state.error)
        return std::move(*state.error);
    return manifest;
}

} // namespace connector
