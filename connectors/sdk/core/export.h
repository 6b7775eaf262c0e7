// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

// Marks what the shared SDK shows to plugins and to the program; everything else stays hidden.
#define ONDO_EXPORT Q_DECL_EXPORT
