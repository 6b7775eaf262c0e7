// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/copytext.h"

#include "table/format.h"

#include <QCoreApplication>

#include <set>
#include <string>

namespace grid {

namespace {

constexpr std::size_t kBlockBytes = std::size_t(1) << 20; // turned into a QString at a time

struct CopyTr {
    Q_DECLARE_TR_FUNCTIONS(CopyTr)
};

// Rows between which the same columns are selected.
struct Band {
    qint64 top;
    qint64 end; // one past the last
    std::vector<bool> selected; // for each copied column
};

struct Plan {
    std::vector<int> columns;
    std::vector<Band> bands;
};

Plan planOf(const CopyRequest &request)
{
    const Range whole{0, request.view.rowCount() - 1, 0, static_cast<int>(request.view.columnCount()) - 1};
    std::vector<Range> ranges;
    std::set<int> columns;
    std::set<qint64> cuts;
    for (const Range &range : request.ranges) {
        const Range held = range.intersected(whole);
        if (held.isEmpty())
            continue;
        ranges.push_back(held);
        cuts.insert({held.top, held.bottom + 1});
        for (int column = held.left; column <= held.right; ++column)
            columns.insert(column);
    }
    Plan plan{{columns.begin(), columns.end()}, {}};
    for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
        Band band{*cut, *std::next(cut), std::vector<bool>(plan.columns.size())};
        bool isAny = false;
        for (const Range &range : ranges) {
            if (range.top > band.top || range.bottom < band.top)
                continue;
            const auto first = std::lower_bound(plan.columns.begin(), plan.columns.end(), range.left);
            for (auto it = first; it != plan.columns.end() && *it <= range.right; ++it)
                band.selected[static_cast<std::size_t>(it - plan.columns.begin())] = isAny = true;
        }
        if (isAny)
            plan.bands.push_back(std::move(band));
    }
    return plan;
}

class CopyWriter
{
public:
    CopyWriter(const CopyRequest &request, qint64 mostChars, std::stop_token stop)
        : m_view(request.view)
        , m_mostChars(mostChars)
        , m_stop(std::move(stop))
        , m_options{.zone = request.zone ? &*request.zone : nullptr}
        , m_plan(planOf(request))
    {
        m_isBare = !request.withHeaders && m_plan.columns.size() == 1 && m_plan.bands.size() == 1
            && m_plan.bands[0].end - m_plan.bands[0].top == 1;
    }

    core::Result<CopiedText> write(bool withHeaders)
    {
        if (withHeaders)
            writeHeader();
        for (const Band &band : m_plan.bands) {
            for (qint64 row = band.top; row < band.end; ++row) {
                if (m_stop.stop_requested())
                    return core::Error{.kind = core::ErrorKind::Cancelled, .message = CopyTr::tr("Copying was stopped.")};
                if (!writeRow(band, row))
                    return tooLarge();
            }
        }
        flush();
        return std::move(m_copied);
    }

private:
    void writeHeader()
    {
        for (std::size_t i = 0; i < m_plan.columns.size(); ++i) {
            if (i != 0)
                m_block.push_back('\t');
            const std::size_t begin = m_block.size();
            m_block.append(m_view.info(static_cast<std::size_t>(m_plan.columns[i])).name);
            quoteFrom(begin);
        }
        m_isFirstLine = false;
    }

    bool writeRow(const Band &band, qint64 row)
    {
        if (!m_isFirstLine)
            m_block.push_back('\n');
        m_isFirstLine = false;
        for (std::size_t i = 0; i < m_plan.columns.size(); ++i) {
            if (i != 0)
                m_block.push_back('\t');
            if (band.selected[i] && !writeCell(row, static_cast<std::size_t>(m_plan.columns[i])))
                return false;
        }
        if (m_block.size() >= kBlockBytes)
            flush();
        return m_copied.text.size() + static_cast<qint64>(m_block.size()) / 4 <= m_mostChars;
    }

    // False, before anything is copied, where a single value passes the limit.
    bool writeCell(qint64 row, std::size_t index)
    {
        ++m_copied.cells;
        const table::Cell cell = m_view.cell(row, index);
        const table::Column &column = *cell.column;
        const bool hasValue = column.hasValue(cell.row);
        const bool isBytes = table::storageOf(column.kind()) == table::Storage::Bytes;
        if (hasValue && isBytes && static_cast<qint64>(column.bytes(cell.row).size()) / 4 > m_mostChars)
            return false;
        const std::size_t begin = m_block.size();
        if (!column.isNull(cell.row))
            table::appendCell(m_block, m_view.info(index), column, cell.row, m_options);
        if (!m_isBare && ((hasValue && isBytes) || (!hasValue && column.literal(cell.row))))
            quoteFrom(begin);
        return true;
    }

    void quoteFrom(std::size_t begin)
    {
        const std::string_view value = std::string_view(m_block).substr(begin);
        if (!value.empty() && value.front() != '"' && value.find_first_of("\t\r\n") == std::string_view::npos)
            return;
        std::string quoted("\"");
        for (const char c : value) {
            if (c == '"')
                quoted.push_back('"');
            quoted.push_back(c);
        }
        quoted.push_back('"');
        m_block.replace(begin, std::string::npos, quoted);
    }

    // Only between rows, where no character of several bytes can be split.
    void flush()
    {
        m_copied.text.append(QString::fromUtf8(m_block.data(), static_cast<qsizetype>(m_block.size())));
        m_block.clear();
    }

    core::Error tooLarge() const
    {
        return {.kind = core::ErrorKind::Limit,
            .message = CopyTr::tr("The selection is too large for the clipboard: more than %1 million characters.")
                           .arg(m_mostChars / 1000000),
            .hint = CopyTr::tr("Select less, or export the result to a file.")};
    }

    const table::TableView &m_view;
    const qint64 m_mostChars;
    const std::stop_token m_stop;
    const table::FormatOptions m_options;
    const Plan m_plan;
    bool m_isBare = false;
    bool m_isFirstLine = true;
    std::string m_block;
    CopiedText m_copied;
};

} // namespace

core::Result<CopiedText> copyText(const CopyRequest &request, qint64 mostChars, std::stop_token stop)
{
    return CopyWriter(request, mostChars, std::move(stop)).write(request.withHeaders);
}

} // namespace grid
