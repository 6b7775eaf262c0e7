// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table/table.h"
#include "table/writers.h"

#include <functional>
#include <stop_token>

namespace table {

// Which rows of a table are written, in which order.
struct RowOrder {
    std::function<std::int64_t(std::int64_t)> rowAt; // place -> row of the table; null: the table's own order. Any thread.
    std::int64_t rows = 0;
};

// Writes rows [first, last) of an order by a writer whose begin() was called, on two threads where the writer can.
// The rows follow those that were written before. progress is told the places that are done, on the calling thread
// or the other one, never at once; stop ends it within a block with ErrorKind::Cancelled.
ONDO_EXPORT core::Result<void> writeRows(Writer &writer, const Table &table, const RowOrder &order, std::int64_t first,
    std::int64_t last, const std::function<void(std::int64_t)> &progress, std::stop_token stop);

// A file that is written beside its target and put in its place when it is whole: a broken or cancelled export leaves
// the target as it was, and nothing else. One thread at a time.
class ONDO_EXPORT FileOutput : public ByteOutput
{
public:
    // Usage error: the file cannot be written there. A link is followed; a device or a pipe is written directly.
    static core::Result<std::unique_ptr<FileOutput>> create(const std::string &path);
    ~FileOutput() override; // without commit(): nothing of it stays
    FileOutput(const FileOutput &) = delete;
    FileOutput &operator=(const FileOutput &) = delete;

    core::Result<void> write(std::string_view bytes) override;
    core::Result<void> commit();
    std::int64_t size() const { return m_size; }

private:
    FileOutput() = default;
    core::Result<void> failed(int reason) const;

    int m_fd = -1;
    std::int64_t m_size = 0;
    std::string m_path;
    std::string m_temporary; // empty where written directly
};

// Compresses on the way to another output, which outlives it.
class ONDO_EXPORT GzipOutput : public ByteOutput
{
public:
    explicit GzipOutput(ByteOutput &output);
    ~GzipOutput() override;
    GzipOutput(const GzipOutput &) = delete;
    GzipOutput &operator=(const GzipOutput &) = delete;

    core::Result<void> write(std::string_view bytes) override;
    // After the last bytes.
    core::Result<void> finish();

private:
    core::Result<void> deflateAll(int flush);

    struct State;
    ByteOutput &m_output;
    std::unique_ptr<State> m_state;
};

} // namespace table
