// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace common {

// Which token of the theme an icon is drawn in.
enum class Tint { Text, Muted, Accent, Good, Warning, Danger };

// An icon of the product's own family (resources/icons/NAME.svg), drawn in the colours of the application's theme at
// the time of painting: a change of theme needs no new icon. Disabled ones are muted.
QIcon icon(const QString &name, Tint tint = Tint::Text);

// The same for an SVG text that is not ours to name, such as a connector's; "currentColor" in it follows the theme.
QIcon iconFromSvg(const QString &svg, Tint tint = Tint::Text);

// The program's own picture, in its own colours.
QIcon applicationIcon();

} // namespace common
