// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes: the reader says the same however they are cut, and takes what Boost.JSON takes.

#include "json/reader.h"

#include "../support/piecesource.h"

#include <boost/json.hpp>

#include <cstdlib>

namespace {

struct Reading {
    bool isWhole = false;
    std::string tokens;
    std::int64_t errorByte = -1;

    bool operator==(const Reading &) const = default;
};

Reading readIn(std::string_view body, std::size_t piece)
{
    support::PieceSource source(body, piece);
    json::Reader reader(source);
    Reading reading;
    for (json::Token token = reader.next();; token = reader.next()) {
        reading.tokens.append(1, static_cast<char>(token)).append(reader.text()).append(1, '\n');
        if (token == json::Token::End || token == json::Token::Failed) {
            reading.isWhole = token == json::Token::End;
            reading.errorByte = reader.error() ? reader.error()->position.byte.value_or(-1) : -1;
            return reading;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char *>(data), size);
    const Reading whole = readIn(body, size + 1);
    for (const std::size_t piece : {std::size_t(1), std::size_t(3), std::size_t(17)}) {
        if (!(readIn(body, piece) == whole))
            std::abort();
    }
    boost::json::error_code error;
    boost::json::parse_options options;
    options.max_depth = 1000;
    static_cast<void>(boost::json::parse({body.data(), body.size()}, error, {}, options));
    if (!error && !whole.isWhole)
        std::abort();
    return 0;
}
