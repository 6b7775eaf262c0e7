// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "table/chunk.h"
#include "table/format.h"
#include "table/zone.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace table {

enum class FileFormat : std::uint8_t { Table, Csv, Tsv, Json, Ndjson, Markdown, Sql, Xlsx, Null };

// By the name that --format takes.
ONDO_EXPORT std::optional<FileFormat> formatByName(std::string_view name);
// By the extension of a file's name: table for .txt or none, nothing for one that is not known.
ONDO_EXPORT std::optional<FileFormat> formatByFileName(std::string_view fileName);
ONDO_EXPORT const std::vector<std::string_view> &formatNames();

// Where a writer's bytes go: a file, standard output, memory.
class ONDO_EXPORT ByteOutput
{
public:
    virtual ~ByteOutput() = default;
    // Takes all bytes, or ends the writing with an error.
    virtual core::Result<void> write(std::string_view bytes) = 0;
};

struct WriterOptions {
    std::optional<Zone> zone; // in which instants print; none: UTC, with Z
    // For Sql: the name is written as it is; columns are quoted where they are no plain lower-case word or a keyword.
    std::string tableName = "result";
    std::string identifierQuote = "\"";
    bool backslashEscapes = false;
    std::function<bool(std::string_view)> isKeyword;
    Dialect dialect; // of Csv; of Tsv decimalComma and guardsFormulas
    bool hasHeader = true; // Csv and Tsv: names in the first line
    bool endsLinesWithCr = false; // Csv and Tsv: CR LF
    bool hasByteOrderMark = false; // Csv and Tsv: for spreadsheets that take UTF-8 for something else
    std::vector<std::size_t> columns; // which of the result, in this order; empty: all
    // Told once for a column that bytes that are not UTF-8 were replaced; translated text.
    std::function<void(const QString &)> warn;
};

// Text of rows that follow each other, made apart from the writer that it is for.
struct RowBlock {
    std::string text;
    std::int64_t rows = 0;
    bool isFirst = false; // no row of the result stands before it
    std::vector<std::uint8_t> hasReplaced; // by column: bytes that are not UTF-8 were replaced
};

// What a writer whose rows are independent of each other offers besides: to make text on several threads.
class ONDO_EXPORT RowFormatter
{
public:
    virtual ~RowFormatter() = default;
    // Any thread, several at once, between begin() and end() of the writer: appends rows [first, last) of the chunk.
    virtual void format(RowBlock &block, const Chunk &chunk, std::uint32_t first, std::uint32_t last) const = 0;
    // The writer's thread, or another if no two at once: writes the block, in the order of rows.
    virtual core::Result<void> take(const RowBlock &block) = 0;
};

// Writes results to an output, one after another, as rows come: memory stays flat for any number of rows. The calls for
// one result: begin, rows as often as wanted, end (also where the result breaks off: it closes what is open); after
// the last result finish. Belongs to one thread. Each call has handed its bytes to the output when it returns, but for
// Table and Markdown, which hold back the first rows for the column widths, and Xlsx, which writes in finish().
class ONDO_EXPORT Writer
{
public:
    virtual ~Writer() = default;

    virtual core::Result<void> begin(const std::shared_ptr<const Schema> &schema) = 0;
    // Rows [first, last) of the chunk. Usage error: the format cannot hold more.
    virtual core::Result<void> rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last) = 0;
    virtual core::Result<void> end() = 0;
    virtual core::Result<void> finish() = 0;
    // Null where rows depend on each other.
    virtual RowFormatter *formatter() { return nullptr; }
};

// output outlives the writer.
ONDO_EXPORT std::unique_ptr<Writer> createWriter(FileFormat format, ByteOutput &output, WriterOptions options);

// Column names with every repeated one made unique as name_2, name_3 …; names that were sent keep theirs.
ONDO_EXPORT std::vector<std::string> uniqueNames(const Schema &schema);

} // namespace table
