// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/request.h"
#include "connector/script.h"
#include "connector/tokens.h"

#include <QCoreApplication>

#include <algorithm>

namespace connector {

namespace {

struct ParameterTr {
    Q_DECLARE_TR_FUNCTIONS(ParameterTr)
};

core::Error usage(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = ParameterTr::tr("Each parameter of the statement takes exactly one value (--param NAME=VALUE; those of \"?\" are named 1, 2, …).");
    return error;
}

} // namespace

std::vector<std::string> parametersOf(std::string_view statement, const Language &language)
{
    std::vector<std::string> names;
    Scanner scanner(statement, language);
    for (Token token = scanner.next(); token.kind != Token::Kind::End; token = scanner.next()) {
        if (token.kind != Token::Kind::Symbol)
            continue;
        if (language.hasNumberedParameters) {
            if (scanner.text(token) == "?")
                names.push_back(std::to_string(names.size() + 1));
            continue;
        }
        if (scanner.text(token) != ":")
            continue;
        // Digits may lead a name: Redshift's are [0-9a-zA-Z_]+.
        const Token name = scanner.next();
        const bool isName = name.kind == Token::Kind::Word || (name.kind == Token::Kind::Number && scanner.text(name).find('.') == std::string_view::npos);
        if (isName && std::find(names.begin(), names.end(), scanner.text(name)) == names.end())
            names.emplace_back(scanner.text(name));
    }
    return names;
}

std::vector<std::string> parametersOf(const Statement &statement, const Language &language)
{
    if (!statement.isRequest)
        return parametersOf(std::string_view(statement.text), language);
    std::vector<std::string> names;
    const auto request = parseRequest(statement.text);
    const std::string target = request ? request->target : std::string();
    for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{', at + 1)) {
        const bool isOther = (at > 0 && target[at - 1] == '$') || target.compare(at, 2, "{{") == 0;
        const std::size_t end = target.find('}', at);
        if (end == std::string::npos)
            break;
        if (isOther) {
            at = end;
            continue;
        }
        const std::string name = target.substr(at + 1, end - at - 1);
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    }
    return names;
}

core::Result<void> checkParameters(
    const std::vector<std::string> &used, const std::vector<Parameter> &given, bool takesNull, bool takesEmpty)
{
    const auto shown = [](const std::string &name) { return QString::fromStdString(name); };
    for (const std::string &name : used) {
        const bool isGiven = std::any_of(given.begin(), given.end(), [&name](const Parameter &one) { return one.name == name; });
        if (!isGiven)
            return usage(ParameterTr::tr("The parameter \"%1\" has no value.").arg(shown(name)));
    }
    for (const Parameter &parameter : given) {
        if (std::find(used.begin(), used.end(), parameter.name) == used.end())
            return usage(ParameterTr::tr("The statement has no parameter \"%1\".").arg(shown(parameter.name)));
        if (!parameter.value && !takesNull)
            return usage(ParameterTr::tr("The parameter \"%1\" is NULL, which this server does not take: write NULL into the statement.")
                             .arg(shown(parameter.name)));
        if (parameter.value && parameter.value->empty() && !takesEmpty)
            return usage(ParameterTr::tr("The parameter \"%1\" is empty, which this server does not take.").arg(shown(parameter.name)));
    }
    return {};
}

} // namespace connector
