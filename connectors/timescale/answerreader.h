// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "body.h"
#include "decode/looks.h"
#include "decode/rowfeeder.h"
#include "heldsink.h"
#include "layers.h"
#include "preview.h"
#include "wrapping.h"

#include <optional>

namespace timescale {

// The work of decodeAnswer(): look through the wrapping, look at all values, then read them. Read once.
class AnswerReader
{
public:
    AnswerReader(json::Source &source, const AnswerOptions &options, connector::Sink &sink);

    AnswerSummary read();

private:
    bool idle();
    void readWrapped(Wrapping wrapping);
    void readRows(const Wrapping &wrapping, decode::MemoryRows::Form form);
    // True: there are more rows than those that were looked at.
    bool lookAtRows(const char *begin, const char *end, std::int64_t most);
    std::shared_ptr<const table::Schema> schemaOfLooks();
    bool feedHeld(const char *begin, const char *end, bool hasMore, decode::MemoryRows::Step *last);
    void beginFeeding(const char *begin, const char *end);
    // Reads the rows at hand with the types of the first ones. False: they were too narrow.
    bool feedByFirstTypes(const char *begin, const char *end, decode::MemoryRows::Step *last);
    // False: the result is cut, or a value does not fit while that ends the reading.
    bool feedRow();
    bool failLate(const QString &what);
    void finishBody(const Wrapping &wrapping, decode::MemoryRows::Step last);
    void deliverText(std::string_view text);
    void fail(core::Error error);
    core::Error malformed(std::string_view document, std::int64_t firstByte, bool isInBody) const;

    AnswerOptions m_options;
    connector::Sink &m_sink;
    AnswerSummary m_summary;
    Layers m_layers;
    std::optional<Body> m_body;
    Preview m_preview;
    std::int64_t m_saidMegabytes = 0;
    std::optional<decode::MemoryRows> m_rows;
    std::vector<decode::MemoryCell> m_cells;
    std::vector<decode::Looks> m_looks;
    std::vector<decode::DateCache> m_dates;
    std::vector<json::Token> m_tokens; // by column: how its values are written, where all are written alike
    bool m_needsFit = false; // a value that does not fit ends the reading
    bool m_isMisfit = false;
    HeldSink m_held;
    std::vector<std::uint64_t> m_filledIn; // by column: the row that has filled it
    std::uint64_t m_rowNumber = 0;
    std::optional<decode::RowFeeder> m_feeder;
    bool m_isWholeDocument = false; // the rows are all of it
    std::string_view m_document; // that holds the rows, from its first byte at hand
};

} // namespace timescale
