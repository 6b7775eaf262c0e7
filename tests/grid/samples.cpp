// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <limits>

namespace gridtest {

using table::Kind;

namespace {
std::string numbered(const char *prefix, std::int64_t number)
{
    std::string text(prefix);
    text.append(std::to_string(number));
    return text;
}
}

std::shared_ptr<const table::Schema> schemaOf(std::vector<table::ColumnInfo> columns)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns = std::move(columns);
    return schema;
}

table::ColumnInfo column(const char *name, Kind kind, const char *serverType)
{
    table::ColumnInfo info;
    info.name = name;
    info.kind = kind;
    info.serverType = serverType;
    return info;
}

std::shared_ptr<const table::Schema> countingSchema()
{
    static const auto schema = schemaOf({column("n", Kind::Int, "BIGINT"), column("name", Kind::Text, "VARCHAR")});
    return schema;
}

std::shared_ptr<const table::Chunk> countingChunk(std::uint32_t rows, std::int64_t first)
{
    table::ChunkBuilder builder(countingSchema());
    for (std::uint32_t row = 0; row < rows; ++row) {
        builder.column(0).appendInt(first + row);
        builder.column(1).appendBytes(numbered("r", first + row));
        builder.finishRow();
    }
    return builder.seal();
}

void fillCounting(common::ResultTable *result, qint64 rows)
{
    result->reset(countingSchema());
    const auto full = countingChunk(static_cast<std::uint32_t>(std::min<qint64>(rows, table::kChunkRows)));
    for (; rows >= table::kChunkRows; rows -= table::kChunkRows)
        result->append(full);
    if (rows > 0)
        result->append(countingChunk(static_cast<std::uint32_t>(rows)));
}

void fillOddities(common::ResultTable *result)
{
    const auto schema = schemaOf({
        column("ts", Kind::Instant, "TIMESTAMP"),
        column("很长的中文列名", Kind::Text, "NCHAR(64)"),
        column("big", Kind::Int, "BIGINT"),
        column("ubig", Kind::UInt, "BIGINT UNSIGNED"),
        column("price", Kind::Decimal, "DECIMAL(20,4)"),
        column("ratio", Kind::Double, "DOUBLE"),
        column("f", Kind::Float, "FLOAT"),
        column("ok", Kind::Bool, "BOOL"),
        column("blob", Kind::Binary, "VARBINARY(16)"),
        column("doc", Kind::Json, "JSON"),
    });
    result->reset(schema);
    table::ChunkBuilder builder(schema);
    const std::string texts[] = {"电表一号", "", "line one\nline two\tend\r\n", "broken \xff\xfe here", "שלום עולם and مرحبا",
        "NULL", "evil \u202egnp.exe", std::string(100000, 'x'), std::string("nul\0byte", 8), "<b>bold</b>"};
    for (int row = 0; row < 40; ++row) {
        const bool isNull = row % 11 == 7;
        const auto text = [&](int column, std::string_view value) {
            isNull ? builder.column(static_cast<std::size_t>(column)).appendNull()
                   : builder.column(static_cast<std::size_t>(column)).appendBytes(value);
        };
        if (row == 3)
            builder.column(0).appendTime(1538548685000000123 + row, 9, "");
        else
            builder.column(0).appendTime(1538548685000 + row * 10000, 3, "");
        text(1, texts[row % 10]);
        if (row == 5)
            builder.column(2).appendLiteral("9223372036854775808");
        else
            builder.column(2).appendInt(row % 2 == 0 ? std::numeric_limits<std::int64_t>::min() + row : 9007199254740993 + row);
        if (isNull)
            builder.column(3).appendNull();
        else
            builder.column(3).appendUInt(std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(row));
        text(4, row % 2 == 0 ? "12345678901234567.0100" : "-0.5000");
        builder.column(5).appendDouble(row == 2 ? std::numeric_limits<double>::quiet_NaN()
                : row == 4                      ? -std::numeric_limits<double>::infinity()
                                                : 0.1 * row);
        builder.column(6).appendFloat(0.1F * static_cast<float>(row));
        builder.column(7).appendBool(row % 3 == 0);
        text(8, std::string_view("\x00\x01\xff\x7f", 4));
        text(9, R"({"a":[1,2,{"b":"c"}]})");
        builder.finishRow();
    }
    result->append(builder.seal());
}

void fillWide(common::ResultTable *result, int columns, std::uint32_t rows)
{
    std::vector<table::ColumnInfo> infos;
    for (int i = 0; i < columns; ++i)
        infos.push_back(column(numbered("c", i).c_str(), Kind::Text, "VARCHAR"));
    const auto schema = schemaOf(std::move(infos));
    result->reset(schema);
    table::ChunkBuilder builder(schema);
    for (std::uint32_t row = 0; row < rows; ++row) {
        for (int i = 0; i < columns; ++i)
            builder.column(static_cast<std::size_t>(i)).appendBytes(numbered("r", row).append(numbered("c", i)));
        builder.finishRow();
    }
    result->append(builder.seal());
}

} // namespace gridtest
