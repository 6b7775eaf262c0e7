// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "catalog/catalogmodel.h"
#include "common/messagebar.h"
#include "desktop/connectionfields.h"
#include "desktop/connectionform.h"
#include "desktop/secretbar.h"
#include "editor/scripteditor.h"
#include "workspace/arrangement.h"

#include "support/faultserver.h"
#include "support/ondotest.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>

namespace {

const QString kSecret = QStringLiteral("hunter2secret");

support::FaultServer::Script answering()
{
    const std::string body = "{\"code\":0,\"column_meta\":[[\"v\",\"INT\",4]],\"data\":[[1],[2]],\"rows\":2}";
    return support::alwaysAnswer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

} // namespace

// The page that makes connections, and what the window does with them.
class ConnectionFormTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;

    desktop::ConnectionForm &form() const { return *m_app->window->connectionForm(); }
    QString scheme() const { return QString::fromStdString(m_app->connections->manifests().front().scheme); }
    QAction *command(const char *name) const
    {
        for (QAction *action : m_app->window->catalogView()->commands()) {
            if (action->objectName() == QLatin1String(name))
                return action;
        }
        return nullptr;
    }
    void type(const char *key, const QString &text) const
    {
        QLineEdit *line = form().rowOf(key)->line();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Backspace);
        QTest::keyClicks(line, text);
    }
    QByteArray file(const QString &name) const
    {
        QFile file(m_app->home.filePath(QStringLiteral("connections/") + name + QStringLiteral(".json")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void save(const QString &name) const
    {
        form().save();
        QVERIFY2(QTest::qWaitFor([&] { return m_app->connections->entry(name) && !form().isVisible(); }), qUtf8Printable(name));
    }
    void makeNew(const QString &name, const QString &url)
    {
        command("catalog.newConnection")->trigger();
        QTest::keyClicks(form().urlLine(), url);
        type("name", name);
    }
    void choose(const QString &name) const
    {
        auto *tree = m_app->window->catalogView()->tree();
        tree->setCurrentIndex(static_cast<catalog::CatalogModel *>(tree->model())->indexOfConnection(name));
    }

private Q_SLOTS:
    void initTestCase() { desktop::applyLook(*qApp); }
    void init()
    {
        m_app = std::make_unique<DesktopFixture>();
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets are kept for the run, at once
        m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), QStringLiteral("select v from t")));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
    }
    void cleanup() { m_app.reset(); }

    void fieldsAndUrlFollowEachOther()
    {
        command("catalog.newConnection")->trigger();
        QVERIFY(form().isVisible());
        QTest::keyClicks(form().urlLine(), scheme() + QStringLiteral("+https://root@db.example:7000/power"));
        QCOMPARE(form().rowOf("host")->text(), QStringLiteral("db.example"));
        QCOMPARE(form().rowOf("port")->text(), QStringLiteral("7000"));
        QCOMPARE(form().rowOf("user")->text(), QStringLiteral("root"));
        QCOMPARE(form().rowOf("transport")->text(), QStringLiteral("https"));
        type("host", QStringLiteral("h2"));
        type("port", QString());
        QCOMPARE(form().urlLine()->text(), scheme() + QStringLiteral("+https://root@h2/power"));
        QTest::keyClicks(form().rowOf("connect_timeout")->line(), QStringLiteral("5"));
        QCOMPARE(form().urlLine()->text(), scheme() + QStringLiteral("+https://root@h2/power?connect_timeout=5"));
    }

    void aPastedSecretLeavesTheLineAtOnce()
    {
        command("catalog.newConnection")->trigger();
        QGuiApplication::clipboard()->setText(scheme() + QStringLiteral("://root:") + kSecret + QStringLiteral("@h/"));
        form().urlLine()->paste();
        QCOMPARE(form().urlLine()->text(), scheme() + QStringLiteral("://root@h/"));
        form().urlLine()->undo();
        QVERIFY(!form().urlLine()->text().contains(kSecret));
        QCOMPARE(form().rowOf("password")->text(), kSecret);
        QCOMPARE(form().rowOf("password")->line()->echoMode(), QLineEdit::Password);
        QGuiApplication::clipboard()->clear();
        type("password", QStringLiteral("${env:PW}"));
        QCOMPARE(form().rowOf("password")->line()->echoMode(), QLineEdit::Normal);
        type("name", QStringLiteral("ref"));
        save(QStringLiteral("ref"));
        QVERIFY(file(QStringLiteral("ref")).contains("${env:PW}"));
    }

    void everyConnectorHasItsForm()
    {
        command("catalog.newConnection")->trigger();
        for (const connector::Manifest &manifest : m_app->connections->manifests()) {
            for (QAbstractButton *tile : form().findChildren<QAbstractButton *>()) {
                if (tile->text() == manifest.name)
                    tile->click();
            }
            QCOMPARE(form().draft().manifest().id, manifest.id);
            for (const connector::Field &field : manifest.fields) {
                desktop::FieldRow *row = form().rowOf(field.key);
                QVERIFY2(row, field.key.c_str());
                QCOMPARE(row->isHidden(), !form().draft().isShown(field));
                // A log-in shows its own fields only.
                for (const auto &[value, label] : field.choices) {
                    row->setText(QString::fromStdString(value));
                    Q_EMIT row->edited(QString::fromStdString(value));
                    for (const connector::Field &other : manifest.fields) {
                        if (other.shownWhenKey == field.key)
                            QCOMPARE(form().rowOf(other.key)->isHidden(), !form().draft().isShown(other));
                    }
                }
            }
        }
    }

    void saysBelowTheFieldWhatIsWrong()
    {
        command("catalog.newConnection")->trigger();
        form().save();
        QVERIFY(!form().rowOf("name")->problem().isEmpty());
        QVERIFY(!form().rowOf("host")->problem().isEmpty());
        type("name", QStringLiteral("x"));
        QVERIFY(form().rowOf("name")->problem().isEmpty());
        type("port", QStringLiteral("99999"));
        type("connect_timeout", QStringLiteral("soon"));
        form().save();
        QVERIFY(!form().rowOf("port")->problem().isEmpty());
        QVERIFY(!form().rowOf("connect_timeout")->problem().isEmpty());
        QVERIFY(form().isVisible());
        form().cancel(); // asks: something was typed
        QVERIFY(form().isVisible());
        form().findChild<QPushButton *>(QStringLiteral("discard"))->click();
        QVERIFY(!form().isVisible());
    }

    void makesEditsCopiesAndRemoves()
    {
        makeNew(QStringLiteral("plant"), scheme() + QStringLiteral("://root:") + kSecret + QStringLiteral("@h/power"));
        save(QStringLiteral("plant"));
        const QByteArray first = file(QStringLiteral("plant"));
        QVERIFY(!first.isEmpty() && !first.contains(kSecret.toUtf8()));
        QTRY_COMPARE(m_app->window->catalogView()->current().connection, QStringLiteral("plant"));

        command("catalog.editConnection")->trigger();
        QTRY_VERIFY(form().isVisible());
        QCOMPARE(form().urlLine()->text(), scheme() + QStringLiteral("://root@h/power"));
        QVERIFY(form().rowOf("password")->text().isEmpty()); // kept, not shown again
        save(QStringLiteral("plant"));
        QCOMPARE(file(QStringLiteral("plant")), first); // the same bytes for the same contents

        choose(QStringLiteral("plant"));
        command("catalog.editConnection")->trigger();
        QTRY_VERIFY(form().isVisible());
        type("name", QStringLiteral("works"));
        save(QStringLiteral("works"));
        QVERIFY(file(QStringLiteral("plant")).isEmpty());
        QTRY_VERIFY(!m_app->connections->entry(QStringLiteral("plant")));

        choose(QStringLiteral("works"));
        command("catalog.duplicateConnection")->trigger();
        QTRY_VERIFY(form().isVisible());
        QCOMPARE(form().rowOf("name")->text(), QStringLiteral("works 2"));
        type("name", QStringLiteral("works"));
        form().save();
        QTRY_VERIFY(!form().findChild<common::MessageBar *>()->text().isEmpty()); // the name is taken
        type("name", QStringLiteral("works 2"));
        save(QStringLiteral("works 2"));

        choose(QStringLiteral("works 2"));
        command("catalog.removeConnection")->trigger();
        m_app->window->catalogView()->findChild<QPushButton *>(QStringLiteral("remove"))->click();
        QTRY_VERIFY(!m_app->connections->entry(QStringLiteral("works 2")));
        QVERIFY(m_app->connections->entry(QStringLiteral("works")));
    }

    void keepsGroupsAndOrder()
    {
        for (const char *name : {"a", "b", "c"}) {
            makeNew(QString::fromLatin1(name), scheme() + QStringLiteral("://root@h/"));
            save(QString::fromLatin1(name));
        }
        choose(QStringLiteral("c"));
        command("catalog.moveUp")->trigger();
        const auto order = [this] {
            QString names;
            for (const desktop::ConnectionEntry &entry : m_app->connections->entries())
                names += entry.isSaved ? entry.name : QString();
            return names;
        };
        QTRY_COMPARE(order(), QStringLiteral("acb"));
        const QByteArray a = file(QStringLiteral("a"));
        Q_EMIT m_app->window->catalogView()->arrangementWanted({QStringLiteral("b")}, QStringLiteral("G"), QStringLiteral("a"));
        QTRY_COMPARE(order(), QStringLiteral("bac"));
        QCOMPARE(file(QStringLiteral("a")), a); // only what was moved is written
        QCOMPARE(m_app->connections->entry(QStringLiteral("b"))->group, QStringLiteral("G"));
        makeNew(QStringLiteral("0"), scheme() + QStringLiteral("://root@h/"));
        save(QStringLiteral("0"));
        QCOMPARE(order(), QStringLiteral("bac0"));
    }

    void asksForAMissingSecretWhenItIsFirstUsed()
    {
        support::FaultServer server(answering());
        makeNew(QStringLiteral("far"), scheme() + QStringLiteral("://root@127.0.0.1:%1/").arg(server.port()));
        save(QStringLiteral("far"));
        m_app->tab()->setConnectionName(QStringLiteral("far"));
        m_app->window->commands().runAll->trigger();
        QTRY_VERIFY(m_app->window->secretBar()->isVisible());
        QVERIFY(server.requests().empty());
        m_app->window->secretBar()->refuse();
        QVERIFY(m_app->waitForEnd());
        QVERIFY(m_app->runState().outcome.error);
        QVERIFY(server.requests().empty());
        m_app->window->commands().runAll->trigger();
        QTRY_VERIFY(m_app->window->secretBar()->isVisible());
        QTest::keyClicks(m_app->window->secretBar()->row(0)->line(), kSecret);
        m_app->window->secretBar()->submit();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 2);
        QVERIFY(!m_app->window->secretBar()->isVisible());
        QVERIFY(!file(QStringLiteral("far")).contains(kSecret.toUtf8()));
        m_app->window->commands().runAll->trigger(); // not asked again
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 2);
    }

    void importsWhatItExports()
    {
        makeNew(QStringLiteral("one"), scheme() + QStringLiteral("://root:") + kSecret + QStringLiteral("@h/"));
        save(QStringLiteral("one"));
        const QString path = m_app->home.filePath(QStringLiteral("all.json"));
        m_app->window->exportTo(path);
        QTRY_VERIFY(QFile::exists(path));
        QFile exported(path);
        QVERIFY(exported.open(QIODevice::ReadOnly));
        QVERIFY(!exported.readAll().contains(kSecret.toUtf8()));
        m_app->window->importFrom(path); // the name is taken
        auto *bar = m_app->window->findChild<common::MessageBar *>(QStringLiteral("windowMessage"));
        QTRY_VERIFY(bar->text().contains(QStringLiteral("one")));
        bool isRemoved = false;
        m_app->connections->remove(QStringLiteral("one"), this, [&](const core::Result<void> &) { isRemoved = true; });
        QTRY_VERIFY(isRemoved);
        m_app->window->importFrom(path);
        QTRY_VERIFY(m_app->connections->entry(QStringLiteral("one")));
    }

    void asksBeforeItWritesOnProduction()
    {
        support::FaultServer server(answering());
        workspace::SavedConnection saved;
        saved.name = "prod";
        saved.connectorId = m_app->connections->manifests().front().id;
        saved.transport = "http";
        saved.environment = "production";
        saved.references = {{"password", "${keychain}"}};
        saved.values = {{"host", "127.0.0.1"}, {"port", std::to_string(server.port())}, {"user", "root"}};
        bool isSaved = false;
        m_app->connections->save(saved, {}, {{"password", core::Secret(kSecret.toStdString())}}, this, [&](const core::Result<void> &done) { isSaved = done.ok(); });
        QTRY_VERIFY(isSaved && m_app->connections->entry(QStringLiteral("prod")));
        desktop::QueryTab *tab = m_app->tab();
        tab->setConnectionName(QStringLiteral("prod"));
        const auto run = [&](const QString &sql) {
            tab->setText(sql);
            m_app->window->commands().runAll->trigger();
        };
        run(QStringLiteral("select v from t"));
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(server.requests().size(), std::size_t(1));
        run(QStringLiteral("delete from orders"));
        QVERIFY(!tab->isRunning());
        const QString question = tab->messageBar()->text();
        for (const char *part : {"DELETE", "orders", "prod"})
            QVERIFY2(question.contains(QLatin1String(part)), part);
        QCOMPARE(server.requests().size(), std::size_t(1)); // nothing is sent before the answer
    }
};

ONDO_TEST(ConnectionFormTest)
#include "tst_connectionform.moc"
