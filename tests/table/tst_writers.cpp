// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/writers.h"

#include "support/ondotest.h"

namespace {

class MemoryOutput : public table::ByteOutput
{
public:
    core::Result<void> write(std::string_view bytes) override
    {
        text.append(bytes);
        ++writes;
        largest = std::max(largest, bytes.size());
        if (failsAfter >= 0 && writes > failsAfter) {
            core::Error error;
            error.kind = core::ErrorKind::Usage;
            return error;
        }
        return {};
    }
    std::string text;
    int writes = 0;
    int failsAfter = -1;
    std::size_t largest = 0;
};

std::shared_ptr<table::Schema> schemaOf(std::initializer_list<std::pair<const char *, table::Kind>> columns)
{
    auto schema = std::make_shared<table::Schema>();
    for (const auto &[name, kind] : columns) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = kind;
        schema->columns.push_back(info);
    }
    return schema;
}

// id, name: (1, "a"), (2, NULL) …
std::shared_ptr<const table::Chunk> sampleRows(const std::shared_ptr<table::Schema> &schema, int count)
{
    table::ChunkBuilder builder(schema);
    for (int i = 1; i <= count; ++i) {
        builder.column(0).appendInt(i);
        if (i % 2 == 0)
            builder.column(1).appendNull();
        else
            builder.column(1).appendBytes(i == 1 ? "a" : "x,y");
        builder.finishRow();
    }
    return builder.seal();
}

std::string written(table::FileFormat format, int results, int rows, table::WriterOptions options = {})
{
    MemoryOutput output;
    const auto writer = table::createWriter(format, output, std::move(options));
    const auto schema = schemaOf({{"id", table::Kind::Int}, {"name", table::Kind::Text}});
    for (int i = 0; i < results; ++i) {
        const auto chunk = sampleRows(schema, rows);
        if (!writer->begin(schema) || !writer->rows(*chunk, 0, chunk->rows) || !writer->end())
            return "failed";
    }
    return writer->finish() ? output.text : "failed";
}

} // namespace

using table::FileFormat;

class WritersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void formsOfARow_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, FileFormat format, const char *expected) {
            QTest::newRow(name) << static_cast<int>(format) << QByteArray(expected);
        };
        row("csv", FileFormat::Csv, "id,name\n1,a\n2,\n3,\"x,y\"\n");
        row("tsv", FileFormat::Tsv, "id\tname\n1\ta\n2\t\\N\n3\tx,y\n");
        row("json", FileFormat::Json, "[\n{\"id\":1,\"name\":\"a\"},\n{\"id\":2,\"name\":null},\n{\"id\":3,\"name\":\"x,y\"}\n]\n");
        row("ndjson", FileFormat::Ndjson, "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":null}\n{\"id\":3,\"name\":\"x,y\"}\n");
        row("sql", FileFormat::Sql,
            "INSERT INTO result (id, name) VALUES (1, 'a');\nINSERT INTO result (id, name) VALUES (2, NULL);\n"
            "INSERT INTO result (id, name) VALUES (3, 'x,y');\n");
        row("table", FileFormat::Table, " id | name\n----+------\n  1 | a\n  2 | NULL\n  3 | x,y\n");
        row("markdown", FileFormat::Markdown,
            "|  id | name |\n| --: | ---- |\n|   1 | a    |\n|   2 | NULL |\n|   3 | x,y  |\n");
        row("null", FileFormat::Null, "");
    }
    void formsOfARow()
    {
        QFETCH(int, format);
        QFETCH(QByteArray, expected);
        QCOMPARE(written(static_cast<FileFormat>(format), 1, 3), expected.toStdString());
    }

    void noRowsIsHeaderOnly()
    {
        QCOMPARE(written(FileFormat::Csv, 1, 0), std::string("id,name\n"));
        QCOMPARE(written(FileFormat::Json, 1, 0), std::string("[]\n"));
        QCOMPARE(written(FileFormat::Ndjson, 1, 0), std::string());
        QCOMPARE(written(FileFormat::Table, 1, 0), std::string(" id | name\n----+------\n"));
        QCOMPARE(written(FileFormat::Json, 0, 0), std::string());
    }

    void resultsFollowEachOther()
    {
        QCOMPARE(written(FileFormat::Csv, 2, 1), std::string("id,name\n1,a\n\nid,name\n1,a\n"));
        QCOMPARE(written(FileFormat::Json, 2, 1), std::string("[\n{\"id\":1,\"name\":\"a\"}\n]\n[\n{\"id\":1,\"name\":\"a\"}\n]\n"));
        QCOMPARE(written(FileFormat::Ndjson, 2, 1), std::string("{\"id\":1,\"name\":\"a\"}\n{\"id\":1,\"name\":\"a\"}\n"));
        const std::string one = written(FileFormat::Table, 1, 1);
        QCOMPARE(written(FileFormat::Table, 2, 1), one + '\n' + one);
    }

    void repeatedNamesInJson()
    {
        const auto names = table::uniqueNames(*schemaOf({{"a", table::Kind::Int}, {"a", table::Kind::Int}, {"a_2", table::Kind::Int},
            {"a", table::Kind::Int}, {"b", table::Kind::Int}, {"b", table::Kind::Int}}));
        QCOMPARE(names, (std::vector<std::string>{"a", "a_3", "a_2", "a_4", "b", "b_2"}));
    }

    void csvHeaderKeepsRepeatedNames()
    {
        MemoryOutput output;
        const auto writer = table::createWriter(FileFormat::Csv, output, {});
        QVERIFY(writer->begin(schemaOf({{"a", table::Kind::Int}, {"a", table::Kind::Int}, {"avg(x, y)", table::Kind::Int}})));
        QCOMPARE(output.text, std::string("a,a,\"avg(x, y)\"\n"));
    }

    void sqlQuotesWhatIsNoPlainWord()
    {
        MemoryOutput output;
        table::WriterOptions options;
        options.tableName = "db.t";
        options.identifierQuote = "`";
        options.isKeyword = [](std::string_view word) { return word == "order"; };
        const auto writer = table::createWriter(FileFormat::Sql, output, options);
        const auto schema = schemaOf({{"order", table::Kind::Int}, {"Upper", table::Kind::Int}, {"a`b", table::Kind::Int}, {"n_1", table::Kind::Int}});
        table::ChunkBuilder builder(schema);
        for (std::size_t i = 0; i < 4; ++i)
            builder.column(i).appendInt(7);
        builder.finishRow();
        QVERIFY(writer->begin(schema));
        QVERIFY(writer->rows(*builder.seal(), 0, 1));
        QCOMPARE(output.text, std::string("INSERT INTO db.t (`order`, `Upper`, `a``b`, n_1) VALUES (7, 7, 7, 7);\n"));
    }

    void rowsAreHandedOverWithEachCall()
    {
        MemoryOutput output;
        const auto writer = table::createWriter(FileFormat::Csv, output, {});
        const auto schema = schemaOf({{"id", table::Kind::Int}, {"name", table::Kind::Text}});
        const auto chunk = sampleRows(schema, 5);
        QVERIFY(writer->begin(schema));
        QVERIFY(writer->rows(*chunk, 0, 1));
        QCOMPARE(output.text, std::string("id,name\n1,a\n"));
        QVERIFY(writer->rows(*chunk, 1, 2));
        QCOMPARE(output.text, std::string("id,name\n1,a\n2,\n"));
    }

    void aFullOutputEndsTheWriting()
    {
        MemoryOutput output;
        output.failsAfter = 1;
        const auto writer = table::createWriter(FileFormat::Ndjson, output, {});
        const auto schema = schemaOf({{"id", table::Kind::Int}, {"name", table::Kind::Text}});
        const auto chunk = sampleRows(schema, 8000);
        QVERIFY(writer->begin(schema));
        QVERIFY(!writer->rows(*chunk, 0, chunk->rows));
        QVERIFY(output.writes < 4);
    }

    void onlyOneWarningAColumn()
    {
        QStringList warnings;
        table::WriterOptions options;
        options.warn = [&](const QString &text) { warnings << text; };
        MemoryOutput output;
        const auto writer = table::createWriter(FileFormat::Json, output, options);
        const auto schema = schemaOf({{"raw", table::Kind::Text}});
        table::ChunkBuilder builder(schema);
        for (int i = 0; i < 3; ++i) {
            builder.column(0).appendBytes("\xFF");
            builder.finishRow();
        }
        QVERIFY(writer->begin(schema));
        QVERIFY(writer->rows(*builder.seal(), 0, 3));
        QCOMPARE(warnings.size(), 1);
        QVERIFY(warnings[0].contains(QStringLiteral("raw")));
    }

    void wideCharactersAlign()
    {
        MemoryOutput output;
        const auto writer = table::createWriter(FileFormat::Table, output, {});
        const auto schema = schemaOf({{"名", table::Kind::Text}, {"n", table::Kind::Int}});
        table::ChunkBuilder builder(schema);
        for (const char *text : {"温度计", "abc"}) {
            builder.column(0).appendBytes(text);
            builder.column(1).appendInt(1);
            builder.finishRow();
        }
        QVERIFY(writer->begin(schema));
        QVERIFY(writer->rows(*builder.seal(), 0, 2));
        QVERIFY(writer->end());
        QCOMPARE(output.text, std::string(" 名     | n\n--------+---\n 温度计 | 1\n abc    | 1\n"));
    }

    void alignedFormsHoldBackABoundedNumberOfRows()
    {
        MemoryOutput output;
        const auto writer = table::createWriter(FileFormat::Table, output, {});
        const auto schema = schemaOf({{"id", table::Kind::Int}, {"name", table::Kind::Text}});
        const auto chunk = sampleRows(schema, 8000);
        QVERIFY(writer->begin(schema));
        QVERIFY(writer->rows(*chunk, 0, 8000));
        QVERIFY(std::count(output.text.begin(), output.text.end(), '\n') > 7000);
        QVERIFY(output.largest < 256 * 1024);
    }

    void formatNamesAndExtensions()
    {
        for (const std::string_view name : table::formatNames())
            QVERIFY(table::formatByName(name).has_value());
        QVERIFY(!table::formatByName("CSV "));
        QCOMPARE(table::formatByFileName("/a.b/x.CSV"), FileFormat::Csv);
        QCOMPARE(table::formatByFileName("x.jsonl"), FileFormat::Ndjson);
        QCOMPARE(table::formatByFileName("/a.csv/x"), FileFormat::Table);
        QVERIFY(!table::formatByFileName("x.parquet"));
    }
};

ONDO_TEST(WritersTest)
#include "tst_writers.moc"
