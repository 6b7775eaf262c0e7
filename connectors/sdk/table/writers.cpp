// SPDX-License-Identifier: GPL-3.0-or-later
#include "table/writers.h"

#include "json/writer.h"
#include "table/writers_base.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace table {

namespace {

struct WriterTr {
    Q_DECLARE_TR_FUNCTIONS(Writer)
};

constexpr std::size_t kBufferBytes = 64 * 1024;

// CSV and TSV: values between separators.
class SeparatedWriter : public TextWriter
{
public:
    SeparatedWriter(TextForm form, char separator, ByteOutput &output, WriterOptions options)
        : TextWriter(form, output, std::move(options))
        , m_separator(separator)
    {
    }

protected:
    void putHeader() override
    {
        if (resultsBefore() > 0)
            buffer() += m_lineEnd;
        else if (options().hasByteOrderMark)
            buffer() += "\xEF\xBB\xBF";
        if (!options().hasHeader)
            return;
        for (std::size_t i = 0; i < columnCount(); ++i) {
            if (i != 0)
                buffer() += m_separator;
            appendText(buffer(), schema().columns[i].name, format());
        }
        buffer() += m_lineEnd;
    }
    void putRow(RowBlock &block, const Chunk &chunk, std::uint32_t row) const override
    {
        for (std::size_t i = 0; i < columnCount(); ++i) {
            if (i != 0)
                block.text += m_separator;
            putCell(block, chunk, i, row);
        }
        block.text += m_lineEnd;
    }

private:
    const char m_separator;
    const std::string_view m_lineEnd = options().endsLinesWithCr ? "\r\n" : "\n";
};

// An object a row: one a line, or the elements of an array.
class JsonRowsWriter : public TextWriter
{
public:
    JsonRowsWriter(bool isArray, ByteOutput &output, WriterOptions options)
        : TextWriter(TextForm::Json, output, std::move(options))
        , m_isArray(isArray)
    {
    }

protected:
    void putHeader() override
    {
        m_keys.clear();
        const std::vector<std::string> names = uniqueNames(schema());
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::string key(1, i == 0 ? '{' : ',');
            if (!json::appendString(key, names[i]))
                warnOf(i);
            m_keys.push_back(key + ':');
        }
        if (m_isArray)
            buffer() += '[';
    }
    void putRow(RowBlock &block, const Chunk &chunk, std::uint32_t row) const override
    {
        if (m_isArray)
            block.text += block.isFirst ? "\n" : ",\n";
        for (std::size_t i = 0; i < m_keys.size(); ++i) {
            block.text += m_keys[i];
            putCell(block, chunk, i, row);
        }
        block.text += m_keys.empty() ? "{}" : "}";
        if (!m_isArray)
            block.text += '\n';
    }
    void putEnd() override
    {
        if (m_isArray)
            buffer() += hasRows() ? "\n]\n" : "]\n";
    }

private:
    const bool m_isArray;
    std::vector<std::string> m_keys; // with what stands before and behind them
};

// An INSERT a row.
class SqlWriter : public TextWriter
{
public:
    SqlWriter(ByteOutput &output, WriterOptions writerOptions)
        : TextWriter(TextForm::Sql, output, std::move(writerOptions))
    {
    }

protected:
    void putHeader() override
    {
        m_start = "INSERT INTO " + options().tableName + " (";
        for (std::size_t i = 0; i < columnCount(); ++i)
            m_start += (i == 0 ? "" : ", ") + identifier(schema().columns[i].name);
        m_start += ") VALUES (";
    }
    void putRow(RowBlock &block, const Chunk &chunk, std::uint32_t row) const override
    {
        block.text += m_start;
        for (std::size_t i = 0; i < columnCount(); ++i) {
            if (i != 0)
                block.text += ", ";
            putCell(block, chunk, i, row);
        }
        block.text += ");\n";
    }

private:
    std::string identifier(const std::string &name) const
    {
        const auto isPlain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
        const bool startsWithDigit = !name.empty() && name[0] >= '0' && name[0] <= '9';
        if (!name.empty() && !startsWithDigit && std::all_of(name.begin(), name.end(), isPlain)
            && !(options().isKeyword && options().isKeyword(name)))
            return name;
        const std::string &quote = options().identifierQuote;
        std::string quoted = quote;
        for (const char c : name)
            quoted.append(quote == std::string_view(&c, 1) ? 2 : 1, c);
        return quoted + quote;
    }

    std::string m_start;
};

// Reads everything and writes nothing: for measuring, and for statements whose rows nobody wants.
class NullWriter : public Writer
{
public:
    core::Result<void> begin(const std::shared_ptr<const Schema> &) override { return {}; }
    core::Result<void> rows(const Chunk &, std::uint32_t, std::uint32_t) override { return {}; }
    core::Result<void> end() override { return {}; }
    core::Result<void> finish() override { return {}; }
};

struct FormatEntry {
    FileFormat format;
    std::string_view name;
    std::vector<std::string_view> extensions;
};

const std::vector<FormatEntry> &formatEntries()
{
    static const std::vector<FormatEntry> entries{
        {FileFormat::Table, "table", {"txt"}},
        {FileFormat::Csv, "csv", {"csv"}},
        {FileFormat::Tsv, "tsv", {"tsv", "tab"}},
        {FileFormat::Json, "json", {"json"}},
        {FileFormat::Ndjson, "ndjson", {"ndjson", "jsonl"}},
        {FileFormat::Markdown, "markdown", {"md", "markdown"}},
        {FileFormat::Sql, "sql", {"sql"}},
        {FileFormat::Xlsx, "xlsx", {"xlsx"}},
        {FileFormat::Null, "null", {}},
    };
    return entries;
}

} // namespace

TextWriter::TextWriter(TextForm form, ByteOutput &output, WriterOptions options)
    : m_output(output)
    , m_options(std::move(options))
{
    m_format.form = form;
    m_format.zone = m_options.zone ? &*m_options.zone : nullptr;
    m_format.backslashEscapes = m_options.backslashEscapes;
    const bool isSeparated = form == TextForm::Csv || form == TextForm::Tsv;
    if (isSeparated && m_options.dialect != Dialect())
        m_format.dialect = &m_options.dialect;
}

std::shared_ptr<const Schema> chosenColumns(const std::shared_ptr<const Schema> &schema, const std::vector<std::size_t> &columns)
{
    if (columns.empty())
        return schema;
    auto chosen = std::make_shared<Schema>();
    for (const std::size_t column : columns)
        chosen->columns.push_back(schema->columns[column]);
    return chosen;
}

core::Result<void> TextWriter::begin(const std::shared_ptr<const Schema> &schema)
{
    m_schema = chosenColumns(schema, m_options.columns);
    m_warned.assign(columnCount(), false);
    m_block.isFirst = true;
    ++m_results;
    putHeader();
    return flush();
}

void TextWriter::format(RowBlock &block, const Chunk &chunk, std::uint32_t first, std::uint32_t last) const
{
    for (std::uint32_t row = first; row < last; ++row) {
        putRow(block, chunk, row);
        block.isFirst = false;
    }
    block.rows += last - first;
}

core::Result<void> TextWriter::take(const RowBlock &block)
{
    if (block.rows > 0)
        m_block.isFirst = false;
    tellReplaced(block);
    return block.text.empty() ? core::Result<void>() : m_output.write(block.text);
}

core::Result<void> TextWriter::rows(const Chunk &chunk, std::uint32_t first, std::uint32_t last)
{
    for (std::uint32_t row = first; row < last; ++row) {
        addRow(chunk, row);
        m_block.isFirst = false;
        if (m_block.text.size() >= kBufferBytes) {
            if (auto written = flush(); !written)
                return written;
        }
    }
    return flush();
}

core::Result<void> TextWriter::end()
{
    putEnd();
    return flush();
}

core::Result<void> TextWriter::flush()
{
    tellReplaced(m_block);
    m_block.hasReplaced.clear();
    if (m_block.text.empty())
        return {};
    auto written = m_output.write(m_block.text);
    m_block.text.clear();
    return written;
}

void TextWriter::noteReplaced(RowBlock &block, std::size_t column) const
{
    block.hasReplaced.resize(columnCount());
    block.hasReplaced[column] = 1;
}

void TextWriter::tellReplaced(const RowBlock &block)
{
    for (std::size_t i = 0; i < block.hasReplaced.size(); ++i) {
        if (block.hasReplaced[i] != 0)
            warnOf(i);
    }
}

void TextWriter::warnOf(std::size_t column)
{
    if (m_warned[column])
        return;
    m_warned[column] = true;
    std::string name;
    json::appendUtf8(name, m_schema->columns[column].name);
    if (m_options.warn) {
        m_options.warn(WriterTr::tr("Column \"%1\" holds bytes that are not UTF-8; they are written as U+FFFD.")
                           .arg(QString::fromStdString(name)));
    }
}

std::optional<FileFormat> formatByName(std::string_view name)
{
    for (const FormatEntry &entry : formatEntries()) {
        if (entry.name == name)
            return entry.format;
    }
    return std::nullopt;
}

std::optional<FileFormat> formatByFileName(std::string_view fileName)
{
    const std::string_view base = fileName.substr(fileName.find_last_of('/') + 1);
    const std::size_t dot = base.find_last_of('.');
    if (dot == std::string_view::npos || dot == 0)
        return FileFormat::Table;
    std::string extension(base.substr(dot + 1));
    for (char &c : extension)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const FormatEntry &entry : formatEntries()) {
        if (std::find(entry.extensions.begin(), entry.extensions.end(), extension) != entry.extensions.end())
            return entry.format;
    }
    return std::nullopt;
}

const std::vector<std::string_view> &formatNames()
{
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const FormatEntry &entry : formatEntries())
            all.push_back(entry.name);
        return all;
    }();
    return names;
}

std::vector<std::string> uniqueNames(const Schema &schema)
{
    std::set<std::string> taken;
    for (const ColumnInfo &info : schema.columns)
        taken.insert(info.name);
    std::set<std::string> seen;
    std::vector<std::string> names;
    for (const ColumnInfo &info : schema.columns) {
        std::string name = info.name;
        if (!seen.insert(name).second) {
            for (int number = 2; !taken.insert(name = info.name + '_' + std::to_string(number)).second;)
                ++number;
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::unique_ptr<Writer> createWriter(FileFormat format, ByteOutput &output, WriterOptions options)
{
    const char separator = options.dialect.separator;
    switch (format) {
    case FileFormat::Csv:
        return std::make_unique<SeparatedWriter>(TextForm::Csv, separator, output, std::move(options));
    case FileFormat::Tsv:
        return std::make_unique<SeparatedWriter>(TextForm::Tsv, '\t', output, std::move(options));
    case FileFormat::Json:
        return std::make_unique<JsonRowsWriter>(true, output, std::move(options));
    case FileFormat::Ndjson:
        return std::make_unique<JsonRowsWriter>(false, output, std::move(options));
    case FileFormat::Sql:
        return std::make_unique<SqlWriter>(output, std::move(options));
    case FileFormat::Xlsx:
        return createXlsxWriter(output, std::move(options));
    case FileFormat::Null:
        return std::make_unique<NullWriter>();
    case FileFormat::Table:
    case FileFormat::Markdown:
        break;
    }
    return createAlignedWriter(format, output, std::move(options));
}

} // namespace table
