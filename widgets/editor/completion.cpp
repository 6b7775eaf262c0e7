// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/completion.h"

#include <algorithm>

namespace editor {

namespace {
constexpr qsizetype kMost = 200;

bool isBefore(const QString &a, const QString &b)
{
    const int order = a.compare(b, Qt::CaseInsensitive);
    return order != 0 ? order < 0 : a < b;
}
}

QStringList dialectWords(const connector::Language &language)
{
    QStringList words = language.keywords + language.functions + language.types;
    std::sort(words.begin(), words.end(), isBefore);
    const auto same = [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; };
    words.erase(std::unique(words.begin(), words.end(), same), words.end());
    return words;
}

QStringList completions(const QString &prefix, const QStringList &words, const QStringList &names)
{
    QStringList found;
    for (const QString &name : names) {
        if (name.startsWith(prefix, Qt::CaseInsensitive) && found.size() < kMost)
            found << name;
    }
    const bool isLower = !prefix.isEmpty() && prefix == prefix.toLower();
    const auto first = std::lower_bound(words.begin(), words.end(), prefix,
        [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) < 0; });
    for (auto word = first; word != words.end() && word->startsWith(prefix, Qt::CaseInsensitive); ++word) {
        if (found.size() < 2 * kMost)
            found << (isLower ? word->toLower() : *word);
    }
    std::sort(found.begin(), found.end(), isBefore);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace editor
