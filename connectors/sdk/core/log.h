// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export.h"

#include <QLoggingCategory>

// Logging goes through Qt's categories, to standard error, and never carries statements' results or secrets.
namespace core {
ONDO_EXPORT const QLoggingCategory &logCategory();
}
#define ondoDebug qCDebug(core::logCategory)
#define ondoWarning qCWarning(core::logCategory)
