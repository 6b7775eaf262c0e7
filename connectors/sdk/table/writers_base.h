// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/format.h"
#include "table/writers.h"

namespace table {

// What the writers of text share: the buffer between them and the output, the choice of columns, and the warning about
// bytes that are not UTF-8.
class TextWriter : public Writer, public RowFormatter
{
public:
    TextWriter(TextForm form, ByteOutput &output, WriterOptions options);

    core::Result<void> begin(const std::shared_ptr<const Schema> &schema) override;
    core::Result<void> rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last) override;
    core::Result<void> end() override;
    core::Result<void> finish() override { return {}; }
    RowFormatter *formatter() override { return this; }

    void format(RowBlock &block, const Chunk &chunk, std::uint32_t first, std::uint32_t last) const override;
    core::Result<void> take(const RowBlock &block) override;

protected:
    // Appends to buffer().
    virtual void putHeader() = 0;
    // Appends to block.text.
    virtual void putRow(RowBlock &block, const Chunk &chunk, std::uint32_t row) const = 0;
    // For a writer that changes with each row, and hence has no formatter().
    virtual void addRow(const Chunk &chunk, std::uint32_t row) { putRow(m_block, chunk, row); }
    virtual void putEnd() {}

    void putCell(RowBlock &block, const Chunk &chunk, std::size_t column, std::uint32_t row) const
    {
        if (!appendCell(block.text, m_schema->columns[column], columnOf(chunk, column), row, m_format)) [[unlikely]]
            noteReplaced(block, column);
    }
    void noteReplaced(RowBlock &block, std::size_t column) const;
    void warnOf(std::size_t column);
    core::Result<void> flush();

    const Column &columnOf(const Chunk &chunk, std::size_t column) const
    {
        return chunk.columns[m_options.columns.empty() ? column : m_options.columns[column]];
    }
    std::string &buffer() { return m_block.text; }
    bool hasRows() const { return !m_block.isFirst; }
    const Schema &schema() const { return *m_schema; }
    const FormatOptions &format() const { return m_format; }
    const WriterOptions &options() const { return m_options; }
    std::size_t columnCount() const { return m_schema->columns.size(); }
    int resultsBefore() const { return m_results - 1; }

private:
    void tellReplaced(const RowBlock &block);

    ByteOutput &m_output;
    const WriterOptions m_options;
    FormatOptions m_format;
    std::shared_ptr<const Schema> m_schema; // of the chosen columns
    RowBlock m_block;
    std::vector<bool> m_warned; // by column
    int m_results = 0;
};

// The chosen columns of a schema; all where none is chosen.
std::shared_ptr<const Schema> chosenColumns(const std::shared_ptr<const Schema> &schema, const std::vector<std::size_t> &columns);

std::unique_ptr<Writer> createAlignedWriter(FileFormat format, ByteOutput &output, WriterOptions options);
std::unique_ptr<Writer> createXlsxWriter(ByteOutput &output, WriterOptions options);

} // namespace table
