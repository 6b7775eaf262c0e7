// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/operationtools.h"

#include <charconv>
#include <cstdio>

namespace redshift::server {

Complaint invalid(const std::string &message)
{
    return {400, "ValidationException", message};
}

Complaint notFound(const std::string &message)
{
    return {400, "ResourceNotFoundException", message};
}

std::string textIn(const QJsonObject &input, const char *key)
{
    return input.value(QLatin1String(key)).toString().toStdString();
}

std::int64_t integerIn(const QJsonObject &input, const char *key, std::int64_t otherwise)
{
    return input.value(QLatin1String(key)).toInteger(otherwise);
}

std::string tokenOf(const std::string &what, std::size_t number)
{
    return "sandbox." + what + "." + std::to_string(number);
}

std::optional<std::size_t> numberOf(const std::string &token, const std::string &what)
{
    const std::string prefix = "sandbox." + what + ".";
    std::size_t number = 0;
    if (!token.starts_with(prefix))
        return std::nullopt;
    const auto [end, problem] = std::from_chars(token.data() + prefix.size(), token.data() + token.size(), number);
    return problem == std::errc() && end == token.data() + token.size() ? std::optional(number) : std::nullopt;
}

std::optional<Slice> sliceOf(const QJsonObject &input, std::size_t size, std::int64_t most)
{
    Slice slice;
    const std::string token = textIn(input, "NextToken");
    if (!token.empty()) {
        const auto begin = numberOf(token, "list");
        if (!begin)
            return std::nullopt;
        slice.begin = std::min(*begin, size);
    }
    const std::int64_t limit = integerIn(input, "MaxResults", 0);
    const std::int64_t count = limit > 0 ? std::min(limit, most) : most;
    slice.end = std::min(size, slice.begin + static_cast<std::size_t>(count));
    if (slice.end < size)
        slice.nextToken = tokenOf("list", slice.end);
    return slice;
}

bool matches(std::string_view name, std::string_view pattern)
{
    if (pattern.empty())
        return name.empty();
    if (pattern[0] == '%') {
        for (std::size_t i = 0; i <= name.size(); ++i) {
            if (matches(name.substr(i), pattern.substr(1)))
                return true;
        }
        return false;
    }
    return !name.empty() && (pattern[0] == '_' || pattern[0] == name[0]) && matches(name.substr(1), pattern.substr(1));
}

void appendTime(std::string &out, std::int64_t microseconds)
{
    char text[40];
    std::snprintf(text, sizeof text, "%lld.%03d", static_cast<long long>(microseconds / 1000000), static_cast<int>(microseconds / 1000 % 1000));
    out += text;
}

void appendMetadata(std::string &out, const Output &column, bool isTable)
{
    const SqlType &type = column.type;
    const bool isNumeric = type.kind == SqlType::Kind::Numeric;
    const int digits = type.kind == SqlType::Kind::Int2 ? 5 : type.kind == SqlType::Kind::Int4 ? 10 : type.kind == SqlType::Kind::Int8 ? 19
        : type.kind == SqlType::Kind::Float4                                                                               ? 8
        : type.kind == SqlType::Kind::Float8                                                                               ? 17
                                                                                                                           : 0;
    json::Writer writer;
    writer.beginObject();
    if (isTable)
        writer.key("columnDefault").null();
    writer.key("isCaseSensitive").boolean(type.isText());
    writer.key("isCurrency").boolean(false);
    writer.key("isSigned").boolean(type.isNumber());
    writer.key("label").string(column.name);
    writer.key("length").integer(isTable ? type.precision : 0);
    writer.key("name").string(column.sourceName.empty() ? column.name : column.sourceName);
    writer.key("nullable").integer(column.isNotNull ? 0 : 1);
    writer.key("precision").integer(isNumeric || type.isText() ? type.precision : digits);
    writer.key("scale").integer(isNumeric ? type.scale : 0);
    writer.key("schemaName").string(column.schemaName);
    writer.key("tableName").string(column.tableName);
    writer.key("typeName").string(typeName(type.kind));
    writer.endObject();
    out += writer.text();
}

std::optional<StatementId> readStatementId(const std::string &text)
{
    StatementId out;
    const std::size_t colon = text.find(':');
    out.id = text.substr(0, colon);
    if (out.id.size() != 36 || out.id.find_first_not_of("0123456789abcdef-") != std::string::npos)
        return std::nullopt;
    if (colon == std::string::npos)
        return out;
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number == 0)
        return std::nullopt;
    out.part = number - 1;
    return out;
}

} // namespace redshift::server
