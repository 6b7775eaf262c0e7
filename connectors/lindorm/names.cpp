// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"

#include <algorithm>

namespace lindorm {

std::string quoted(std::string_view name)
{
    std::string text = "`";
    for (const char c : name) {
        if (c == '`')
            text += c;
        text += c;
    }
    return text + '`';
}

std::string quotedWhereNeeded(std::string_view name, const connector::Language &language)
{
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); };
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), isPlain) && !(name[0] >= '0' && name[0] <= '9');
    const QString word = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    // "default" is a word of SQL that the engine's own list of keywords leaves out, and the name of its first database.
    const bool reserved = language.keywords.contains(word, Qt::CaseInsensitive) || language.types.contains(word, Qt::CaseInsensitive)
        || word.compare(QLatin1String("default"), Qt::CaseInsensitive) == 0;
    return plain && !reserved ? std::string(name) : quoted(name);
}

std::string quotedTable(const std::vector<std::string> &path, const connector::Language &language)
{
    std::string text;
    for (const std::string &name : path)
        text += (text.empty() ? "" : ".") + quotedWhereNeeded(name, language);
    return text;
}

std::string unquoted(std::string_view name)
{
    if (name.size() < 2 || name.front() != '`' || name.back() != '`')
        return std::string(name);
    std::string text;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        text += name[i];
        if (name[i] == '`')
            ++i;
    }
    return text;
}

std::string textLiteral(std::string_view text)
{
    std::string literal = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            literal += '\\';
        literal += c;
    }
    return literal + '\'';
}

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace lindorm
