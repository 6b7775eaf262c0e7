// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/jsontext.h"
#include "sandbox/routes.h"

#include <chrono>

// Results, whole or in blocks.
namespace lindorm::server {

namespace {

constexpr std::size_t kPiece = 15000; // bytes written at once: where blocks begin and end they do not know
constexpr auto kPatience = std::chrono::milliseconds(50); // rows do not wait longer for a block to fill

std::string headOf(const std::vector<OutputColumn> &columns)
{
    std::string head = "{\"columns\":[";
    for (const OutputColumn &column : columns) {
        head += head.ends_with('[') ? "" : ",";
        appendText(head, column.name);
    }
    head += "],\"metadata\":[";
    for (const OutputColumn &column : columns) {
        head += head.ends_with('[') ? "" : ",";
        appendText(head, typeName(column.type));
    }
    return head + ']';
}

void appendRow(std::string &out, const Cursor &cursor)
{
    out += '[';
    for (std::size_t i = 0; i < cursor.columns().size(); ++i) {
        out += i == 0 ? "" : ",";
        cursor.appendCell(out, static_cast<int>(i));
    }
    out += ']';
}

void appendError(std::string &out, const Refusal &refusal)
{
    out += "{\"code\":" + std::to_string(refusal.code) + ",\"sqlstate\":";
    appendText(out, refusal.state);
    out += ",\"message\":";
    appendText(out, refusal.message);
    out += '}';
}

// Writes in pieces of equal size.
class PieceWriter
{
public:
    explicit PieceWriter(sandbox::Reply &reply)
        : m_reply(reply)
    {
    }

    std::string buffer;

    // False: the client has gone.
    bool flush(bool isAll)
    {
        std::size_t at = 0;
        while (buffer.size() - at >= kPiece || (isAll && at < buffer.size())) {
            if (!m_reply.write(std::string_view(buffer).substr(at, kPiece)))
                return false;
            at += std::min(kPiece, buffer.size() - at);
        }
        buffer.erase(0, at);
        m_flushed = std::chrono::steady_clock::now();
        return true;
    }
    bool isDue() const { return std::chrono::steady_clock::now() - m_flushed > kPatience; }

private:
    sandbox::Reply &m_reply;
    std::chrono::steady_clock::time_point m_flushed = std::chrono::steady_clock::now();
};

} // namespace

void Routes::answerWhole(Call &call, Cursor &cursor)
{
    std::string body = headOf(cursor.columns());
    std::int64_t rows = 0;
    while (cursor.next()) {
        body += rows++ == 0 ? ",\"rows\":[" : ",";
        appendRow(body, cursor);
    }
    if (cursor.failure())
        refuseWith(call, *cursor.failure());
    else
        call.reply.answer(200, {{"Content-Type", "application/json"}}, body + (rows == 0 ? "}" : "]}"));
}

// Blocks one directly after another. A failure before the first row is an answer of its own, one behind it a block; the
// rows of the block that it interrupts still go out.
void Routes::answerBlocks(Call &call, Cursor &cursor, std::int64_t blockRows)
{
    bool hasRow = cursor.next();
    if (!hasRow && cursor.failure()) {
        refuseWith(call, *cursor.failure());
        return;
    }
    const std::string head = headOf(cursor.columns());
    call.reply.begin(200, {{"Content-Type", "application/json"}});
    PieceWriter out(call.reply);
    if (!hasRow)
        out.buffer = head + '}';
    std::int64_t rows = 0;
    for (; hasRow; hasRow = cursor.next(), ++rows) {
        const bool isFirst = rows % blockRows == 0;
        if (isFirst && rows > 0)
            out.buffer += "]}";
        out.buffer += isFirst ? head + ",\"rows\":[" : ",";
        appendRow(out.buffer, cursor);
        const bool isDue = rows % 16 == 1 && out.isDue();
        if ((out.buffer.size() >= kPiece || isDue) && !out.flush(isDue))
            return;
    }
    out.buffer += rows > 0 ? "]}" : "";
    if (cursor.failure())
        appendError(out.buffer, *cursor.failure());
    if (out.flush(true))
        call.reply.end();
}

} // namespace lindorm::server
