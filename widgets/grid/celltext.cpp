// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/celltext.h"

#include <algorithm>

namespace grid {

namespace {

constexpr std::size_t kMostFormatted = 64; // bytes

// Most characters take one to four bytes: this much of the value holds mostChars of them whatever they are.
std::string_view head(std::string_view bytes, int mostChars, bool *isCut)
{
    const std::size_t most = static_cast<std::size_t>(mostChars) * 4;
    if (bytes.size() <= most)
        return bytes;
    *isCut = true;
    std::size_t end = most;
    // Not in the middle of a character: step back over at most three continuation bytes.
    for (int i = 0; i < 3 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80; ++i)
        --end;
    return bytes.substr(0, end);
}

bool isPlainAscii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Characters without a shape of their own that break the line, or that let a value pretend to be another one by turning
// the direction of what follows. Joiners stay: scripts need them.
bool needsStandIn(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0x200e || c == 0x200f
        || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

QString standIn(char16_t c)
{
    if (c == u'\n')
        return QStringLiteral("\u21b5");
    if (c == u'\t')
        return QStringLiteral("\u21e5");
    if (c < 0x20 || c == 0x7f)
        return u'^' % QChar(static_cast<char16_t>(c ^ 0x40));
    return QStringLiteral("<U+%1>").arg(QString::number(c, 16).toUpper(), 4, u'0');
}

void replaceControls(CellText *cell)
{
    if (std::none_of(cell->text.cbegin(), cell->text.cend(), [](QChar c) { return needsStandIn(c.unicode()); }))
        return;
    QString line;
    line.reserve(cell->text.size() + 32);
    for (const QChar c : std::as_const(cell->text)) {
        if (!needsStandIn(c.unicode())) {
            line.append(c);
            continue;
        }
        const int begin = static_cast<int>(line.size());
        line.append(standIn(c.unicode()));
        const int end = static_cast<int>(line.size());
        if (!cell->muted.empty() && cell->muted.back().end == begin)
            cell->muted.back().end = end;
        else
            cell->muted.push_back({begin, end});
    }
    cell->text = std::move(line);
}

void cut(CellText *cell, int mostChars)
{
    if (cell->text.size() > mostChars) {
        cell->isCut = true;
        const bool splitsPair = cell->text.at(mostChars - 1).isHighSurrogate();
        cell->text.truncate(splitsPair ? mostChars - 1 : mostChars);
    }
    if (cell->isCut)
        cell->text.append(u'…');
}

CellText special(CellText::Look look, const QString &text)
{
    CellText cell;
    cell.look = look;
    cell.text = text;
    cell.isAscii = true;
    return cell;
}

CellText hexText(std::string_view bytes, int mostChars)
{
    const auto most = static_cast<qsizetype>(mostChars / 2 + 1);
    const qsizetype size = std::min(most, static_cast<qsizetype>(bytes.size()));
    CellText text;
    text.text = QString::fromLatin1(QByteArray::fromRawData(bytes.data(), size).toHex());
    cut(&text, mostChars);
    text.isAscii = !text.isCut;
    return text;
}

// Easier to read in a column of them: a blank for the T, and the zone, which the header names, stands back.
void layOutTime(CellText *text)
{
    const qsizetype t = text->text.indexOf(u'T');
    if (t < 0)
        return;
    text->text[t] = u' ';
    for (qsizetype i = t + 1; i < text->text.size(); ++i) {
        const QChar c = text->text.at(i);
        if (c == u'Z' || c == u'+' || c == u'-') {
            text->muted.push_back({static_cast<int>(i), static_cast<int>(text->text.size())});
            return;
        }
    }
}

} // namespace

CellText lineText(std::string_view bytes, int mostChars)
{
    CellText cell;
    const std::string_view shown = head(bytes, mostChars, &cell.isCut);
    if (isPlainAscii(shown)) {
        cell.text = QString::fromLatin1(shown.data(), static_cast<qsizetype>(shown.size()));
        cut(&cell, mostChars);
        cell.isAscii = !cell.isCut;
        return cell;
    }
    cell.text = QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
    cut(&cell, mostChars);
    replaceControls(&cell);
    return cell;
}

CellText cellText(const table::Table &table, Position at, const table::Zone *zone, int mostChars)
{
    const auto index = static_cast<std::size_t>(at.column);
    const table::ColumnInfo &info = table.schema().columns[index];
    const auto [columnOfCell, row] = table.cell(at.row, index);
    const table::Column &column = *columnOfCell;
    if (!column.hasValue(row)) {
        const auto sent = column.literal(row);
        if (!sent)
            return special(CellText::Look::Null, QStringLiteral("NULL"));
        CellText text = lineText(*sent, mostChars);
        text.look = CellText::Look::Literal;
        return text;
    }
    if (table::storageOf(column.kind()) == table::Storage::Bytes) {
        const std::string_view bytes = column.bytes(row);
        if (bytes.empty())
            return special(CellText::Look::Empty, QStringLiteral("\"\""));
        if (column.kind() == table::Kind::Binary)
            return hexText(bytes, mostChars);
        // The others are formatted whole, but only where that is no work.
        if (column.kind() == table::Kind::Text || column.kind() == table::Kind::Json || bytes.size() > kMostFormatted)
            return lineText(bytes, mostChars);
    }
    std::string value;
    table::appendCell(value, info, column, row, {.zone = zone});
    CellText text = lineText(value, mostChars);
    if (table::isTime(column.kind()))
        layOutTime(&text);
    return text;
}

bool isRightAligned(table::Kind kind)
{
    return table::isNumeric(kind);
}

} // namespace grid
