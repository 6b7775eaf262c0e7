// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <QStringList>

namespace editor {

// The dialect's keywords, functions and types, sorted without regard to case, each once.
QStringList dialectWords(const connector::Language &language);

// What a word that begins with prefix (any case) can become: names first looked up in the catalogue, then the
// dialect's words, merged in one alphabetical list of bounded length. Keywords take the case of the prefix.
QStringList completions(const QString &prefix, const QStringList &words, const QStringList &names);

} // namespace editor
