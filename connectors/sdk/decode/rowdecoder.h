// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/cell.h"
#include "decode/rowfeeder.h"

#include <optional>
#include <vector>

namespace decode {

// Reads an array of rows (each an array of cells in the order of the columns, or an object with their names as keys in
// that order) into a feeder. Rows count once they are whole.
class ONDO_EXPORT RowDecoder
{
public:
    // One decoder a column of the feeder's schema. Reader and feeder outlive this.
    RowDecoder(json::Reader &reader, RowFeeder &feeder, std::shared_ptr<const table::Schema> schema,
        std::vector<CellDecoder> cells);

    enum class End {
        Complete, // the array of rows was read to its end
        Cut, // by the feeder: limit or sink
        Failed, // see error(); none where the reader's idle hook ended the reading
    };
    // To be called after the token that began the array of rows. Does not finish() the feeder.
    End run();

    // Decode with byte and row, or the source's own; the row counts from 1.
    const std::optional<core::Error> &error() const { return m_error; }

private:
    enum class Step { Row, End, Cut, Failed };

    Step nextRow();
    bool readCells();
    bool readCell(std::size_t column);
    bool readSeparator(std::size_t valuesRead);
    bool readObject();
    bool checkChunkSize();
    bool failTooFew(std::size_t valuesRead);
    bool fail();
    bool failHere(const QString &message, core::ErrorKind kind = core::ErrorKind::Decode);

    json::Reader &m_reader;
    RowFeeder &m_feeder;
    std::shared_ptr<const table::Schema> m_schema;
    std::vector<CellDecoder> m_cells;
    std::int64_t m_chunkStart = 0;
    std::optional<core::Error> m_error;
};

} // namespace decode
