// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/cellinspector.h"
#include "inspector/jsonmodel.h"
#include "inspector/pagedtext.h"
#include "table/builder.h"

#include "support/ondotest.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTreeView>
#include <QTreeWidget>

namespace {

using inspector::CellInspector;
using Form = CellInspector::Form;
using Fill = std::function<void(table::ColumnBuilder &)>;

table::Table oneRow(const std::vector<std::pair<table::Kind, Fill>> &cells, const char *type = "")
{
    auto schema = std::make_shared<table::Schema>();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        table::ColumnInfo info;
        info.name = "c" + std::to_string(i);
        info.kind = cells[i].first;
        info.serverType = type;
        schema->columns.push_back(info);
    }
    table::ChunkBuilder builder(schema);
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i].second(builder.column(i));
    builder.finishRow();
    table::Table table(schema);
    table.append(builder.seal());
    return table;
}

table::Table bytesOf(table::Kind kind, const std::string &bytes, const char *type = "")
{
    return oneRow({{kind, [&](table::ColumnBuilder &column) { column.appendBytes(bytes); }}}, type);
}

table::Table instantOf(std::int64_t value, int digits)
{
    return oneRow({{table::Kind::Instant, [=](table::ColumnBuilder &column) { column.appendTime(value, digits, ""); }}}, "TIMESTAMP");
}

inspector::Inspected at(const table::Table &table)
{
    inspector::Inspected inspected;
    inspected.table = table;
    inspected.zoneName = QStringLiteral("UTC");
    return inspected;
}

QString factOf(const CellInspector &view, const QString &label)
{
    const QTreeWidget *list = view.factList();
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
        if (list->topLevelItem(i)->text(0) == label)
            return list->topLevelItem(i)->text(1);
    }
    return QStringLiteral("(no %1)").arg(label);
}

} // namespace

class CellInspectorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void instants()
    {
        CellInspector view;
        inspector::Inspected inspected = at(instantOf(1538548685123456789, 9));
        inspected.zone = table::Zone::fromName("Asia/Shanghai").value();
        inspected.zoneName = QStringLiteral("Asia/Shanghai");
        view.inspect(inspected);
        QCOMPARE(view.form(), Form::Time);
        QCOMPARE(factOf(view, QStringLiteral("UTC")), QStringLiteral("2018-10-03T06:38:05.123456789Z"));
        QCOMPARE(factOf(view, QStringLiteral("Asia/Shanghai (of this tab)")), QStringLiteral("2018-10-03T14:38:05.123456789+08:00"));
        QCOMPARE(factOf(view, QStringLiteral("America/New_York")), QStringLiteral("2018-10-03T02:38:05.123456789-04:00"));
        QCOMPARE(factOf(view, QStringLiteral("Nanoseconds since 1970")), QStringLiteral("1538548685123456789"));
        QCOMPARE(factOf(view, QStringLiteral("Milliseconds since 1970")), QStringLiteral("1538548685123.456789"));
        QCOMPARE(factOf(view, QStringLiteral("Seconds since 1970")), QStringLiteral("1538548685.123456789"));
        QVERIFY(view.title().contains(QStringLiteral("TIMESTAMP")));
        view.showForm(Form::Text);
        QCOMPARE(view.shownText(), QStringLiteral("2018-10-03T14:38:05.123456789+08:00")); // as grid, copy and export
    }
    void beforeTheEpoch()
    {
        CellInspector view;
        view.inspect(at(instantOf(-1, 3)));
        QCOMPARE(factOf(view, QStringLiteral("Seconds since 1970")), QStringLiteral("-0.001"));
        QCOMPARE(factOf(view, QStringLiteral("Microseconds since 1970")), QStringLiteral("-1000"));
    }
    void integers()
    {
        CellInspector view;
        const auto show = [&](std::int64_t value) {
            view.inspect(at(oneRow({{table::Kind::Int, [value](table::ColumnBuilder &column) { column.appendInt(value); }}}, "BIGINT")));
            view.showForm(Form::Number);
        };
        show(9007199254740993);
        QCOMPARE(factOf(view, QStringLiteral("Hexadecimal")), QStringLiteral("0x20000000000001"));
        QVERIFY(factOf(view, QStringLiteral("As a double")).startsWith(QStringLiteral("9007199254740992")));
        QString groups = factOf(view, QStringLiteral("Grouped"));
        QCOMPARE(groups.replace(QChar(0x2009), QLatin1Char('_')), QStringLiteral("9_007_199_254_740_993"));
        show(-2);
        QCOMPARE(factOf(view, QStringLiteral("Hexadecimal")), QStringLiteral("0xfffffffffffffffe"));
        QVERIFY(factOf(view, QStringLiteral("Binary")).startsWith(QStringLiteral("11111111 ")));
        show(1538548685);
        view.showForm(Form::Time);
        QCOMPARE(factOf(view, QStringLiteral("As Seconds since 1970")), QStringLiteral("2018-10-03T06:38:05Z"));
    }
    void bytesAndGeometry()
    {
        CellInspector view;
        view.inspect(at(bytesOf(table::Kind::Binary, std::string("\x00\x01zA", 4))));
        QCOMPARE(view.form(), Form::Hex);
        QVERIFY(view.shownText().startsWith(QStringLiteral("00000000  00 01 7a 41 ")));
        QVERIFY(view.shownText().contains(QStringLiteral("..zA")));
        view.showForm(Form::Base64);
        QCOMPARE(view.shownText(), QStringLiteral("AAF6QQ=="));
        view.inspect(at(bytesOf(table::Kind::Text, "0101000000000000000000F03F0000000000000040")));
        view.showForm(Form::Geometry);
        QCOMPARE(view.shownText(), QStringLiteral("POINT (1 2)"));
        view.inspect(at(bytesOf(table::Kind::Binary, "garbage", "GEOMETRY(512)")));
        QCOMPARE(view.form(), Form::Geometry);
        QVERIFY(view.shownText().contains(QStringLiteral("no geometry")));
    }
    void jsonTree()
    {
        CellInspector view;
        const QAbstractItemModelTester tester(view.jsonModel());
        QSignalSpy opened(view.jsonModel(), &inspector::JsonModel::opened);
        view.inspect(at(bytesOf(table::Kind::Json, "{\"a\": [1, {\"b\": 12345678901234567890.10}], \"c\": \"x\", \"e\": {}}")));
        QCOMPARE(view.form(), Form::Json);
        QVERIFY(opened.wait());
        auto *model = view.jsonModel();
        const QModelIndex root = model->index(0, 0);
        QTRY_COMPARE(model->rowCount(root), 3);
        const QModelIndex array = model->index(0, 0, root);
        QCOMPARE(array.data().toString(), QStringLiteral("a"));
        QCOMPARE(model->rowCount(array), 0); // not read before it is opened
        model->fetchMore(array);
        QTRY_COMPARE(model->rowCount(array), 2);
        const QModelIndex inner = model->index(1, 0, array);
        model->fetchMore(inner);
        QTRY_COMPARE(model->rowCount(inner), 1);
        QCOMPARE(model->index(0, 1, inner).data().toString(), QStringLiteral("12345678901234567890.10"));
        QCOMPARE(model->pathOf(model->index(0, 0, inner)), QStringLiteral("$.a[1].b"));
        QVERIFY(!model->hasChildren(model->index(2, 0, root)));
        view.jsonView()->setCurrentIndex(array);
        QCOMPARE(view.shownText(), QStringLiteral("[1, {\"b\": 12345678901234567890.10}]"));
    }
    void brokenJsonIsText()
    {
        CellInspector view;
        view.inspect(at(bytesOf(table::Kind::Json, "{\"a\": [1, ")));
        QTRY_VERIFY(view.title().contains(QStringLiteral("JSON:")));
        QCOMPARE(view.shownText(), QStringLiteral("{\"a\": [1, "));
    }
    void longJsonIsReadAsFarAsItShows()
    {
        std::string text = "[";
        while (text.size() < 50'000'000)
            text += "{\"id\": 12345, \"name\": \"something of no great length\", \"list\": [1, 2, 3]}, ";
        text += "null]";
        CellInspector view;
        QSignalSpy opened(view.jsonModel(), &inspector::JsonModel::opened);
        view.inspect(at(bytesOf(table::Kind::Json, text)));
        QVERIFY(opened.isEmpty()); // a worker reads it
        QVERIFY(opened.wait(20000));
        const QModelIndex root = view.jsonModel()->index(0, 0);
        QTRY_VERIFY_WITH_TIMEOUT(view.jsonModel()->rowCount(root) > 0, 20000);
        QVERIFY(view.jsonModel()->rowCount(root) <= 1000);
        QVERIFY(view.jsonModel()->canFetchMore(root));
        view.showForm(Form::Text);
        QVERIFY(view.pagedText()->view()->toPlainText().size() < 100'000);
        view.pagedText()->searchField()->setText(QStringLiteral("null]"));
        view.pagedText()->findNext();
        QCOMPARE(view.pagedText()->part(), view.pagedText()->partCount() - 1);
        QCOMPARE(view.pagedText()->view()->textCursor().selectedText(), QStringLiteral("null]"));
    }
    void partsAreWholeCharacters()
    {
        std::string text = "x";
        while (text.size() < 200'000)
            text += "上海";
        CellInspector view;
        view.inspect(at(bytesOf(table::Kind::Text, text)));
        view.showForm(Form::Text);
        QString joined;
        for (int part = 0; part < view.pagedText()->partCount(); ++part) {
            view.pagedText()->showPart(part);
            joined += view.pagedText()->view()->toPlainText();
        }
        QCOMPARE(joined, QString::fromStdString(text));
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(text));
    }
    void rowAsForm()
    {
        CellInspector view;
        inspector::Inspected inspected = at(oneRow({{table::Kind::Int, [](table::ColumnBuilder &column) { column.appendInt(7); }},
            {table::Kind::Text, [](table::ColumnBuilder &column) { column.appendNull(); }}}));
        inspected.column = 1;
        view.inspect(inspected);
        QCOMPARE(view.form(), Form::Row);
        QCOMPARE(factOf(view, QStringLiteral("c0")), QStringLiteral("7"));
        QCOMPARE(factOf(view, QStringLiteral("c1")), QStringLiteral("NULL"));
        view.clear();
        QVERIFY(view.forms().empty());
        QCOMPARE(view.shownText(), QString());
    }
};

ONDO_TEST(CellInspectorTest)
#include "tst_cellinspector.moc"
