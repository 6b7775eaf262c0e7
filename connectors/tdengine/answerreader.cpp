// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "columntype.h"

#include <QCoreApplication>

#include <charconv>

namespace tdengine {

namespace {

struct AnswerTr {
    Q_DECLARE_TR_FUNCTIONS(TDengineAnswer)
};

constexpr std::size_t kStartKept = 2048;
constexpr std::size_t kMostDrained = 64 * 1024;

std::optional<std::int64_t> integerOf(json::Token token, std::string_view text)
{
    std::int64_t value = 0;
    const char *end = text.data() + text.size();
    if (token != json::Token::Number)
        return std::nullopt;
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    return code == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

} // namespace

StartKeeper::StartKeeper(json::Source &source, std::string &start)
    : m_source(source)
    , m_start(start)
{
}

core::Result<json::Source::ReadResult> StartKeeper::read(
    std::span<char> into, std::chrono::steady_clock::time_point deadline)
{
    core::Result<ReadResult> result = m_source.read(into, deadline);
    if (result.ok() && m_start.size() < kStartKept)
        m_start.append(into.data(), std::min(result->size, kStartKept - m_start.size()));
    return result;
}

AnswerReader::AnswerReader(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
    : m_options(options)
    , m_sink(sink)
    , m_source(source, m_summary.bodyStart)
    , m_reader(m_source, json::ReaderOptions{.idle = [this] { return !m_feeder || m_feeder->idle(); }})
{
}

AnswerSummary AnswerReader::read()
{
    const bool isWhole = readBody();
    if (!isWhole && m_waiting && !m_summary.cutBySink && !m_summary.cutByLimit) {
        // What the rows' columns are was still to come, or is: what has arrived is shown all the same.
        const std::optional<core::Error> why = m_summary.error;
        readWaitingRows();
        m_summary.error = why;
    }
    if (m_summary.error && !m_summary.hasDialectForm)
        drain();
    if (m_summary.error && m_summary.error->kind == core::ErrorKind::Network) {
        m_summary.error->message
            = AnswerTr::tr("Connection lost after %1 rows: %2").arg(m_summary.rows).arg(m_summary.error->message);
    }
    return std::move(m_summary);
}

bool AnswerReader::readBody()
{
    const json::Token token = m_reader.next();
    if (token == json::Token::Failed)
        return failAs(m_reader);
    if (token != json::Token::BeginObject)
        return fail(AnswerTr::tr("The answer is JSON, but not an object with code or status."));
    if (!readEnvelope())
        return false;
    if (!m_summary.hasDialectForm)
        return fail(AnswerTr::tr("The answer is an object with neither code nor status."));
    if (m_waiting && !readWaitingRows())
        return false;
    if (m_reader.next() != json::Token::End)
        return failAs(m_reader);
    return isConsistent();
}

// What the server counts is what came, and columns do not come alone.
bool AnswerReader::isConsistent()
{
    if (m_summary.hasResultSet && m_summary.declaredRows && *m_summary.declaredRows != m_summary.rows) {
        return fail(AnswerTr::tr("The answer holds %1 rows, and says that they are %2.")
                        .arg(m_summary.rows)
                        .arg(*m_summary.declaredRows));
    }
    const bool hasColumns = m_schema && !m_schema->columns.empty();
    if (m_summary.code == 0 && hasColumns && !m_hasData)
        return fail(AnswerTr::tr("The answer holds columns, but no data."));
    return true;
}

bool AnswerReader::readEnvelope()
{
    for (;;) {
        const json::Token token = m_reader.next();
        if (token == json::Token::EndObject)
            return true;
        if (token == json::Token::Failed)
            return failAs(m_reader);
        const std::string key(m_reader.text());
        const json::Token value = m_reader.next();
        if (value == json::Token::Failed)
            return failAs(m_reader);
        if (!readMember(key, value))
            return false;
    }
}

bool AnswerReader::readMember(const std::string &key, json::Token token)
{
    if (key == "code")
        return readCode(token);
    if (key == "status")
        return readStatus(token);
    if (key == "head")
        return readHead(token);
    if (key == "column_meta")
        return readColumnMeta(token);
    if (key == "data")
        return readData(token);
    if (key == "desc" && token == json::Token::String)
        m_summary.desc = m_reader.text();
    else if (key == "rows")
        m_summary.declaredRows = integerOf(token, m_reader.text());
    else if (key == "timing")
        m_summary.timingNs = integerOf(token, m_reader.text());
    return m_reader.skipValue() || failAs(m_reader);
}

bool AnswerReader::readCode(json::Token token)
{
    m_summary.code = integerOf(token, m_reader.text());
    if (!m_summary.code)
        return fail(AnswerTr::tr("The code of the answer is not an integer."));
    m_summary.hasDialectForm = true;
    return true;
}

bool AnswerReader::readStatus(json::Token token)
{
    if (token != json::Token::String)
        return fail(AnswerTr::tr("The status of the answer is not a text."));
    m_summary.hasDialectForm = true;
    m_summary.is2x = true;
    if (m_reader.text() == "succ" && !m_summary.code)
        m_summary.code = 0;
    return true;
}

bool AnswerReader::readHead(json::Token token)
{
    if (token != json::Token::BeginArray)
        return m_reader.skipValue() || failAs(m_reader);
    m_head.emplace();
    for (token = m_reader.next(); token != json::Token::EndArray; token = m_reader.next()) {
        if (token == json::Token::String) {
            m_head->emplace_back(m_reader.text());
            continue;
        }
        const std::optional<std::string_view> raw
            = token == json::Token::Failed ? std::nullopt : m_reader.rawValue();
        if (!raw)
            return failAs(m_reader);
        m_head->emplace_back(*raw);
    }
    return true;
}

bool AnswerReader::readColumnMeta(json::Token token)
{
    if (token != json::Token::BeginArray)
        return m_reader.skipValue() || failAs(m_reader);
    m_schema.emplace();
    for (token = m_reader.next(); token == json::Token::BeginArray; token = m_reader.next()) {
        if (!readColumn())
            return false;
    }
    if (token == json::Token::EndArray)
        return true;
    return token == json::Token::Failed ? failAs(m_reader)
                                        : fail(AnswerTr::tr("column_meta has an entry that is not an array."));
}

// The rest of ["name", "TYPE" or code, length].
bool AnswerReader::readColumn()
{
    json::Token token = m_reader.next();
    if (token != json::Token::String)
        return token == json::Token::Failed ? failAs(m_reader)
                                            : fail(AnswerTr::tr("A column's name in column_meta is not a text."));
    std::string name(m_reader.text());
    token = m_reader.next();
    const std::optional<std::int64_t> typeCode = integerOf(token, m_reader.text());
    if (token != json::Token::String && !typeCode)
        return token == json::Token::Failed
            ? failAs(m_reader)
            : fail(AnswerTr::tr("A column's type in column_meta is neither a text nor an integer."));
    m_hasTypeCodes = m_hasTypeCodes || typeCode;
    const std::string typeName(m_reader.text());
    std::int64_t length = -1;
    for (token = m_reader.next(); token != json::Token::EndArray; token = m_reader.next()) {
        if (token == json::Token::Failed || !m_reader.skipValue())
            return failAs(m_reader);
        length = length < 0 ? integerOf(token, m_reader.text()).value_or(-1) : length;
    }
    m_schema->columns.push_back(typeCode ? columnOf(std::move(name), *typeCode, length)
                                         : columnOf(std::move(name), std::string_view(typeName), length));
    return true;
}

bool AnswerReader::readData(json::Token token)
{
    if (m_hasData)
        return fail(AnswerTr::tr("The answer holds data twice."));
    m_hasData = true;
    if (token == json::Token::Null)
        return true;
    if (token != json::Token::BeginArray)
        return fail(AnswerTr::tr("The data of the answer is not an array."));
    return m_schema ? readRows(m_reader) : keepRows();
}

bool AnswerReader::keepRows()
{
    m_waiting = WaitingRows();
    m_waiting->offset = m_reader.tokenOffset();
    const std::optional<std::string_view> rows = m_reader.rawValue();
    m_waiting->text = rows ? *rows : m_reader.brokenRawValue();
    return rows || failAs(m_reader);
}

bool AnswerReader::fail(const QString &message)
{
    m_summary.error = m_reader.errorHere(message);
    return false;
}

bool AnswerReader::failAs(const json::Reader &reader)
{
    m_summary.error = reader.error();
    if (!m_summary.error)
        m_summary.cutBySink = true;
    return false;
}

// Reads on to see what came in place of an answer, and whether its end came.
void AnswerReader::drain()
{
    char bytes[4096];
    for (std::size_t drained = 0; drained < kMostDrained;) {
        const core::Result<json::Source::ReadResult> result
            = m_source.read(bytes, std::chrono::steady_clock::now() + std::chrono::seconds(1));
        if (!result) {
            m_summary.error = result.error();
            return;
        }
        if (result->state == json::Source::Read::End)
            return;
        drained += result->size;
    }
}

} // namespace tdengine
