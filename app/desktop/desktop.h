// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace desktop {

// Opens the window on the workspace named in argv (or the default one) and returns when it is closed. Without a
// reachable display: a message, three commands to try, exit code 2.
int run(int argc, char **argv);

} // namespace desktop
