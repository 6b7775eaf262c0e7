// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/interrupt.h"
#include "table/writers.h"

#include <memory>
#include <string>

namespace cli {

// Where the results of a run go: standard output, or a file that is written beside itself and put in place when it is
// whole. Used by the main thread.
class Output : public table::ByteOutput
{
public:
    static std::unique_ptr<Output> toStandardOutput(Interrupt &interrupt);
    // Usage error: the file cannot be written. Writes to FILE.partial; a path that is no regular file (a pipe, a
    // device) is written directly.
    static core::Result<std::unique_ptr<Output>> toFile(const std::string &path, Interrupt &interrupt);
    ~Output() override;

    // After a request to stop it goes on only as long as somebody takes the bytes.
    core::Result<void> write(std::string_view bytes) override;

    // The reader of standard output closed it. That is no error to speak of: the run ends quietly.
    bool isReaderGone() const { return m_isReaderGone; }

    // Puts the file in place.
    core::Result<void> commit();
    // Leaves what was written in FILE.partial (nothing, if nothing was) and FILE as it was. True if rows are there.
    bool abandon();
    const std::string &partialPath() const { return m_partialPath; }

private:
    Output(int fd, Interrupt &interrupt);
    core::Result<void> failed(int reason);
    core::Result<void> close();

    int m_fd = -1;
    Interrupt &m_interrupt;
    bool m_ownsFd = false;
    bool m_isReaderGone = false;
    bool m_hasBytes = false;
    std::string m_path; // empty for standard output
    std::string m_partialPath; // empty where written directly
};

} // namespace cli
