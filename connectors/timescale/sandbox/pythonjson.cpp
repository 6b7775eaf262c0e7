// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/pythonjson.h"

#include <QString>

#include <charconv>
#include <cmath>

namespace timescale::server {

namespace {

using sandbox::sqlite::Statement;

void appendValue(std::string &out, const Statement &statement, int column)
{
    switch (statement.kind(column)) {
    case Statement::Kind::Null:
        out += "null";
        break;
    case Statement::Kind::Integer:
        out += std::to_string(statement.integer(column));
        break;
    case Statement::Kind::Real:
        appendPythonFloat(out, statement.real(column));
        break;
    default:
        appendPythonText(out, statement.bytes(column));
    }
}

} // namespace

void appendPythonText(std::string &out, std::string_view text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (const QChar unit : QString::fromUtf8(text)) {
        const unsigned code = unit.unicode();
        if (code == '"' || code == '\\') {
            out += '\\';
            out += static_cast<char>(code);
        } else if (code == '\n') {
            out += "\\n";
        } else if (code >= 0x20 && code < 0x7f) {
            out += static_cast<char>(code);
        } else {
            out += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4)
                out += kHex[code >> shift & 15];
        }
    }
    out += '"';
}

void appendPythonFloat(std::string &out, double value)
{
    if (std::isnan(value) || std::isinf(value)) {
        out += std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
        return;
    }
    char text[40];
    const bool isPlain = value == 0 || (std::fabs(value) >= 1e-4 && std::fabs(value) < 1e16);
    const auto [end, code] = isPlain ? std::to_chars(text, text + sizeof text, value, std::chars_format::fixed)
                                     : std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
    const std::string_view shown(text, static_cast<std::size_t>(end - text));
    out += shown;
    if (isPlain && shown.find('.') == std::string_view::npos)
        out += ".0";
}

Statement::Step appendRows(std::string &out, Statement &statement, const std::vector<std::string> &columns)
{
    out += '[';
    Statement::Step step = statement.step();
    for (bool isFirst = true; step == Statement::Step::Row; step = statement.step(), isFirst = false) {
        out += isFirst ? "{" : ", {";
        for (std::size_t i = 0; i < columns.size(); ++i) {
            out += i == 0 ? "" : ", ";
            appendPythonText(out, columns[i]);
            out += ": ";
            appendValue(out, statement, static_cast<int>(i));
        }
        out += '}';
    }
    out += ']';
    return step;
}

} // namespace timescale::server
