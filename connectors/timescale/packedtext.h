// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/source.h"

#include <optional>
#include <string>

namespace timescale {

// The inside of a JSON text, its escapes (and base64, where it is that) undone as it arrives, from behind its opening
// quote on. What stands behind the text has to end the document; that is read, and looked at, before the end is told.
class PackedText final : public json::Source
{
public:
    // firstByte: where the inside begins in the document. isInObject: the text is the value of an object's member.
    PackedText(json::Source &document, std::int64_t firstByte, bool isBase64, bool isInObject);

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override;

private:
    void undo();
    std::size_t passable(std::size_t from);
    void unpackBase64();
    void readTail();
    bool isGoodTail() const;
    void fail(const QString &message, std::size_t place);

    json::Source &m_document;
    std::int64_t m_offset; // of m_raw's first byte in the document
    const bool m_isBase64;
    const bool m_isInObject;
    std::string m_raw; // as sent, not yet undone; then what stands behind the text
    std::string m_packed; // base64 that is not yet decoded
    std::string m_ready;
    std::size_t m_taken = 0; // of m_ready
    bool m_isClosed = false; // the closing quote was read
    bool m_isOver = false; // the document has ended
    std::optional<core::Error> m_error; // told once m_ready is taken
};

} // namespace timescale
