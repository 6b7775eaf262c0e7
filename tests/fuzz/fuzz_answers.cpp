// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a server's answers: every connector ends with an outcome that fits what it delivered, and the same one
// however the bytes are cut. The first byte chooses the connector; a zero byte ends one answer and begins the next.

#include "../support/keepingsink.h"
#include "../support/recordedclient.h"

#include "connector/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdlib>

namespace {

struct Subject {
    connector::Connector *connector;
    connector::Profile profile;
    connector::Statement statement;
};

// A connection and a statement of each dialect, as its recorded cases have them.
std::vector<Subject> findSubjects()
{
    static connector::Registry registry(QStringList{QStringLiteral(ONDO_CONNECTOR_DIR)});
    std::vector<Subject> subjects;
    for (const connector::Manifest &manifest : registry.manifests()) {
        QFile file(QStringLiteral(ONDO_RECORDED_DIR "/%1/types.json").arg(QString::fromStdString(manifest.id)));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject defaults = QJsonDocument::fromJson(file.readAll())[QStringLiteral("defaults")].toObject();
        auto profile = connector::profileFromUrl(defaults[QStringLiteral("url")].toString().toStdString(), registry.manifests());
        auto connector = registry.connector(manifest.id);
        if (!profile || !connector)
            continue;
        Subject subject{connector.value(), std::move(*profile), {}};
        subject.statement.text = defaults[QStringLiteral("statement")].toString().toStdString();
        subject.statement.isRequest = subject.statement.text.starts_with("GET ") || subject.statement.text.starts_with("POST ");
        subjects.push_back(std::move(subject));
    }
    return subjects;
}

std::vector<std::string> answersIn(std::string_view bytes)
{
    std::vector<std::string> answers;
    for (;;) {
        const std::size_t end = bytes.find('\0');
        answers.emplace_back(bytes.substr(0, end));
        if (end == std::string_view::npos)
            return answers;
        bytes.remove_prefix(end + 1);
    }
}

struct Result {
    std::vector<std::string> rows;
    bool hasError = false;
    int completeness = 0;

    bool operator==(const Result &) const = default;
};

Result resultOf(const Subject &subject, const std::vector<std::string> &answers, std::size_t block)
{
    std::size_t next = 0;
    support::RecordedClient client([&](const http::Request &) {
        support::RecordedAnswer answer;
        if (next < answers.size())
            answer.body = answers[next++];
        else
            answer.unsent = core::Error{.kind = core::ErrorKind::Network, .message = QStringLiteral("no more answers")};
        answer.blocks = {block};
        return answer;
    });
    auto session = subject.connector->createSession(subject.profile, client);
    if (!session)
        std::abort();
    support::KeepingSink sink;
    const connector::Outcome outcome = session.value()->run(subject.statement, {}, sink, {});
    const bool isHonest = outcome.rows == sink.table.rowCount()
        && (outcome.completeness != connector::Completeness::Cut || outcome.error || outcome.reason != connector::Reason::None);
    if (!isHonest)
        std::abort();
    return {sink.rows(), outcome.error.has_value(), static_cast<int>(outcome.completeness)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::vector<Subject> subjects = findSubjects();
    if (subjects.empty())
        std::abort();
    if (size == 0)
        return 0;
    const Subject &subject = subjects[data[0] % subjects.size()];
    const auto answers = answersIn({reinterpret_cast<const char *>(data) + 1, size - 1});
    const Result whole = resultOf(subject, answers, size);
    for (const std::size_t block : {std::size_t(1), std::size_t(7)}) {
        if (!(resultOf(subject, answers, block) == whole))
            std::abort();
    }
    return 0;
}
