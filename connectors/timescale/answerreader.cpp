// SPDX-License-Identifier: GPL-3.0-or-later
#include "answerreader.h"

#include "decode/cleanvectors.h"
#include "json/memorysource.h"
#include "json/reader.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace timescale {

namespace {

struct AnswerTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleAnswer)
};

using Step = decode::MemoryRows::Step;
constexpr std::size_t kStartOfBody = std::size_t(64) << 10;
constexpr std::int64_t kFirstRows = 500;
constexpr std::int64_t kMegabyte = std::int64_t(1) << 20;

// true and false are written alike.
json::Token plainToken(json::Token token)
{
    return token == json::Token::False ? json::Token::True : token;
}

core::Error decodeError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Decode;
    error.message = message;
    return error;
}

} // namespace

AnswerReader::AnswerReader(json::Source &source, const AnswerOptions &options, connector::Sink &sink)
    : m_options(options)
    , m_sink(sink)
    , m_layers(source, [this] { return idle(); })
    , m_preview(m_options, sink)
    , m_held(sink)
{
}

// Shows the rows that came, or says how far a long answer has come which shows none before it was looked at.
bool AnswerReader::idle()
{
    if (m_feeder)
        return m_feeder->idle();
    if (!m_body)
        return true;
    if (m_sink.showsUntyped() && !m_preview.show(m_body->text()))
        return false;
    const auto megabytes = static_cast<std::int64_t>(m_body->text().size()) / kMegabyte;
    if (megabytes > m_saidMegabytes) {
        m_saidMegabytes = megabytes;
        m_sink.status(AnswerTr::tr("%1 MB received").arg(megabytes));
    }
    return true;
}

AnswerSummary AnswerReader::read()
{
    decode::cleanVectorRegisters();
    m_layers.open();
    m_body.emplace(m_layers.source(), [this] { return idle(); });
    m_body->fill(kMostLookedAt);
    m_summary.bodyStart = m_layers.start().substr(0, kStartOfBody);
    m_document = m_body->text();
    WrappingOptions options;
    options.pointer = m_options.pointer;
    options.isWhole = m_body->isEnded();
    options.isInText = m_layers.isUnpacked();
    options.isJsonDue = m_options.isJsonDue || !m_body->isEnded();
    Wrapping wrapping = unwrapped(m_body->text(), options);
    if (!wrapping.innerStatus && m_layers.innerStatus() != 0)
        wrapping.innerStatus = m_layers.innerStatus();
    if (m_preview.isShown()) // it has asked where the limit was reached
        m_options.maxRows = m_preview.limit();
    readWrapped(std::move(wrapping));
    if (m_preview.isShown() && m_held.isHeld())
        m_sink.retyped(table::Table()); // what was taken for rows is something else
    if (m_preview.isCutByLimit())
        m_summary.cutByLimit = true;
    if (m_body->error() && !m_summary.cutByLimit && !m_summary.cutBySink) {
        m_summary.error = m_body->error(); // that it broke off goes before how what came looks
        m_summary.error->message = m_summary.rows == 0 || m_summary.error->kind == core::ErrorKind::Decode
            ? m_summary.error->message
            : AnswerTr::tr("Connection lost after %1 rows: %2").arg(m_summary.rows).arg(m_summary.error->message);
        m_summary.isRefused = false;
    }
    return std::move(m_summary);
}

void AnswerReader::readWrapped(Wrapping wrapping)
{
    m_summary.innerStatus = wrapping.innerStatus.value_or(0);
    m_summary.saysMore = wrapping.saysMore;
    if (!m_body->isEnded() && wrapping.form != Wrapping::Form::Rows) {
        if (m_body->isOpen())
            fail(decodeError(AnswerTr::tr("The answer is longer than %1 bytes and is no array of rows.").arg(kMostLookedAt)));
        return; // broken off: nothing of it is sure
    }
    switch (wrapping.form) {
    case Wrapping::Form::Rows:
        readRows(wrapping, decode::MemoryRows::Form::Array);
        break;
    case Wrapping::Form::Single:
        readRows(wrapping, decode::MemoryRows::Form::Single);
        break;
    case Wrapping::Form::Text:
        deliverText(wrapping.text);
        break;
    case Wrapping::Form::Nothing:
        break;
    case Wrapping::Form::Refused:
        m_summary.isRefused = true;
        m_summary.isFunctionError = wrapping.isFunctionError;
        m_summary.errorType = wrapping.errorType;
        m_summary.errorText = wrapping.message;
        break;
    case Wrapping::Form::Malformed:
        fail(malformed(wrapping.text, 0, wrapping.isInBody));
        break;
    case Wrapping::Form::Missing: {
        core::Error error = decodeError(
            AnswerTr::tr("The answer holds nothing at \"%1\".").arg(QString::fromStdString(m_options.pointer)));
        error.hint = AnswerTr::tr("\"pointer\" of the connection is a JSON pointer to the rows, such as /data/rows; without it they "
                                  "are looked for where they usually are.");
        fail(std::move(error));
        break;
    }
    }
}

void AnswerReader::readRows(const Wrapping &wrapping, decode::MemoryRows::Form form)
{
    const char *begin = wrapping.text.data();
    const char *end = begin + wrapping.text.size();
    if (!wrapping.isInBody) {
        m_document = wrapping.unpacked.back();
        m_document.remove_suffix(decode::kMemoryPadding);
    }
    m_isWholeDocument = form == decode::MemoryRows::Form::Array && decode::passBlanks(m_document.data()) + 1 == begin;
    m_rows.emplace(form, wrapping.columns);
    m_summary.hasResultSet = true;
    // Types of the first rows mostly hold for all; otherwise all are looked at before they are read once more.
    const bool hasMore = lookAtRows(begin, end, kFirstRows);
    Step last = Step::Stopped;
    bool goesOn = feedHeld(begin, end, hasMore, &last);
    while (goesOn && last != Step::End) {
        last = m_rows->next(m_cells);
        if (last == Step::Row) {
            goesOn = feedRow();
            continue;
        }
        if (last == Step::End || !m_body->isOpen())
            break;
        // The body goes on behind what was looked at.
        m_body->advance(m_rows->at());
        m_rows->continueIn(m_body->begin(), m_body->end());
        m_document = m_body->text();
    }
    if (goesOn) {
        finishBody(wrapping, last);
        goesOn = m_feeder->finish();
    }
    m_summary.rows = m_feeder->deliveredRows();
    m_summary.cutByLimit = m_feeder->isCutByLimit();
    m_summary.cutBySink = m_summary.cutBySink || m_feeder->isCutBySink();
}

// Reads the rows at hand. False: the result is cut.
bool AnswerReader::feedHeld(const char *begin, const char *end, bool hasMore, Step *last)
{
    const bool replaces = m_preview.isShown();
    bool goesOn = hasMore && feedByFirstTypes(begin, end, last);
    if (!goesOn) {
        if (!replaces)
            m_held.drop();
        if (hasMore)
            lookAtRows(begin, end, std::numeric_limits<std::int64_t>::max());
        beginFeeding(begin, end);
        goesOn = m_feeder->begin();
        while (replaces && goesOn && (*last = m_rows->next(m_cells)) == Step::Row)
            goesOn = feedRow();
    }
    if (!m_held.isHeld())
        return goesOn;
    static_cast<void>(m_feeder->finish());
    m_summary.cutBySink = !m_held.letGo(replaces);
    return goesOn && !m_summary.cutBySink;
}

bool AnswerReader::lookAtRows(const char *begin, const char *end, std::int64_t most)
{
    m_rows->restart(begin, end);
    for (std::int64_t count = 0; count < most; ++count) {
        if (m_rows->next(m_cells) != Step::Row)
            return false;
        if (m_rows->isMixed() && !m_rows->takesWholeRows()) {
            m_looks.clear();
            m_tokens.clear();
            m_rows->takeWholeRows();
            return lookAtRows(begin, end, std::numeric_limits<std::int64_t>::max());
        }
        if (m_looks.size() < m_rows->columns().size()) {
            m_looks.resize(m_rows->columns().size());
            m_dates.resize(m_looks.size());
            m_tokens.resize(m_looks.size(), json::Token::Null);
        }
        for (const decode::MemoryCell &cell : m_cells) {
            decode::Looks &looks = m_looks[cell.column];
            looks |= decode::lookOf(cell, looks, m_dates[cell.column]);
            if (cell.token != json::Token::Null)
                m_tokens[cell.column] = plainToken(cell.token);
        }
    }
    return true;
}

std::shared_ptr<const table::Schema> AnswerReader::schemaOfLooks()
{
    const std::vector<std::string> &names = m_rows->columns();
    m_looks.resize(names.size());
    m_dates.resize(names.size());
    m_tokens.resize(names.size(), json::Token::Null);
    auto schema = std::make_shared<table::Schema>();
    for (std::size_t i = 0; i < names.size(); ++i) {
        table::ColumnInfo info;
        info.name = names[i];
        info.kind = decode::kindOf(m_looks[i]);
        schema->columns.push_back(std::move(info));
    }
    if (schema->columns.empty() && m_options.lastSchema)
        return m_options.lastSchema;
    return schema;
}

void AnswerReader::beginFeeding(const char *begin, const char *end)
{
    const auto schema = schemaOfLooks();
    m_summary.columns = static_cast<std::int64_t>(schema->columns.size());
    m_summary.schema = schema->columns.empty() ? nullptr : schema;
    m_filledIn.assign(m_rows->columns().size(), 0);
    m_rowNumber = 0;
    m_rows->restart(begin, end);
    m_feeder.emplace(m_held, schema, m_options.maxRows);
}

bool AnswerReader::feedByFirstTypes(const char *begin, const char *end, Step *last)
{
    // NaN as a text may stand among texts or among numbers: the first rows do not tell.
    if (std::find(m_looks.begin(), m_looks.end(), decode::Look::kTextSpecial) != m_looks.end())
        return false;
    beginFeeding(begin, end);
    m_needsFit = true;
    bool goesOn = m_feeder->begin();
    while (goesOn && (*last = m_rows->next(m_cells)) == Step::Row)
        goesOn = feedRow();
    m_needsFit = false;
    return goesOn && !m_isMisfit;
}

bool AnswerReader::feedRow()
{
    const bool isOtherRow = m_rows->isMixed() && !m_rows->takesWholeRows();
    if (isOtherRow || m_rows->columns().size() > m_filledIn.size()) {
        m_isMisfit = m_needsFit;
        return !m_needsFit && (isOtherRow ? failLate(AnswerTr::tr("a row of another kind")) : failLate(AnswerTr::tr("a further column, \"%1\",").arg(QString::fromStdString(m_rows->columns().back()))));
    }
    if (!m_feeder->beginRow())
        return false;
    ++m_rowNumber;
    table::ChunkBuilder &builder = m_feeder->builder();
    for (const decode::MemoryCell &cell : m_cells) {
        table::ColumnBuilder &column = builder.column(cell.column);
        const bool fits = decode::appendCell(cell, m_dates[cell.column], column);
        if (m_needsFit && (!fits || (plainToken(cell.token) != m_tokens[cell.column] && cell.token != json::Token::Null && column.kind() != table::Kind::Json))) {
            m_isMisfit = true;
            return false;
        }
        m_filledIn[cell.column] = m_rowNumber;
    }
    if (m_cells.size() != m_filledIn.size()) {
        for (std::size_t i = 0; i < builder.columnCount(); ++i) {
            if (i >= m_filledIn.size() || m_filledIn[i] != m_rowNumber)
                builder.column(i).appendNull();
        }
    }
    return m_feeder->finishRow();
}

// A result has its columns once and for all.
bool AnswerReader::failLate(const QString &what)
{
    core::Error error;
    error.kind = core::ErrorKind::Limit;
    error.message = AnswerTr::tr("The answer has %1 only behind its first %2 bytes, where the columns are settled.").arg(what).arg(kMostLookedAt);
    error.hint = AnswerTr::tr("Ask for fewer rows, or have the function give every row the same keys.");
    error.position.row = m_feeder->rows() + 1;
    fail(std::move(error));
    static_cast<void>(m_feeder->finish());
    return false;
}

void AnswerReader::finishBody(const Wrapping &wrapping, Step last)
{
    if (m_body->error() || m_body->isStopped())
        return;
    if (last == Step::End && wrapping.form == Wrapping::Form::Single)
        return;
    if (last == Step::End) {
        // Around a member's rows the document was walked through, where it could be; behind rows that are all of it,
        // nothing comes.
        const char *rest = decode::passBlanks(m_rows->at());
        if (!m_isWholeDocument || rest >= m_document.data() + m_document.size())
            return;
    }
    core::Error error = malformed(m_document, wrapping.isInBody ? m_body->offsetOf(m_document.data()) : 0, wrapping.isInBody);
    error.position.row = m_feeder->rows() + 1;
    fail(std::move(error));
}

// What the reader says of a document that was found wanting. Of one that is read on in pieces its place is all that is
// known.
core::Error AnswerReader::malformed(std::string_view document, std::int64_t firstByte, bool isInBody) const
{
    core::Error error = decodeError(AnswerTr::tr("The answer is not JSON."));
    if (firstByte == 0) {
        json::MemorySource source(document);
        json::Reader reader(source);
        json::Token token = reader.next();
        while (token != json::Token::End && token != json::Token::Failed)
            token = reader.next();
        if (reader.error())
            error = *reader.error();
    } else {
        error.message = AnswerTr::tr("The answer is not JSON behind this place, or ends early.");
        error.position.byte = firstByte + (m_rows->at() - document.data());
    }
    if (!isInBody || m_layers.isUnpacked())
        error.message = AnswerTr::tr("The text in \"body\" is not in the form of rows: %1").arg(error.message);
    return error;
}

void AnswerReader::deliverText(std::string_view text)
{
    auto schema = std::make_shared<table::Schema>();
    schema->columns.push_back({.name = "value", .kind = table::Kind::Text});
    m_summary.hasResultSet = true;
    m_summary.columns = 1;
    m_held.drop();
    m_feeder.emplace(m_held, schema, m_options.maxRows);
    if (m_feeder->begin() && m_feeder->beginRow()) {
        m_feeder->builder().column(0).appendBytes(text);
        m_feeder->finishRow();
        m_feeder->finish();
    }
    m_summary.rows = m_feeder->deliveredRows();
    m_summary.cutBySink = m_feeder->isCutBySink();
}

void AnswerReader::fail(core::Error error)
{
    m_summary.error = std::move(error);
}

} // namespace timescale
