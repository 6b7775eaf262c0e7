// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/builder.h"

#include "support/ondotest.h"

#include <string>
#include <thread>

// Chunks share blocks of memory: which of them go, when and on which thread must not touch the others.
class BlocksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatOthersLetGo();
    void valuesOutliveTheirBuilder();
    void takesTextsLargerThanABlock();
    void freesOnAnotherThread();
};

namespace {

std::shared_ptr<const table::Schema> blocksSchema()
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns.resize(3);
    schema->columns[0].kind = table::Kind::Int;
    schema->columns[1].kind = table::Kind::Bool;
    schema->columns[2].kind = table::Kind::Text;
    return schema;
}

std::shared_ptr<const table::Chunk> nextChunk(table::ChunkBuilder &builder, std::int64_t number)
{
    for (std::uint32_t row = 0; row < table::kChunkRows; ++row) {
        builder.column(0).appendInt(number * table::kChunkRows + row);
        builder.column(1).appendBool((number + row) % 3 == 0);
        builder.column(2).appendBytes(std::to_string(number) + "/" + std::to_string(row));
        builder.finishRow();
    }
    return builder.seal();
}

bool isIntact(const table::Chunk &chunk, std::int64_t number)
{
    for (std::uint32_t row = 0; row < table::kChunkRows; ++row) {
        if (chunk.columns[0].ints()[row] != number * table::kChunkRows + row
            || chunk.columns[1].bools()[row] != ((number + row) % 3 == 0 ? 1 : 0)
            || chunk.columns[2].bytes(row) != std::to_string(number) + "/" + std::to_string(row))
            return false;
    }
    return true;
}

constexpr std::int64_t kManyChunks = 60; // several blocks of them

} // namespace

void BlocksTest::keepsWhatOthersLetGo()
{
    table::ChunkBuilder builder(blocksSchema());
    std::vector<std::shared_ptr<const table::Chunk>> kept;
    for (std::int64_t number = 0; number < kManyChunks; ++number) {
        auto chunk = nextChunk(builder, number);
        kept.push_back(number < 20 || number % 7 == 0 ? chunk : nullptr); // then nearly all go at once
    }
    for (std::int64_t number = 0; number < kManyChunks; ++number) {
        const auto &chunk = kept[static_cast<std::size_t>(number)];
        QVERIFY2(!chunk || isIntact(*chunk, number), qPrintable(QString::number(number)));
    }
}

void BlocksTest::valuesOutliveTheirBuilder()
{
    std::shared_ptr<const table::Chunk> last;
    {
        table::ChunkBuilder builder(blocksSchema());
        for (std::int64_t number = 0; number < kManyChunks; ++number)
            last = nextChunk(builder, number);
    }
    QVERIFY(isIntact(*last, kManyChunks - 1));
}

void BlocksTest::takesTextsLargerThanABlock()
{
    table::ChunkBuilder builder(blocksSchema());
    const std::string text(1000, 'x');
    std::vector<std::shared_ptr<const table::Chunk>> chunks;
    for (int number = 0; number < 3; ++number) {
        for (std::uint32_t row = 0; row < table::kChunkRows; ++row) {
            builder.column(0).appendInt(row);
            builder.column(1).appendNull();
            builder.column(2).appendBytes(text + std::to_string(row));
            builder.finishRow();
        }
        chunks.push_back(builder.seal());
    }
    for (const auto &chunk : chunks) {
        QCOMPARE(std::string(chunk->columns[2].bytes(table::kChunkRows - 1)), text + std::to_string(table::kChunkRows - 1));
        QVERIFY(chunk->columns[1].isNull(5));
        QVERIFY(chunk->memoryBytes() > text.size() * table::kChunkRows);
    }
}

void BlocksTest::freesOnAnotherThread()
{
    table::ChunkBuilder builder(blocksSchema());
    auto first = nextChunk(builder, 0);
    std::vector<std::shared_ptr<const table::Chunk>> others;
    for (std::int64_t number = 1; number < kManyChunks; ++number)
        others.push_back(nextChunk(builder, number));
    std::thread freeing([others = std::move(others)]() mutable { others.clear(); });
    std::vector<std::shared_ptr<const table::Chunk>> later;
    for (std::int64_t number = 0; number < kManyChunks; ++number)
        later.push_back(nextChunk(builder, number));
    freeing.join();
    QVERIFY(isIntact(*first, 0));
    for (std::int64_t number = 0; number < kManyChunks; ++number)
        QVERIFY(isIntact(*later[static_cast<std::size_t>(number)], number));
}

ONDO_TEST(BlocksTest)
#include "tst_blocks.moc"
