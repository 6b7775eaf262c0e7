// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "catalog/callformview.h"
#include "catalog/catalogview.h"
#include "common/commandpalette.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "connector/request.h"
#include "desktop/exchangeview.h"
#include "desktop/messagesview.h"
#include "desktop/silentsink.h"
#include "desktop/statusline.h"
#include "editor/scripteditor.h"

#include "support/ondotest.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTreeView>

class WindowTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;

    void openOn(const QString &text)
    {
        m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), text));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
        m_app->tab()->setConnectionName(m_app->sandbox());
    }

    // The first node of a kind that can be called, below a path.
    static std::optional<std::vector<std::string>> findCalled(
        connector::Session &session, const std::vector<std::string> &path, const std::string &facet, int depth)
    {
        desktop::SilentSink sink;
        connector::CatalogRequest request;
        request.path = path;
        request.facet = facet;
        const auto page = session.children(request, sink, {});
        for (std::size_t i = 0; page && depth > 0 && i < page->nodes.size(); ++i) {
            std::vector<std::string> below = path;
            below.push_back(page->nodes[i].name);
            if (page->nodes[i].isCalled)
                return below;
            for (const connector::CatalogFacet &next : page->nodes[i].facets) {
                if (auto found = findCalled(session, below, next.key, depth - 1))
                    return found;
            }
        }
        return std::nullopt;
    }

private Q_SLOTS:
    void initTestCase()
    {
        desktop::applyLook(*qApp);
        desktop::applyTheme(QStringLiteral("light"));
    }
    void init() { m_app = std::make_unique<DesktopFixture>(); }
    void cleanup() { m_app.reset(); }

    void runsAStatementOnTheSandbox()
    {
        openOn(QStringLiteral("-- 电表\nselect * from power.meters limit 3;"));
        m_app->tab()->editor()->setCursorByte(20);
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->tab()->isRunning());
        QVERIFY(m_app->waitForEnd());
        const desktop::RunState &state = m_app->runState();
        QVERIFY2(!state.outcome.error, qUtf8Printable(state.outcome.error ? core::toText(*state.outcome.error) : QString()));
        QCOMPARE(state.rows, 3);
        QVERIFY(state.firstRowMs >= 0 && state.elapsedMs >= state.firstRowMs);
        QCOMPARE(m_app->tab()->results()->page()->table().table().rowCount(), 3);
        QVERIFY(m_app->tab()->statusLine()->text().contains(QStringLiteral("3 rows")));
        QCOMPARE(m_app->tab()->statusLine()->completeness(), QStringLiteral("complete"));
    }
    void asksForParametersAndSendsThem()
    {
        openOn(QStringLiteral("select groupid, count(*) from power.meters where groupid = :group group by groupid"));
        m_app->window->commands().run->trigger();
        QVERIFY(!m_app->tab()->isRunning());
        QVERIFY(m_app->tab()->messageBar()->isVisible());
        auto *field = m_app->tab()->findChild<QLineEdit *>(QStringLiteral("parameter.group"));
        QVERIFY(field && field->isVisible());
        QTest::keyClicks(field, QStringLiteral("2"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(m_app->tab()->isRunning());
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 1);
        const table::Table &table = m_app->tab()->results()->page()->table().table();
        const table::Cell cell = table.cell(0, 0);
        QCOMPARE(cell.column->ints()[cell.row], std::int64_t(2));
        const desktop::ExchangeView *view = m_app->tab()->results()->page()->exchanges();
        QVERIFY(view->requestText().contains(QStringLiteral("where groupid = 2 group by")));
    }
    void showsWhatWentOverTheWire()
    {
        openOn(QStringLiteral("select * from power.meters limit 2"));
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->waitForEnd());
        m_app->window->commands().showExchange->trigger();
        desktop::ExchangeView *view = m_app->tab()->results()->page()->exchanges();
        QVERIFY(view->count() > 0);
        QVERIFY(view->requestText().contains(QStringLiteral("select * from power.meters limit 2")));
        QVERIFY(view->requestText().contains(QStringLiteral("***")));
        QVERIFY(view->answerText().startsWith(QStringLiteral("HTTP/1.1 200")));
        m_app->window->commands().copyCurl->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("curl ")));
    }
    void tellsAnErrorInFull()
    {
        openOn(QStringLiteral("select 1;\nselect nonsense from power.nowhere;"));
        m_app->tab()->editor()->setCursorByte(15);
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->waitForEnd());
        QVERIFY(m_app->runState().outcome.error);
        QVERIFY(m_app->tab()->messageBar()->isVisible());
        QVERIFY(m_app->tab()->messageBar()->text().contains(QStringLiteral("Line 2")));
        const QString messages = m_app->tab()->results()->messages()->toPlainText();
        QVERIFY(messages.contains(m_app->runState().outcome.error->serverCode));
        QVERIFY(messages.contains(QStringLiteral("power.nowhere")));
    }
    void runsAllUntilTheFirstFailure()
    {
        openOn(QStringLiteral("select * from power.meters limit 1; select * from power.meters limit 2; select x from power.no; select 4;"));
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->tab()->results()->pageCount(), 3);
        m_app->tab()->results()->showPage(1);
        QCOMPARE(m_app->runState().rows, 2);
        QVERIFY(m_app->tab()->results()->messages()->toPlainText().contains(QStringLiteral("not run: 1")));
    }
    void holdsAtTheRowLimitAndGoesOn()
    {
        workspace::SessionState state = DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select * from power.meters"));
        state.documents.front().rowLimit = 1000;
        m_app->open(state);
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
        m_app->tab()->setConnectionName(m_app->sandbox());
        m_app->window->commands().run->trigger();
        const auto isHeld = [this] { return m_app->runState().phase == desktop::RunState::Phase::Held; };
        QVERIFY(QTest::qWaitFor(isHeld, 20000));
        QCOMPARE(m_app->runState().rows, 1000);
        m_app->tab()->results()->page()->run()->decideLimit(3000);
        QVERIFY(QTest::qWaitFor([&] { return isHeld() && m_app->runState().rows == 3000; }, 20000));
        m_app->tab()->results()->page()->run()->decideLimit(std::nullopt);
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().outcome.reason, connector::Reason::RowLimit);
        QCOMPARE(m_app->tab()->statusLine()->completeness(), QStringLiteral("cut: row limit"));
    }
    void stopsAtOnce()
    {
        openOn(QStringLiteral("select * from power.meters a"));
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->tab()->isRunning());
        m_app->window->commands().stop->trigger();
        QVERIFY(!m_app->tab()->isRunning());
        const qint64 rows = m_app->runState().rows;
        QCOMPARE(m_app->runState().outcome.error->kind, core::ErrorKind::Cancelled);
        QTest::qWait(200);
        QCOMPARE(m_app->runState().rows, rows);
        m_app->tab()->setText(QStringLiteral("select * from power.meters limit 1"));
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 1);
    }
    void restoresUnsavedText()
    {
        openOn(QStringLiteral("select 1"));
        m_app->tab()->setText(QStringLiteral("-- 没有保存的文本\nselect '北京'"));
        m_app->tab()->editor()->setCursorByte(9);
        m_app->window->commands().newTab->trigger();
        m_app->tab()->setText(QStringLiteral("second"));
        QVERIFY(QTest::qWaitFor([this] {
            const auto saved = m_app->store->load();
            return saved && saved->documents.size() == 2 && saved->documents[1].text == QStringLiteral("second");
        }, 3000));
        m_app->close();
        const workspace::SessionState saved = workspace::SessionStore(m_app->home.path()).load().value();
        m_app->open(saved);
        QCOMPARE(m_app->window->tabCount(), 2);
        QCOMPARE(m_app->tab()->editor()->text(), QStringLiteral("second"));
        m_app->window->commands().previousTab->trigger();
        QCOMPARE(m_app->tab()->editor()->text(), QStringLiteral("-- 没有保存的文本\nselect '北京'"));
        QCOMPARE(m_app->tab()->editor()->cursorByte(), 9);
    }
    void findsEveryCommandInThePalette()
    {
        openOn(QString());
        m_app->window->commands().palette->trigger();
        common::CommandPalette *palette = m_app->window->palettePopover();
        QVERIFY(palette->isVisible());
        for (const QAction *action : m_app->window->commands().all()) {
            QVERIFY2(!action->text().isEmpty(), qUtf8Printable(action->objectName()));
            if (action->isEnabled() && action->property("paletteName").isNull())
                QVERIFY2(palette->listed().contains(QString(action->text()).remove(QStringLiteral("…"))), qUtf8Printable(action->text()));
        }
        QTest::keyClicks(palette->input(), QStringLiteral("theme dark"));
        QCOMPARE(palette->listed().value(0), QStringLiteral("Theme: Dark"));
        QTest::keyClick(palette->input(), Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QTRY_VERIFY(common::Theme::of(m_app->window.get()).isDark);
        desktop::applyTheme(QStringLiteral("light"));
    }
    void everyCommandIsInAMenu()
    {
        openOn(QString());
        QList<QAction *> inMenus;
        for (const QMenu *menu : m_app->window->menuBar()->findChildren<QMenu *>())
            inMenus += menu->actions();
        for (QAction *action : m_app->window->commands().all())
            QVERIFY2(inMenus.contains(action), qUtf8Printable(action->objectName()));
    }
    void loadsTheCatalogueWhenOpened()
    {
        openOn(QString());
        m_app->window->catalogView()->expandConnection(m_app->sandbox());
        const auto *model = m_app->window->catalogView()->tree()->model();
        QVERIFY(QTest::qWaitFor([&] { return model->rowCount(model->index(0, 0)) > 1; }, 20000));
    }
    void showsTheRowsOfABrokenAnswer()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
                              "{\"code\":0,\"column_meta\":[[\"v\",\"INT\",4]],\"data\":[[1],[2],[3");
                socket->disconnectFromHost();
            });
        });
        openOn(QStringLiteral("select v from t"));
        const QString url = QString::fromStdString(m_app->connections->manifests().front().scheme)
            + QStringLiteral("://root:hunter2secret@127.0.0.1:%1/").arg(server.serverPort());
        QString name;
        m_app->connections->openUrl(url, QString(), m_app->window.get(), [&](const core::Result<QString> &result) {
            name = result ? result.value() : QString();
        });
        QVERIFY(QTest::qWaitFor([&] { return !name.isEmpty(); }));
        m_app->tab()->setConnectionName(name);
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        const connector::Outcome &outcome = m_app->runState().outcome;
        QCOMPARE(m_app->runState().rows, 2);
        QCOMPARE(outcome.completeness, connector::Completeness::Cut);
        QVERIFY(outcome.error && outcome.error->kind == core::ErrorKind::Network);
        QCOMPARE(m_app->tab()->statusLine()->completeness(), QStringLiteral("cut: broken off"));
    }
    void opensATemplateAsARequestToFillIn()
    {
        openOn(QString());
        const connector::Manifest *manifest = m_app->connections->manifestOf(m_app->tab()->connectionName());
        const auto wanted = std::find_if(manifest->templates.begin(), manifest->templates.end(),
            [](const connector::RequestTemplate &request) { return !connector::variablesOf(request.text).empty(); });
        QVERIFY(wanted != manifest->templates.end());
        m_app->window->commands().newRequest->trigger();
        auto *palette = m_app->window->findChild<common::CommandPalette *>();
        QVERIFY(palette->isVisible());
        QCOMPARE(palette->listed().size(), static_cast<qsizetype>(manifest->templates.size()));
        QTest::keyClicks(palette->input(), wanted->group + QStringLiteral(": ") + wanted->title);
        QTest::keyClick(palette->input(), Qt::Key_Return);
        QCOMPARE(m_app->tab()->title(), wanted->title);
        QVERIFY(m_app->tab()->editor()->text().contains(QString::fromStdString(wanted->text).section(QLatin1Char('\n'), 0, 0)));
        m_app->window->commands().run->trigger();
        QVERIFY(!m_app->tab()->isRunning()); // it asks for the variables first
        for (const std::string &name : connector::variablesOf(wanted->text)) {
            auto *field = m_app->tab()->findChild<QLineEdit *>(QStringLiteral("parameter.") + QString::fromStdString(name));
            QVERIFY(field);
            QTest::keyClicks(field, QStringLiteral("filled"));
        }
        m_app->window->commands().run->trigger();
        QVERIFY(m_app->waitForEnd());
        const std::string &sent = m_app->tab()->results()->page()->run()->statement().text;
        QVERIFY(sent.find("filled") != std::string::npos && sent.find("{{") == std::string::npos);
    }
    void runsAScriptAsOneBatch()
    {
        openOn(QStringLiteral("select 1 as a;\nselect 2 as b, 3 as c;"));
        for (const connector::Manifest &manifest : m_app->connections->manifests()) {
            if (manifest.capabilities.batch && manifest.hasSandbox)
                m_app->tab()->setConnectionName(QStringLiteral("sandbox/") + QString::fromStdString(manifest.id));
        }
        QAction *batch = m_app->window->commands().runTransaction;
        QVERIFY(batch->isEnabled());
        batch->trigger();
        QVERIFY(m_app->waitForEnd());
        desktop::ResultPanel *results = m_app->tab()->results();
        QCOMPARE(results->pageCount(), 2);
        for (int page = 0; page < 2; ++page) {
            results->showPage(page);
            const desktop::RunState &state = results->page()->run()->state();
            QVERIFY2(!state.outcome.error, qUtf8Printable(state.outcome.error ? core::toText(*state.outcome.error) : QString()));
            QCOMPARE(state.rows, 1);
            QCOMPARE(results->page()->table().table().columnCount(), std::size_t(page + 1));
        }
        m_app->tab()->setText(QStringLiteral("select 1 as a; select nonsense from nowhere; select 2"));
        batch->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(results->pageCount(), 3);
        for (int page = 1; page < 3; ++page) {
            results->showPage(page);
            QVERIFY(results->page()->run()->state().outcome.error);
        }
    }
    void opensAFormForWhatCanBeCalled()
    {
        openOn(QString());
        QString name;
        for (const connector::Manifest &manifest : m_app->connections->manifests()) {
            if (manifest.capabilities.call && manifest.hasSandbox)
                name = QStringLiteral("sandbox/") + QString::fromStdString(manifest.id);
        }
        std::shared_ptr<workspace::Connection> connection;
        m_app->connections->open(name, m_app->window.get(), [&](const desktop::ConnectionResult &result) { connection = result.valueOr({}); });
        QVERIFY(QTest::qWaitFor([&] { return connection != nullptr; }, 20000));
        const auto path = findCalled(*connection->session, {}, {}, 4);
        QVERIFY(path.has_value());
        catalog::Target target;
        target.connection = name;
        for (const std::string &part : *path)
            target.path << QString::fromStdString(part);
        target.name = target.path.last();
        const int tabs = m_app->window->tabCount();
        Q_EMIT m_app->window->catalogView()->callWanted(target);
        QVERIFY(QTest::qWaitFor([&] { return m_app->window->tabCount() > tabs; }, 20000));
        auto *form = m_app->tab()->findChild<catalog::CallFormView *>();
        QVERIFY(form && form->isVisible());
        QVERIFY(!form->form().title.isEmpty());
        const std::size_t fields = form->form().fields.size();
        QCOMPARE(form->rows()->columnCount(), static_cast<int>(fields));
        QCOMPARE(form->values().rows.size(), std::size_t(1));
        QCOMPARE(form->values().rows[0].size(), fields);
    }
    void keepsAConnectionByNameWithoutItsSecret()
    {
        openOn(QString());
        auto *view = m_app->window->findChild<catalog::CatalogView *>();
        view->askForUrl();
        const QString scheme = QString::fromStdString(m_app->connections->manifests().front().scheme);
        QTest::keyClicks(view->findChild<QLineEdit *>(QStringLiteral("catalog.url")), scheme + QStringLiteral("://root:hunter2secret@127.0.0.1:1/db"));
        auto *name = view->findChild<QLineEdit *>(QStringLiteral("catalog.keepAs"));
        QTest::keyClicks(name, QStringLiteral("Plant"));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return m_app->connections->entry(QStringLiteral("Plant")) != nullptr; }));
        QFile file(m_app->home.filePath(QStringLiteral("connections/Plant.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.contains("127.0.0.1") && !kept.contains("hunter2"));
        QVERIFY(QTest::qWaitFor([&] { return view->current().name == QStringLiteral("Plant"); }));
        QVERIFY(view->current().isRemovable);
        for (QAction *command : view->commands()) {
            if (command->objectName() == QLatin1String("catalog.removeConnection"))
                command->trigger();
        }
        QVERIFY(file.exists()); // it asks first
        view->findChild<QPushButton *>(QStringLiteral("remove"))->click();
        QVERIFY(QTest::qWaitFor([&] { return m_app->connections->entry(QStringLiteral("Plant")) == nullptr; }));
        QVERIFY(!file.exists());
    }
    void takesAUrlAndShowsNoPassword()
    {
        openOn(QString());
        const connector::Manifest &manifest = m_app->connections->manifests().front();
        bool isDone = false;
        QString name;
        m_app->connections->openUrl(QString::fromStdString(manifest.scheme) + QStringLiteral("://root:hunter2secret@127.0.0.1:1/db"),
            QString(), m_app->window.get(), [&](const core::Result<QString> &result) {
                isDone = true;
                name = result ? result.value() : core::toText(result.error());
            });
        QVERIFY(QTest::qWaitFor([&] { return isDone; }));
        QVERIFY2(name.contains(QStringLiteral("127.0.0.1")), qUtf8Printable(name));
        QVERIFY(!name.contains(QStringLiteral("hunter2")));
        m_app->tab()->setConnectionName(name);
        m_app->tab()->setText(QStringLiteral("select 1"));
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().outcome.error->kind, core::ErrorKind::Network);
        QVERIFY(!m_app->tab()->results()->messages()->toPlainText().contains(QStringLiteral("hunter2")));
        const QByteArray session = workspace::SessionStore::toJson(m_app->window->sessionState());
        QVERIFY(!session.contains("hunter2"));
    }
};

ONDO_TEST(WindowTest)
#include "tst_window.moc"
