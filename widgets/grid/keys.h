// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QKeyEvent;

namespace grid {

class State;

// Spreadsheet keys: arrows, Page, Home and End, alone, with Ctrl (to the edge) and Shift (extend), Tab, Shift+Space
// (rows), Ctrl+Space (columns), Ctrl+A, Escape. True if the key was one of them and could do something.
bool handleKey(State &state, const QKeyEvent &event);

} // namespace grid
