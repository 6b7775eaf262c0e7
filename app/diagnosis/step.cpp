// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/step.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace diagnosis {

namespace {
struct StepTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisSteps)
};

constexpr std::array<const char *, 11> kStepWords{
    "profile", "name", "address", "tcp", "tls", "http", "log-in", "server", "clock", "statement", "catalogue"};
constexpr std::array<const char *, 4> kStatusWords{"running", "ok", "failed", "skipped"};

QString indented(QString text)
{
    return QStringLiteral("    ") + text.replace(QLatin1Char('\n'), QStringLiteral("\n    ")) + QLatin1Char('\n');
}
}

const Step *Report::failed() const
{
    const auto found = std::find_if(steps.begin(), steps.end(), [](const Step &step) { return step.status == Status::Failed; });
    return found == steps.end() ? nullptr : &*found;
}

int Report::exitCode() const
{
    const Step *step = failed();
    return step && step->error ? core::exitCode(step->error->kind) : 0;
}

const char *word(StepId id)
{
    return kStepWords[static_cast<std::size_t>(id)];
}

const char *word(Status status)
{
    return kStatusWords[static_cast<std::size_t>(status)];
}

QString title(StepId id)
{
    switch (id) {
    case StepId::Profile:
        return StepTr::tr("Connection's settings");
    case StepId::Name:
        return StepTr::tr("Host name");
    case StepId::Address:
        return StepTr::tr("Address");
    case StepId::Tcp:
        return StepTr::tr("TCP connection");
    case StepId::Tls:
        return StepTr::tr("TLS and certificate");
    case StepId::Http:
        return StepTr::tr("HTTP answer");
    case StepId::Login:
        return StepTr::tr("Log-in");
    case StepId::Server:
        return StepTr::tr("Server and version");
    case StepId::Clock:
        return StepTr::tr("Clocks");
    case StepId::Statement:
        return StepTr::tr("First statement");
    case StepId::Catalogue:
        break;
    }
    return StepTr::tr("Catalogue");
}

QString millisecondsText(const Step &step)
{
    return step.microseconds ? QString::number(static_cast<double>(*step.microseconds) / 1000, 'f', 1) : QString();
}

QString certificatesText(const http::TlsFacts &facts)
{
    QString text;
    for (const http::Certificate &certificate : facts.chain) {
        text += StepTr::tr("Certificate: %1, issued by %2, valid %3 to %4")
                    .arg(QString::fromStdString(certificate.subject), QString::fromStdString(certificate.issuer),
                        QDateTime::fromMSecsSinceEpoch(certificate.validFromMs, Qt::UTC).date().toString(Qt::ISODate),
                        QDateTime::fromMSecsSinceEpoch(certificate.validUntilMs, Qt::UTC).date().toString(Qt::ISODate))
            + QStringLiteral("\nSHA-256 ") + http::shownFingerprint(certificate.sha256) + QLatin1Char('\n');
    }
    return text.trimmed();
}

QString toText(const Report &report)
{
    QString text = StepTr::tr("Test of the connection %1").arg(report.connection) + QLatin1Char('\n');
    for (const Step &step : report.steps) {
        const QString time = millisecondsText(step);
        text += QStringLiteral("%1: %2").arg(title(step.id), QLatin1String(word(step.status)));
        text += time.isEmpty() ? QStringLiteral("\n") : QStringLiteral(", %1 ms\n").arg(time);
        if (step.error)
            text += indented(core::toText(*step.error));
        else if (!step.detail.isEmpty())
            text += indented(step.detail);
        if (step.tls && step.status == Status::Failed && !step.tls->chain.empty())
            text += indented(certificatesText(*step.tls));
    }
    return text;
}

} // namespace diagnosis
