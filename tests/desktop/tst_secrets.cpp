// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"

#include "common/messagebar.h"
#include "desktop/exchangeview.h"
#include "desktop/tokenchip.h"
#include "editor/scripteditor.h"

#include "support/faultserver.h"
#include "support/ondotest.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDirIterator>
#include <QLineEdit>
#include <QMetaProperty>
#include <QTabBar>
#include <QTemporaryFile>
#include <QTreeView>
#include <QUrl>

#include <algorithm>
#include <numeric>

#include <unistd.h>

namespace {

const QString kPassword = QStringLiteral("hunter2/Geheim 密码+%&é");
const QString kToken = QStringLiteral("TokenOfTheServer0123456789==");

// What goes to the standard error stream while this lives.
class CapturedErrors
{
public:
    CapturedErrors()
    {
        m_file.open();
        std::fflush(stderr);
        m_before = dup(STDERR_FILENO);
        dup2(m_file.handle(), STDERR_FILENO);
    }
    ~CapturedErrors() { end(); }
    QByteArray end()
    {
        if (m_before >= 0) {
            std::fflush(stderr);
            dup2(m_before, STDERR_FILENO);
            ::close(m_before);
            m_before = -1;
        }
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    QTemporaryFile m_file;
    int m_before = -1;
};

void addModel(QStringList &texts, const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const QVariant &value : model.itemData(index))
                texts << value.toString() << value.toStringList();
            for (int role = Qt::UserRole; role < Qt::UserRole + 16; ++role)
                texts << index.data(role).toString() << index.data(role).toStringList();
            if (column == 0)
                addModel(texts, model, index);
        }
    }
}

// Every text that an object carries: its properties, and what its kind keeps elsewhere.
void addObject(QStringList &texts, const QObject &object)
{
    const QMetaObject *meta = object.metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QVariant value = meta->property(i).read(&object);
        texts << value.toString() << value.toStringList();
    }
    for (const QByteArray &name : object.dynamicPropertyNames())
        texts << object.property(name.constData()).toString();
    if (const auto *view = qobject_cast<const QAbstractItemView *>(&object); view && view->model())
        addModel(texts, *view->model());
    if (const auto *box = qobject_cast<const QComboBox *>(&object))
        addModel(texts, *box->model());
    if (const auto *bar = qobject_cast<const QTabBar *>(&object)) {
        for (int i = 0; i < bar->count(); ++i)
            texts << bar->tabText(i) << bar->tabToolTip(i) << bar->tabData(i).toString();
    }
    if (const auto *action = qobject_cast<const QAction *>(&object))
        texts << action->data().toString();
}

QByteArray filesBelow(const QString &folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
    }
    return all;
}

std::string answer(int status, const QString &body)
{
    const QByteArray bytes = body.toUtf8();
    return "HTTP/1.1 " + std::to_string(status) + (status == 200 ? " OK" : " Unauthorized")
        + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n\r\n"
        + bytes.toStdString();
}

// Logs in, answers, and in its errors repeats all that it was told, as a careless server may.
void talk(support::Connection &connection)
{
    for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest()) {
        const QString token = request.find("Taosd ") == std::string::npos ? QStringLiteral("none") : kToken;
        if (request.find("/rest/login/") != std::string::npos)
            connection.send(answer(200, QStringLiteral("{\"status\":\"succ\",\"code\":0,\"desc\":\"%1\"}").arg(kToken)));
        else if (request.find("refuse me") != std::string::npos)
            connection.send(answer(401, QStringLiteral("{\"code\":855,\"desc\":\"Authentication failure: root %1 %2 Taosd %3\"}")
                                            .arg(kPassword, QString::fromUtf8(QByteArray("root:" + kPassword.toUtf8()).toBase64()), token)));
        else if (request.find("wrong") != std::string::npos)
            connection.send(answer(200, QStringLiteral("{\"code\":9826,\"desc\":\"syntax error near wrong, asked by root:%1 with %2\"}").arg(kPassword, token)));
        else
            connection.send(answer(200, QStringLiteral("{\"code\":0,\"column_meta\":[[\"v\",\"INT\",4]],\"data\":[[1],[2]],\"rows\":2}")));
    }
}

} // namespace

class SecretsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<DesktopFixture> m_app;

    QString addByHand(const QString &query, const support::FaultServer &server)
    {
        const std::size_t before = m_app->connections->entries().size();
        m_app->window->catalogView()->askForUrl();
        auto *line = m_app->window->catalogView()->findChild<QLineEdit *>(QStringLiteral("catalog.url"));
        if (!line)
            return {};
        line->setText(QString::fromStdString(m_app->connections->manifests().front().scheme) + QStringLiteral("://root:")
            + QString::fromUtf8(QUrl::toPercentEncoding(kPassword)) + QStringLiteral("@127.0.0.1:")
            + QString::number(server.port()) + QLatin1Char('/') + query);
        QTest::keyClick(line, Qt::Key_Return);
        if (!QTest::qWaitFor([&] { return m_app->connections->entries().size() > before; }))
            return {};
        return m_app->connections->entries().back().name;
    }
    void runAndLook(const QString &sql)
    {
        m_app->tab()->setText(sql);
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        for (QAction *view : {m_app->window->commands().showGrid, m_app->window->commands().showChart,
                 m_app->window->commands().showMessages, m_app->window->commands().showExchange}) {
            view->trigger();
            QCoreApplication::processEvents();
            noteTexts();
        }
        m_app->window->commands().copyCurl->trigger();
        m_texts << QGuiApplication::clipboard()->text();
    }
    void noteTexts()
    {
        for (const QWidget *top : QApplication::topLevelWidgets()) {
            addObject(m_texts, *top);
            for (const QObject *object : top->findChildren<QObject *>())
                addObject(m_texts, *object);
        }
    }
    QStringList m_texts;

private Q_SLOTS:
    void initTestCase() { desktop::applyLook(*qApp); }

    void noSecretIsSeenOrKept_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("password with each request") << QString();
        QTest::newRow("token") << QStringLiteral("?auth=token");
    }
    void noSecretIsSeenOrKept()
    {
        QFETCH(QString, query);
        m_texts.clear();
        QByteArray kept;
        {
            support::FaultServer server(talk);
            CapturedErrors errors;
            m_app = std::make_unique<DesktopFixture>();
            m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), QString()));
            QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
            const QString name = addByHand(query, server);
            QVERIFY(name.contains(QStringLiteral("127.0.0.1")));
            m_app->tab()->setConnectionName(name);
            runAndLook(QStringLiteral("select v from t"));
            QCOMPARE(m_app->runState().rows, 2);
            runAndLook(QStringLiteral("select wrong"));
            QVERIFY(m_app->runState().outcome.error);
            runAndLook(QStringLiteral("select 'refuse me'"));
            QCOMPARE(m_app->runState().outcome.error->kind, core::ErrorKind::Login);
            desktop::TokenChip *chip = m_app->tab()->tokenChip();
            QCOMPARE(chip->isVisible(), !query.isEmpty());
            if (chip->isVisible()) {
                const auto logins = [&server] {
                    const std::vector<std::string> requests = server.requests();
                    return std::count_if(requests.begin(), requests.end(), [](const std::string &request) { return request.find("/rest/login/") != std::string::npos; });
                };
                const auto before = logins();
                chip->renew();
                QVERIFY(QTest::qWaitFor([&] { return logins() > before && chip->text().contains(QStringLiteral("old")); }));
            }
            m_app->window->catalogView()->expandConnection(name);
            noteTexts();
            m_app->window->close();
            const QString home = m_app->home.path();
            m_app->close();
            kept = filesBelow(home) + filesBelow(qEnvironmentVariable("ONDOGRAPH_HOME")) + errors.end();
            QVERIFY(kept.contains("session.json"));
            m_app.reset();
            const std::vector<std::string> requests = server.requests();
            const std::string sent = std::accumulate(requests.begin(), requests.end(), std::string());
            QVERIFY(sent.find("Authorization: ") != std::string::npos);
        }
        const QString all = m_texts.join(QLatin1Char('\n')) + QString::fromUtf8(kept);
        QVERIFY(all.contains(QStringLiteral("select wrong"))); // the search sees what is shown
        QVERIFY(all.contains(QStringLiteral("***")));
        const QByteArray pair = "root:" + kPassword.toUtf8();
        for (const QString &secret : {kPassword, QStringLiteral("hunter2"), QStringLiteral("密码"),
                 QString::fromUtf8(QUrl::toPercentEncoding(kPassword)), QString::fromUtf8(QUrl::toPercentEncoding(kPassword).toLower()),
                 QString::fromUtf8(pair.toBase64()), QString::fromUtf8(kPassword.toUtf8().toBase64()), kToken,
                 QString::fromUtf8(QUrl::toPercentEncoding(kToken))}) {
            const qsizetype at = all.indexOf(secret, 0, Qt::CaseInsensitive);
            QVERIFY2(at < 0, qUtf8Printable(all.mid(qMax<qsizetype>(0, at - 200), 300)));
        }
    }
    void aCommandIsShownBeforeItRuns()
    {
        support::FaultServer server(talk);
        m_app = std::make_unique<DesktopFixture>();
        const QString trace = m_app->home.filePath(QStringLiteral("ran"));
        const std::vector<connector::Manifest> manifests = m_app->registry.manifests();
        const connector::Manifest &manifest = manifests.front();
        const auto profile = connector::profileFromUrl(manifest.scheme + "://root@127.0.0.1:" + std::to_string(server.port()) + "/", manifests);
        QVERIFY(profile.ok());
        auto saved = workspace::SavedConnection::fromProfile(*profile, manifest);
        saved.name = "plant";
        for (const connector::Field &field : manifest.fields) {
            if (field.urlPart == connector::Field::UrlPart::Password)
                saved.references[field.key] = "${command:touch '" + trace.toStdString() + "'; echo word}";
        }
        QVERIFY(workspace::ConnectionStore(workspace::ConnectionStore::defaultFolder()).save(saved, false).ok());
        m_app->open(DesktopFixture::oneTab(QStringLiteral("plant"), QStringLiteral("select v from t")));
        QVERIFY(QTest::qWaitFor([this] { return m_app->connections->entry(QStringLiteral("plant")) != nullptr; }));
        const auto bar = [this] { return m_app->tab()->messageBar(); };
        m_app->window->commands().runAll->trigger();
        QVERIFY(QTest::qWaitFor([&] { return bar()->text().contains(trace); }));
        QVERIFY(!QFile::exists(trace));
        QVERIFY(server.requests().empty());
        QAbstractButton *allow = nullptr;
        for (QAbstractButton *button : bar()->findChildren<QAbstractButton *>()) {
            if (button->text() == QStringLiteral("Allow"))
                allow = button;
        }
        QVERIFY(allow);
        allow->click();
        QVERIFY(QTest::qWaitFor([&] { return bar()->text().contains(QStringLiteral("may run")); }));
        QVERIFY(!QFile::exists(trace));
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 2);
        QVERIFY(QFile::exists(trace));
        m_app.reset();
    }
    void stopFreesTheTabWhileTheServerIsSilent()
    {
        support::Gate never;
        support::Gate asked;
        support::FaultServer server([&](support::Connection &connection) {
            connection.readRequest();
            asked.open();
            connection.waitFor(never);
        });
        m_app = std::make_unique<DesktopFixture>();
        m_app->open(DesktopFixture::oneTab(QStringLiteral("?"), QString()));
        QVERIFY(QTest::qWaitFor([this] { return !m_app->connections->entries().empty(); }));
        m_app->tab()->setConnectionName(addByHand({}, server));
        m_app->tab()->setText(QStringLiteral("select v from t"));
        m_app->window->commands().runAll->trigger();
        QVERIFY(QTest::qWaitFor([&] { return !server.requests().empty(); }));
        QVERIFY(asked.wait());
        QVERIFY(m_app->tab()->isRunning());
        m_app->window->commands().stop->trigger();
        QVERIFY(!m_app->tab()->isRunning()); // before any event is handled, whatever the server does
        QVERIFY(m_app->window->commands().run->isEnabled());
        QCOMPARE(m_app->runState().outcome.error->kind, core::ErrorKind::Cancelled);
        m_app->tab()->setConnectionName(m_app->sandbox());
        m_app->tab()->setText(QStringLiteral("select * from power.meters limit 1"));
        m_app->window->commands().runAll->trigger();
        QVERIFY(m_app->waitForEnd());
        QCOMPARE(m_app->runState().rows, 1);
        m_app.reset();
    }
};

ONDO_TEST(SecretsTest)
#include "tst_secrets.moc"
