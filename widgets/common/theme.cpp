// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QWidget>

namespace common {

const Theme &Theme::light()
{
    static const Theme theme = {
        .isDark = false,
        .background = QColor(0xff, 0xff, 0xff),
        .surface = QColor(0xf4, 0xf5, 0xf7),
        .raised = QColor(0xe9, 0xeb, 0xef),
        .line = QColor(0xd3, 0xd7, 0xde),
        .text = QColor(0x1b, 0x20, 0x2a),
        .muted = QColor(0x63, 0x6c, 0x7a),
        .accent = QColor(0x1f, 0x6f, 0xb5),
        .accentText = QColor(0xff, 0xff, 0xff),
        .selection = QColor(0xcb, 0xe1, 0xf5),
        .good = QColor(0x1d, 0x7d, 0x4f),
        .warning = QColor(0x9a, 0x62, 0x00),
        .danger = QColor(0xb9, 0x2b, 0x2b),
        .series = {QColor(0x1f, 0x6f, 0xb5), QColor(0xd5, 0x5e, 0x00), QColor(0x00, 0x8f, 0x6b), QColor(0xb5, 0x4a, 0x8c),
            QColor(0x8a, 0x6d, 0x00), QColor(0x2b, 0x9f, 0xc9), QColor(0x5b, 0x4b, 0xb3), QColor(0x55, 0x5f, 0x6d)},
    };
    return theme;
}

const Theme &Theme::dark()
{
    static const Theme theme = {
        .isDark = true,
        .background = QColor(0x16, 0x19, 0x1f),
        .surface = QColor(0x1d, 0x21, 0x29),
        .raised = QColor(0x28, 0x2d, 0x37),
        .line = QColor(0x38, 0x3f, 0x4b),
        .text = QColor(0xe3, 0xe7, 0xee),
        .muted = QColor(0x98, 0xa2, 0xb1),
        .accent = QColor(0x5a, 0xab, 0xee),
        .accentText = QColor(0x0d, 0x14, 0x1d),
        .selection = QColor(0x24, 0x47, 0x66),
        .good = QColor(0x58, 0xc4, 0x8d),
        .warning = QColor(0xe2, 0xa8, 0x3b),
        .danger = QColor(0xf0, 0x7a, 0x74),
        .series = {QColor(0x5a, 0xab, 0xee), QColor(0xf0, 0x8a, 0x3c), QColor(0x3c, 0xc7, 0xa0), QColor(0xdf, 0x86, 0xbd),
            QColor(0xd9, 0xbd, 0x4a), QColor(0x7c, 0xd3, 0xf2), QColor(0xa4, 0x97, 0xee), QColor(0xa9, 0xb2, 0xbf)},
    };
    return theme;
}

const Theme &Theme::of(const QWidget *widget)
{
    return widget->palette().color(QPalette::Base).lightness() < 128 ? dark() : light();
}

const Theme &Theme::current()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128 ? dark() : light();
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, surface);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, background);
    p.setColor(QPalette::AlternateBase, surface);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Button, surface);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, danger);
    p.setColor(QPalette::Highlight, selection);
    p.setColor(QPalette::HighlightedText, text);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::Light, raised);
    p.setColor(QPalette::Midlight, raised);
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Dark, line);
    p.setColor(QPalette::Shadow, line);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, muted);
    p.setColor(QPalette::Disabled, QPalette::Highlight, line);
    return p;
}

QFont interfaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    // Left to itself fontconfig may draw Chinese with Japanese forms.
    font.setFamilies({font.family(), QStringLiteral("Noto Sans CJK SC"), QStringLiteral("WenQuanYi Micro Hei")});
    return font;
}

QFont dataFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    // The system may name an alias ("monospace"), which in a list of families counts as not found.
    font.setFamilies({QFontInfo(font).family(), QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("Noto Sans CJK SC")});
    font.setPointSizeF(QGuiApplication::font().pointSizeF());
    font.setStyleHint(QFont::Monospace);
    return font;
}

} // namespace common
