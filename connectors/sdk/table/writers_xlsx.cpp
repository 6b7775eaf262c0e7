// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/format.h"
#include "table/writers_base.h"

#include "json/writer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <xlsxwriter.h>

#include <cmath>
#include <cstdlib>

namespace table {

namespace {

struct XlsxTr {
    Q_DECLARE_TR_FUNCTIONS(XlsxWriter)
};

constexpr std::int64_t kSheetRows = LXW_ROW_MAX - 1; // without the line of names
constexpr std::size_t kSheetColumns = LXW_COL_MAX;
constexpr int kCellCharacters = 32767;
constexpr std::int64_t kExactInteger = std::int64_t(1) << 53;

core::Error usageError(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

// A workbook with one sheet a result. The library writes its file by name when it is closed; the bytes then go to the
// output. Rows wait in a file too, so that memory stays flat. Doubles are numbers, which the library prints with 16
// digits.
class XlsxWriter : public Writer
{
public:
    XlsxWriter(ByteOutput &output, WriterOptions options)
        : m_output(output)
        , m_options(std::move(options))
    {
        m_format.zone = m_options.zone ? &*m_options.zone : nullptr;
    }
    ~XlsxWriter() override
    {
        if (m_workbook)
            static_cast<void>(workbook_close(m_workbook));
    }
    XlsxWriter(const XlsxWriter &) = delete;
    XlsxWriter &operator=(const XlsxWriter &) = delete;

    core::Result<void> begin(const std::shared_ptr<const Schema> &schema) override;
    core::Result<void> rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last) override;
    core::Result<void> end() override { return {}; }
    core::Result<void> finish() override;

private:
    core::Result<void> open();
    core::Result<void> copyOut();
    lxw_error putCell(const Chunk &chunk, std::size_t column, std::uint32_t row);
    lxw_error putText(const Chunk &chunk, std::size_t column, std::uint32_t row);
    lxw_error putNumber(std::size_t column, double value);
    core::Result<void> failed(lxw_error error, std::size_t column) const;
    const Column &columnOf(const Chunk &chunk, std::size_t column) const
    {
        return chunk.columns[m_options.columns.empty() ? column : m_options.columns[column]];
    }
    void warnOf(std::size_t column);

    ByteOutput &m_output;
    const WriterOptions m_options;
    FormatOptions m_format;
    QTemporaryDir m_folder;
    std::string m_fileName;
    std::shared_ptr<const Schema> m_schema;
    std::vector<bool> m_warned;
    lxw_workbook *m_workbook = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    std::int64_t m_row = 0; // of the sheet, the line of names included
};

core::Result<void> XlsxWriter::open()
{
    if (m_workbook)
        return {};
    const std::string folder = QFile::encodeName(m_folder.path()).toStdString();
    std::string tmpdir = folder;
    m_fileName = folder + "/result.xlsx";
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = tmpdir.data();
    options.use_zip64 = LXW_TRUE;
    if (m_folder.isValid())
        m_workbook = workbook_new_opt(m_fileName.c_str(), &options);
    if (!m_workbook) {
        return usageError(XlsxTr::tr("The workbook could not be begun in the folder for temporary files (%1).").arg(QDir::tempPath()),
            XlsxTr::tr("Make room there, or set TMPDIR to another folder."));
    }
    return {};
}

core::Result<void> XlsxWriter::begin(const std::shared_ptr<const Schema> &schema)
{
    if (auto opened = open(); !opened)
        return opened;
    m_schema = chosenColumns(schema, m_options.columns);
    m_warned.assign(m_schema->columns.size(), false);
    m_row = 0;
    if (m_schema->columns.size() > kSheetColumns) {
        return usageError(XlsxTr::tr("A sheet holds %1 columns; the result has %2.").arg(kSheetColumns).arg(m_schema->columns.size()),
            XlsxTr::tr("Choose another format, such as csv."));
    }
    m_sheet = workbook_add_worksheet(m_workbook, nullptr);
    for (std::size_t i = 0; i < m_schema->columns.size(); ++i) {
        std::string name;
        if (!json::appendUtf8(name, m_schema->columns[i].name))
            warnOf(i);
        if (const lxw_error error = worksheet_write_string(m_sheet, 0, static_cast<lxw_col_t>(i), name.c_str(), nullptr))
            return failed(error, i);
    }
    m_row = 1;
    return {};
}

core::Result<void> XlsxWriter::rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last)
{
    for (std::uint32_t row = first; row < last; ++row, ++m_row) {
        if (m_row > kSheetRows) {
            return usageError(XlsxTr::tr("A sheet holds %L1 rows; the result has more.").arg(kSheetRows),
                XlsxTr::tr("Choose another format, such as csv, or set a limit with --max-rows."));
        }
        for (std::size_t i = 0; i < m_schema->columns.size(); ++i) {
            if (const lxw_error error = putCell(chunk, i, row))
                return failed(error, i);
        }
    }
    return {};
}

lxw_error XlsxWriter::putNumber(std::size_t column, double value)
{
    return worksheet_write_number(m_sheet, static_cast<lxw_row_t>(m_row), static_cast<lxw_col_t>(column), value, nullptr);
}

lxw_error XlsxWriter::putText(const Chunk &chunk, std::size_t column, std::uint32_t row)
{
    std::string text;
    if (!appendCell(text, m_schema->columns[column], columnOf(chunk, column), row, m_format))
        warnOf(column);
    for (std::size_t at = 0; (at = text.find('\0', at)) != std::string::npos;) {
        text.replace(at, 1, "\xEF\xBF\xBD"); // XML has no place for it
        warnOf(column);
    }
    return worksheet_write_string(
        m_sheet, static_cast<lxw_row_t>(m_row), static_cast<lxw_col_t>(column), text.c_str(), nullptr);
}

lxw_error XlsxWriter::putCell(const Chunk &chunk, std::size_t column, std::uint32_t row)
{
    const Column &values = columnOf(chunk, column);
    if (values.isNull(row))
        return LXW_NO_ERROR;
    if (!values.hasValue(row))
        return putText(chunk, column, row);
    switch (values.kind()) {
    case Kind::Bool:
        return worksheet_write_boolean(m_sheet, static_cast<lxw_row_t>(m_row), static_cast<lxw_col_t>(column),
            values.bools()[row], nullptr);
    case Kind::Int: {
        const std::int64_t value = values.ints()[row];
        if (value >= -kExactInteger && value <= kExactInteger)
            return putNumber(column, static_cast<double>(value));
        break;
    }
    case Kind::UInt: {
        const std::uint64_t value = values.uints()[row];
        if (value <= static_cast<std::uint64_t>(kExactInteger))
            return putNumber(column, static_cast<double>(value));
        break;
    }
    case Kind::Float:
        if (std::isfinite(values.floats()[row])) {
            // By way of its own shortest text: 10.3 is to be 10.3 in the cell, not 10.300000190734863.
            std::string text;
            appendCell(text, m_schema->columns[column], values, row, m_format);
            return putNumber(column, std::strtod(text.c_str(), nullptr));
        }
        break;
    case Kind::Double:
        if (std::isfinite(values.doubles()[row]))
            return putNumber(column, values.doubles()[row]);
        break;
    default:
        break;
    }
    return putText(chunk, column, row);
}

core::Result<void> XlsxWriter::failed(lxw_error error, std::size_t column) const
{
    const QString name = QString::fromStdString(m_schema->columns[column].name);
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
        return usageError(XlsxTr::tr("A cell of a sheet holds %L1 characters; row %L2 of column \"%3\" has more.")
                              .arg(kCellCharacters)
                              .arg(m_row)
                              .arg(name),
            XlsxTr::tr("Choose another format, such as csv."));
    }
    return usageError(XlsxTr::tr("The workbook could not be written: %1.").arg(QString::fromUtf8(lxw_strerror(error))),
        XlsxTr::tr("Make room in the folder for temporary files (%1), or set TMPDIR to another.").arg(QDir::tempPath()));
}

core::Result<void> XlsxWriter::finish()
{
    if (!m_workbook)
        return {};
    const lxw_error error = workbook_close(m_workbook);
    m_workbook = nullptr;
    if (error != LXW_NO_ERROR)
        return failed(error, 0);
    return copyOut();
}

core::Result<void> XlsxWriter::copyOut()
{
    QFile file(QFile::decodeName(m_fileName.c_str()));
    if (!file.open(QIODevice::ReadOnly))
        return failed(LXW_ERROR_CREATING_XLSX_FILE, 0);
    std::string block(64 * 1024, '\0');
    while (true) {
        const qint64 size = file.read(block.data(), static_cast<qint64>(block.size()));
        if (size <= 0)
            return {};
        if (auto written = m_output.write(std::string_view(block.data(), static_cast<std::size_t>(size))); !written)
            return written;
    }
}

void XlsxWriter::warnOf(std::size_t column)
{
    if (m_warned[column] || !m_options.warn)
        return;
    m_warned[column] = true;
    std::string name;
    json::appendUtf8(name, m_schema->columns[column].name);
    m_options.warn(XlsxTr::tr("Column \"%1\" holds bytes that are not UTF-8; they are written as U+FFFD.")
                       .arg(QString::fromStdString(name)));
}

} // namespace

std::unique_ptr<Writer> createXlsxWriter(ByteOutput &output, WriterOptions options)
{
    return std::make_unique<XlsxWriter>(output, std::move(options));
}

} // namespace table
