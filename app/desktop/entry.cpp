// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/entry.h"

#include "core/export.h"
#include "desktop/desktop.h"

extern "C" ONDO_EXPORT int ondographDesktop(int argc, char **argv);

int ondographDesktop(int argc, char **argv)
{
    return desktop::run(argc, argv);
}
