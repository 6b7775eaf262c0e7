// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace cli {

// One word of the command line, and the form of it that messages may show.
struct Argument {
    std::string text;
    std::string shown; // secrets blanked
};

struct Arguments {
    std::vector<Argument> words; // without the program's name
    bool hadSecret = false; // one stood in a URL
};

// Copies the process's arguments and overwrites the secrets of URLs among them in place, so that the list of processes
// stops showing them. To be called before anything else that takes time.
Arguments takeArguments(int argc, char **argv);

// Overwrites the copies too.
void wipe(Arguments &arguments);

} // namespace cli
