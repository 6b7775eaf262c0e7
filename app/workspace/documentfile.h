// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace workspace {

// The texts of documents in files: UTF-8, line ends as they are. Any thread; blocks, so not the GUI's.

// Usage error: not there, not readable, not UTF-8, or too large to edit.
core::Result<QString> readDocument(const QString &path);

// Writes beside the file and puts it in place when whole; keeps its permissions. The error says why not.
core::Result<bool> writeDocument(const QString &path, const QString &text);

} // namespace workspace
