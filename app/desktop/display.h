// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"

#include <string>
#include <vector>

namespace desktop {

// Whether a window can be opened, found out by connecting to the display: QApplication would abort the process where
// it cannot. Needs no application object.
bool isDisplayReachable();

// What is said when it is not: why, and three commands to try, on the first sandbox that there is. program is how they
// begin: what the user typed.
std::string noDisplayMessage(const QString &program, const std::vector<connector::Manifest> &manifests);

} // namespace desktop
