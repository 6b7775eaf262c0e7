// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sessionparts.h"

#include "http/url.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace connector {

namespace {

struct PartsTr {
    Q_DECLARE_TR_FUNCTIONS(Session)
};

} // namespace

Language ownLanguage(const QString &resource)
{
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto manifest = Manifest::fromJson(QJsonDocument::fromJson(file.readAll()).object());
    return manifest ? std::move(manifest).value().language : Language();
}

std::string baseUrlOf(const Profile &profile)
{
    const std::string host = profile.value("host");
    const std::string port = profile.value("port");
    const std::string transport = profile.transport.empty() ? "http" : profile.transport;
    // An address with colons (IPv6) is told from the port by brackets.
    const std::string name = host.find(':') == std::string::npos ? http::percentEncoded(host) : "[" + host + "]";
    return transport + "://" + name + (port.empty() ? std::string() : ":" + port);
}

core::Error usageError(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

bool breaksOff(core::ErrorKind kind)
{
    using core::ErrorKind;
    return kind == ErrorKind::Network || kind == ErrorKind::Tls || kind == ErrorKind::Timeout || kind == ErrorKind::Cancelled
        || kind == ErrorKind::Decode || kind == ErrorKind::Limit;
}

Outcome failedOutcome(core::Error error)
{
    Outcome outcome;
    if (breaksOff(error.kind)) {
        outcome.completeness = Completeness::Cut;
        outcome.reason = Reason::Broken;
    }
    outcome.error = std::move(error);
    return outcome;
}

CatalogPage pageOf(std::vector<CatalogNode> nodes, const CatalogRequest &request)
{
    CatalogPage page;
    const auto size = static_cast<std::int64_t>(nodes.size());
    const std::int64_t begin = std::clamp<std::int64_t>(request.offset, 0, size);
    const std::int64_t end = request.limit > 0 ? std::min(size, begin + request.limit) : size;
    page.nodes.assign(std::make_move_iterator(nodes.begin() + begin), std::make_move_iterator(nodes.begin() + end));
    page.total = size;
    page.more = end < size;
    return page;
}

QString shownPath(const std::vector<std::string> &path)
{
    QStringList names;
    for (const std::string &name : path)
        names << QString::fromStdString(name).replace(QLatin1Char('/'), QStringLiteral("%2F"));
    return names.join(QLatin1Char('/'));
}

core::Error unknownPath(const std::vector<std::string> &path, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Statement;
    error.message = PartsTr::tr("There is nothing at \"%1\" in the catalogue.").arg(shownPath(path));
    error.hint = hint;
    return error;
}

} // namespace connector
