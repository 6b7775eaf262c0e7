// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include <QCoreApplication>

namespace lindorm {

namespace {

struct AnswerTr {
    Q_DECLARE_TR_FUNCTIONS(LindormAnswer)
};

constexpr std::size_t kStartKept = 2048;
constexpr std::size_t kMostDrained = 64 * 1024;

// A block may also say that all is well, or tell something beside its rows.
bool isError(const StatedError &stated)
{
    return stated.isOlderForm || !stated.sqlState.empty() || (!stated.code.empty() && stated.code != "0");
}

bool isBlank(const std::string &text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

} // namespace

AnswerSummary decodeAnswer(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
{
    return AnswerReader(source, options, sink).read();
}

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
          json::ReaderOptions{.severalDocuments = true, .idle = [this] { return !m_feeder || m_feeder->idle(); }})
{
}

AnswerSummary AnswerReader::read()
{
    if (!readBody() && !m_summary.cutByLimit && !m_summary.cutBySink)
        showWhatCame();
    if (m_summary.error && m_summary.error->kind == core::ErrorKind::Decode)
        drain();
    finish();
    if (m_summary.error && m_summary.error->kind == core::ErrorKind::Network) {
        m_summary.error->message
            = AnswerTr::tr("Connection lost after %1 rows: %2").arg(m_summary.rows).arg(m_summary.error->message);
    }
    return std::move(m_summary);
}

bool AnswerReader::readBody()
{
    for (;; ++m_blocks) {
        const json::Token token = m_reader.next();
        if (token == json::Token::End)
            return true;
        if (token == json::Token::Failed && !m_reader.isSourceError() && m_blocks == 0 && isBlank(m_summary.bodyStart)) {
            m_summary.isEmpty = true;
            return true;
        }
        if (token == json::Token::Failed)
            return failAs(m_reader);
        if (token != json::Token::BeginObject)
            return fail(AnswerTr::tr("The answer is JSON, but not a block with columns and rows."));
        m_block = {};
        const bool isRead = readBlock();
        if (m_block.stated && isError(*m_block.stated) && !m_summary.stated) // also where the block breaks off
            m_summary.stated = std::move(m_block.stated);
        if (!isRead || !finishBlock())
            return false;
    }
}

bool AnswerReader::readBlock()
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

bool AnswerReader::finishBlock()
{
    if (m_block.waiting && !decodeWaitingRows())
        return false;
    if (m_block.columns && !settleColumns())
        return false;
    if (!m_summary.hasDialectForm)
        return fail(AnswerTr::tr("The answer is an object with neither columns nor an error."));
    return true;
}

bool AnswerReader::readMember(const std::string &key, json::Token token)
{
    if (key == "rows")
        return readRows(token);
    if (key == "columns")
        return readTexts(token, QStringLiteral("columns"), m_block.columns);
    if (key == "metadata")
        return readTexts(token, QStringLiteral("metadata"), m_block.types);
    if (key == "error")
        return readError(token);
    if (key == "code")
        return readCode(token);
    if (key == "sqlstate" && token == json::Token::String)
        stated().sqlState = m_reader.text();
    else if (key == "message" && token == json::Token::String)
        stated().message = m_reader.text();
    return m_reader.skipValue() || failAs(m_reader);
}

bool AnswerReader::readTexts(json::Token token, const QString &what, std::optional<std::vector<std::string>> &texts)
{
    if (token == json::Token::Null)
        return true;
    if (token != json::Token::BeginArray)
        return fail(AnswerTr::tr("\"%1\" of the answer is not an array.").arg(what));
    m_summary.hasDialectForm = true;
    texts.emplace();
    for (token = m_reader.next(); token == json::Token::String; token = m_reader.next())
        texts->emplace_back(m_reader.text());
    if (token == json::Token::EndArray)
        return true;
    return token == json::Token::Failed ? failAs(m_reader)
                                        : fail(AnswerTr::tr("\"%1\" of the answer has an entry that is not a text.").arg(what));
}

StatedError &AnswerReader::stated()
{
    if (!m_block.stated)
        m_block.stated.emplace();
    return *m_block.stated;
}

bool AnswerReader::readCode(json::Token token)
{
    if (token == json::Token::Number || token == json::Token::String) {
        m_summary.hasDialectForm = true;
        stated().code = m_reader.text();
    }
    return m_reader.skipValue() || failAs(m_reader);
}

// {"code":404,"message":"…","details":"…"}, or a text.
bool AnswerReader::readError(json::Token token)
{
    if (token == json::Token::Null)
        return true;
    m_summary.hasDialectForm = true;
    stated().isOlderForm = true;
    if (token == json::Token::String)
        stated().message = m_reader.text();
    if (token != json::Token::BeginObject)
        return m_reader.skipValue() || failAs(m_reader);
    for (token = m_reader.next(); token == json::Token::Key; token = m_reader.next()) {
        const std::string key(m_reader.text());
        const json::Token value = m_reader.next();
        const bool isText = value == json::Token::String || value == json::Token::Number;
        if (isText && key == "code")
            stated().code = m_reader.text();
        else if (isText && key == "message")
            stated().message = m_reader.text();
        if (value == json::Token::Failed || !m_reader.skipValue())
            return failAs(m_reader);
    }
    return token == json::Token::EndObject || failAs(m_reader);
}

bool AnswerReader::fail(const QString &message)
{
    m_summary.error = m_reader.errorHere(message);
    if (m_feeder)
        m_summary.error->position.row = m_feeder->rows() + 1;
    return false;
}

bool AnswerReader::failAs(const json::Reader &reader)
{
    m_summary.error = reader.error();
    if (!m_summary.error)
        m_summary.cutBySink = true;
    else if (m_feeder && !reader.isSourceError() && !m_summary.error->position.row)
        m_summary.error->position.row = m_feeder->rows() + 1;
    return false;
}

// Reads on to see what came in place of an answer, and whether its end came: an answer that is not whole is that first.
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

} // namespace lindorm
