// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "desktop/entry.h"

#include <cstdio>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int kUsageExit = 2;

// The window is a library of its own: a command neither loads nor waits for what draws it.
int openDesktop(int argc, char **argv)
{
    void *library = dlopen(desktop::kLibrary, RTLD_NOW);
    void *symbol = library ? dlsym(library, desktop::kEntryPoint) : nullptr;
    if (!symbol) {
        std::fprintf(stderr, "ondograph: the desktop cannot be loaded: %s\n", dlerror());
        return kUsageExit;
    }
    return reinterpret_cast<desktop::EntryPoint>(symbol)(argc, argv);
}

} // namespace

// A descriptor that is closed at the start would be given to the next file or socket, and what is printed would go there.
void holdStandardStreams()
{
    int descriptor = 0;
    do {
        descriptor = ::open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor > STDERR_FILENO)
        ::close(descriptor);
}

// Words that are commands go to the command line, which needs no display; anything else is the desktop.
int main(int argc, char **argv)
{
    holdStandardStreams();
    if (argc > 1 && cli::isCommand(argv[1]))
        return cli::run(argc, argv);
    return openDesktop(argc, argv);
}
