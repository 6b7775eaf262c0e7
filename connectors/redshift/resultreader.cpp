// SPDX-License-Identifier: GPL-3.0-or-later
#include "resultreader.h"

#include "json/memorysource.h"

#include <QCoreApplication>

#include <charconv>

namespace redshift {

namespace {

struct ResultTr {
    Q_DECLARE_TR_FUNCTIONS(RedshiftResult)
};

constexpr std::size_t kStartKept = 2048;
constexpr std::size_t kMostDrained = 64 * 1024;
constexpr std::size_t kMostWaiting = std::size_t(512) << 20;

// Passes a source on and keeps the first bytes of what went through.
class StartKeeper final : public json::Source
{
public:
    StartKeeper(json::Source &source, std::string &start)
        : m_source(source)
        , m_start(start)
    {
        m_start.clear();
    }

    core::Result<ReadResult> read(std::span<char> into, std::chrono::steady_clock::time_point deadline) override
    {
        auto result = m_source.read(into, deadline);
        if (result.ok() && m_start.size() < kStartKept)
            m_start.append(into.data(), std::min(result->size, kStartKept - m_start.size()));
        return result;
    }

private:
    json::Source &m_source;
    std::string &m_start;
};

std::optional<std::int64_t> countOf(json::Token token, std::string_view text)
{
    std::int64_t value = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isCount = token == json::Token::Number && problem == std::errc() && stop == text.data() + text.size() && value >= 0;
    return isCount ? std::optional(value) : std::nullopt;
}

} // namespace

ResultReader::ResultReader(connector::Sink &sink, std::int64_t maxRows)
    : m_sink(sink)
    , m_maxRows(maxRows)
{
}

bool ResultReader::readPage(json::Source &source)
{
    StartKeeper keeper(source, m_bodyStart);
    json::ReaderOptions options;
    options.maxValueBytes = kMostWaiting;
    options.idle = [this] { return !m_feeder || m_feeder->idle(); };
    json::Reader reader(keeper, options);
    m_nextToken.clear();
    m_hasPageForm = false;
    m_hasRecords = false;
    m_waiting.reset();
    m_rowStart = 0;
    if (readBody(reader))
        return true;
    if (m_waiting && m_schema && !isCutBySink() && !isCutByLimit()) {
        const std::optional<core::Error> why = m_error;
        readWaiting(reader); // what came is shown all the same
        m_error = why;
    }
    if (m_error && m_error->kind == core::ErrorKind::Decode)
        drain(keeper);
    return false;
}

// Reads on to see what came in place of a page, and whether its end came: one that is broken off is no wrong form.
void ResultReader::drain(json::Source &source)
{
    char bytes[4096];
    for (std::size_t drained = 0; drained < kMostDrained;) {
        const auto result = source.read(bytes, std::chrono::steady_clock::now() + std::chrono::seconds(1));
        if (!result)
            m_error = result.error();
        if (!result || result->state == json::Source::Read::End)
            return;
        drained += result->size;
    }
}

bool ResultReader::readBody(json::Reader &reader)
{
    json::Token token = reader.next();
    if (token == json::Token::Failed)
        return failAs(reader);
    if (token != json::Token::BeginObject)
        return fail(reader, ResultTr::tr("The answer is JSON, but not a page of a result."));
    for (;;) {
        token = reader.next();
        if (token == json::Token::EndObject)
            break;
        if (token == json::Token::Failed)
            return failAs(reader);
        const std::string key(reader.text());
        token = reader.next();
        if (token == json::Token::Failed)
            return failAs(reader);
        if (!readMember(reader, key, token))
            return false;
    }
    if (!m_hasRecords)
        return fail(reader, ResultTr::tr("The answer is an object without Records."));
    if (m_waiting && !readWaiting(reader))
        return false;
    return reader.next() == json::Token::End || failAs(reader);
}

bool ResultReader::readMember(json::Reader &reader, const std::string &key, json::Token token)
{
    if (key == "ColumnMetadata")
        return readMetadata(reader, token);
    if (key == "Records")
        return readRecords(reader, token);
    if (key == "NextToken" && token == json::Token::String)
        m_nextToken = reader.text();
    else if (key == "TotalNumRows" || key == "TotalNumberRows") // the second of an emulator
        m_totalRows = countOf(token, reader.text());
    return reader.skipValue() || failAs(reader);
}

bool ResultReader::readMetadata(json::Reader &reader, json::Token token)
{
    if (token == json::Token::Null)
        return true;
    if (token != json::Token::BeginArray)
        return fail(reader, ResultTr::tr("ColumnMetadata is not an array."));
    m_hasPageForm = true;
    std::vector<ColumnMeta> columns;
    for (token = reader.next(); token == json::Token::BeginObject; token = reader.next()) {
        if (!readColumnMeta(reader, columns.emplace_back()))
            return failAs(reader);
    }
    if (token == json::Token::Failed)
        return failAs(reader);
    if (token != json::Token::EndArray)
        return fail(reader, ResultTr::tr("ColumnMetadata has an entry that is not an object."));
    return setColumns(std::move(columns), reader);
}

bool ResultReader::setColumns(std::vector<ColumnMeta> columns, const json::Reader &reader)
{
    if (m_schema) {
        return columns == m_columns
            || fail(reader, ResultTr::tr("The columns of this page of the result are others than those of the pages before."));
    }
    table::Schema schema;
    for (const ColumnMeta &column : columns) {
        schema.columns.push_back(columnOf(column));
        m_cells.emplace_back(schema.columns.back());
    }
    m_columns = std::move(columns);
    m_schema = std::make_shared<const table::Schema>(std::move(schema));
    m_feeder.emplace(m_sink, m_schema, m_maxRows);
    return m_feeder->begin();
}

bool ResultReader::readRecords(json::Reader &reader, json::Token token)
{
    if (m_hasRecords)
        return fail(reader, ResultTr::tr("The answer holds Records twice."));
    m_hasRecords = true;
    m_hasPageForm = true;
    if (token == json::Token::Null)
        return true;
    if (token != json::Token::BeginArray)
        return fail(reader, ResultTr::tr("The Records of the answer are not an array."));
    if (m_schema)
        return readRows(reader);
    m_waiting.emplace();
    m_waiting->offset = reader.tokenOffset();
    const std::optional<std::string_view> raw = reader.rawValue();
    m_waiting->text = raw ? *raw : reader.brokenRawValue();
    return raw || failAs(reader);
}

bool ResultReader::readWaiting(const json::Reader &outer)
{
    const WaitingRows waiting = std::move(*m_waiting);
    m_waiting.reset();
    if (!m_schema)
        return fail(outer, ResultTr::tr("The answer holds Records, but no ColumnMetadata."));
    json::MemorySource source(waiting.text);
    json::ReaderOptions options;
    options.firstByte = waiting.offset;
    json::Reader reader(source, options);
    reader.next();
    return readRows(reader);
}

void ResultReader::finish()
{
    if (m_feeder)
        m_feeder->finish();
    if (m_error || isCutByLimit() || isCutBySink() || !m_totalRows || rows() >= *m_totalRows)
        return;
    m_error.emplace();
    m_error->kind = core::ErrorKind::Decode;
    m_error->message = ResultTr::tr("The service counts %1 rows and sent %2.").arg(*m_totalRows).arg(rows());
    m_error->position.row = rows() + 1;
    m_error->hint = ResultTr::tr("Run the statement again.");
}

bool ResultReader::fail(const json::Reader &reader, const QString &message)
{
    m_error = reader.errorHere(message);
    return false;
}

bool ResultReader::failAs(const json::Reader &reader)
{
    m_error = reader.error();
    m_isStopped = !m_error;
    return false;
}

bool ResultReader::failInRow(const json::Reader &reader, const QString &message)
{
    m_error = message.isNull() ? reader.error() : std::optional(reader.errorHere(message));
    m_isStopped = !m_error;
    if (m_error && !(message.isNull() && reader.isSourceError()))
        m_error->position.row = m_feeder->rows() + 1;
    return false;
}

} // namespace redshift
