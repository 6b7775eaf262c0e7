// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "common/messagebar.h"
#include "desktop/exportoptions.h"
#include "desktop/exportsheet.h"
#include "grid/gridview.h"

#include "support/ondotest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

class ExportSheetTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;
    QTemporaryDir m_folder;

    desktop::ExportSheet *sheet() const { return m_app->tab()->results()->exportSheet(); }
    QString file(const QString &name) const { return m_folder.filePath(name); }
    static QByteArray contentOf(const QString &path)
    {
        QFile read(path);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray("unreadable");
    }
    bool exportTo(const QString &path)
    {
        QSignalSpy finished(sheet()->job(), &desktop::ExportJob::finished);
        sheet()->path()->setText(path);
        sheet()->start();
        return QTest::qWaitFor([&] { return finished.count() == 1; }, 20000);
    }

private Q_SLOTS:
    void init()
    {
        m_app = std::make_unique<DesktopFixture>();
        m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("SELECT 1 AS a, 'x,y' AS b, '=1' AS c")));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
        m_app->tab()->setConnectionName(m_app->sandbox());
        QVERIFY(!m_app->window->commands().exportResult->isEnabled());
        m_app->tab()->runAll();
        QVERIFY(m_app->waitForEnd());
        QVERIFY(m_app->window->commands().exportResult->isEnabled());
        m_app->window->commands().exportResult->trigger();
        QVERIFY(sheet()->isVisible());
    }
    void cleanup() { m_app.reset(); }

    void whatIsPreviewedIsWritten()
    {
        QTRY_COMPARE(sheet()->preview()->toPlainText(), QStringLiteral("a,b,c\n1,\"x,y\",=1\n"));
        const QString csv = file(QStringLiteral("one.csv"));
        QVERIFY(exportTo(csv));
        QCOMPARE(contentOf(csv), QByteArray("a,b,c\n1,\"x,y\",=1\n"));
        QVERIFY(sheet()->messages()->text().contains(csv));
        sheet()->options()->formulaGuard()->setChecked(true);
        sheet()->options()->separatorBox()->setCurrentIndex(1);
        QTRY_COMPARE(sheet()->preview()->toPlainText(), QStringLiteral("a;b;c\n1;x,y;'=1\n"));
        QVERIFY(exportTo(csv));
        QCOMPARE(contentOf(csv), QByteArray("a;b;c\n1;x,y;'=1\n"));
        sheet()->options()->setFormat(table::FileFormat::Json);
        QCOMPARE(sheet()->path()->text(), file(QStringLiteral("one.json")));
        QVERIFY(exportTo(sheet()->path()->text()));
        QCOMPARE(contentOf(file(QStringLiteral("one.json"))), QByteArray("[\n{\"a\":1,\"b\":\"x,y\",\"c\":\"=1\"}\n]\n"));
        QVERIFY(!sheet()->completeness().isEmpty());
    }
    void selectedColumnsOnly()
    {
        m_app->tab()->results()->page()->gridView()->setCurrentCell(0, 1);
        QTRY_VERIFY(sheet()->scope()->count() > 1);
        sheet()->scope()->setCurrentIndex(sheet()->scope()->count() - 1);
        const QString csv = file(QStringLiteral("selected.csv"));
        QVERIFY(exportTo(csv));
        QCOMPARE(contentOf(csv), QByteArray("b\n\"x,y\"\n"));
    }
    void refusedAndCancelledLeaveNothing()
    {
        const QString refused = file(QStringLiteral("no/folder/x.csv"));
        QVERIFY(exportTo(refused));
        QVERIFY(sheet()->messages()->text().contains(refused));
        const QString cancelled = file(QStringLiteral("cancelled.csv"));
        QSignalSpy finished(sheet()->job(), &desktop::ExportJob::finished);
        desktop::ExportRequest request;
        request.table = m_app->tab()->results()->page()->table().table();
        request.follows = true; // waits for rows that never come
        request.path = cancelled;
        sheet()->job()->start(std::move(request));
        QCOMPARE(finished.count(), 0);
        sheet()->job()->cancel();
        QCOMPARE(finished.count(), 1);
        m_app->workers->stopAll();
        for (const QString &name : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
            QVERIFY2(!name.startsWith(QStringLiteral("cancelled")), qPrintable(name));
    }
    // Rows that come while the export runs are in the file.
    void followsToTheEnd()
    {
        const QString path = file(QStringLiteral("followed.ndjson"));
        QSignalSpy finished(sheet()->job(), &desktop::ExportJob::finished);
        const table::Table whole = m_app->tab()->results()->page()->table().table();
        desktop::ExportRequest request;
        request.table = table::Table(whole.sharedSchema());
        request.follows = true;
        request.format = table::FileFormat::Ndjson;
        request.path = path;
        sheet()->job()->start(std::move(request));
        sheet()->job()->update(whole, false);
        QTRY_COMPARE(sheet()->job()->rowsWritten(), qint64(1));
        QCOMPARE(finished.count(), 0);
        QVERIFY(!QFile::exists(path));
        sheet()->job()->update(whole, true);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(contentOf(path), QByteArray("{\"a\":1,\"b\":\"x,y\",\"c\":\"=1\"}\n"));
    }
};

ONDO_TEST(ExportSheetTest)
#include "tst_exportsheet.moc"
