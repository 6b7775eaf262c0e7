// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copyformat.h"

#include "json/writer.h"
#include "table/format.h"
#include "table/writers.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_set>

namespace grid {

namespace {

struct CopyFormatTr {
    Q_DECLARE_TR_FUNCTIONS(CopyTr)
};

constexpr std::int64_t kExactInSpreadsheet = 999'999'999'999'999; // a spreadsheet keeps 15 digits

core::Error copyStopped()
{
    return {.kind = core::ErrorKind::Cancelled, .message = CopyFormatTr::tr("Copying was stopped.")};
}

bool isLongNumber(const table::Cell &cell)
{
    const table::Column &column = *cell.column;
    if (!column.hasValue(cell.row))
        return false;
    if (column.kind() == table::Kind::Int)
        return column.ints()[cell.row] > kExactInSpreadsheet || column.ints()[cell.row] < -kExactInSpreadsheet;
    return column.kind() == table::Kind::UInt && column.uints()[cell.row] > static_cast<std::uint64_t>(kExactInSpreadsheet);
}

void appendHtml(std::string &out, std::string_view text)
{
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '\n')
            out += "<br>";
        else if (c != '\r')
            out += c;
    }
}

// As spreadsheets read tabs: quoted only where a value holds a tab, a line end or a leading quote.
void appendTabbed(std::string &out, std::string_view text)
{
    if (!text.empty() && text.front() != '"' && text.find_first_of("\t\r\n") == std::string_view::npos) {
        out.append(text);
        return;
    }
    out += '"';
    for (const char c : text) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out += '"';
}

class FormatCopier
{
public:
    FormatCopier(const CopyCells &cells, const CopyStyle &style, qint64 mostBytes, const std::stop_token &stop)
        : m_cells(cells)
        , m_style(style)
        , m_most(static_cast<std::size_t>(mostBytes))
        , m_stop(stop)
    {
        m_format.zone = cells.zone ? &*cells.zone : nullptr;
        m_dialect.decimalComma = style.decimalComma;
        m_dialect.separator = style.decimalComma ? ';' : ',';
        switch (style.format) {
        case CopyFormat::Csv:
            m_format.form = table::TextForm::Csv;
            m_format.dialect = style.decimalComma ? &m_dialect : nullptr;
            break;
        case CopyFormat::Json:
            m_format.form = table::TextForm::Json;
            break;
        case CopyFormat::Markdown:
            m_format.form = table::TextForm::Markdown;
            break;
        case CopyFormat::Insert:
        case CopyFormat::InList:
            m_format.form = table::TextForm::Sql;
            break;
        case CopyFormat::Tsv:
        case CopyFormat::Html:
            m_format.form = table::TextForm::Plain;
            break;
        }
    }

    core::Result<CopiedFormat> copy()
    {
        begin();
        for (const auto &[first, end] : stretches()) {
            for (qint64 row = first; row < end; ++row) {
                if ((row & 255) == 0 && m_stop.stop_requested())
                    return copyStopped();
                if (out().size() > m_most)
                    return tooMuch();
                putRow(row);
            }
        }
        finish();
        return std::move(m_copied);
    }

private:
    std::string &out() { return m_copied.text; }
    const table::ColumnInfo &info(std::size_t i) const { return m_cells.schema->columns[m_cells.columns[i]]; }

    std::vector<std::pair<qint64, qint64>> stretches() const
    {
        std::vector<std::pair<qint64, qint64>> all;
        for (const Range &range : m_cells.ranges)
            all.emplace_back(range.top, std::min(range.bottom, m_cells.rowCount - 1) + 1);
        std::sort(all.begin(), all.end());
        std::vector<std::pair<qint64, qint64>> merged;
        for (const auto &[first, end] : all) {
            if (first >= end)
                continue;
            if (!merged.empty() && first <= merged.back().second)
                merged.back().second = std::max(merged.back().second, end);
            else
                merged.emplace_back(first, end);
        }
        return merged;
    }

    bool isSelected(qint64 row, std::size_t i) const
    {
        return m_cells.ranges.size() == 1
            || std::any_of(m_cells.ranges.begin(), m_cells.ranges.end(),
                [&](const Range &range) { return range.contains({row, m_cells.places[i]}); });
    }

    void begin()
    {
        const std::size_t count = m_cells.columns.size();
        switch (m_style.format) {
        case CopyFormat::Csv:
        case CopyFormat::Tsv:
            for (std::size_t i = 0; m_style.withHeaders && i < count; ++i) {
                out() += i == 0 ? "" : separator();
                putName(info(i).name);
            }
            m_isFirst = !m_style.withHeaders;
            break;
        case CopyFormat::Json:
            prepareKeys();
            out() += '[';
            break;
        case CopyFormat::Markdown:
            for (std::size_t i = 0; i < count; ++i) {
                out() += "| ";
                table::appendText(out(), info(i).name, m_format);
                out() += ' ';
            }
            out() += "|\n";
            for (std::size_t i = 0; i < count; ++i)
                out() += table::isNumeric(info(i).kind) ? "| --: " : "| --- ";
            out() += '|';
            m_isFirst = false;
            break;
        case CopyFormat::Html:
            beginHtml();
            break;
        case CopyFormat::Insert:
            m_start = "INSERT INTO " + m_style.tableName + " (";
            for (std::size_t i = 0; i < count; ++i)
                m_start += (i == 0 ? "" : ", ") + quotedName(info(i).name);
            m_start += ") VALUES (";
            break;
        case CopyFormat::InList:
            out() += '(';
            break;
        }
    }

    void beginHtml()
    {
        out() += "<html><head><meta charset=\"utf-8\"><style>.t{mso-number-format:\"\\@\"}</style></head><body><table>\n";
        if (!m_style.withHeaders)
            return;
        out() += "<tr>";
        for (std::size_t i = 0; i < m_cells.columns.size(); ++i) {
            out() += "<th>";
            appendHtml(out(), info(i).name);
            out() += "</th>";
        }
        out() += "</tr>\n";
    }

    void finish()
    {
        if (m_style.format == CopyFormat::Json)
            out() += m_isFirst ? "]" : "\n]";
        else if (m_style.format == CopyFormat::Html)
            out() += "</table></body></html>";
        else if (m_style.format == CopyFormat::InList)
            out() += ')';
    }

    void prepareKeys()
    {
        table::Schema chosen;
        for (std::size_t i = 0; i < m_cells.columns.size(); ++i)
            chosen.columns.push_back(info(i));
        for (const std::string &name : table::uniqueNames(chosen)) {
            std::string key(m_keys.empty() ? "{" : ",");
            json::appendString(key, name);
            m_keys.push_back(key + ":");
        }
    }

    const char *separator() const
    {
        return m_style.format == CopyFormat::Tsv ? "\t" : m_style.decimalComma ? ";" : ",";
    }

    static std::string quotedName(const std::string &name)
    {
        const bool isPlain = !name.empty() && (name[0] < '0' || name[0] > '9')
            && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
        if (isPlain)
            return name;
        std::string quoted("\"");
        for (const char c : name)
            quoted.append(c == '"' ? 2 : 1, c);
        return quoted + '"';
    }

    void putName(const std::string &name)
    {
        if (m_style.format == CopyFormat::Csv)
            table::appendText(out(), name, m_format);
        else
            appendTabbed(out(), name);
    }

    void putRow(qint64 row)
    {
        if (m_style.format == CopyFormat::InList) {
            putListed(row);
            return;
        }
        openRow();
        for (std::size_t i = 0; i < m_cells.columns.size(); ++i) {
            const bool isChosen = isSelected(row, i);
            m_copied.cells += isChosen ? 1 : 0;
            openCell(i);
            putCell(isChosen ? m_cells.cellAt(row, m_cells.columns[i]) : table::Cell(), i);
        }
        closeRow();
        m_isFirst = false;
    }

    void openRow()
    {
        switch (m_style.format) {
        case CopyFormat::Json:
            out() += m_isFirst ? "\n" : ",\n";
            break;
        case CopyFormat::Html:
            out() += "<tr>";
            break;
        case CopyFormat::Insert:
            out() += (m_isFirst ? "" : "\n") + m_start;
            break;
        default:
            out() += m_isFirst ? "" : "\n";
        }
    }

    void openCell(std::size_t i)
    {
        if (m_style.format == CopyFormat::Json)
            out() += m_keys[i];
        else if (m_style.format == CopyFormat::Markdown)
            out() += i == 0 ? "| " : " | ";
        else if (m_style.format == CopyFormat::Insert)
            out() += i == 0 ? "" : ", ";
        else if (m_style.format != CopyFormat::Html && i != 0)
            out() += separator();
    }

    void closeRow()
    {
        if (m_style.format == CopyFormat::Json)
            out() += '}';
        else if (m_style.format == CopyFormat::Markdown)
            out() += " |";
        else if (m_style.format == CopyFormat::Html)
            out() += "</tr>\n";
        else if (m_style.format == CopyFormat::Insert)
            out() += ");";
    }

    // cell without a column: not selected.
    void putCell(const table::Cell &cell, std::size_t i)
    {
        const bool isPlain = m_style.format == CopyFormat::Tsv || m_style.format == CopyFormat::Html;
        if (!cell.column) {
            out() += m_style.format == CopyFormat::Json ? "null" : m_style.format == CopyFormat::Insert ? "NULL"
                : m_style.format == CopyFormat::Html                                                   ? "<td></td>"
                                                                                                       : "";
        } else if (!isPlain) {
            table::appendCell(out(), info(i), *cell.column, cell.row, m_format);
        } else {
            m_value.clear();
            const bool isNull = cell.column->isNull(cell.row);
            if (!isNull)
                table::appendCell(m_value, info(i), *cell.column, cell.row, m_format);
            if (m_style.decimalComma && table::isNumeric(info(i).kind))
                std::replace(m_value.begin(), m_value.end(), '.', ',');
            putPlain(cell, isNull, i);
        }
    }

    void putPlain(const table::Cell &cell, bool isNull, std::size_t i)
    {
        if (m_style.format == CopyFormat::Html) {
            const table::Kind kind = info(i).kind;
            const bool isNumber = table::isNumeric(kind) && kind != table::Kind::Decimal && cell.column->hasValue(cell.row);
            out() += isNull || (isNumber && !isLongNumber(cell)) ? "<td>" : "<td class=\"t\">";
            appendHtml(out(), m_value);
            out() += "</td>";
        } else if (!isNull) {
            appendTabbed(out(), m_value);
        }
    }

    void putListed(qint64 row)
    {
        for (std::size_t i = 0; i < m_cells.columns.size(); ++i) {
            if (!isSelected(row, i))
                continue;
            ++m_copied.cells;
            const table::Cell cell = m_cells.cellAt(row, m_cells.columns[i]);
            if (cell.column->isNull(cell.row))
                continue;
            m_value.clear();
            table::appendCell(m_value, info(i), *cell.column, cell.row, m_format);
            if (!m_listed.insert(m_value).second)
                continue;
            out() += (m_isFirst ? "" : ", ") + m_value;
            m_isFirst = false;
        }
    }

    core::Error tooMuch() const
    {
        return {.kind = core::ErrorKind::Limit,
            .message = CopyFormatTr::tr("The selection is too large for the clipboard: more than %1 million characters.").arg(m_most / 1000000),
            .hint = CopyFormatTr::tr("Select less, or export the result to a file.")};
    }

    const CopyCells &m_cells;
    const CopyStyle &m_style;
    const std::size_t m_most;
    const std::stop_token &m_stop;
    table::FormatOptions m_format;
    table::Dialect m_dialect;
    std::vector<std::string> m_keys; // Json: with what stands before and behind
    std::string m_start; // Insert
    std::unordered_set<std::string> m_listed; // InList
    std::string m_value;
    bool m_isFirst = true;
    CopiedFormat m_copied;
};

} // namespace

core::Result<CopiedFormat> copyFormatted(const CopyCells &cells, const CopyStyle &style, qint64 mostBytes, std::stop_token stop)
{
    return FormatCopier(cells, style, mostBytes, stop).copy();
}

bool wantsSpreadsheetFlavour(const CopyCells &cells)
{
    return std::any_of(cells.columns.begin(), cells.columns.end(), [&](std::size_t column) {
        const table::ColumnInfo &info = cells.schema->columns[column];
        return info.kind == table::Kind::Decimal || info.kind == table::Kind::Text
            || ((info.kind == table::Kind::Int || info.kind == table::Kind::UInt) && info.bits > 32);
    });
}

QString nameOf(CopyFormat format)
{
    switch (format) {
    case CopyFormat::Tsv:
        return CopyFormatTr::tr("Tabs (for spreadsheets)");
    case CopyFormat::Csv:
        return QStringLiteral("CSV");
    case CopyFormat::Json:
        return QStringLiteral("JSON");
    case CopyFormat::Markdown:
        return QStringLiteral("Markdown");
    case CopyFormat::Html:
        return CopyFormatTr::tr("HTML table");
    case CopyFormat::Insert:
        return CopyFormatTr::tr("INSERT statements");
    case CopyFormat::InList:
        break;
    }
    return CopyFormatTr::tr("List for IN (…)");
}

} // namespace grid
