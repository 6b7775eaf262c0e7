// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a result of 2,000,000 x 6 becomes a CSV file: by one thread, as an export does it, and packed.
//
//     bench_export FILE [ROWS]
#include "table/builder.h"
#include "table/export.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

table::Table meters(std::int64_t rows)
{
    auto schema = std::make_shared<table::Schema>();
    const auto add = [&](const char *name, table::Kind kind) {
        table::ColumnInfo info;
        info.name = name;
        info.kind = kind;
        schema->columns.push_back(info);
    };
    add("ts", table::Kind::Instant);
    add("current", table::Kind::Float);
    add("voltage", table::Kind::Int);
    add("phase", table::Kind::Float);
    add("groupid", table::Kind::Int);
    add("location", table::Kind::Text);
    table::Table table(schema);
    table::ChunkBuilder builder(schema);
    for (std::int64_t row = 0; row < rows; ++row) {
        builder.column(0).appendTime(1538548685000 + row * 1000, 3, "");
        builder.column(1).appendFloat(10.0F + static_cast<float>(row % 97) / 10.0F);
        builder.column(2).appendInt(210 + row % 20);
        builder.column(3).appendFloat(static_cast<float>(row % 1013) / 1000.0F);
        builder.column(4).appendInt(row % 10);
        builder.column(5).appendBytes(row % 3 == 0 ? "California.SanFrancisco" : "California.LosAngeles");
        builder.finishRow();
        if (row % table::kChunkRows == table::kChunkRows - 1 || row + 1 == rows)
            table.append(builder.seal());
    }
    return table;
}

double seconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

// Bytes of text; 0 after a failure.
class Counted : public table::ByteOutput
{
public:
    explicit Counted(table::ByteOutput &output)
        : m_output(output)
    {
    }
    core::Result<void> write(std::string_view bytes) override
    {
        size += bytes.size();
        return m_output.write(bytes);
    }
    std::size_t size = 0;

private:
    table::ByteOutput &m_output;
};

void measure(const char *name, const table::Table &table, const std::string &path, bool isParallel, bool isPacked)
{
    const auto start = std::chrono::steady_clock::now();
    auto file = table::FileOutput::create(path);
    if (!file) {
        std::fprintf(stderr, "%s\n", qPrintable(file.error().message));
        std::exit(1);
    }
    table::GzipOutput gzip(**file);
    Counted output(isPacked ? static_cast<table::ByteOutput &>(gzip) : **file);
    const auto writer = table::createWriter(table::FileFormat::Csv, output, {});
    bool isGood = writer->begin(table.sharedSchema()).ok();
    if (isParallel) {
        isGood = isGood && table::writeRows(*writer, table, {{}, table.rowCount()}, 0, table.rowCount(), {}, {}).ok();
    } else {
        for (const auto &chunk : table.chunks())
            isGood = isGood && writer->rows(*chunk, 0, chunk->rows).ok();
    }
    isGood = isGood && writer->end().ok() && writer->finish().ok() && (!isPacked || gzip.finish().ok()) && (*file)->commit().ok();
    const double took = seconds(start);
    std::printf("%-28s %6.0f MB/s  %.2f s%s\n", name, static_cast<double>(output.size) / took / 1e6, took, isGood ? "" : "  FAILED");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    const table::Table table = meters(argc > 2 ? std::atoll(argv[2]) : 2000000);
    for (int turn = 0; turn < 3; ++turn) {
        measure("CSV, one thread", table, argv[1], false, false);
        measure("CSV, as exported", table, argv[1], true, false);
    }
    const std::string packed = std::string(argv[1]) + ".gz";
    measure("CSV, packed", table, packed, true, true);
    std::remove(packed.c_str());
    return 0;
}
