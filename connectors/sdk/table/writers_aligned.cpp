// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/writers_base.h"

#include <algorithm>
#include <chrono>

namespace table {

namespace {

// The widths are those of the first rows: as many as are held back. Wider cells that come later are written whole and
// push the rest of their line to the right.
constexpr std::size_t kHeldRows = 1000;
constexpr std::size_t kHeldBytes = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds kHeldTime{200};
constexpr std::size_t kWidestPadding = 80;

struct CodeRange {
    char32_t first;
    char32_t last;
};

constexpr CodeRange kWide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
constexpr CodeRange kNoWidth[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};

template <std::size_t N>
bool holds(const CodeRange (&ranges)[N], char32_t code)
{
    return std::any_of(ranges, ranges + N, [&](const CodeRange &range) { return code >= range.first && code <= range.last; });
}

// Columns of a terminal that valid UTF-8 takes.
std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t code = length == 1 ? lead : lead & (0x7F >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
        i += length;
        width += code < 0x300 ? 1 : holds(kNoWidth, code) ? 0 : holds(kWide, code) ? 2 : 1;
    }
    return width;
}

// Aligned columns for reading: a plain table, or Markdown's.
class AlignedWriter : public TextWriter
{
public:
    AlignedWriter(bool isMarkdown, ByteOutput &output, WriterOptions options)
        : TextWriter(isMarkdown ? TextForm::Markdown : TextForm::Table, output, std::move(options))
        , m_isMarkdown(isMarkdown)
    {
    }
    RowFormatter *formatter() override { return nullptr; }

protected:
    void putHeader() override;
    void putRow(RowBlock &, const Chunk &, std::uint32_t) const override {}
    void addRow(const Chunk &chunk, std::uint32_t row) override;
    void putEnd() override { release(); }

private:
    bool isRight(std::size_t column) const { return isNumeric(schema().columns[column].kind); }
    void hold(std::string cell);
    void release();
    void putLine(std::string *cells);
    void putRule();

    const bool m_isMarkdown;
    bool m_isHolding = true;
    std::chrono::steady_clock::time_point m_heldSince;
    std::vector<std::size_t> m_widths;
    std::vector<std::string> m_held; // cells, row by row; the first row is the names
    std::size_t m_heldBytes = 0;
};

void AlignedWriter::putHeader()
{
    m_isHolding = true;
    m_heldSince = std::chrono::steady_clock::now();
    m_heldBytes = 0;
    m_widths.assign(columnCount(), m_isMarkdown ? 3 : 1);
    if (resultsBefore() > 0)
        buffer() += '\n';
    for (std::size_t i = 0; i < columnCount(); ++i) {
        std::string name;
        if (!appendText(name, schema().columns[i].name, format()))
            warnOf(i);
        hold(std::move(name));
    }
}

void AlignedWriter::addRow(const Chunk &chunk, std::uint32_t row)
{
    if (m_isHolding
        && (m_held.size() > kHeldRows * columnCount() || m_heldBytes > kHeldBytes
            || (row % 64 == 0 && std::chrono::steady_clock::now() - m_heldSince > kHeldTime)))
        release();
    std::vector<std::string> cells(columnCount());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!appendCell(cells[i], schema().columns[i], columnOf(chunk, i), row, format()))
            warnOf(i);
    }
    if (!m_isHolding) {
        putLine(cells.data());
        return;
    }
    for (std::string &cell : cells)
        hold(std::move(cell));
}

void AlignedWriter::hold(std::string cell)
{
    std::size_t &width = m_widths[m_held.size() % columnCount()];
    width = std::max(width, std::min(displayWidth(cell), kWidestPadding));
    m_heldBytes += cell.size() + sizeof cell;
    m_held.push_back(std::move(cell));
}

void AlignedWriter::release()
{
    if (!m_isHolding)
        return;
    m_isHolding = false;
    for (std::size_t at = 0; at < m_held.size(); at += columnCount()) {
        putLine(&m_held[at]);
        if (at == 0)
            putRule();
    }
    m_held = {};
}

void AlignedWriter::putLine(std::string *cells)
{
    std::string &out = buffer();
    out += m_isMarkdown ? "| " : " ";
    for (std::size_t i = 0; i < columnCount(); ++i) {
        if (i != 0)
            out += " | ";
        const std::size_t width = displayWidth(cells[i]);
        const std::size_t padding = width < m_widths[i] ? m_widths[i] - width : 0;
        const bool isLast = i + 1 == columnCount();
        if (isRight(i))
            out.append(padding, ' ');
        out += cells[i];
        if (!isRight(i) && (m_isMarkdown || !isLast))
            out.append(padding, ' ');
    }
    out += m_isMarkdown ? " |\n" : "\n";
}

void AlignedWriter::putRule()
{
    std::string &out = buffer();
    for (std::size_t i = 0; i < columnCount(); ++i) {
        if (m_isMarkdown) {
            out += "| ";
            out.append(m_widths[i] - (isRight(i) ? 1 : 0), '-').append(isRight(i) ? ": " : " ");
        } else {
            out += i == 0 ? "" : "+";
            out.append(m_widths[i] + 2, '-');
        }
    }
    out += m_isMarkdown ? "|\n" : "\n";
}

} // namespace

std::unique_ptr<Writer> createAlignedWriter(FileFormat format, ByteOutput &output, WriterOptions options)
{
    return std::make_unique<AlignedWriter>(format == FileFormat::Markdown, output, std::move(options));
}

} // namespace table
