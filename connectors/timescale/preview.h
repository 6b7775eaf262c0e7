// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "answer.h"
#include "decode/memoryrows.h"
#include "decode/rowfeeder.h"

#include <optional>

namespace timescale {

// Shows the rows of an answer as texts while it arrives: which types they are is known at its end.
class Preview
{
public:
    Preview(const AnswerOptions &options, connector::Sink &sink);

    // body: all that has come, followed by the padding of decode/memoryjson.h; it may have moved. False: no more is wanted.
    bool show(std::string_view body);

    bool isShown() const { return m_feeder.has_value(); }
    bool isCutByLimit() const { return m_feeder && m_feeder->isCutByLimit(); }
    // For the typed rows: no more than are wanted by now; 0: no limit.
    std::int64_t limit() const { return m_feeder->limit(); }

private:
    bool find(std::string_view body);
    bool begin(const char *from, const char *end);
    bool feedRow();

    const AnswerOptions &m_options;
    connector::Sink &m_sink;
    std::size_t m_lookAgainAt = 1;
    std::size_t m_place = 0; // of the body: what is shown ends there
    std::optional<decode::MemoryRows> m_rows;
    std::vector<decode::MemoryCell> m_cells;
    std::vector<std::int64_t> m_filledIn; // by column: the row that has filled it, from 1 on
    std::optional<decode::RowFeeder> m_feeder;
};

} // namespace timescale
