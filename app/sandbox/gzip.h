// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

// A gzip body undone; nothing if it is damaged or larger than limit.
std::optional<std::string> gunzip(std::string_view bytes, std::size_t limit);

// Makes a gzip stream piece by piece.
class GzipStream
{
public:
    GzipStream();
    ~GzipStream();

    // What came of these bytes, all of it, so that the reader can show them; with last also the end of the stream.
    std::string compressed(std::string_view bytes, bool last);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sandbox
