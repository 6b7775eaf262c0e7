// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QTranslator>

namespace workspace {

namespace {

// The locale of messages; empty if the environment names none.
QByteArray messageLocale()
{
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const QByteArray value = qgetenv(name); !value.isEmpty())
            return value;
    }
    return {};
}

bool isPlainLocale(const QByteArray &name)
{
    const QByteArray bare = name.left(name.indexOf('.') < 0 ? name.size() : name.indexOf('.'));
    return bare.isEmpty() || bare == "C" || bare == "POSIX";
}

} // namespace

QString translationFolder()
{
    return QDir(QCoreApplication::applicationDirPath()).absoluteFilePath(QStringLiteral("../share/ondograph/translations"));
}

bool loadSystemTranslation(QTranslator &translator)
{
    const QByteArray locale = messageLocale();
    if (isPlainLocale(locale))
        return false;
    QStringList languages = QString::fromLatin1(qgetenv("LANGUAGE")).split(QLatin1Char(':'), Qt::SkipEmptyParts);
    languages << QString::fromLatin1(locale);
    for (const QString &language : languages) {
        const QLocale wanted(language);
        if (wanted.language() == QLocale::English || wanted.language() == QLocale::C)
            return false;
        if (translator.load(wanted, QStringLiteral("ondograph"), QStringLiteral("_"), translationFolder()))
            return true;
    }
    return false;
}

} // namespace workspace
