// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"
#include "table/export.h"

#include "support/ondotest.h"

#include <QFile>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/stat.h>
#include <zlib.h>

namespace {

class TextOutput : public table::ByteOutput
{
public:
    core::Result<void> write(std::string_view bytes) override
    {
        text.append(bytes);
        if (failsPast == 0 || text.size() <= failsPast)
            return {};
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = QStringLiteral("full");
        return error;
    }
    std::string text;
    std::size_t failsPast = 0;
};

table::Table manyRows(std::int64_t rows)
{
    auto schema = std::make_shared<table::Schema>();
    for (const auto &[name, kind] : {std::pair{"id", table::Kind::Int}, std::pair{"value", table::Kind::Double}, std::pair{"name", table::Kind::Text}}) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = kind;
        schema->columns.push_back(info);
    }
    table::Table table(schema);
    table::ChunkBuilder builder(schema);
    for (std::int64_t row = 0; row < rows; ++row) {
        builder.column(0).appendInt(row);
        builder.column(1).appendDouble(static_cast<double>(row) / 4);
        if (row % 3 == 0)
            builder.column(2).appendNull();
        else
            builder.column(2).appendBytes(row % 3 == 1 ? "a,b" : "plain");
        builder.finishRow();
        if (row % table::kChunkRows == table::kChunkRows - 1)
            table.append(builder.seal());
    }
    if (rows % table::kChunkRows != 0)
        table.append(builder.seal());
    return table;
}

std::string inOneGo(const table::Table &table, table::FileFormat format, table::WriterOptions options = {})
{
    TextOutput output;
    const auto writer = table::createWriter(format, output, std::move(options));
    if (!writer->begin(table.sharedSchema()))
        return {};
    for (const auto &chunk : table.chunks()) {
        if (!writer->rows(*chunk, 0, chunk->rows))
            return {};
    }
    return writer->end() && writer->finish() ? output.text : std::string();
}

std::string byParts(const table::Table &table, table::FileFormat format, const table::RowOrder &order,
    std::initializer_list<std::int64_t> ends, table::WriterOptions options = {})
{
    TextOutput output;
    const auto writer = table::createWriter(format, output, std::move(options));
    if (!writer->begin(table.sharedSchema()))
        return {};
    std::int64_t first = 0;
    for (const std::int64_t end : ends) {
        if (!table::writeRows(*writer, table, order, first, end, {}, {}))
            return {};
        first = end;
    }
    return writer->end() && writer->finish() ? output.text : std::string();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

using table::FileFormat;

class ExportRowsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Two threads and parts make the bytes that one makes in one go: those of the command line.
    void partsAreTheWhole_data()
    {
        QTest::addColumn<int>("format");
        for (const FileFormat format : {FileFormat::Csv, FileFormat::Tsv, FileFormat::Json, FileFormat::Ndjson, FileFormat::Sql})
            QTest::addRow("%d", static_cast<int>(format)) << static_cast<int>(format);
    }
    void partsAreTheWhole()
    {
        QFETCH(int, format);
        const table::Table table = manyRows(50001);
        const auto kind = static_cast<FileFormat>(format);
        const table::RowOrder order{{}, table.rowCount()};
        const std::string expected = inOneGo(table, kind);
        QVERIFY(expected.size() > 500000);
        QVERIFY(byParts(table, kind, order, {50001}) == expected);
        QVERIFY(byParts(table, kind, order, {1, 1, 2049, 30000, 50001}) == expected);
    }
    void sortedAndChosenColumns()
    {
        const table::Table table = manyRows(9000);
        const table::RowOrder order{[](std::int64_t place) { return 8999 - place; }, 9000};
        const std::string text = byParts(table, FileFormat::Csv, order, {9000}, {.columns = {2, 0}});
        QVERIFY(text.starts_with("name,id\nplain,8999\n\"a,b\",8998\n,8997\n"));
        QVERIFY(text.ends_with("\"a,b\",1\n,0\n"));
        QCOMPARE(byParts(table, FileFormat::Json, {{}, 1}, {1}, {.columns = {2, 0}}), std::string("[\n{\"name\":null,\"id\":0}\n]\n"));
        QVERIFY(byParts(table, FileFormat::Markdown, order, {2}, {.columns = {0}}).ends_with("| 8999 |\n| 8998 |\n"));
    }
    void dialects()
    {
        auto schema = std::make_shared<table::Schema>();
        for (const table::Kind kind : {table::Kind::Double, table::Kind::Decimal, table::Kind::Text}) {
            table::ColumnInfo info;
            info.name = kind == table::Kind::Text ? "=t" : "n";
            info.kind = kind;
            schema->columns.push_back(info);
        }
        table::ChunkBuilder builder(schema);
        const auto add = [&](double number, const char *decimal, const char *text) {
            builder.column(0).appendDouble(number);
            builder.column(1).appendBytes(decimal);
            if (text)
                builder.column(2).appendBytes(text);
            else
                builder.column(2).appendNull();
            builder.finishRow();
        };
        add(-1.5, "-20.50", "=1+1");
        add(2, "3", nullptr);
        add(0.25, "1", "NULL");
        add(1, "1", "it's;\"x\"");
        add(1, "1", "");
        table::Table table(schema);
        table.append(builder.seal());
        table::WriterOptions options;
        options.dialect = {';', '\'', false, true, true, "NULL"};
        options.endsLinesWithCr = true;
        options.hasByteOrderMark = true;
        QCOMPARE(inOneGo(table, FileFormat::Csv, options),
            std::string("\xEF\xBB\xBFn;n;'''=t'\r\n-1,5;-20,50;'''=1+1'\r\n2;3;NULL\r\n0,25;1;'NULL'\r\n1;1;'it''s;\"x\"'\r\n1;1;''\r\n"));
        options.hasHeader = false;
        options.hasByteOrderMark = false;
        options.dialect.quotesAll = true;
        options.dialect.guardsFormulas = false;
        QVERIFY(inOneGo(table, FileFormat::Csv, options).starts_with("'-1,5';'-20,50';'=1+1'\r\n'2';'3';NULL\r\n"));
        table::WriterOptions tsv;
        tsv.dialect.guardsFormulas = true;
        tsv.dialect.decimalComma = true;
        QVERIFY(inOneGo(table, FileFormat::Tsv, tsv).starts_with("n\tn\t'=t\n-1,5\t-20,50\t'=1+1\n2\t3\t\\N\n"));
    }
    void stopsAndFails()
    {
        const table::Table table = manyRows(40000);
        TextOutput output;
        const auto writer = table::createWriter(FileFormat::Csv, output, {});
        QVERIFY(writer->begin(table.sharedSchema()).ok());
        std::stop_source stop;
        std::int64_t seen = 0;
        const auto written = table::writeRows(*writer, table, {{}, 40000}, 0, 40000,
            [&](std::int64_t rows) {
                seen = rows;
                stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!written);
        QCOMPARE(written.error().kind, core::ErrorKind::Cancelled);
        QVERIFY(seen > 0 && seen < 40000);
        TextOutput full;
        full.failsPast = 300000;
        const auto other = table::createWriter(FileFormat::Csv, full, {});
        QVERIFY(other->begin(table.sharedSchema()).ok());
        const auto failed = table::writeRows(*other, table, {{}, 40000}, 0, 40000, {}, {});
        QVERIFY(!failed);
        QCOMPARE(failed.error().message, QStringLiteral("full"));
    }
    void fileIsWholeOrNotThere()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.csv"));
        {
            auto output = table::FileOutput::create(path.toStdString());
            QVERIFY(output.ok());
            QVERIFY((*output)->write("half").ok());
            QVERIFY(!QFile::exists(path));
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
        for (const char *text : {"first", "second"}) {
            auto output = table::FileOutput::create(path.toStdString());
            QVERIFY(output.ok() && (*output)->write(text).ok() && (*output)->commit().ok());
            QCOMPARE((*output)->size(), static_cast<std::int64_t>(strlen(text)));
            QCOMPARE(contentOf(path), QByteArray(text));
            ::chmod(path.toLocal8Bit().constData(), 0640);
        }
        struct stat rights {};
        QCOMPARE(::stat(path.toLocal8Bit().constData(), &rights), 0);
        QCOMPARE(rights.st_mode & 0777, mode_t(0640));
        const QString link = folder.filePath(QStringLiteral("link.csv"));
        QVERIFY(QFile::link(path, link));
        {
            auto output = table::FileOutput::create(link.toStdString());
            QVERIFY(output.ok() && (*output)->write("through").ok() && (*output)->commit().ok());
        }
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contentOf(path), QByteArray("through"));
        const auto refused = table::FileOutput::create(folder.filePath(QStringLiteral("no/such/folder.csv")).toStdString());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, core::ErrorKind::Usage);
        QVERIFY(!table::FileOutput::create(folder.path().toStdString()));
        QVERIFY(table::FileOutput::create("/dev/null").ok());
    }
    void gzipReadsBack()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.csv.gz"));
        const table::Table table = manyRows(20000);
        auto file = table::FileOutput::create(path.toStdString());
        QVERIFY(file.ok());
        table::GzipOutput gzip(**file);
        const auto writer = table::createWriter(FileFormat::Csv, gzip, {});
        QVERIFY(writer->begin(table.sharedSchema()).ok());
        QVERIFY(table::writeRows(*writer, table, {{}, 20000}, 0, 20000, {}, {}).ok());
        QVERIFY(writer->end().ok() && writer->finish().ok() && gzip.finish().ok() && (*file)->commit().ok());
        const gzFile read = gzopen(path.toLocal8Bit().constData(), "rb");
        std::string text(4 << 20, '\0');
        text.resize(static_cast<std::size_t>(gzread(read, text.data(), static_cast<unsigned>(text.size()))));
        gzclose(read);
        QVERIFY(text == inOneGo(table, FileFormat::Csv));
        QVERIFY(contentOf(path).size() < static_cast<qsizetype>(text.size()) / 3);
    }
};

ONDO_TEST(ExportRowsTest)
#include "tst_exportrows.moc"
