// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTranslator;

namespace workspace {

// Where the installed translations are, beside the program. Needs the application object.
QString translationFolder();

// Loads the messages of the language that LANGUAGE, LC_ALL, LC_MESSAGES and LANG choose as gettext does: the locales C
// and POSIX mean the texts as they stand in the source, whatever LANGUAGE says. False: there are none to install.
bool loadSystemTranslation(QTranslator &translator);

} // namespace workspace
