// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QApplication;

namespace desktop {

// Font and style of the program; once, after the application object was made.
void applyLook(QApplication &app);

// "light", "dark", or "" for what the system had when the program started.
void applyTheme(const QString &theme);

// Loads the texts of "en", "zh_CN" or "" (the system's language), ours and Qt's, before the first window is made.
// The program speaks English where there is no translation.
void applyLanguage(QApplication &app, const QString &language);

// Where the translations of this build or installation are.
QString translationFolder();

} // namespace desktop
