// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QWidget;

namespace common {

// The one palette of named tokens, for light and for dark. Views ask Theme::of(this) when they paint and hold no
// colour of their own.
struct Theme {
    bool isDark = false;
    QColor background; // of documents and data
    QColor surface; // of panels and bars
    QColor raised; // of popovers, headers and hovered rows
    QColor line;
    QColor text;
    QColor muted;
    QColor accent;
    QColor accentText; // on accent
    QColor selection; // behind text, which keeps its colour
    QColor good;
    QColor warning;
    QColor danger;
    std::array<QColor, 8> series; // told apart by the colour-blind, in this order

    static const Theme &light();
    static const Theme &dark();
    // The theme that the widget's palette belongs to.
    static const Theme &of(const QWidget *widget);
    // The theme of the application's palette.
    static const Theme &current();

    QPalette palette() const;
};

inline constexpr int kStep = 4; // spacing comes in steps of this many device-independent pixels

// The font of the interface: the system's, with simplified Chinese glyphs for what it lacks.
QFont interfaceFont();

// For data and code: monospaced, tabular figures. Sized after the application's font.
QFont dataFont();

} // namespace common
