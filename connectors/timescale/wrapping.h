// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace timescale {

// Where an answer of a data API holds its rows: the functions behind such APIs wrap them as they like.
struct Wrapping {
    enum class Form {
        Rows, // text begins behind the bracket that opens them
        Single, // text is one value: an object's members are the columns of one row, anything else is a cell
        Text, // no JSON, but a text for people
        Nothing, // no body, or an empty one
        Refused, // an error in the place of rows: see below
        Malformed, // JSON was due: text is what is none, or ends early
        Missing, // nothing is where the pointer says
    };
    Form form = Form::Nothing;
    std::string_view text;
    bool isInBody = true; // text is a stretch of the body, and not what was unpacked from it
    std::vector<std::string> columns; // of array rows
    bool saysMore = false; // a mark of a next page stands beside the rows
    std::optional<int> innerStatus; // of the envelope
    bool isFunctionError = false; // errorMessage …
    std::string errorType;
    std::string message; // of what was refused
    std::deque<std::string> unpacked; // what text may point into
};

struct WrappingOptions {
    std::string pointer; // where the rows are, as a JSON pointer; empty: found by what there is
    bool isWhole = true; // the body has come to its end
    bool isInText = false; // it was unpacked from a text: what is no JSON is one for people
    bool isJsonDue = true; // a body that is no JSON is malformed
};

// Looks through envelopes (statusCode and body, as often as there are), texts that are JSON, base64, and members that
// usually hold rows. body is followed by the padding of decode/memoryjson.h.
Wrapping unwrapped(std::string_view body, const WrappingOptions &options);

// What an error in JSON says for people: message, Message, errorMessage, error, or the body itself where it is a text.
struct StatedText {
    std::string type;
    std::string message;
    bool isJson = false;
    bool hasForm = false; // an object with such a member: the gateway's or a function's own error
};
StatedText statedIn(std::string_view body);

} // namespace timescale
