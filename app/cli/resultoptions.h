// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/output.h"
#include "table/writers.h"

#include <memory>

namespace cli {

// The options that say how results are written and where to.
std::vector<OptionSpec> resultOptions();
OptionSpec maxRowsOption();
OptionSpec traceOption();

struct ResultOptions {
    table::FileFormat format = table::FileFormat::Table;
    table::WriterOptions writer; // zone and table name
    std::string file; // empty: standard output
};

core::Result<ResultOptions> resultOptionsFrom(const ParsedArguments &arguments);

// Opens the file or standard output.
core::Result<std::unique_ptr<Output>> openOutput(const ResultOptions &options, Interrupt &interrupt);

// --max-rows; 0, as without it: no limit.
core::Result<std::int64_t> maxRowsFrom(const ParsedArguments &arguments);

} // namespace cli
