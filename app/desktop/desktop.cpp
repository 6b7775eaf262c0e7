// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktop.h"

namespace desktop {
int run(int, char **) { return 0; }
}
