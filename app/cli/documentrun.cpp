// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/documentrun.h"

#include "cli/options.h"
#include "request/jsonform.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cli {

namespace {

struct DocumentRunTr {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString nameOf(const request::Entry &entry)
{
    return entry.name.empty() ? DocumentRunTr::tr("line %1").arg(entry.line) : QString::fromStdString(entry.name);
}

// All text of a request in which variables may stand.
std::string textOf(const request::Entry &entry)
{
    std::string text = entry.target;
    for (const http::Header &header : entry.headers)
        text += '\n' + header.value;
    for (const request::BodyPart &part : entry.body)
        text += '\n' + part.text;
    return text;
}

void addWithNeeded(const request::Document &document, const request::Entry &entry, std::vector<const request::Entry *> &into)
{
    if (std::find(into.begin(), into.end(), &entry) != into.end())
        return;
    std::string text = textOf(entry);
    for (const request::FileVariable &variable : document.variables)
        text += '\n' + variable.value;
    std::vector<std::string> names = request::answersNamedIn(text);
    for (const request::Directive &directive : entry.directives) {
        if (directive.name == "ref")
            names.push_back(directive.value);
    }
    for (const std::string &name : names) {
        const request::Entry *needed = document.find(name);
        if (needed && needed < &entry)
            addWithNeeded(document, *needed, into);
    }
    into.push_back(&entry);
}

} // namespace

DocumentRun::DocumentRun(RequestRun &run, const RequestOptions &options, const request::ReadFile &readFile, std::stop_token stop)
    : m_run(run)
    , m_options(options)
    , m_readFile(readFile)
    , m_stop(std::move(stop))
{
}

core::Result<int> DocumentRun::runFile()
{
    auto text = m_readFile(m_options.documentPath);
    if (!text)
        return std::move(text).error();
    return runText(*text, QFileInfo(QString::fromStdString(m_options.documentPath)).absolutePath().toStdString());
}

core::Result<int> DocumentRun::runText(const std::string &text, const std::string &folder)
{
    auto document = request::parseDocument(text);
    if (!document)
        return std::move(document).error();
    return runDocument(*document, folder);
}

core::Result<std::vector<const request::Entry *>> DocumentRun::chosen(const request::Document &document) const
{
    if (document.entries.empty())
        return usageError(DocumentRunTr::tr("The file holds no request."));
    std::vector<const request::Entry *> entries;
    if (m_options.runsAll) {
        for (const request::Entry &entry : document.entries)
            entries.push_back(&entry);
        return entries;
    }
    const request::Entry *entry = m_options.documentName.empty() ? &document.entries.front() : document.find(m_options.documentName);
    QStringList names;
    for (const request::Entry &known : document.entries)
        names << nameOf(known);
    if (!entry) {
        return usageError(DocumentRunTr::tr("The file has no request named \"%1\".").arg(QString::fromStdString(m_options.documentName)),
            DocumentRunTr::tr("Its requests: %1").arg(names.join(QStringLiteral(", "))));
    }
    if (m_options.documentName.empty() && document.entries.size() > 1)
        m_run.say(DocumentRunTr::tr("This is the first of %1 requests (%2); FILE#NAME runs another, -F FILE all.").arg(document.entries.size()).arg(names.join(QStringLiteral(", "))));
    if (m_options.isDry || m_options.language)
        entries.push_back(entry);
    else
        addWithNeeded(document, *entry, entries);
    return entries;
}

void DocumentRun::sayWhatIsNotRun(const request::Document &document)
{
    const bool hasScripts = std::any_of(document.entries.begin(), document.entries.end(), [](const request::Entry &entry) { return entry.hasScripts; });
    if (hasScripts)
        m_run.say(DocumentRunTr::tr("Scripts of other clients are not run; checks can be written as: # @expect status 200"));
}

core::Result<int> DocumentRun::runDocument(const request::Document &document, const std::string &folder)
{
    auto entries = chosen(document);
    if (!entries)
        return std::move(entries).error();
    auto environment = request::loadEnvironment(folder, m_options.environment);
    if (!environment)
        return std::move(environment).error();
    sayWhatIsNotRun(document);
    request::Resolver resolver(document, std::move(environment).value(), folder);
    resolver.setLenient(m_options.isDry || m_options.language);
    int code = 0;
    for (const request::Entry *entry : *entries) {
        const int one = runEntry(document, *entry, resolver);
        code = code == 0 ? one : code;
        if (m_stop.stop_requested() || m_run.isReaderGone())
            break;
        if (one != 0 && !m_options.runsAll)
            break;
    }
    if (m_options.runsAll && !m_options.isDry && !m_options.language)
        summarise();
    return code;
}

core::Result<Answered> DocumentRun::sendEntry(const request::Entry &entry, request::Resolver &resolver, bool &isShown)
{
    auto assembled = request::assembled(entry, resolver, m_readFile);
    if (!assembled)
        return std::move(assembled).error();
    const bool isDry = m_options.isDry || m_options.language;
    if (m_run.hasConnection() && !isDry)
        return m_run.sendThroughConnection(*assembled);
    auto ready = m_run.hasConnection() ? m_run.throughConnection(*assembled) : request::readyFrom(*assembled, entry, resolver, isDry, m_stop);
    if (!ready)
        return std::move(ready).error();
    request::hideValues(ready->request, resolver.secretsUsed());
    isShown = m_run.show(*ready);
    return isShown ? core::Result<Answered>(Answered()) : m_run.send(*ready, true);
}

int DocumentRun::runEntry(const request::Document &, const request::Entry &entry, request::Resolver &resolver)
{
    Line line{nameOf(entry), {}, false};
    bool isShown = false;
    auto answered = sendEntry(entry, resolver, isShown);
    if (isShown)
        return 0;
    int code = 0;
    if (!answered) {
        if (m_run.isReaderGone())
            return 0;
        m_run.say(QStringLiteral("ondograph: ") + (m_options.runsAll ? line.name + QStringLiteral(": ") : QString()) + core::toText(answered.error()));
        line.result = answered.error().message;
        line.hasFailed = true;
        code = core::exitCode(answered.error().kind);
    } else {
        line.result = DocumentRunTr::tr("%1, %2 ms").arg(answered->head.status).arg(answered->elapsed.count());
        code = m_run.exitCodeOf(*answered, m_options.failsOnStatus);
        const int checks = check(entry, *answered, line);
        code = code == 0 ? checks : code;
        line.hasFailed = code != 0;
        if (!entry.name.empty())
            resolver.keepAnswer(entry.name, {answered->head, std::move(answered->body)});
    }
    m_lines.push_back(std::move(line));
    return code;
}

int DocumentRun::check(const request::Entry &entry, const Answered &answered, Line &line)
{
    std::size_t held = 0;
    for (const request::Check &check : entry.checks) {
        const request::CheckResult result = request::evaluate(check, answered.head, answered.body);
        held += result.holds ? 1 : 0;
        if (!result.holds) {
            m_run.say(DocumentRunTr::tr("Check failed: %1, line %2: %3 (the answer has: %4)")
                          .arg(line.name)
                          .arg(check.line)
                          .arg(QString::fromStdString(check.text), result.seen));
        }
    }
    if (!entry.checks.empty())
        line.result += DocumentRunTr::tr(", checks %1 of %2").arg(held).arg(entry.checks.size());
    return held == entry.checks.size() ? 0 : core::exitCode(core::ErrorKind::Server);
}

void DocumentRun::summarise()
{
    const auto failed = std::count_if(m_lines.begin(), m_lines.end(), [](const Line &line) { return line.hasFailed; });
    for (const Line &line : m_lines)
        m_run.say((line.hasFailed ? DocumentRunTr::tr("FAILED  %1: %2") : DocumentRunTr::tr("ok      %1: %2")).arg(line.name, line.result));
    m_run.say(DocumentRunTr::tr("%1 requests, %2 failed").arg(m_lines.size()).arg(failed));
}

} // namespace cli
