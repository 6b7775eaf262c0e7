// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogmodel.h"
#include "catalog/catalogview.h"

#include "support/ondotest.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTreeView>

#include <memory>

namespace {

connector::CatalogNode node(const std::string &name, const std::string &kind, std::vector<connector::CatalogFacet> facets = {})
{
    connector::CatalogNode made;
    made.name = name;
    made.kind = kind;
    made.facets = std::move(facets);
    return made;
}

const std::vector<connector::CatalogFacet> kTables{{"tables", QStringLiteral("Tables")}};
const std::vector<connector::CatalogFacet> kColumnsAndChildren{
    {"columns", QStringLiteral("Columns")}, {"children", QStringLiteral("Child tables")}};

} // namespace

class CatalogModelTest : public QObject
{
    Q_OBJECT

    struct Asked {
        quint64 ticket;
        QString connection;
        connector::CatalogRequest request;
    };

    std::unique_ptr<catalog::CatalogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::vector<Asked> m_asked;

    QModelIndex at(const QStringList &names) const
    {
        QModelIndex index;
        for (const QString &name : names) {
            QModelIndex next;
            for (int row = 0; row < m_model->rowCount(index); ++row) {
                if (m_model->index(row, 0, index).data(catalog::CatalogModel::NameRole).toString() == name)
                    next = m_model->index(row, 0, index);
            }
            index = next;
        }
        return index;
    }
    QStringList childrenOf(const QModelIndex &parent) const
    {
        QStringList names;
        for (int row = 0; row < m_model->rowCount(parent); ++row)
            names << m_model->index(row, 0, parent).data(catalog::CatalogModel::NameRole).toString();
        return names;
    }
    void answer(std::vector<connector::CatalogNode> nodes, bool more = false, std::optional<qint64> total = {})
    {
        connector::CatalogPage page;
        page.nodes = std::move(nodes);
        page.more = more;
        page.total = total;
        m_model->deliver(m_asked.back().ticket, page);
    }
    void loadDatabases()
    {
        m_model->fetchMore(at({QStringLiteral("plant")}));
        connector::CatalogNode system = node("information_schema", "database", kTables);
        system.isSystem = true;
        system.detail = QStringLiteral("system");
        answer({node("power", "database", kTables), system, node("市场", "database", kTables)});
    }

private Q_SLOTS:
    void init()
    {
        m_asked.clear();
        m_model = std::make_unique<catalog::CatalogModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_tester->setUseFetchMore(false); // these tests look at when the model asks
        connect(m_model.get(), &catalog::CatalogModel::pageWanted, this,
            [this](quint64 ticket, const QString &connection, const connector::CatalogRequest &request) {
                m_asked.push_back({ticket, connection, request});
            });
        m_model->setConnections({{QStringLiteral("plant"), QStringLiteral("Dialect"), {}, true},
            {QStringLiteral("lambda"), QStringLiteral("Other"), {}, false}});
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void asksOnlyWhenLookedAt()
    {
        QVERIFY(m_asked.empty());
        const QModelIndex plant = at({QStringLiteral("plant")});
        QVERIFY(m_model->hasChildren(plant));
        QVERIFY(!m_model->hasChildren(at({QStringLiteral("lambda")})));
        m_model->fetchMore(plant);
        QCOMPARE(m_asked.size(), std::size_t(1));
        QCOMPARE(m_asked.front().connection, QStringLiteral("plant"));
        QVERIFY(m_asked.front().request.path.empty());
        QVERIFY(m_asked.front().request.countFirst);
        QCOMPARE(m_model->index(0, 0, plant).data(catalog::CatalogModel::KindRole).toString(), QStringLiteral("busy"));
        m_model->fetchMore(plant);
        QCOMPARE(m_asked.size(), std::size_t(1));
    }
    void groupsSystemObjects()
    {
        loadDatabases();
        const QModelIndex plant = at({QStringLiteral("plant")});
        QCOMPARE(m_model->rowCount(plant), 3);
        QCOMPARE(m_model->index(1, 0, plant).data(catalog::CatalogModel::NameRole).toString(), QStringLiteral("市场"));
        const QModelIndex group = m_model->index(2, 0, plant);
        QCOMPARE(group.data(catalog::CatalogModel::KindRole).toString(), QStringLiteral("group"));
        QCOMPARE(childrenOf(group), QStringList{QStringLiteral("information_schema")});
        QVERIFY(m_model->index(0, 0, group).data(catalog::CatalogModel::SystemRole).toBool());
        m_model->fetchMore(m_model->index(0, 0, group));
        QCOMPARE(m_asked.back().request.path, std::vector<std::string>{"information_schema"});
    }
    void pagesAHundredThousandChildren()
    {
        constexpr int kChildren = 100000;
        m_tester.reset(); // it looks at every row after every page; the other tests have it
        loadDatabases();
        m_model->fetchMore(at({QStringLiteral("plant"), QStringLiteral("power")}));
        answer({node("meters", "supertable", kColumnsAndChildren)});
        const QModelIndex meters = at({QStringLiteral("plant"), QStringLiteral("power"), QStringLiteral("meters")});
        const QPersistentModelIndex children(m_model->index(1, 0, meters));
        const std::size_t askedBefore = m_asked.size();
        for (int first = 0; first < kChildren; first += 1000) {
            QVERIFY(m_model->canFetchMore(children));
            m_model->fetchMore(children);
            QCOMPARE(m_asked.back().request.offset, first);
            QCOMPARE(m_asked.back().request.countFirst, first == 0);
            std::vector<connector::CatalogNode> page;
            for (int i = first; i < first + 1000; ++i)
                page.push_back(node("d" + std::to_string(i), "childtable", {{"columns", QStringLiteral("Columns")}}));
            answer(std::move(page), first + 1000 < kChildren, first == 0 ? std::optional<qint64>(kChildren) : std::nullopt);
            if (first == 0)
                QVERIFY(children.data(catalog::CatalogModel::DetailRole).toString().contains(QStringLiteral("100,000")));
        }
        QCOMPARE(m_model->rowCount(children), kChildren);
        QVERIFY(!m_model->canFetchMore(children));
        QCOMPARE(m_asked.size(), askedBefore + kChildren / 1000);
        const QModelIndex last = m_model->index(kChildren - 1, 0, children);
        QCOMPARE(last.data(catalog::CatalogModel::NameRole).toString(), QStringLiteral("d99999"));
        QCOMPARE(last.parent(), QModelIndex(children));
    }
    void showsFacetsAndPages()
    {
        loadDatabases();
        m_model->fetchMore(at({QStringLiteral("plant"), QStringLiteral("power")}));
        QCOMPARE(m_asked.back().request.facet, std::string("tables"));
        answer({node("meters", "supertable", kColumnsAndChildren)});
        const QModelIndex meters = at({QStringLiteral("plant"), QStringLiteral("power"), QStringLiteral("meters")});
        QCOMPARE(childrenOf(meters), (QStringList{QStringLiteral("Columns"), QStringLiteral("Child tables")}));

        const QModelIndex children = m_model->index(1, 0, meters);
        m_model->fetchMore(children);
        QCOMPARE(m_asked.back().request.facet, std::string("children"));
        QCOMPARE(m_asked.back().request.path, (std::vector<std::string>{"power", "meters"}));
        QCOMPARE(m_asked.back().request.limit, 1000);
        std::vector<connector::CatalogNode> page;
        for (int i = 0; i < 1000; ++i)
            page.push_back(node(QStringLiteral("d%1").arg(i).toStdString(), "childtable", {{"columns", QStringLiteral("Columns")}}));
        answer(page, true, 100000);
        QCOMPARE(m_model->rowCount(children), 1000);
        QVERIFY(children.data(catalog::CatalogModel::DetailRole).toString().contains(QLocale().toString(100000)));
        QVERIFY(m_model->canFetchMore(children));
        m_model->fetchMore(children);
        QCOMPARE(m_asked.back().request.offset, 1000);
        QVERIFY(!m_asked.back().request.countFirst);
        QCOMPARE(m_model->rowCount(children), 1001);
        answer({node("last", "childtable")}, false);
        QCOMPARE(m_model->rowCount(children), 1001);
        QVERIFY(!m_model->canFetchMore(children));
    }
    void saysWhatWentWrongAndTriesAgain()
    {
        const QModelIndex plant = at({QStringLiteral("plant")});
        m_model->fetchMore(plant);
        core::Error error;
        error.kind = core::ErrorKind::Network;
        error.message = QStringLiteral("No server answers at 127.0.0.1:1.");
        m_model->deliver(m_asked.back().ticket, error);
        QCOMPARE(m_model->rowCount(plant), 1);
        const QModelIndex line = m_model->index(0, 0, plant);
        QCOMPARE(line.data(catalog::CatalogModel::KindRole).toString(), QStringLiteral("error"));
        QVERIFY(line.data(Qt::DisplayRole).toString().contains(error.message));
        m_model->reload(line.parent());
        QCOMPARE(m_asked.size(), std::size_t(2));
        answer({node("power", "database", kTables)});
        QCOMPARE(childrenOf(plant), QStringList{QStringLiteral("power")});
    }
    void dropsAnswersForWhatIsGone()
    {
        m_model->fetchMore(at({QStringLiteral("plant")}));
        const quint64 ticket = m_asked.back().ticket;
        m_model->reload(at({QStringLiteral("plant")}));
        connector::CatalogPage late;
        late.nodes = {node("late", "database", kTables)};
        m_model->deliver(ticket, late);
        QCOMPARE(m_model->rowCount(at({QStringLiteral("plant")})), 1); // still loading
        const quint64 second = m_asked.back().ticket;
        m_model->setConnections({{QStringLiteral("lambda"), {}, {}, false}});
        m_model->deliver(second, late);
        QCOMPARE(m_model->rowCount({}), 1);
    }
    void keepsWhatIsLoadedWhenConnectionsAreAdded()
    {
        loadDatabases();
        m_model->setConnections({{QStringLiteral("plant"), {}, {}, true}, {QStringLiteral("lambda"), {}, {}, false},
            {QStringLiteral("new"), {}, {}, true}});
        QCOMPARE(m_model->rowCount({}), 3);
        QCOMPARE(m_model->rowCount(at({QStringLiteral("plant")})), 3);
    }
    void offersLoadedNames()
    {
        loadDatabases();
        QCOMPARE(m_model->loadedNames(QStringLiteral("plant")),
            (QStringList{QStringLiteral("information_schema"), QStringLiteral("power"), QStringLiteral("市场")}));
        QVERIFY(m_model->loadedNames(QStringLiteral("lambda")).isEmpty());
    }

    void viewOpensTablesAndCopiesNames()
    {
        loadDatabases();
        m_model->fetchMore(at({QStringLiteral("plant"), QStringLiteral("市场")}));
        answer({node("表一", "table", {{"columns", QStringLiteral("Columns")}})});
        catalog::CatalogView view(m_model.get());
        QSignalSpy opened(&view, &catalog::CatalogView::openWanted);
        view.resize(300, 500);
        view.show();
        view.tree()->expandRecursively({}, 2);
        const auto find = [&](const QString &name) {
            return view.tree()->model()->match(view.tree()->model()->index(0, 0), catalog::CatalogModel::NameRole, name, 1,
                Qt::MatchRecursive).value(0);
        };
        view.tree()->setCurrentIndex(find(QStringLiteral("表一")));
        QVERIFY(view.current().canOpen());
        QTest::keyClick(view.tree(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        const auto target = opened.front().front().value<catalog::Target>();
        QCOMPARE(target.path, (QStringList{QStringLiteral("市场"), QStringLiteral("表一")}));
        QCOMPARE(target.connection, QStringLiteral("plant"));
        for (QAction *action : view.commands()) {
            if (action->objectName() == QLatin1String("catalog.copyName"))
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("表一"));

        view.filter()->setText(QStringLiteral("表"));
        QTRY_COMPARE(view.results()->model()->rowCount(), 1);
        QVERIFY(view.results()->isVisible());
        QCOMPARE(view.results()->model()->index(0, 0).data(catalog::CatalogModel::NameRole).toString(), QStringLiteral("表一"));
        QTest::keyClick(view.filter(), Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
        view.filter()->clear();
        QVERIFY(view.tree()->isVisible());
    }
    void viewTakesAUrlAndForgetsIt()
    {
        catalog::CatalogView view(m_model.get());
        QSignalSpy wanted(&view, &catalog::CatalogView::connectionWanted);
        view.show();
        view.askForUrl();
        auto *url = view.findChild<QLineEdit *>(QStringLiteral("catalog.url"));
        QVERIFY(url && url->isVisible());
        QTest::keyClicks(url, QStringLiteral("db://u:secret@h/x"));
        QTest::keyClick(url, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        view.urlRefused(QStringLiteral("no"), {});
        QVERIFY(url->isVisible());
        view.urlAccepted();
        QVERIFY(!url->isVisible());
        QVERIFY(url->text().isEmpty());
    }
};

ONDO_TEST(CatalogModelTest)
#include "tst_catalogmodel.moc"
