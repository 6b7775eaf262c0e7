// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/diagnosis.h"

#include "diagnosis/explanation.h"
#include "diagnosis/networksteps.h"
#include "diagnosis/sessionprobe.h"
#include "diagnosis/sessionsteps.h"

#include <QCoreApplication>

#include <algorithm>

namespace diagnosis {

namespace {

struct DiagnosisTr {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

// Where a session would send its first request, and how.
core::Result<Intention> intentionOf(const Subject &subject, const connector::Manifest &manifest, const std::stop_token &stop)
{
    IntentionClient client;
    auto session = subject.connector.createSession(subject.profile, client);
    if (!session)
        return std::move(session).error();
    SessionProbe probe(*session.value(), manifest.language, [](const http::Exchange &) {});
    // A statement goes to the server itself; a catalogue may be asked of another, which manages it.
    const std::string login = manifest.diagnosis.loginStatement;
    const std::string statement = manifest.diagnosis.statement;
    std::optional<core::Error> error;
    for (const std::string &text : {login, statement, std::string("GET /")}) {
        if (text.empty() || client.intention())
            continue;
        const auto answer = probe.run(text, {}, stop);
        if (!error)
            error = answer.error;
    }
    if (client.intention())
        return *client.intention();
    if (error)
        return std::move(*error);
    return diagnosisError(core::ErrorKind::Usage, DiagnosisTr::tr("The connection does not say where its server is."));
}

QString shownName(const connector::Profile &profile, const connector::Manifest &manifest)
{
    return QString::fromStdString(profile.name.empty() ? connector::urlFromProfile(profile, manifest) : profile.name);
}

void takeSteps(const Subject &subject, const connector::Manifest &manifest, const Observer &observer, const Limits &limits,
    StepRecorder &steps, const std::stop_token &stop)
{
    steps.begin(StepId::Profile);
    const auto intention = intentionOf(subject, manifest, stop);
    if (!intention) {
        steps.failed(explained(intention.error(), manifest.diagnosis));
        return;
    }
    steps.ok(QStringLiteral("%1, %2").arg(manifest.name, QString::fromStdString(intention->origin())));
    NetworkSteps network(subject.profile, manifest, *intention, limits, steps, stop);
    if (!network.take())
        return;
    SessionSteps session(subject, manifest, *intention, network.proxyText(), limits, observer, steps, stop);
    session.take();
}

} // namespace

Report diagnose(const Subject &subject, const Observer &observer, std::stop_token stop, const Limits &limits)
{
    const auto manifest = std::find_if(subject.manifests.begin(), subject.manifests.end(),
        [&subject](const connector::Manifest &one) { return one.id == subject.profile.connectorId; });
    if (manifest == subject.manifests.end()) {
        return reportOf(QString::fromStdString(subject.profile.name),
            diagnosisError(core::ErrorKind::Usage,
                DiagnosisTr::tr("There is no connector \"%1\".").arg(QString::fromStdString(subject.profile.connectorId))),
            observer);
    }
    StepRecorder steps(shownName(subject.profile, *manifest), observer.step);
    takeSteps(subject, *manifest, observer, limits, steps, stop);
    return steps.finish();
}

Report reportOf(const QString &connection, const core::Error &error, const Observer &observer)
{
    StepRecorder steps(connection, observer.step);
    steps.begin(StepId::Profile);
    steps.failed(error);
    return steps.finish();
}

} // namespace diagnosis
