// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the program reaches the desktop, which is loaded when it is opened.
namespace desktop {

using EntryPoint = int (*)(int argc, char **argv);
inline constexpr const char *kLibrary = "libondograph-desktop.so"; // found by the program's own run path
inline constexpr const char *kEntryPoint = "ondographDesktop"; // desktop::run

} // namespace desktop
