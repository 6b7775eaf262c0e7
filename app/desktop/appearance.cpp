// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/appearance.h"

#include "common/icons.h"
#include "common/style.h"
#include "common/theme.h"
#include "workspace/translations.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QPixmapCache>
#include <QToolTip>
#include <QTranslator>

namespace desktop {

namespace {
bool isSystemDark()
{
    // Asked once: afterwards the palette is ours.
    static const bool isDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return isDark;
}
}

void applyLook(QApplication &app)
{
    isSystemDark();
    app.setWindowIcon(common::applicationIcon());
    app.setStyle(new common::Style);
    app.setFont(common::interfaceFont());
}

void applyTheme(const QString &theme)
{
    const bool isDark = theme == QLatin1String("dark") || (theme != QLatin1String("light") && isSystemDark());
    const QPalette palette = (isDark ? common::Theme::dark() : common::Theme::light()).palette();
    QPixmapCache::clear();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

QString translationFolder()
{
    return workspace::translationFolder();
}

void applyLanguage(QApplication &app, const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    if (locale.language() == QLocale::English)
        return;
    auto *qt = new QTranslator(&app);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        app.installTranslator(qt);
    auto *own = new QTranslator(&app);
    if (own->load(locale, QStringLiteral("ondograph"), QStringLiteral("_"), translationFolder()))
        app.installTranslator(own);
}

} // namespace desktop
