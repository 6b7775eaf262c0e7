// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/table.h"

#include "table/builder.h"

#include "support/ondotest.h"

namespace {

std::shared_ptr<const table::Schema> namedColumns(std::initializer_list<const char *> names)
{
    table::Schema schema;
    for (const char *name : names) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = table::Kind::Int;
        schema.columns.push_back(info);
    }
    return std::make_shared<const table::Schema>(schema);
}

std::shared_ptr<const table::Chunk> numbers(const std::shared_ptr<const table::Schema> &schema, std::int64_t first, std::uint32_t count)
{
    table::ChunkBuilder builder(schema);
    for (std::uint32_t i = 0; i < count; ++i) {
        builder.column(0).appendInt(first + i);
        builder.finishRow();
    }
    return builder.seal();
}

} // namespace

class TableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsColumns()
    {
        const auto schema = namedColumns({"Ts", "ts", "V", "v", "\xc3\x84"});
        QCOMPARE(schema->find("ts").value_or(99), std::size_t(1));
        QCOMPARE(schema->find("TS").value_or(99), std::size_t(0));
        QCOMPARE(schema->find("v").value_or(99), std::size_t(3));
        QCOMPARE(schema->find("\xc3\x84").value_or(99), std::size_t(4));
        QVERIFY(!schema->find("\xc3\xa4"));
        QVERIFY(!schema->find("t"));
        QVERIFY(!schema->find(""));
    }

    void isEmptyAtFirst()
    {
        const table::Table none;
        QCOMPARE(none.rowCount(), std::int64_t(0));
        QCOMPARE(none.columnCount(), std::size_t(0));
    }

    void findsCellsAcrossChunks()
    {
        const auto schema = namedColumns({"n"});
        table::Table result(schema);
        for (std::int64_t chunk = 0; chunk < 3; ++chunk)
            result.append(numbers(schema, chunk * table::kChunkRows, chunk == 2 ? 5 : table::kChunkRows));
        QCOMPARE(result.rowCount(), std::int64_t(2 * table::kChunkRows + 5));
        for (const std::int64_t row : {0, 1, 8191, 8192, 8193, 16383, 16384, 16388}) {
            const table::Cell cell = result.cell(row, 0);
            QCOMPARE(cell.column->ints()[cell.row], row);
        }
    }

    void aShortChunkIsReplaced()
    {
        const auto schema = namedColumns({"n"});
        table::Table result(schema);
        result.append(numbers(schema, 0, table::kChunkRows));
        const std::size_t full = result.memoryBytes();
        for (const std::uint32_t rows : {1U, 20U, 8191U}) {
            result.append(numbers(schema, table::kChunkRows, rows));
            QCOMPARE(result.rowCount(), std::int64_t(table::kChunkRows + rows));
            QCOMPARE(result.chunks().size(), std::size_t(2));
        }
        result.append(numbers(schema, table::kChunkRows, table::kChunkRows));
        QCOMPARE(result.rowCount(), std::int64_t(2 * table::kChunkRows));
        QCOMPARE(result.memoryBytes(), 2 * full);
    }

    void aCopyIsASnapshot()
    {
        const auto schema = namedColumns({"n"});
        table::Table result(schema);
        result.append(numbers(schema, 0, 10));
        const table::Table snapshot = result;
        result.append(numbers(schema, 0, 20));
        QCOMPARE(snapshot.rowCount(), std::int64_t(10));
        QCOMPARE(snapshot.cell(9, 0).column->ints()[9], std::int64_t(9));
        QCOMPARE(result.rowCount(), std::int64_t(20));
    }
};

ONDO_TEST(TableTest)
#include "tst_table.moc"
