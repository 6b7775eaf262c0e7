// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/resultoptions.h"

#include <optional>
#include <string>
#include <vector>

namespace cli {

// A text of a listing; an empty one is NULL there.
std::optional<std::string> orNull(std::string text);

// Rows of text that a command makes itself, written as results are.
class Listing
{
public:
    // Opens the output; nothing is written to it before the first rows or the end.
    static core::Result<std::unique_ptr<Listing>> create(
        std::vector<std::string> columns, const ResultOptions &options, Interrupt &interrupt);
    Listing() = default;
    ~Listing();
    Listing(const Listing &) = delete;
    Listing &operator=(const Listing &) = delete;

    // nullopt is NULL.
    core::Result<void> add(const std::vector<std::vector<std::optional<std::string>>> &rows);
    core::Result<void> finish();

    // A reader that went away is no failure; nothing more needs to be added.
    bool isReaderGone() const { return m_output->isReaderGone(); }

private:
    core::Result<void> begin();
    core::Result<void> unlessReaderIsGone(core::Result<void> written) const;

    std::unique_ptr<Output> m_output;
    std::unique_ptr<table::Writer> m_writer;
    std::shared_ptr<const table::Schema> m_schema;
    bool m_isBegun = false;
    bool m_isWhole = false;
};

} // namespace cli
