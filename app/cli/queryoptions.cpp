// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/queryoptions.h"

#include "cli/input.h"
#include "cli/target.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cli {

namespace {

struct QueryTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

core::Result<std::chrono::milliseconds> timeoutFrom(const Argument &value)
{
    bool isNumber = false;
    const double seconds = QString::fromStdString(value.text).toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0) || seconds > 1e9)
        return usageError(QueryTr::tr("--timeout needs a number of seconds (0: none), not \"%1\".").arg(QString::fromStdString(value.shown)));
    return std::chrono::milliseconds(std::llround(std::ceil(seconds * 1000)));
}

// NAME=VALUE or NAME:TYPE=VALUE.
core::Result<connector::Parameter> parameterFrom(const Argument &argument)
{
    const std::string &text = argument.text;
    const std::size_t equals = text.find('=');
    const std::size_t nameEnd = std::min(text.find(':'), equals);
    if (equals == std::string::npos || nameEnd == 0)
        return usageError(QueryTr::tr("--param needs NAME=VALUE, not \"%1\".").arg(QString::fromStdString(argument.shown)));
    connector::Parameter parameter;
    parameter.name = text.substr(0, nameEnd);
    if (nameEnd < equals)
        parameter.type = text.substr(nameEnd + 1, equals - nameEnd - 1);
    parameter.value = text.substr(equals + 1);
    return parameter;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isNumbered(const connector::Parameter &parameter)
{
    return std::all_of(parameter.name.begin(), parameter.name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Whether the text has :name, {name}, or "?" for a number. Strings and comments are not told apart here: a name that
// stands only there is found unused when the statement is looked at more closely.
bool mentions(const connector::Statement &statement, const connector::Language &language, const connector::Parameter &parameter)
{
    if (language.hasNumberedParameters && isNumbered(parameter))
        return statement.text.find('?') != std::string::npos;
    if (statement.isRequest)
        return true; // names that are no part of the path go to the query
    const std::string wanted = ':' + parameter.name;
    for (std::size_t at = 0; (at = statement.text.find(wanted, at)) != std::string::npos; ++at) {
        const std::size_t end = at + wanted.size();
        if (end == statement.text.size() || !isWordCharacter(statement.text[end]))
            return true;
    }
    return false;
}

} // namespace

CommandSpec querySpec()
{
    CommandSpec spec;
    spec.name = "query";
    spec.usage = QueryTr::tr("TARGET (SQL | - | --file F) [OPTIONS]");
    spec.summary = QueryTr::tr("Runs statements one after another and prints their results.");
    spec.details = QueryTr::tr("The text is split into statements by the dialect's rules; \"-\" reads it from standard input. The first\n"
                               "failure ends the run. Exit codes: 0 done, 1 the server states an error, 2 command line, 3 network,\n"
                               "4 log-in, 5 not the dialect's form, 130 interrupted.");
    spec.options = targetOptions();
    spec.options.push_back({"--file", "", QueryTr::tr("F"), QueryTr::tr("read the statements from a file"), false});
    spec.options.push_back({"--param", "", QueryTr::tr("NAME=VALUE"), QueryTr::tr("a value for a parameter of the statements"), true});
    spec.options.push_back({"--batch", "", QueryTr::tr("HOW"),
        QueryTr::tr("send the script as one batch: \"transaction\" (all or none) or \"each\" (one after another)"), false});
    for (OptionSpec &option : resultOptions())
        spec.options.push_back(std::move(option));
    spec.options.push_back(maxRowsOption());
    spec.options.push_back({"--timeout", "", QueryTr::tr("S"), QueryTr::tr("seconds without a byte until it is given up (default 300, 0: never)"), false});
    spec.options.push_back(traceOption());
    spec.options.push_back({"--stats", "", {}, QueryTr::tr("end with a line of JSON on standard error: rows, bytes, times, completeness"), false});
    spec.mostWords = 1;
    return spec;
}

core::Result<QueryOptions> queryOptionsFrom(const ParsedArguments &arguments)
{
    QueryOptions options;
    auto results = resultOptionsFrom(arguments);
    if (!results)
        return std::move(results).error();
    options.results = std::move(results).value();
    auto maxRows = maxRowsFrom(arguments);
    if (!maxRows)
        return std::move(maxRows).error();
    options.run.maxRows = *maxRows;
    if (const Argument *value = arguments.value("--timeout")) {
        auto timeout = timeoutFrom(*value);
        if (!timeout)
            return std::move(timeout).error();
        options.run.idleTimeout = *timeout;
    }
    for (const Argument &value : arguments.values("--param")) {
        auto parameter = parameterFrom(value);
        if (!parameter)
            return std::move(parameter).error();
        for (const connector::Parameter &other : options.run.parameters) {
            if (other.name == parameter->name)
                return usageError(QueryTr::tr("The parameter %1 is given twice.").arg(QString::fromStdString(other.name)));
        }
        options.run.parameters.push_back(std::move(parameter).value());
    }
    if (const Argument *value = arguments.value("--batch")) {
        if (value->text != "transaction" && value->text != "each")
            return usageError(QueryTr::tr("--batch is \"transaction\" or \"each\", not \"%1\".").arg(QString::fromStdString(value->shown)));
        options.run.batch = value->text;
    }
    options.isTracing = arguments.has("--trace");
    options.hasStats = arguments.has("--stats");
    return options;
}

core::Result<std::string> scriptFrom(const ParsedArguments &arguments, Interrupt &interrupt)
{
    const Argument *file = arguments.value("--file");
    const bool hasWord = !arguments.words().empty();
    if (hasWord == (file != nullptr)) {
        return usageError(file ? QueryTr::tr("The statement is given twice: as an argument and by --file.") : QueryTr::tr("No statement is given."),
            QueryTr::tr("Give it as one argument in quotes, as - for standard input, or as --file F."));
    }
    if (file)
        return readFile(file->text);
    if (arguments.words()[0].text != "-")
        return arguments.words()[0].text;
    if (arguments.has("--password-stdin"))
        return usageError(QueryTr::tr("Standard input holds the password (--password-stdin), so it cannot hold the statements too."));
    return readStandardInput(interrupt);
}

core::Result<std::vector<std::vector<connector::Parameter>>> parametersByStatement(
    const std::vector<connector::Statement> &statements, const connector::Language &language,
    const std::vector<connector::Parameter> &parameters)
{
    std::vector<std::vector<connector::Parameter>> own(statements.size());
    if (statements.size() == 1) {
        own[0] = parameters; // the session checks them before it sends anything
        return own;
    }
    for (const connector::Parameter &parameter : parameters) {
        bool isUsed = false;
        for (std::size_t i = 0; i < statements.size(); ++i) {
            if (!mentions(statements[i], language, parameter))
                continue;
            own[i].push_back(parameter);
            isUsed = true;
        }
        if (!isUsed) {
            return usageError(QueryTr::tr("No statement has a parameter named \"%1\".").arg(QString::fromStdString(parameter.name)),
                QueryTr::tr("In a statement it is written :%1").arg(QString::fromStdString(parameter.name)));
        }
    }
    if (language.hasNumberedParameters && std::any_of(parameters.begin(), parameters.end(), isNumbered))
        return own;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (statements[i].isRequest)
            continue;
        if (auto checked = connector::withLiterals(statements[i].text, language, own[i]); !checked)
            return std::move(checked).error();
    }
    return own;
}

} // namespace cli
