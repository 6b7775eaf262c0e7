// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "chart/chartview.h"
#include "common/messagebar.h"
#include "desktop/statusline.h"
#include "desktop/zonemenu.h"
#include "editor/scripteditor.h"
#include "grid/gridview.h"
#include "workspace/documentfile.h"

#include "support/ondotest.h"

#include <QFile>
#include <QLabel>
#include <QTimeZone>

class DocumentsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;

    void openOn(const workspace::SessionState &state)
    {
        m_app->open(state);
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void writeBytes(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QString path(const char *name) const { return m_app->home.filePath(QString::fromUtf8(name)); }

private Q_SLOTS:
    void initTestCase() { desktop::applyLook(*qApp); }
    void init() { m_app = std::make_unique<DesktopFixture>(); }
    void cleanup() { m_app.reset(); }

    void opensEditsAndSavesAFile()
    {
        const QByteArray before = "-- 北京\r\nselect 1;\n";
        writeBytes(path("查询.sql"), before);
        openOn({});
        m_app->window->openFile(path("查询.sql"));
        QVERIFY(QTest::qWaitFor([this] { return m_app->window->tabCount() == 1; }));
        desktop::QueryTab *tab = m_app->tab();
        QCOMPARE(tab->title(), QStringLiteral("查询.sql"));
        QCOMPARE(tab->editor()->text().toUtf8(), before);
        QVERIFY(!tab->isModified());
        m_app->window->openFile(path("查询.sql"));
        QCOMPARE(m_app->window->tabCount(), 1);
        tab->editor()->append(QStringLiteral("select 2;"));
        QVERIFY(tab->isModified());
        QVERIFY(m_app->window->isWindowModified());
        m_app->window->commands().save->trigger();
        QVERIFY(QTest::qWaitFor([tab] { return !tab->isModified(); }));
        QCOMPARE(bytesOf(path("查询.sql")), QByteArray(before + "select 2;"));
    }
    void keepsUnsavedTextOfAFileInTheSession()
    {
        writeBytes(path("a.sql"), "select 1");
        openOn({});
        m_app->window->openFile(path("a.sql"));
        QVERIFY(QTest::qWaitFor([this] { return m_app->window->tabCount() == 1; }));
        m_app->tab()->editor()->append(QStringLiteral(" + 1"));
        m_app->close();
        const workspace::SessionState saved = workspace::SessionStore(m_app->home.path()).load().value();
        m_app->open(saved);
        QCOMPARE(m_app->tab()->editor()->text(), QStringLiteral("select 1 + 1"));
        QVERIFY(m_app->tab()->isModified());
        QCOMPARE(bytesOf(path("a.sql")), QByteArray("select 1"));
        m_app->window->saveTab(m_app->tab(), path("b.sql"));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->tab()->isModified(); }));
        QCOMPARE(m_app->tab()->title(), QStringLiteral("b.sql"));
        QCOMPARE(bytesOf(path("b.sql")), QByteArray("select 1 + 1"));
    }
    void tellsWhatCannotBeReadOrWritten()
    {
        writeBytes(path("latin.sql"), "select '\xe9'");
        openOn(DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select 1")));
        auto *bar = m_app->window->findChild<common::MessageBar *>(QStringLiteral("windowMessage"));
        QVERIFY(bar);
        m_app->window->openFile(path("latin.sql"));
        QVERIFY(QTest::qWaitFor([bar] { return bar->text().contains(QStringLiteral("UTF-8")); }));
        QCOMPARE(m_app->window->tabCount(), 1);
        m_app->window->saveTab(m_app->tab(), path("no/such/folder/x.sql"));
        QVERIFY(QTest::qWaitFor([bar] { return bar->text().contains(QStringLiteral("cannot be written")); }));
        QVERIFY(m_app->tab()->path().isEmpty());
    }
    void takesAClosedTabBack()
    {
        openOn(DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select 'long work'")));
        m_app->window->commands().closeTab->trigger();
        QCOMPARE(m_app->window->tabCount(), 0);
        m_app->window->commands().reopenTab->trigger();
        QCOMPARE(m_app->window->tabCount(), 1);
        QCOMPARE(m_app->tab()->editor()->text(), QStringLiteral("select 'long work'"));
        QVERIFY(!m_app->window->commands().reopenTab->isEnabled());
    }
    void oneZoneHoldsInAllViews()
    {
        workspace::SessionState state = DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select ts, current from power.meters limit 5"));
        state.documents.front().zone = QStringLiteral("Asia/Shanghai");
        openOn(state);
        m_app->tab()->setConnectionName(m_app->sandbox());
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->waitForEnd());
        const desktop::ResultPage *page = m_app->tab()->results()->page();
        QCOMPARE(m_app->tab()->zoneMenu()->text(), QStringLiteral("Asia/Shanghai"));
        QCOMPARE(page->gridView()->zoneName(), QStringLiteral("Asia/Shanghai"));
        QCOMPARE(page->chartView()->zone(), QTimeZone("Asia/Shanghai"));
        QCOMPARE(m_app->window->sessionState().documents.front().zone, QStringLiteral("Asia/Shanghai"));
        m_app->tab()->zoneMenu()->setChosen(QStringLiteral("No/Where"));
        QCOMPARE(m_app->tab()->zoneMenu()->zone(), QStringLiteral("UTC"));
        Q_EMIT m_app->tab()->zoneMenu()->zoneChanged();
        QCOMPARE(page->gridView()->zoneName(), QStringLiteral("UTC"));
        QCOMPARE(page->chartView()->zone(), QTimeZone("UTC"));
    }
    void takesTheConnectionsZone()
    {
        openOn(DesktopFixture::oneTab(QStringLiteral("?"), QString()));
        QString name;
        m_app->connections->openUrl(QString::fromStdString(m_app->connections->manifests().front().scheme)
                + QStringLiteral("://root:x@127.0.0.1:1/?tz=America/New_York"),
            QString(), m_app->window.get(), [&](const core::Result<QString> &result) { name = result ? result.value() : QString(); });
        QVERIFY(QTest::qWaitFor([&] { return !name.isEmpty(); }));
        m_app->tab()->setConnectionName(name);
        QCOMPARE(m_app->tab()->zoneMenu()->zone(), QStringLiteral("America/New_York"));
        m_app->tab()->setConnectionName(m_app->sandbox());
        QCOMPARE(m_app->tab()->zoneMenu()->zone(), QStringLiteral("UTC"));
    }
    void showsWholeFactsAtAnyWidth()
    {
        desktop::StatusLine line;
        desktop::RunState run;
        run.phase = desktop::RunState::Phase::Finished;
        run.isResultSet = true;
        run.rows = 129600;
        run.firstRowMs = 14;
        run.elapsedMs = 280;
        run.wireBytes = 946800;
        run.outcome.completeness = connector::Completeness::Unknown;
        line.showState(run);
        line.show();
        for (const int width : {900, 420, 300, 200, 120}) {
            line.resize(width, 32);
            QCoreApplication::processEvents();
            const QLabel *facts = line.findChildren<QLabel *>().front();
            QVERIFY(facts->text().startsWith(QStringLiteral("129,600 rows")));
            QVERIFY(!facts->text().endsWith(QStringLiteral("·")));
            QVERIFY(width < 300 || facts->width() >= facts->sizeHint().width());
        }
        QVERIFY(line.text().contains(QStringLiteral("14 ms")));
    }
};

ONDO_TEST(DocumentsTest)
#include "tst_documents.moc"
