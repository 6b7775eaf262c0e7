// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/format.h"
#include "table/writers.h"

namespace table {

// What the writers of text share: the buffer between them and the output, and the warning about bytes that are not UTF-8.
class TextWriter : public Writer
{
public:
    TextWriter(TextForm form, ByteOutput &output, WriterOptions options);

    core::Result<void> begin(const std::shared_ptr<const Schema> &schema) override;
    core::Result<void> rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last) override;
    core::Result<void> end() override;
    core::Result<void> finish() override { return {}; }

protected:
    // Each appends to buffer().
    virtual void putHeader() = 0;
    virtual void putRow(const Chunk &chunk, std::uint32_t row) = 0;
    virtual void putEnd() {}

    void putCell(const Chunk &chunk, std::size_t column, std::uint32_t row)
    {
        if (!appendCell(m_buffer, m_schema->columns[column], chunk.columns[column], row, m_format)) [[unlikely]]
            warnOf(column);
    }
    void warnOf(std::size_t column);
    core::Result<void> flush();

    std::string &buffer() { return m_buffer; }
    const Schema &schema() const { return *m_schema; }
    const FormatOptions &format() const { return m_format; }
    const WriterOptions &options() const { return m_options; }
    std::size_t columnCount() const { return m_schema->columns.size(); }
    int resultsBefore() const { return m_results - 1; }

private:
    ByteOutput &m_output;
    const WriterOptions m_options;
    FormatOptions m_format;
    std::shared_ptr<const Schema> m_schema;
    std::string m_buffer;
    std::vector<bool> m_warned; // by column
    int m_results = 0;
};

std::unique_ptr<Writer> createAlignedWriter(FileFormat format, ByteOutput &output, WriterOptions options);
std::unique_ptr<Writer> createXlsxWriter(ByteOutput &output, WriterOptions options);

} // namespace table
