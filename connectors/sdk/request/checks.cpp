// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/checks.h"

#include "json/writer.h"
#include "request/decimal.h"
#include "request/pointer.h"
#include "request/shellwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <optional>

namespace request {

namespace {

struct ChecksTr {
    Q_DECLARE_TR_FUNCTIONS(RequestChecks)
};

constexpr std::array<std::string_view, 10> kRelations{"==", "!=", "<=", ">=", "<", ">", "contains", "matches", "exists", "missing"};
constexpr qsizetype kMostShown = 80;

std::string_view trimmedText(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::string_view takeWord(std::string_view &text)
{
    text = trimmedText(text);
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text = trimmedText(text.substr(word.size()));
    return word;
}

std::string unquoted(std::string_view text)
{
    if (text.size() < 2 || text[0] != '"')
        return std::string(text);
    const auto value = valueAt(text, {});
    return value && value->isText ? value->text : std::string(text);
}

bool isStatusClass(std::string_view text)
{
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5' && (text.substr(1) == "xx" || text.substr(1) == "XX");
}

bool compares(std::string_view relation, int order)
{
    if (relation == "<")
        return order < 0;
    if (relation == "<=")
        return order <= 0;
    if (relation == ">")
        return order > 0;
    if (relation == ">=")
        return order >= 0;
    return relation == "==" ? order == 0 : order != 0;
}

bool relates(const std::string &seen, const Check &check)
{
    const std::string expected = unquoted(check.expected);
    if (check.relation == "contains")
        return seen.find(expected) != std::string::npos;
    if (check.relation == "matches")
        return QRegularExpression(QString::fromStdString(expected)).match(QString::fromStdString(seen)).hasMatch();
    if (check.subject == Check::Subject::Status && isStatusClass(expected))
        return compares(check.relation, seen[0] - expected[0]);
    const bool isQuoted = check.expected.starts_with('"');
    const auto order = isQuoted ? std::nullopt : compareDecimals(seen, expected);
    if (order)
        return compares(check.relation, *order);
    return compares(check.relation, seen.compare(expected));
}

std::optional<std::string> subjectOf(const Check &check, const http::Head &head, std::string_view body)
{
    switch (check.subject) {
    case Check::Subject::Status:
        return std::to_string(head.status);
    case Check::Subject::Body:
        return std::string(body);
    case Check::Subject::Header:
        for (const http::Header &header : head.headers) {
            if (QByteArray::fromStdString(header.name).compare(QByteArray::fromStdString(check.name), Qt::CaseInsensitive) == 0)
                return header.value;
        }
        return std::nullopt;
    case Check::Subject::Pointer:
        break;
    }
    const auto path = check.name.starts_with('$') ? parseJsonPath(check.name) : parsePointer(check.name);
    const auto value = path ? valueAt(body, *path) : std::nullopt;
    if (!value)
        return std::nullopt;
    // An object or array is compared without its blanks.
    if (value->isText || (value->raw[0] != '{' && value->raw[0] != '['))
        return value->text;
    std::string compact;
    json::appendCompact(compact, value->raw);
    return compact;
}

} // namespace

core::Result<Check> parseCheck(std::string_view text, int line, int column)
{
    const core::Error error = errorAt(line, column, ChecksTr::tr("The check \"%1\" is not understood.").arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))),
        ChecksTr::tr("Checks read: status 200, header NAME contains text, /json/pointer == 5, body matches REGEX; with == != < <= > >= contains matches exists missing."));
    Check check;
    check.text = trimmedText(text);
    check.line = line;
    std::string_view rest = text;
    const std::string_view subject = takeWord(rest);
    if (subject == "status") {
        check.subject = Check::Subject::Status;
    } else if (subject == "body") {
        check.subject = Check::Subject::Body;
    } else if (subject == "header") {
        check.subject = Check::Subject::Header;
        check.name = takeWord(rest);
    } else if ((subject.starts_with('/') && parsePointer(subject)) || (subject.starts_with('$') && parseJsonPath(subject))) {
        check.subject = Check::Subject::Pointer;
        check.name = subject;
    } else {
        return error;
    }
    std::string_view behind = rest;
    const std::string_view relation = takeWord(behind);
    if (std::find(kRelations.begin(), kRelations.end(), relation) != kRelations.end()) {
        check.relation = relation;
        check.expected = behind;
    } else {
        check.relation = "=="; // "status 200"
        check.expected = rest;
    }
    const bool needsNone = check.relation == "exists" || check.relation == "missing";
    if (needsNone != check.expected.empty())
        return error;
    if (check.relation == "matches" && !QRegularExpression(QString::fromStdString(unquoted(check.expected))).isValid())
        return error;
    return check;
}

CheckResult evaluate(const Check &check, const http::Head &head, std::string_view body)
{
    const std::optional<std::string> seen = subjectOf(check, head, body);
    CheckResult result;
    result.seen = seen ? QString::fromStdString(*seen).left(kMostShown) : ChecksTr::tr("nothing");
    if (check.relation == "exists" || check.relation == "missing")
        result.holds = seen.has_value() == (check.relation == "exists");
    else
        result.holds = seen ? relates(*seen, check) : check.relation == "!=";
    return result;
}

} // namespace request
