// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "desktop/desktop.h"

#include <cstring>

// Words that are commands go to the command line, which needs no display; anything else is the desktop.
int main(int argc, char **argv)
{
    if (argc > 1 && cli::isCommand(argv[1]))
        return cli::run(argc, argv);
    return desktop::run(argc, argv);
}
