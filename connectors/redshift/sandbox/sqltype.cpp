// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sqltype.h"

#include "http/url.h"
#include "json/writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace redshift::server {

namespace {

using Kind = SqlType::Kind;

struct KindNames {
    Kind kind;
    const char *typeName;
    const char *sqlName;
    const char *affinity;
    std::vector<std::string_view> names;
};

const std::array<KindNames, 19> &kinds()
{
    static const std::array<KindNames, 19> all{{
        {Kind::Unknown, "unknown", "unknown", "TEXT", {}},
        {Kind::Bool, "bool", "boolean", "INTEGER", {"bool", "boolean"}},
        {Kind::Int2, "int2", "smallint", "INTEGER", {"int2", "smallint"}},
        {Kind::Int4, "int4", "integer", "INTEGER", {"int", "int4", "integer"}},
        {Kind::Int8, "int8", "bigint", "INTEGER", {"int8", "bigint"}},
        {Kind::Oid, "oid", "oid", "INTEGER", {"oid"}},
        {Kind::Float4, "float4", "real", "REAL", {"float4", "real"}},
        {Kind::Float8, "float8", "double precision", "REAL", {"float8", "float", "double precision", "double"}},
        {Kind::Numeric, "numeric", "numeric", "NUMERIC", {"numeric", "decimal"}},
        {Kind::Varchar, "varchar", "character varying", "TEXT",
            {"varchar", "character varying", "nvarchar", "text", "string"}},
        {Kind::Bpchar, "bpchar", "character", "TEXT", {"bpchar", "char", "character", "nchar"}},
        {Kind::Name, "name", "name", "TEXT", {"name"}},
        {Kind::Date, "date", "date", "INTEGER", {"date"}},
        {Kind::Time, "time", "time without time zone", "INTEGER", {"time", "time without time zone"}},
        {Kind::TimeTz, "timetz", "time with time zone", "INTEGER", {"timetz", "time with time zone"}},
        {Kind::Timestamp, "timestamp", "timestamp without time zone", "INTEGER",
            {"timestamp", "timestamp without time zone", "datetime"}},
        {Kind::TimestampTz, "timestamptz", "timestamp with time zone", "INTEGER",
            {"timestamptz", "timestamp with time zone"}},
        {Kind::Super, "super", "super", "TEXT", {"super"}},
        {Kind::Varbyte, "varbyte", "binary varying", "BLOB", {"varbyte", "varbinary", "binary varying"}},
    }};
    return all;
}

const KindNames &namesOf(Kind kind)
{
    static const KindNames interval{Kind::Interval, "interval", "interval", "INTEGER", {}};
    const auto found = std::find_if(kinds().begin(), kinds().end(), [kind](const KindNames &names) { return names.kind == kind; });
    return found == kinds().end() ? interval : *found;
}

void appendReal(std::string &out, double value)
{
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
    if (out.find_first_of(".e", out.size() - static_cast<std::size_t>(end - text)) == std::string::npos)
        out += ".0";
}

void appendDouble(std::string &out, double value)
{
    if (!std::isfinite(value)) {
        json::appendString(out += "{\"stringValue\":", std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        out += '}';
        return;
    }
    appendReal(out += "{\"doubleValue\":", value);
    out += '}';
}

std::string numericText(const sandbox::sqlite::Statement &row, int column, int scale)
{
    if (row.kind(column) == sandbox::sqlite::Statement::Kind::Integer) {
        std::string text = std::to_string(row.integer(column));
        return scale > 0 ? text + '.' + std::string(static_cast<std::size_t>(scale), '0') : text;
    }
    if (row.kind(column) == sandbox::sqlite::Statement::Kind::Text)
        return std::string(row.bytes(column));
    char text[400];
    const int size = std::snprintf(text, sizeof text, "%.*f", scale, row.real(column));
    return std::string(text, static_cast<std::size_t>(std::clamp(size, 0, 399)));
}

void appendTextField(std::string &out, std::string_view text)
{
    json::appendString(out += "{\"stringValue\":", text);
    out += '}';
}

} // namespace

const char *typeName(Kind kind)
{
    return kind == Kind::Unknown ? "varchar" : namesOf(kind).typeName;
}

const char *sqlName(Kind kind)
{
    return namesOf(kind).sqlName;
}

const char *affinity(Kind kind)
{
    return namesOf(kind).affinity;
}

std::optional<Kind> kindByName(std::string_view lowerName)
{
    for (const KindNames &names : kinds()) {
        if (std::find(names.names.begin(), names.names.end(), lowerName) != names.names.end())
            return names.kind;
    }
    return std::nullopt;
}

void appendField(std::string &out, const sandbox::sqlite::Statement &row, int column, const SqlType &type)
{
    using Value = sandbox::sqlite::Statement::Kind;
    const Value value = row.kind(column);
    if (value == Value::Null) {
        out += "{\"isNull\":true}";
        return;
    }
    if (type.kind == Kind::Bool) {
        out += row.integer(column) != 0 ? "{\"booleanValue\":true}" : "{\"booleanValue\":false}";
    } else if (type.isInteger()) {
        out.append("{\"longValue\":").append(std::to_string(row.integer(column))).append("}");
    } else if (type.isFloat()) {
        // A float4 is widened to a double, as the service does.
        appendDouble(out, type.kind == Kind::Float4 ? static_cast<double>(static_cast<float>(row.real(column))) : row.real(column));
    } else if (type.kind == Kind::Numeric) {
        appendTextField(out, numericText(row, column, type.scale));
    } else if (type.kind == Kind::Interval) {
        appendTextField(out, intervalText(row.integer(column)));
    } else if (type.isTime()) {
        appendTextField(out, momentText(row.integer(column), type.kind));
    } else if (type.kind == Kind::Varbyte) {
        appendTextField(out, http::base64(row.bytes(column)));
    } else if (value == Value::Integer) {
        appendTextField(out, std::to_string(row.integer(column)));
    } else if (value == Value::Real) {
        std::string text;
        appendReal(text, row.real(column));
        appendTextField(out, text);
    } else if (type.kind == Kind::Bpchar && type.precision > 0) {
        std::string padded(row.bytes(column));
        if (padded.size() < static_cast<std::size_t>(type.precision))
            padded.resize(static_cast<std::size_t>(type.precision), ' ');
        appendTextField(out, padded);
    } else {
        appendTextField(out, row.bytes(column));
    }
}

} // namespace redshift::server
