// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copyformat.h"
#include "table/builder.h"

#include "support/ondotest.h"

namespace {

using grid::CopyFormat;

table::Table rows()
{
    auto schema = std::make_shared<table::Schema>();
    for (const auto &[name, kind] : {std::pair{"id", table::Kind::Int}, std::pair{"x", table::Kind::Double}, std::pair{"d", table::Kind::Decimal},
             std::pair{"Name", table::Kind::Text}}) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = kind;
        schema->columns.push_back(info);
    }
    table::ChunkBuilder builder(schema);
    const auto add = [&](std::int64_t id, double x, const char *decimal, const char *name) {
        builder.column(0).appendInt(id);
        builder.column(1).appendDouble(x);
        builder.column(2).appendBytes(decimal);
        if (name)
            builder.column(3).appendBytes(name);
        else
            builder.column(3).appendNull();
        builder.finishRow();
    };
    add(1, 0.5, "1.10", "a<b|\"c\"");
    add(9007199254740993, -2, "20", nullptr);
    add(1, 3, "1.10", "it's");
    table::Table table(schema);
    table.append(builder.seal());
    return table;
}

std::string copied(std::vector<grid::Range> ranges, grid::CopyStyle style, qint64 most = 1000000)
{
    const table::Table table = rows();
    grid::CopyCells cells;
    cells.schema = &table.schema();
    for (int column = 0; column < 4; ++column) {
        if (std::any_of(ranges.begin(), ranges.end(), [&](const grid::Range &range) { return column >= range.left && column <= range.right; })) {
            cells.columns.push_back(static_cast<std::size_t>(column));
            cells.places.push_back(column);
        }
    }
    cells.ranges = std::move(ranges);
    cells.rowCount = table.rowCount();
    cells.cellAt = [&](qint64 row, std::size_t column) { return table.cell(row, column); };
    const auto result = grid::copyFormatted(cells, style, most, {});
    return result ? result->text : "error";
}

const grid::Range kAll{0, grid::kLastRow, 0, grid::kLastColumn};

} // namespace

class CopyFormatTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void formats()
    {
        QCOMPARE(copied({kAll}, {.format = CopyFormat::Csv}), std::string("1,0.5,1.10,\"a<b|\"\"c\"\"\"\n9007199254740993,-2,20,\n1,3,1.10,it's"));
        QCOMPARE(copied({kAll}, {.format = CopyFormat::Csv, .withHeaders = true, .decimalComma = true}),
            std::string("id;x;d;Name\n1;0,5;1,10;\"a<b|\"\"c\"\"\"\n9007199254740993;-2;20;\n1;3;1,10;it's"));
        QCOMPARE(copied({{0, 1, 0, 1}}, {.format = CopyFormat::Json}), std::string("[\n{\"id\":1,\"x\":0.5},\n{\"id\":9007199254740993,\"x\":-2}\n]"));
        QCOMPARE(copied({{0, 1, 0, 3}}, {.format = CopyFormat::Markdown}),
            std::string("| id | x | d | Name |\n| --: | --: | --: | --- |\n| 1 | 0.5 | 1.10 | a\\<b\\|\"c\" |\n| 9007199254740993 | -2 | 20 | NULL |"));
        QCOMPARE(copied({{1, 2, 0, 3}}, {.format = CopyFormat::Insert, .tableName = "t"}),
            std::string("INSERT INTO t (id, x, d, \"Name\") VALUES (9007199254740993, -2, 20, NULL);\nINSERT INTO t (id, x, d, \"Name\") VALUES (1, 3, 1.10, 'it''s');"));
        QCOMPARE(copied({{0, 2, 0, 0}}, {.format = CopyFormat::InList}), std::string("(1, 9007199254740993)"));
        QCOMPARE(copied({{0, 2, 3, 3}}, {.format = CopyFormat::InList}), std::string("('a<b|\"c\"', 'it''s')"));
        QCOMPARE(copied({kAll}, {.format = CopyFormat::Tsv, .decimalComma = true}), std::string("1\t0,5\t1,10\ta<b|\"c\"\n9007199254740993\t-2\t20\t\n1\t3\t1,10\tit's"));
    }
    // What a spreadsheet would round or calculate is marked as text; what it can calculate with is not.
    void longNumbersStayText()
    {
        const std::string html = copied({kAll}, {.format = CopyFormat::Html, .withHeaders = true});
        QVERIFY(html.find("mso-number-format:\"\\@\"") != std::string::npos);
        QVERIFY(html.find("<th>Name</th>") != std::string::npos);
        QVERIFY(html.find("<td>1</td><td>0.5</td><td class=\"t\">1.10</td><td class=\"t\">a&lt;b|\"c\"</td>") != std::string::npos);
        QVERIFY(html.find("<td class=\"t\">9007199254740993</td><td>-2</td><td class=\"t\">20</td><td></td>") != std::string::npos);
    }
    void severalRectangles()
    {
        const std::vector<grid::Range> corners{{0, 0, 0, 0}, {2, 2, 3, 3}};
        QCOMPARE(copied(corners, {.format = CopyFormat::Tsv, .decimalComma = true}), std::string("1\t\n\tit's"));
        QCOMPARE(copied(corners, {.format = CopyFormat::Json}), std::string("[\n{\"id\":1,\"Name\":null},\n{\"id\":null,\"Name\":\"it's\"}\n]"));
        QCOMPARE(copied(corners, {.format = CopyFormat::InList}), std::string("(1, 'it''s')"));
    }
    void limit() { QCOMPARE(copied({kAll}, {.format = CopyFormat::Json}, 10), std::string("error")); }
};

ONDO_TEST(CopyFormatTest)
#include "tst_copyformat.moc"
