// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/gridview.h"

#include "samples.h"
#include "support/ondotest.h"

#include <QApplication>

using common::ResultTable;
using grid::GridView;

// What stands on the screen, as far as pixels can tell; ONDO_PICTURES names a folder to keep them in.
class GridPaintingTest : public QObject
{
    Q_OBJECT

    static QImage picture(GridView &view, const char *name)
    {
        view.resize(1200, 800);
        const QImage image = view.grab().toImage();
        if (const QByteArray folder = qgetenv("ONDO_PICTURES"); !folder.isEmpty())
            image.save(QString::fromLocal8Bit(folder) + u'/' + QString::fromLatin1(name) + QStringLiteral(".png"));
        return image;
    }

private Q_SLOTS:
    void drawsInLightAndDark()
    {
        for (const common::Theme *theme : {&common::Theme::dark(), &common::Theme::light()}) {
            ResultTable result;
            gridtest::fillOddities(&result);
            GridView view;
            view.setPalette(theme->palette());
            view.setResult(&result);
            view.show();
            view.setFocus();
            view.setCurrentCell(6, 2);
            view.state().extendSelection({10, 4});
            view.setColumnWidth(1, 200);
            view.setMarks({grid::Mark::Key, grid::Mark::Tag});
            view.scrollTo(0, 0);
            const QImage image = picture(view, theme->isDark ? "dark" : "light");
            QCOMPARE(image.pixelColor(view.viewport()->rect().topRight() + QPoint(-2, view.state().geometry().headerHeight + 1)), theme->background);
            QCOMPARE(image.pixelColor(view.visualRect(8, 3).topLeft() + QPoint(1, 1)), theme->selection);
        }
    }
    void saysWhatToDoWhenEmpty()
    {
        GridView view;
        view.show();
        picture(view, "nothing");
        ResultTable result;
        result.reset(gridtest::countingSchema());
        view.setResult(&result);
        picture(view, "norows");
    }
};

ONDO_TEST(GridPaintingTest)
#include "tst_painting.moc"
