// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "common/icons.h"
#include "common/theme.h"

#include "support/ondotest.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QTabBar>
#include <QTranslator>
#include <QXmlStreamReader>

class LookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { desktop::applyLook(*qApp); }

    void iconsFollowTheTheme_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 30);
        for (const QString &file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void iconsFollowTheTheme()
    {
        QFETCH(QString, name);
        desktop::applyTheme(QStringLiteral("light"));
        const QImage light = common::icon(name).pixmap(QSize(32, 32)).toImage();
        desktop::applyTheme(QStringLiteral("dark"));
        const QImage dark = common::icon(name).pixmap(QSize(32, 32)).toImage();
        desktop::applyTheme(QStringLiteral("light"));
        QVERIFY(!light.isNull());
        QVERIFY(light != dark);
        int drawn = 0;
        for (int y = 0; y < light.height(); ++y) {
            for (int x = 0; x < light.width(); ++x)
                drawn += qAlpha(light.pixel(x, y)) > 128 ? 1 : 0;
        }
        QVERIFY(drawn > 10);
    }

    void translationsAreFinished()
    {
        QFile file(QStringLiteral(ONDO_TRANSLATION_SOURCES "/ondograph_zh_CN.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        int messages = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement())
                continue;
            if (xml.name() == QLatin1String("source")) {
                source = xml.readElementText();
                ++messages;
            } else if (xml.name() == QLatin1String("translation")) {
                QVERIFY2(!xml.attributes().hasAttribute(QLatin1String("type")), qUtf8Printable(source));
                const QString translated = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
                QVERIFY2(!translated.isEmpty(), qUtf8Printable(source));
                for (const QString &place : {QStringLiteral("%1"), QStringLiteral("%2"), QStringLiteral("%3"), QStringLiteral("%4"), QStringLiteral("%n")})
                    QVERIFY2(source.contains(place) == translated.contains(place), qUtf8Printable(source));
            }
        }
        QVERIFY(!xml.hasError());
        QVERIFY(messages > 500);
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QString();
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }
    void nothingIsCutOff()
    {
        QFETCH(QString, language);
        QTranslator translator;
        if (!language.isEmpty()) {
            QVERIFY(translator.load(QStringLiteral("ondograph_") + language, QStringLiteral(ONDO_TRANSLATION_FOLDER)));
            QCoreApplication::installTranslator(&translator);
        }
        {
            DesktopFixture app;
            app.open(DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select 1")));
            app.window->catalogView()->askForUrl();
            QCoreApplication::processEvents();
            for (const QAbstractButton *button : app.window->findChildren<QAbstractButton *>()) {
                if (button->isVisible() && !button->text().isEmpty())
                    QVERIFY2(button->width() >= button->sizeHint().width(), qUtf8Printable(button->text()));
            }
            for (const QLabel *label : app.window->findChildren<QLabel *>()) {
                if (label->isVisible() && !label->text().isEmpty() && label->wordWrap())
                    QVERIFY2(label->height() >= label->heightForWidth(label->width()), qUtf8Printable(label->text()));
                else if (label->isVisible() && !label->text().isEmpty())
                    QVERIFY2(label->width() >= label->sizeHint().width(), qUtf8Printable(label->text()));
            }
            for (const QTabBar *bar : app.window->findChildren<QTabBar *>()) {
                int width = 0;
                for (int i = 0; i < bar->count(); ++i)
                    width += bar->tabRect(i).width();
                QVERIFY(!bar->isVisible() || width <= bar->width());
            }
            QVERIFY(app.window->minimumSizeHint().width() <= 1024);
        }
        QCoreApplication::removeTranslator(&translator);
    }
};

ONDO_TEST(LookTest)
#include "tst_look.moc"
