// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/script.h"
#include "connector/tokens.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace connector {

namespace {

struct LiteralTr {
    Q_DECLARE_TR_FUNCTIONS(LiteralTr)
};

core::Error parameterError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = LiteralTr::tr("Give each :name of the statement exactly one value (--param NAME=VALUE).");
    return error;
}

QString nameText(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

std::size_t passDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

// A number as JSON writes it. Anything else that looks like one (007, +1) may be a text that must not lose a digit.
bool isPlainNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = at;
    at = passDigits(text, at);
    if (at == whole || (text[whole] == '0' && at > whole + 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = passDigits(text, fraction);
        if (at == fraction)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        at += at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 2 : 1;
        const std::size_t exponent = at;
        at = passDigits(text, at);
        if (at == exponent)
            return false;
    }
    return at == text.size();
}

bool isTextType(std::string_view type)
{
    constexpr std::array<std::string_view, 7> names{"string", "text", "varchar", "nchar", "char", "binary", "timestamp"};
    return std::any_of(names.begin(), names.end(), [type](std::string_view name) { return sameWord(name, type); });
}

std::string literalOf(const Parameter &parameter, const Language &language)
{
    if (!parameter.value)
        return "NULL";
    const std::string &value = *parameter.value;
    const bool isBare = isPlainNumber(value) || sameWord(value, "true") || sameWord(value, "false");
    if (isBare && !isTextType(parameter.type))
        return value;
    const char quote = language.stringQuotes[0];
    std::string literal(1, quote);
    for (const char c : value) {
        if (c == quote)
            literal += language.backslashEscapes ? '\\' : quote;
        else if (c == '\\' && language.backslashEscapes)
            literal += '\\';
        literal += c;
    }
    return literal + quote;
}

} // namespace

core::Result<std::string> withLiterals(
    std::string_view statement, const Language &language, const std::vector<Parameter> &parameters)
{
    std::string filled;
    std::vector<bool> isUsed(parameters.size(), false);
    Scanner scanner(statement, language);
    for (Token token = scanner.next(); token.kind != Token::Kind::End; token = scanner.next()) {
        if (token.kind != Token::Kind::Symbol || scanner.text(token) != ":") {
            filled += scanner.text(token);
            continue;
        }
        const Token name = scanner.next();
        if (name.kind != Token::Kind::Word) {
            filled += scanner.text(token);
            filled += scanner.text(name);
            continue;
        }
        const auto found = std::find_if(parameters.begin(), parameters.end(),
            [&](const Parameter &parameter) { return parameter.name == scanner.text(name); });
        if (found == parameters.end())
            return parameterError(LiteralTr::tr("The parameter :%1 has no value.").arg(nameText(scanner.text(name))));
        if (found->value && found->value->empty())
            return parameterError(LiteralTr::tr("The parameter :%1 is empty.").arg(nameText(found->name)));
        isUsed[static_cast<std::size_t>(found - parameters.begin())] = true;
        filled += literalOf(*found, language);
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!isUsed[i])
            return parameterError(LiteralTr::tr("The statement has no parameter :%1.").arg(nameText(parameters[i].name)));
    }
    return filled;
}

} // namespace connector
