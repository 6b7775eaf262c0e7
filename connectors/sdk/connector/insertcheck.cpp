// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/insert.h"

#include "connector/inserttypes.h"
#include "connector/tokens.h"

#include <QCoreApplication>
#include <QDate>

#include <algorithm>
#include <array>
#include <charconv>

namespace connector {

namespace {

struct InsertCheckTr {
    Q_DECLARE_TR_FUNCTIONS(Insert)
};

struct TypeName {
    std::string_view name;
    InsertKind kind;
    int bits = 64;
};

constexpr std::array kTypeNames{
    TypeName{"bool", InsertKind::Bool}, TypeName{"boolean", InsertKind::Bool}, //
    TypeName{"tinyint", InsertKind::Integer, 8}, TypeName{"smallint", InsertKind::Integer, 16},
    TypeName{"int2", InsertKind::Integer, 16}, TypeName{"int16", InsertKind::Integer, 16},
    TypeName{"int", InsertKind::Integer, 32}, TypeName{"integer", InsertKind::Integer, 32},
    TypeName{"int4", InsertKind::Integer, 32}, TypeName{"int32", InsertKind::Integer, 32},
    TypeName{"bigint", InsertKind::Integer, 64}, TypeName{"int8", InsertKind::Integer, 64},
    TypeName{"int64", InsertKind::Integer, 64}, //
    TypeName{"float", InsertKind::Real}, TypeName{"real", InsertKind::Real}, TypeName{"float4", InsertKind::Real},
    TypeName{"float8", InsertKind::Real}, TypeName{"double", InsertKind::Real},
    TypeName{"double precision", InsertKind::Real}, //
    TypeName{"decimal", InsertKind::Decimal}, TypeName{"numeric", InsertKind::Decimal}, //
    TypeName{"varchar", InsertKind::Text}, TypeName{"char", InsertKind::Text}, TypeName{"nchar", InsertKind::Text},
    TypeName{"nvarchar", InsertKind::Text}, TypeName{"bpchar", InsertKind::Text}, TypeName{"text", InsertKind::Text},
    TypeName{"string", InsertKind::Text}, TypeName{"binary", InsertKind::Text},
    TypeName{"character varying", InsertKind::Text}, TypeName{"character", InsertKind::Text}, //
    TypeName{"date", InsertKind::Date}, //
    TypeName{"timestamp", InsertKind::Timestamp}, TypeName{"timestamptz", InsertKind::Timestamp},
    TypeName{"timestamp without time zone", InsertKind::Timestamp},
    TypeName{"timestamp with time zone", InsertKind::Timestamp}};

bool isDate(const std::string &text)
{
    return QDate::fromString(QString::fromStdString(text), QStringLiteral("yyyy-M-d")).isValid();
}

// A date, with or without a time; a count; or an expression of the server's ("NOW").
bool isTimestamp(const std::string &text)
{
    if (isInsertInteger(text) || (!text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0))
        return true;
    return isDate(text.substr(0, text.find_first_of("T ")));
}

bool fitsInteger(const InsertType &type, std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const char *end = text.data() + text.size();
    if (type.isUnsigned) {
        std::uint64_t value = 0;
        const auto read = std::from_chars(text.data(), end, value);
        return read.ec == std::errc() && read.ptr == end && (type.bits == 64 || value >> type.bits == 0);
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end)
        return false;
    const std::int64_t most = type.bits == 64 ? INT64_MAX : (std::int64_t(1) << (type.bits - 1)) - 1;
    return value <= most && value >= -most - 1;
}

qsizetype lengthOf(const InsertType &type, const std::string &text)
{
    return type.countsCharacters ? QString::fromStdString(text).size() : static_cast<qsizetype>(text.size());
}

// Whether the digits before the point are too many; those after it a server rounds.
bool isTooWide(const InsertType &type, std::string_view text)
{
    if (type.precision < 0 || text.find_first_of("eE") != std::string_view::npos)
        return false;
    const std::size_t sign = text.find_first_of("0123456789.");
    const std::string_view whole = text.substr(sign, text.find('.', sign) - sign);
    const std::size_t first = whole.find_first_not_of('0');
    return first != std::string_view::npos && static_cast<int>(whole.size() - first) > type.precision - type.scale;
}

// Empty: nothing to complain of.
QString complaintOf(const CallField &field, const InsertType &type, const std::optional<std::string> &value)
{
    if (!value)
        return field.isRequired ? InsertCheckTr::tr("a value is needed") : QString();
    const QString shown = QString::fromStdString(value->substr(0, 40));
    switch (type.kind) {
    case InsertKind::Bool:
        return isInsertWord(*value) || *value == "0" || *value == "1" ? QString() : InsertCheckTr::tr("\"%1\" is neither true nor false").arg(shown);
    case InsertKind::Integer:
        if (!isInsertInteger(*value))
            return InsertCheckTr::tr("\"%1\" is no integer").arg(shown);
        return fitsInteger(type, *value) ? QString() : InsertCheckTr::tr("%1 is out of the range of %2").arg(shown, field.type);
    case InsertKind::Real:
    case InsertKind::Decimal:
        if (!isInsertNumber(*value))
            return InsertCheckTr::tr("\"%1\" is no number").arg(shown);
        return isTooWide(type, *value) ? InsertCheckTr::tr("%1 has more digits than %2 takes").arg(shown, field.type) : QString();
    case InsertKind::Text:
        if (type.length >= 0 && lengthOf(type, *value) > type.length)
            return InsertCheckTr::tr("%1 long, %2 takes %3").arg(lengthOf(type, *value)).arg(field.type).arg(type.length);
        return {};
    case InsertKind::Date:
        return isDate(*value) || isInsertInteger(*value) ? QString() : InsertCheckTr::tr("\"%1\" is no date (2024-05-17)").arg(shown);
    case InsertKind::Timestamp:
        return isTimestamp(*value) ? QString() : InsertCheckTr::tr("\"%1\" is no time (2024-05-17T08:30:00Z)").arg(shown);
    case InsertKind::Unknown:
        break;
    }
    return {};
}

} // namespace

InsertType insertKindOf(const QString &serverType)
{
    std::string name = serverType.trimmed().toLower().toStdString();
    InsertType type;
    const std::size_t open = name.find('(');
    const std::string arguments = open == std::string::npos ? std::string() : name.substr(open + 1);
    name = name.substr(0, open);
    while (name.ends_with(' '))
        name.pop_back();
    if (name.ends_with(" unsigned")) {
        type.isUnsigned = true;
        name.resize(name.size() - 9);
    }
    const auto *found = std::find_if(kTypeNames.begin(), kTypeNames.end(), [&](const TypeName &known) { return known.name == name; });
    if (found == kTypeNames.end())
        return type;
    type.kind = found->kind;
    type.bits = found->bits;
    type.countsCharacters = name.starts_with('n');
    int first = -1;
    const auto read = std::from_chars(arguments.data(), arguments.data() + arguments.size(), first);
    if (read.ec == std::errc()) {
        type.length = type.precision = first;
        const std::size_t comma = arguments.find(',');
        if (comma != std::string::npos) {
            const std::size_t digit = arguments.find_first_of("0123456789", comma);
            if (digit != std::string::npos)
                std::from_chars(arguments.data() + digit, arguments.data() + arguments.size(), type.scale);
        }
    }
    return type;
}

bool isInsertInteger(std::string_view text)
{
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isInsertNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const std::size_t digit = text.starts_with('-') ? 1 : 0;
    if (digit >= text.size() || (text[digit] != '.' && (text[digit] < '0' || text[digit] > '9')))
        return false; // from_chars knows words for infinity
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ptr == text.data() + text.size() && read.ec != std::errc::invalid_argument;
}

bool isInsertWord(std::string_view text)
{
    return sameWord(text, "true") || sameWord(text, "false");
}

std::vector<InsertComplaint> checkInsert(
    const CallForm &form, std::span<const InsertRow> rows, std::size_t firstRow, std::size_t most)
{
    std::vector<InsertType> types;
    for (const CallField &field : form.fields)
        types.push_back(insertKindOf(field.type));
    std::vector<InsertComplaint> complaints;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t i = 0; i < form.fields.size() && i < rows[row].size(); ++i) {
            if (complaints.size() >= most)
                return complaints;
            const QString what = complaintOf(form.fields[i], types[i], rows[row][i]);
            if (!what.isEmpty())
                complaints.push_back({firstRow + row, i, what});
        }
    }
    return complaints;
}

} // namespace connector
