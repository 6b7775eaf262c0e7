// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/explanation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace diagnosis {

namespace {

struct ExplanationTr {
    Q_DECLARE_TR_FUNCTIONS(DiagnosisExplanation)
};

constexpr qsizetype kPageRead = 4096; // of a page, for its title
constexpr qsizetype kTitleShown = 120;

bool fits(const connector::DiagnosisHints::Meaning &meaning, const core::Error &error)
{
    const std::string code = error.serverCode.toStdString();
    if (!meaning.codes.empty() && std::find(meaning.codes.begin(), meaning.codes.end(), code) == meaning.codes.end())
        return false;
    if (meaning.status != 0 && meaning.status != error.httpStatus)
        return false;
    return meaning.contains.empty() || shown(error.serverText).contains(QString::fromStdString(meaning.contains), Qt::CaseInsensitive);
}

} // namespace

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

core::Error diagnosisError(core::ErrorKind kind, const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

const connector::DiagnosisHints::Meaning *meaningOf(const connector::DiagnosisHints &hints, const core::Error &error)
{
    const auto found = std::find_if(hints.meanings.begin(), hints.meanings.end(),
        [&error](const connector::DiagnosisHints::Meaning &meaning) { return fits(meaning, error); });
    return found == hints.meanings.end() ? nullptr : &*found;
}

core::Error explained(core::Error error, const connector::DiagnosisHints &hints)
{
    if (const auto *meaning = meaningOf(hints, error))
        error.hint = meaning->advice.isEmpty() ? meaning->means : meaning->means + QLatin1Char(' ') + meaning->advice;
    return error;
}

QString refusedAdvice(const connector::Manifest &manifest, const Place &place)
{
    const connector::DiagnosisHints &hints = manifest.diagnosis;
    QStringList advice;
    if (!hints.service.isEmpty() && manifest.defaultPort != 0) {
        advice << (manifest.defaultPort == place.port
                ? ExplanationTr::tr("Port %1 is that of %2.").arg(place.port).arg(hints.service)
                : ExplanationTr::tr("This connection uses port %1; %3 listens at %2 by default.").arg(place.port).arg(manifest.defaultPort).arg(hints.service));
    }
    advice << (hints.start.isEmpty() ? ExplanationTr::tr("Check that the service runs on that host, and its port.") : hints.start);
    return advice.join(QLatin1Char(' '));
}

bool isWebPage(std::string_view contentType, std::string_view body)
{
    const QString start = shown(body.substr(0, 512)).trimmed();
    return start.startsWith(QLatin1String("<!doctype html"), Qt::CaseInsensitive) || start.startsWith(QLatin1String("<html"), Qt::CaseInsensitive)
        || (shown(contentType).startsWith(QLatin1String("text/html"), Qt::CaseInsensitive) && start.startsWith(QLatin1Char('<')));
}

QString pageTitle(std::string_view body)
{
    static const QRegularExpression kTitle(
        QStringLiteral("<title[^>]*>(.*?)</title>"), QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const auto match = kTitle.match(shown(body.substr(0, kPageRead)));
    return match.hasMatch() ? match.captured(1).simplified().left(kTitleShown) : QString();
}

core::Error plainPortError(core::Error error, const Place &place, const QString &server)
{
    error.message = server.isEmpty()
        ? ExplanationTr::tr("%1 speaks plain HTTP, and the connection asks for HTTPS.").arg(QString::fromStdString(place.text()))
        : ExplanationTr::tr("%1 speaks plain HTTP (%2), and the connection asks for HTTPS.").arg(QString::fromStdString(place.text()), server);
    error.hint = ExplanationTr::tr("Set the connection's transport to http (SCHEME+http://…) if the network between can be trusted, or use "
                                   "the server's TLS port.");
    return error;
}

core::Error tlsPortError(core::Error error, const Place &place)
{
    error.message = ExplanationTr::tr("%1 speaks HTTPS, and the connection asks for plain HTTP.").arg(QString::fromStdString(place.text()));
    error.hint = ExplanationTr::tr("Set the connection's transport to https (SCHEME+https://…).");
    return error;
}

std::optional<std::chrono::seconds> clockDifference(std::string_view date, std::chrono::system_clock::time_point now)
{
    QDateTime server = QLocale::c().toDateTime(shown(date).trimmed(), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")); // RFC 9110
    if (!server.isValid())
        return std::nullopt;
    server.setTimeSpec(Qt::UTC);
    const std::chrono::system_clock::time_point at(std::chrono::seconds(server.toSecsSinceEpoch()));
    // The header names the second that has begun.
    return std::chrono::round<std::chrono::seconds>(at + std::chrono::milliseconds(500) - now);
}

QString clockText(std::chrono::seconds ahead)
{
    const auto seconds = ahead.count() < 0 ? -ahead.count() : ahead.count();
    if (seconds <= 1)
        return ExplanationTr::tr("The clocks agree.");
    const QString amount = seconds < 120 ? ExplanationTr::tr("%1 s").arg(seconds)
        : seconds < 7200                 ? ExplanationTr::tr("%1 min").arg((seconds + 30) / 60)
                                         : ExplanationTr::tr("%1 h").arg((seconds + 1800) / 3600);
    return ahead.count() > 0 ? ExplanationTr::tr("The server's clock is %1 ahead of this computer's.").arg(amount)
                             : ExplanationTr::tr("The server's clock is %1 behind this computer's.").arg(amount);
}

} // namespace diagnosis
