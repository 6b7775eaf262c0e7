// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "columntype.h"

#include <QCoreApplication>

#include <charconv>

namespace openmldb {

namespace {

struct AnswerTr {
    Q_DECLARE_TR_FUNCTIONS(OpenMLDBAnswer)
};

constexpr std::size_t kStartKept = 2048;
constexpr std::size_t kMostDrained = 64 * 1024;
// Rows that come before their columns are kept up to this many bytes.
constexpr std::size_t kMostKept = std::size_t(256) << 20;

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
    , m_reader(m_source,
          json::ReaderOptions{.maxValueBytes = kMostKept, .idle = [this] { return !m_feeder || m_feeder->idle(); }})
{
}

AnswerSummary AnswerReader::read()
{
    const bool isWhole = readBody();
    if (!isWhole && m_kept && !m_feeder && !m_summary.cutBySink && !m_options.isProcedure) {
        // What the rows' columns are was still to come: what has arrived is shown all the same. A procedure's rows are
        // none without what all of them share.
        const std::optional<core::Error> why = m_summary.error;
        readKeptRows();
        m_summary.error = why;
    }
    if (m_summary.error && m_summary.error->kind == core::ErrorKind::Decode)
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
        return fail(AnswerTr::tr("The answer is JSON, but not an object with a code."));
    if (!readMembers([this](const std::string &key, json::Token value) { return readMember(key, value); }))
        return false;
    if (!m_summary.hasDialectForm)
        return fail(AnswerTr::tr("The answer is an object without a code."));
    if (m_kept && !m_feeder && !readKeptRows())
        return false;
    return m_reader.next() == json::Token::End || failAs(m_reader);
}

// The rest of an object whose beginning was read.
template <typename Function>
bool AnswerReader::readMembers(Function readOne)
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
        if (!readOne(key, value))
            return false;
    }
}

bool AnswerReader::readMember(const std::string &key, json::Token token)
{
    if (key == "code")
        return readCode(token);
    if (key == "data")
        return readData(token);
    if (key == "msg" && token == json::Token::String)
        m_summary.msg = m_reader.text();
    return m_reader.skipValue() || failAs(m_reader);
}

bool AnswerReader::readCode(json::Token token)
{
    const std::string_view text = m_reader.text();
    std::int64_t value = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (token != json::Token::Number || code != std::errc() || stop != text.data() + text.size())
        return fail(AnswerTr::tr("The code of the answer is not an integer."));
    m_summary.code = value;
    m_summary.hasDialectForm = true;
    return true;
}

bool AnswerReader::readData(json::Token token)
{
    if (m_summary.hasResultSet)
        return fail(AnswerTr::tr("The answer holds data twice."));
    if (token == json::Token::Null)
        return true;
    if (token == json::Token::String)
        return readText();
    if (token != json::Token::BeginObject)
        return fail(AnswerTr::tr("The data of the answer is not an object."));
    m_summary.hasResultSet = true;
    if (!readMembers([this](const std::string &key, json::Token value) { return readDataMember(key, value); }))
        return false;
    if (m_kept && !m_feeder)
        return readKeptRows();
    if (m_schema && !m_hasRows)
        return fail(AnswerTr::tr("The answer holds columns, but no data."));
    // Something with a form of its own, such as the description of a deployment.
    m_summary.hasResultSet = m_hasRows;
    return true;
}

bool AnswerReader::readDataMember(const std::string &key, json::Token token)
{
    if (key == "schema")
        return readSchema(token);
    if (key == "data")
        return readRowsMember(token);
    if (key == "common_cols_data")
        return readCommon(token);
    return m_reader.skipValue() || failAs(m_reader);
}

// Output of an offline job, as one cell.
bool AnswerReader::readText()
{
    m_summary.hasResultSet = true;
    m_schema.emplace();
    m_schema->columns.push_back(columnOf("c1", "String"));
    m_kept = KeptRows{"[[" + std::string(m_reader.rawValue().value_or("\"\"")) + "]]", m_reader.tokenOffset(), true};
    m_hasRows = true;
    return readKeptRows();
}

bool AnswerReader::readSchema(json::Token token)
{
    if (token != json::Token::BeginArray)
        return fail(AnswerTr::tr("The schema of the answer is not an array."));
    if (m_feeder)
        return m_reader.skipValue() || failAs(m_reader);
    m_schema.emplace();
    for (token = m_reader.next(); token != json::Token::EndArray; token = m_reader.next()) {
        table::ColumnInfo info;
        if (!readSchemaEntry(token, info))
            return false;
        m_schema->columns.push_back(std::move(info));
    }
    nameColumns();
    return true;
}

// "Int32", or of a deployment {"name":"c1","type":"int32"}.
bool AnswerReader::readSchemaEntry(json::Token token, table::ColumnInfo &info)
{
    if (token == json::Token::String) {
        info = columnOf({}, m_reader.text());
        return true;
    }
    if (token == json::Token::Failed)
        return failAs(m_reader);
    if (token != json::Token::BeginObject)
        return fail(AnswerTr::tr("The schema has an entry that is neither a type nor a column."));
    m_hasNames = true;
    std::string name;
    std::string type;
    const bool isRead = readMembers([&](const std::string &key, json::Token value) {
        if (value == json::Token::String && (key == "name" || key == "type"))
            (key == "name" ? name : type) = m_reader.text();
        return m_reader.skipValue() || failAs(m_reader);
    });
    info = columnOf(std::move(name), type);
    return isRead;
}

void AnswerReader::nameColumns()
{
    if (m_hasNames)
        return;
    std::vector<std::string> types;
    for (const table::ColumnInfo &info : m_schema->columns)
        types.push_back(info.serverType);
    const std::vector<std::string> names = m_options.namesOf ? m_options.namesOf(types) : std::vector<std::string>();
    for (std::size_t i = 0; i < types.size(); ++i)
        m_schema->columns[i].name = names.size() == types.size() ? names[i] : "c" + std::to_string(i + 1);
}

bool AnswerReader::readRowsMember(json::Token token)
{
    if (m_hasRows)
        return fail(AnswerTr::tr("The answer holds data twice."));
    m_hasRows = true;
    if (token != json::Token::BeginArray)
        return fail(AnswerTr::tr("The rows of the answer are not an array."));
    return m_schema && !m_options.isProcedure ? readRows(m_reader) : keepRows();
}

bool AnswerReader::keepRows()
{
    m_kept.emplace();
    m_kept->offset = m_reader.tokenOffset();
    const std::optional<std::string_view> rows = m_reader.rawValue();
    m_kept->text = rows ? *rows : m_reader.brokenRawValue();
    m_kept->isWhole = rows.has_value();
    return rows || failAs(m_reader);
}

bool AnswerReader::readCommon(json::Token token)
{
    if (token != json::Token::BeginArray)
        return m_reader.skipValue() || failAs(m_reader);
    for (token = m_reader.next(); token != json::Token::EndArray; token = m_reader.next()) {
        const std::optional<std::string_view> raw = token == json::Token::Failed ? std::nullopt : m_reader.rawValue();
        if (!raw)
            return failAs(m_reader);
        m_common.emplace_back(*raw);
    }
    return true;
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

// Reads on to see what came in place of an answer, and whether its end came: a lost connection goes before the form.
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

AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
{
    return AnswerReader(source, options, sink).read();
}

} // namespace openmldb
