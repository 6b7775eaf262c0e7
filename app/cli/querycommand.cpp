// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/queryoptions.h"
#include "cli/resultsink.h"
#include "cli/services.h"
#include "cli/target.h"
#include "connector/readsonly.h"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>

#include <unistd.h>

namespace cli {

namespace {

struct RunTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr std::chrono::milliseconds kStopPatience{2000};

// One run of "query": its statements, one after another, into one output.
class QueryRun
{
public:
    QueryRun(Services &services, QueryOptions options, std::shared_ptr<workspace::Connection> connection, std::unique_ptr<Output> output)
        : m_services(services)
        , m_options(std::move(options))
        , m_connection(std::move(connection))
        , m_output(std::move(output))
        , m_progress(m_options.results.file.empty() && m_options.results.format != table::FileFormat::Null && isatty(STDOUT_FILENO) != 0)
        , m_writer(table::createWriter(m_options.results.format, *m_output, writerOptions()))
        , m_sink(*m_writer, m_progress, m_stats, m_options.isTracing)
    {
    }

    int run(const std::vector<connector::Statement> &statements, const std::vector<std::vector<connector::Parameter>> &parameters);
    // The whole script as one batch, each statement's result behind the one before.
    int runBatch(const std::vector<connector::Statement> &statements);

private:
    int finish();
    bool endWithInterruption();
    table::WriterOptions writerOptions();
    bool runOne(const connector::Statement &statement, std::vector<connector::Parameter> parameters);
    void report(const connector::Outcome &outcome);
    void fail(const core::Error &error);
    void stopOnServer();
    void closeOutput();

    Services &m_services;
    const QueryOptions m_options;
    const std::shared_ptr<workspace::Connection> m_connection;
    const std::unique_ptr<Output> m_output;
    Progress m_progress;
    RunStats m_stats;
    const std::unique_ptr<table::Writer> m_writer;
    ResultSink m_sink;
    std::optional<int> m_failure; // exit code of the first one
};

table::WriterOptions QueryRun::writerOptions()
{
    table::WriterOptions options = m_options.results.writer;
    const connector::Manifest *manifest = m_services.registry.manifest(m_connection->profile.connectorId);
    if (manifest) {
        options.identifierQuote = manifest->language.identifierQuote;
        options.backslashEscapes = manifest->language.backslashEscapes;
        options.isKeyword = [manifest](std::string_view word) {
            return manifest->language.keywords.contains(
                QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())), Qt::CaseInsensitive);
        };
    }
    options.warn = [this](const QString &text) { m_progress.say(RunTr::tr("Warning:") + QChar::fromLatin1(' ') + text); };
    return options;
}

int QueryRun::run(
    const std::vector<connector::Statement> &statements, const std::vector<std::vector<connector::Parameter>> &parameters)
{
    for (std::size_t i = 0; i < statements.size() && !m_failure && !m_output->isReaderGone(); ++i) {
        if (!runOne(statements[i], parameters[i]))
            break;
    }
    return finish();
}

int QueryRun::runBatch(const std::vector<connector::Statement> &statements)
{
    const auto sinkOf = [this](std::size_t) -> connector::Sink & {
        m_sink.endResult();
        return m_sink;
    };
    const auto outcomes = m_connection->session->runBatch(statements, m_options.run, sinkOf, m_services.interrupt.token());
    m_sink.endResult();
    for (const connector::Outcome &outcome : outcomes)
        m_stats.add(outcome);
    if (!endWithInterruption()) {
        if (m_sink.error() && !m_output->isReaderGone())
            fail(*m_sink.error());
        for (const connector::Outcome &outcome : outcomes)
            report(outcome);
    }
    return finish();
}

int QueryRun::finish()
{
    closeOutput();
    if (m_options.hasStats)
        m_progress.say(m_stats.toJson());
    return m_failure.value_or(0);
}

// What an interruption leaves to do; false: there was none.
bool QueryRun::endWithInterruption()
{
    if (!m_services.interrupt.isRequested())
        return false;
    core::Error error;
    error.kind = core::ErrorKind::Cancelled;
    error.message = RunTr::tr("Interrupted.");
    fail(error);
    stopOnServer();
    return true;
}

// False ends the run.
bool QueryRun::runOne(const connector::Statement &statement, std::vector<connector::Parameter> parameters)
{
    connector::RunOptions options = m_options.run;
    options.parameters = std::move(parameters);
    const connector::Outcome outcome = m_connection->session->run(statement, options, m_sink, m_services.interrupt.token());
    m_sink.endResult();
    m_stats.add(outcome);
    if (endWithInterruption())
        return false;
    if (m_sink.error()) {
        if (!m_output->isReaderGone())
            fail(*m_sink.error());
        return false;
    }
    report(outcome);
    return !outcome.error;
}

void QueryRun::report(const connector::Outcome &outcome)
{
    if (outcome.error) {
        // What a request got is whole, even where its status says that it failed.
        if (outcome.hasResultSet && outcome.completeness == connector::Completeness::Cut)
            m_progress.say(RunTr::tr("The result is cut after %1 rows.").arg(outcome.rows));
        fail(*outcome.error);
        if (outcome.remedy)
            m_progress.say(RunTr::tr("%1 with this statement: %2").arg(outcome.remedy->label, QString::fromStdString(outcome.remedy->statement)));
        return;
    }
    if (!outcome.hasResultSet) {
        if (outcome.affectedRows)
            m_progress.say(RunTr::tr("%1 rows affected").arg(*outcome.affectedRows));
    } else if (outcome.reason == connector::Reason::RowLimit) {
        m_progress.say(RunTr::tr("The result is cut at the limit of %1 rows.").arg(m_options.run.maxRows));
    } else if (outcome.reason == connector::Reason::ServerCap) {
        m_progress.say(RunTr::tr("%1 rows are a limit of the server's: there may be more.").arg(outcome.rows));
    }
}

void QueryRun::fail(const core::Error &error)
{
    m_progress.say(QStringLiteral("ondograph: ") + core::toText(error));
    if (!m_failure)
        m_failure = core::exitCode(error.kind);
}

// The run has ended already; what the server does with the statement is asked besides, on a thread that is not waited
// for beyond its time.
void QueryRun::stopOnServer()
{
    if (!m_sink.running())
        return;
    std::mutex mutex;
    std::condition_variable ended;
    bool isOver = false;
    QString message;
    std::jthread worker([&](std::stop_token stop) {
        TraceSink sink(m_progress, m_options.isTracing);
        const auto report = m_connection->session->stopOnServer(*m_sink.running(), sink, stop);
        const std::lock_guard lock(mutex);
        if (report)
            message = report->message;
        else if (stop.stop_requested())
            message = RunTr::tr("The server has not said in time whether it stopped the statement, which may go on there.");
        else
            message = RunTr::tr("The server could not be asked to stop the statement, which may go on there:") + QChar::fromLatin1(' ')
                + core::toText(report.error());
        isOver = true;
        ended.notify_all();
    });
    {
        std::unique_lock lock(mutex);
        if (!ended.wait_for(lock, kStopPatience, [&] { return isOver; }))
            worker.request_stop();
    }
    worker.join();
    m_progress.say(message);
}

void QueryRun::closeOutput()
{
    auto finished = m_writer->finish();
    if (finished && !m_failure && !m_output->isReaderGone())
        finished = m_output->commit();
    if (!finished && !m_failure && !m_output->isReaderGone())
        fail(finished.error());
    if (m_failure && m_output->abandon()) {
        m_progress.say(RunTr::tr("What came is in %1; %2 is as it was.")
                           .arg(QString::fromStdString(m_output->partialPath()), QString::fromStdString(m_options.results.file)));
    }
}

// What a read-only connection does not take; nothing is sent then, not even what only reads.
std::optional<core::Error> refusedOnReadOnly(
    const workspace::Connection &connection, const std::vector<connector::Statement> &statements, const connector::Manifest &manifest)
{
    for (const connector::Statement &statement : statements) {
        if (!connection.isReadOnly || connector::readsOnly(statement, manifest))
            continue;
        return usageError(RunTr::tr("The connection is read-only, and the statement in line %1 may change something.").arg(statement.line),
            RunTr::tr("Use another connection for it. What cannot be told to only read counts as a change."));
    }
    return std::nullopt;
}

} // namespace

core::Result<int> runQuery(Services &services, const ParsedArguments &arguments)
{
    auto options = queryOptionsFrom(arguments);
    if (!options)
        return std::move(options).error();
    auto script = scriptFrom(arguments, services.interrupt);
    if (!script)
        return std::move(script).error();
    auto connection = openTarget(services, arguments);
    if (!connection)
        return std::move(connection).error();
    const connector::Manifest &manifest = *services.registry.manifest(connection.value()->profile.connectorId);
    const connector::Language &language = manifest.language;
    const std::vector<connector::Statement> statements = connector::splitScript(*script, language);
    if (statements.empty())
        return usageError(RunTr::tr("The text holds no statement."));
    if (auto refused = refusedOnReadOnly(*connection.value(), statements, manifest))
        return std::move(*refused);
    const bool isBatch = !options->run.batch.empty();
    using ParameterLists = core::Result<std::vector<std::vector<connector::Parameter>>>;
    const ParameterLists parameters = isBatch ? ParameterLists(std::vector<std::vector<connector::Parameter>>()) : parametersByStatement(statements, language, options->run.parameters);
    if (!parameters)
        return parameters.error();
    auto output = openOutput(options->results, services.interrupt);
    if (!output)
        return std::move(output).error();
    QueryRun run(services, std::move(options).value(), std::move(connection).value(), std::move(output).value());
    return isBatch ? run.runBatch(statements) : run.run(statements, *parameters);
}

} // namespace cli
