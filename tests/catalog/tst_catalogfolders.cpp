// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalogmodel.h"
#include "catalog/catalogsearch.h"
#include "catalog/catalogview.h"

#include "support/ondotest.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

#include <memory>

// Folders, marks, order and search of the tree of connections.
class CatalogFoldersTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<catalog::CatalogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    quint64 m_ticket = 0;

    static catalog::Connection connection(const char *name, const char *group = "")
    {
        catalog::Connection made;
        made.name = QString::fromUtf8(name);
        made.group = QString::fromUtf8(group);
        made.isRemovable = made.isArranged = true;
        return made;
    }
    QString shape(const QModelIndex &parent = {}) const
    {
        QStringList parts;
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            const bool isFolder = index.data(catalog::CatalogModel::KindRole).toString() == QLatin1String("folder");
            const QString name = index.data(catalog::CatalogModel::NameRole).toString();
            parts << (isFolder ? name + QLatin1Char('(') + shape(index) + QLatin1Char(')') : name);
        }
        return parts.join(QLatin1Char(' '));
    }
    QModelIndex folder(int row) const { return m_model->index(row, 0); }
    static QAction *command(const catalog::CatalogView &view, const char *name)
    {
        for (QAction *action : view.commands()) {
            if (action->objectName() == QLatin1String(name))
                return action;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<catalog::CatalogModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_tester->setUseFetchMore(false);
        connect(m_model.get(), &catalog::CatalogModel::pageWanted, this, [this](quint64 ticket) { m_ticket = ticket; });
        m_model->setConnections({connection("a"), connection("b", "plant"), connection("c"), connection("d", "plant")});
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void standsWhereItsFirstConnectionDoes() { QCOMPARE(shape(), QStringLiteral("a plant(b d) c")); }

    void keepsWhatIsLoadedWhileItMoves()
    {
        const QPersistentModelIndex b = m_model->indexOfConnection(QStringLiteral("b"));
        const QPersistentModelIndex plant = b.parent();
        m_model->fetchMore(b);
        connector::CatalogPage page;
        page.nodes.resize(3);
        m_model->deliver(m_ticket, page);
        QCOMPARE(m_model->rowCount(b), 3);
        m_model->setConnections({connection("d", "plant"), connection("b"), connection("c", "other"), connection("a")});
        QCOMPARE(shape(), QStringLiteral("plant(d) b other(c) a"));
        QVERIFY(b.isValid() && plant.isValid());
        QCOMPARE(m_model->rowCount(b), 3);
        QVERIFY(!b.parent().isValid());
        m_model->setConnections({connection("b"), connection("e")});
        QCOMPARE(shape(), QStringLiteral("b e"));
        QVERIFY(b.isValid() && !plant.isValid());
        QCOMPARE(m_model->rowCount(b), 3);
    }

    void asksForMoves()
    {
        QSignalSpy wanted(m_model.get(), &catalog::CatalogModel::arrangementWanted);
        m_model->moveBy(m_model->indexOfConnection(QStringLiteral("a")), -1);
        QCOMPARE(wanted.size(), 0);
        m_model->moveBy(m_model->indexOfConnection(QStringLiteral("a")), 1); // behind the folder
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("a")}, QString(), QStringLiteral("c")}));
        m_model->moveBy(m_model->indexOfConnection(QStringLiteral("d")), -1);
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("d")}, QStringLiteral("plant"), QStringLiteral("b")}));
        m_model->moveBy(folder(1), 1);
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("b"), QStringLiteral("d")}, QStringLiteral("plant"), QString()}));
        QVERIFY(m_model->setData(folder(1), QStringLiteral(" 工厂 "), Qt::EditRole));
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("b"), QStringLiteral("d")}, QStringLiteral("工厂"), QStringLiteral("c")}));
        QVERIFY(!m_model->setData(folder(1), QStringLiteral("  "), Qt::EditRole));
    }

    void takesWhatIsDropped()
    {
        QSignalSpy wanted(m_model.get(), &catalog::CatalogModel::arrangementWanted);
        const QModelIndex a = m_model->indexOfConnection(QStringLiteral("a"));
        std::unique_ptr<QMimeData> data(m_model->mimeData({a}));
        QVERIFY(m_model->canDropMimeData(data.get(), Qt::MoveAction, -1, 0, folder(1)));
        QVERIFY(!m_model->canDropMimeData(data.get(), Qt::MoveAction, -1, 0, a));
        m_model->dropMimeData(data.get(), Qt::MoveAction, -1, 0, folder(1));
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("a")}, QStringLiteral("plant"), QString()}));
        m_model->dropMimeData(data.get(), Qt::MoveAction, 1, 0, folder(1));
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("a")}, QStringLiteral("plant"), QStringLiteral("d")}));
        m_model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}); // where it is already
        QCOMPARE(wanted.takeFirst().at(2).toString(), QStringLiteral("b"));
        std::unique_ptr<QMimeData> whole(m_model->mimeData({folder(1)}));
        QVERIFY(!m_model->canDropMimeData(whole.get(), Qt::MoveAction, -1, 0, folder(1)));
        m_model->dropMimeData(whole.get(), Qt::MoveAction, 0, 0, {});
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("b"), QStringLiteral("d")}, QStringLiteral("plant"), QStringLiteral("a")}));
        QMimeData foreign;
        foreign.setText(QStringLiteral("a"));
        QVERIFY(!m_model->canDropMimeData(&foreign, Qt::MoveAction, -1, 0, folder(1)));
    }

    void tellsColourAndEnvironment()
    {
        catalog::Connection marked = connection("a");
        marked.colour = 2;
        marked.environment = marked.environmentText = QStringLiteral("production");
        marked.dialect = QStringLiteral("Dialect");
        m_model->setConnections({marked});
        const QModelIndex index = m_model->index(0, 0);
        QCOMPARE(index.data(catalog::CatalogModel::ColourRole).toInt(), 2);
        QCOMPARE(index.data(catalog::CatalogModel::EnvironmentRole).toString(), QStringLiteral("production"));
        QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), QStringLiteral("a, Dialect · production"));
        m_model->setConnections({connection("a")}); // what is told anew is shown
        QCOMPARE(index.data(catalog::CatalogModel::ColourRole).toInt(), -1);
    }

    void asksBeforeItRemoves()
    {
        catalog::CatalogView view(m_model.get());
        QSignalSpy removed(&view, &catalog::CatalogView::removalWanted);
        view.show();
        view.tree()->setCurrentIndex(m_model->index(0, 0));
        command(view, "catalog.removeConnection")->trigger();
        QCOMPARE(removed.size(), 0);
        view.findChild<QPushButton *>(QStringLiteral("keep"))->click();
        QCOMPARE(removed.size(), 0);
        command(view, "catalog.removeConnection")->trigger();
        QTRY_VERIFY(view.findChildren<QPushButton *>(QStringLiteral("remove")).size() == 1);
        view.findChild<QPushButton *>(QStringLiteral("remove"))->click();
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().first().toString(), QStringLiteral("a"));
    }

    void makesAGroupByNamingIt()
    {
        catalog::CatalogView view(m_model.get());
        QSignalSpy wanted(&view, &catalog::CatalogView::arrangementWanted);
        view.show();
        view.tree()->setCurrentIndex(m_model->index(0, 0));
        command(view, "catalog.moveToGroup")->trigger();
        auto *box = view.findChild<QComboBox *>(QStringLiteral("catalog.group"));
        QVERIFY(box && box->isVisible());
        QCOMPARE(box->itemText(0), QStringLiteral("plant"));
        box->setEditText(QStringLiteral(" new one "));
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);
        QCOMPARE(wanted.takeFirst(), (QVariantList{QStringList{QStringLiteral("a")}, QStringLiteral("new one"), QString()}));
        QVERIFY(!box->isVisible());
    }

    void findsInAHundredThousandTablesWithoutHoldingUpTheWindow()
    {
        m_tester.reset(); // looks at every line after every change
        const QModelIndex a = m_model->indexOfConnection(QStringLiteral("a"));
        m_model->fetchMore(a);
        connector::CatalogPage page;
        page.nodes.resize(100000);
        for (std::size_t i = 0; i < page.nodes.size(); ++i) {
            page.nodes[i].name = "Meter_" + std::to_string(i);
            page.nodes[i].kind = "childtable";
        }
        m_model->deliver(m_ticket, page);
        catalog::CatalogSearch search(m_model.get());
        QSignalSpy searched(&search, &catalog::CatalogSearch::searched);
        search.setText(QStringLiteral("meter_99999"));
        qint64 longest = 0;
        QElapsedTimer clock;
        while (searched.isEmpty()) {
            clock.restart();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 0);
            longest = qMax(longest, clock.elapsed());
        }
        qInfo("longest turn of the event loop: %lld ms", static_cast<long long>(longest));
        QCOMPARE(search.rowCount(), 1);
        QCOMPARE(search.index(0).data(catalog::CatalogModel::DetailRole).toString(), QStringLiteral("a"));
        search.setText(QStringLiteral("METER"));
        QTRY_COMPARE(search.rowCount(), catalog::CatalogSearch::kMost);
        QVERIFY(search.hasMore());
        search.setText(QStringLiteral("d"));
        QTRY_VERIFY(!search.isSearching());
        QCOMPARE(search.index(0).data(catalog::CatalogModel::NameRole).toString(), QStringLiteral("d"));
    }

    void revealsWhatWasFound()
    {
        catalog::CatalogView view(m_model.get());
        view.show();
        view.filter()->setText(QStringLiteral("D"));
        QTRY_COMPARE(view.results()->model()->rowCount(), 1);
        QTest::keyClick(view.filter(), Qt::Key_Return);
        QVERIFY(view.tree()->isVisible());
        QCOMPARE(view.current().connection, QStringLiteral("d"));
        QVERIFY(view.tree()->isExpanded(folder(1)));
    }
};

ONDO_TEST(CatalogFoldersTest)
#include "tst_catalogfolders.moc"
