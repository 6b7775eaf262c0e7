// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/theme.h"
#include "grid/arranger.h"
#include "grid/finder.h"
#include "grid/shapedtexts.h"
#include "grid/state.h"

#include <QString>

#include <vector>

class QPainter;

namespace grid {

// What a column is to its table, where the catalogue tells.
enum class Mark : quint8 { None, Key, Tag, Time };

// All that one picture of the grid depends on.
struct Scene {
    const State &state;
    const common::Theme &theme;
    const std::vector<Mark> &marks;
    ShapedTexts &shapedTexts;
    QString zoneName;
    Hit hover;
    bool hasFocus = false;
    QString message; // in place of rows
    const Arranger &arranger;
    const Finder &finder;
    int dropColumn = -1; // a column is being moved: it would stand before this one

    Mark markOf(int column) const;
};

// Each draws its part of the view where it meets dirty. Cells first: header and gutter cover what reaches under them.
void paintCells(QPainter &painter, const Scene &scene, const QRect &dirty);
void paintGutter(QPainter &painter, const Scene &scene, const QRect &dirty);
void paintHeader(QPainter &painter, const Scene &scene, const QRect &dirty);

} // namespace grid
