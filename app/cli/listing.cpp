// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/listing.h"

#include "table/builder.h"

namespace cli {

std::optional<std::string> orNull(std::string text)
{
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

core::Result<std::unique_ptr<Listing>> Listing::create(
    std::vector<std::string> columns, const ResultOptions &options, Interrupt &interrupt)
{
    auto output = openOutput(options, interrupt);
    if (!output)
        return std::move(output).error();
    auto schema = std::make_shared<table::Schema>();
    for (std::string &name : columns) {
        table::ColumnInfo info;
        info.name = std::move(name);
        schema->columns.push_back(std::move(info));
    }
    auto listing = std::make_unique<Listing>();
    listing->m_output = std::move(output).value();
    listing->m_writer = table::createWriter(options.format, *listing->m_output, options.writer);
    listing->m_schema = std::move(schema);
    return listing;
}

Listing::~Listing()
{
    if (!m_isWhole)
        m_output->abandon();
}

core::Result<void> Listing::unlessReaderIsGone(core::Result<void> written) const
{
    return isReaderGone() ? core::Result<void>() : written;
}

core::Result<void> Listing::begin()
{
    if (m_isBegun)
        return {};
    m_isBegun = true;
    return unlessReaderIsGone(m_writer->begin(m_schema));
}

core::Result<void> Listing::add(const std::vector<std::vector<std::optional<std::string>>> &rows)
{
    if (auto begun = begin(); !begun)
        return begun;
    table::ChunkBuilder builder(m_schema);
    const auto flush = [&] {
        const auto chunk = builder.seal();
        return unlessReaderIsGone(m_writer->rows(*chunk, 0, chunk->rows));
    };
    for (const auto &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i])
                builder.column(i).appendBytes(*row[i]);
            else
                builder.column(i).appendNull();
        }
        builder.finishRow();
        if (builder.isFull()) {
            if (auto written = flush(); !written)
                return written;
        }
    }
    return flush();
}

core::Result<void> Listing::finish()
{
    auto finished = begin();
    if (finished)
        finished = m_writer->end();
    if (finished)
        finished = m_writer->finish();
    if (finished)
        finished = m_output->commit();
    m_isWhole = finished.ok();
    return unlessReaderIsGone(std::move(finished));
}

} // namespace cli
