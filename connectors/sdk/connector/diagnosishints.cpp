// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/diagnosishints.h"

#include "connector/manifestreader.h"

#include <array>

namespace connector {

namespace {

DiagnosisHints::Sign readSign(ManifestReader reader)
{
    reader.onlyKeys({"request", "members", "header"});
    DiagnosisHints::Sign sign{reader.lines("request"), reader.texts("members"), reader.text("header")};
    if (sign.members.empty() && sign.header.empty())
        reader.fail("members", QStringLiteral("members or a header are expected"));
    return sign;
}

DiagnosisHints::Meaning readMeaning(ManifestReader reader)
{
    reader.onlyKeys({"codes", "status", "contains", "means", "try"});
    DiagnosisHints::Meaning meaning;
    meaning.codes = reader.texts("codes");
    if (reader.has("status"))
        meaning.status = reader.integer("status", 100, 999);
    meaning.contains = reader.text("contains");
    meaning.means = reader.shown("means", ManifestReader::Required);
    meaning.advice = reader.shown("try");
    if (meaning.codes.empty() && meaning.status == 0 && meaning.contains.empty())
        reader.fail("codes", QStringLiteral("codes, a status or a text are expected"));
    return meaning;
}

} // namespace

DiagnosisHints readDiagnosisHints(ManifestReader reader)
{
    reader.onlyKeys({"service", "start", "login", "version", "versionMember", "statement", "signs", "meanings"});
    DiagnosisHints hints;
    hints.service = reader.shown("service");
    hints.start = reader.shown("start");
    hints.loginStatement = reader.lines("login");
    hints.versionStatement = reader.lines("version");
    hints.versionMember = reader.text("versionMember");
    hints.statement = reader.lines("statement");
    reader.eachObject("signs", [&hints](ManifestReader sign) { hints.signs.push_back(readSign(sign)); });
    reader.eachObject("meanings", [&hints](ManifestReader meaning) { hints.meanings.push_back(readMeaning(meaning)); });
    return hints;
}

} // namespace connector
