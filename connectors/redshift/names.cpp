// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"

#include <algorithm>

namespace redshift {

std::string quoted(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"')
            text += c;
        text += c;
    }
    return text + '"';
}

std::string quotedWhereNeeded(std::string_view name, const connector::Language &language)
{
    const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9'); };
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), isPlain) && !(name[0] >= '0' && name[0] <= '9');
    const QString word = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const bool reserved = language.keywords.contains(word, Qt::CaseInsensitive) || language.types.contains(word, Qt::CaseInsensitive);
    return plain && !reserved ? std::string(name) : quoted(name);
}

std::string quotedTable(const std::vector<std::string> &path)
{
    std::string text;
    for (const std::string &name : path)
        text += (text.empty() ? "" : ".") + quoted(name);
    return text;
}

} // namespace redshift
