// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/diagnosishints.h"
#include "core/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <vector>

namespace connector {

// One field of the profile form, and where its value stands in a URL.
struct Field {
    enum class Type { Text, Secret, Integer, Choice, TimeZone, File, Flag };
    // Part of tdengine://user:password@host:port/path?key=value that holds it.
    enum class UrlPart { None, User, Password, Host, Port, Path, Query };

    std::string key; // also the key in the query and in the profile's file
    QString label;
    QString hint;
    Type type = Type::Text;
    UrlPart urlPart = UrlPart::None;
    std::string defaultValue;
    bool required = false;
    std::vector<std::pair<std::string, QString>> choices; // value, label
    std::string shownWhenKey; // shown only while that field has this value; empty: always
    std::vector<std::string> shownWhenValues;
    std::string impliesKey; // a URL that gives this field and not that one gives that one this value
    std::string impliesValue;
};

// A further scheme of the dialect's URLs ("timescale+lambda"), and the values that it stands for.
struct SchemeVariant {
    std::string scheme;
    std::map<std::string, std::string> values;
};

// What editors and splitters need to know about the dialect's text.
struct Language {
    QStringList keywords;
    QStringList functions;
    QStringList types;
    std::string identifierQuote = "\""; // one character; doubled inside
    std::string stringQuotes = "'"; // each character opens and closes a string
    bool backslashEscapes = false;
    bool dollarQuotes = false; // $$text$$ and $tag$text$tag$ are strings
    bool hasNumberedParameters = false; // "?" stands for one, named 1, 2, …; else only :name does
    std::vector<std::string> lineComments{"--"};
    bool blockComments = true;
    char separator = ';';
};

// An endpoint of the dialect as a request to fill in.
struct RequestTemplate {
    QString group;
    QString title;
    QString explanation;
    std::string text; // .http syntax, {{name}} for what is filled in
    bool readsOnly = false; // the request as it stands here
    // Where the body holds the SQL that decides whether a request of this form reads: "body" for all of it, or the JSON
    // pointer of a text or a list of texts ("/sql"). Empty: readsOnly decides.
    std::string sqlPlace;
};

// Statements that can be run on the dialect's sandbox at once: what a new workspace opens with.
struct Sample {
    QString title;
    std::string text; // a script; its comments say what it shows, and that the data is synthetic
};

struct Capabilities {
    bool catalog = false;
    bool parameters = false;
    bool cancel = false;
    bool paging = false;
    bool streaming = false;
    bool write = false;
    bool pushDown = false;
    bool batch = false; // Session::runBatch
    bool call = false; // Session::callForm
};

// connector.json: all of a dialect that is data. Read from the plugin's metadata without loading its code.
struct Manifest {
    std::string id;
    std::string version;
    QString name;
    QString description;
    std::string scheme; // of URLs, before any "+http" or "+https"
    std::vector<SchemeVariant> schemeVariants;
    std::string defaultTransport; // "http" or "https"
    int defaultPort = 0;
    QString icon; // SVG text
    std::vector<Field> fields;
    Language language;
    std::vector<RequestTemplate> templates;
    std::vector<Sample> samples;
    QStringList serverTypes;
    Capabilities capabilities;
    DiagnosisHints diagnosis;
    // What there is at the root of the catalogue beside its objects (recent statements): key of the facet and label.
    std::vector<std::pair<std::string, QString>> rootFacets;
    bool hasSandbox = false;
    int order = 0; // place in lists and among the ports of the sandbox; equal ones by id

    ONDO_EXPORT static core::Result<Manifest> fromJson(const QJsonObject &json);
};

} // namespace connector
