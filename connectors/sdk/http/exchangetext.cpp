// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/exchange.h"

#include "http/url.h"

#include <QCoreApplication>

namespace http {

namespace {

struct ExchangeTr {
    Q_DECLARE_TR_FUNCTIONS(ExchangeTr)
};

void appendHeaders(std::string &out, const std::vector<Header> &headers)
{
    for (const Header &header : headers)
        out += header.name + ": " + header.value + '\n';
    out += '\n';
}

void appendLine(std::string &out, const QString &text)
{
    out += text.toStdString();
    out += '\n';
}

void appendBlock(std::string &out, const std::string &text)
{
    out += text;
    if (!text.empty() && text.back() != '\n')
        out += '\n';
}

// Path and query, as on the request line.
std::string target(const std::string &url)
{
    const std::size_t scheme = url.find("://");
    const std::size_t start = scheme == std::string::npos ? scheme : url.find_first_of("/?#", scheme + 3);
    if (start == std::string::npos)
        return "/";
    const std::string path = url.substr(start, url.find('#', start) - start);
    return path.starts_with('/') ? path : '/' + path;
}

QString timingsText(const Timings &timings)
{
    QString text;
    const auto add = [&](const QString &name, std::int64_t microseconds) {
        if (microseconds >= 0)
            text += QStringLiteral(" %1 %2").arg(name).arg(static_cast<double>(microseconds) / 1000, 0, 'f', 1);
    };
    add(ExchangeTr::tr("name"), timings.name);
    add(ExchangeTr::tr("connect"), timings.connect);
    add(ExchangeTr::tr("TLS"), timings.tls);
    add(ExchangeTr::tr("sent"), timings.sent);
    add(ExchangeTr::tr("first byte"), timings.firstByte);
    add(ExchangeTr::tr("end"), timings.end);
    return text;
}

QString tlsText(const TlsFacts &facts)
{
    QString text = QString::fromStdString(facts.version + ' ' + facts.cipher);
    if (!facts.chain.empty())
        text += ExchangeTr::tr(", certificate of \"%1\"").arg(QString::fromStdString(facts.chain.front().subject));
    if (facts.isAcceptedByFingerprint)
        text += ExchangeTr::tr(", accepted by its fingerprint alone");
    return text;
}

void appendSummary(std::string &out, const Exchange &exchange)
{
    if (exchange.tls)
        appendLine(out, QStringLiteral("# ") + tlsText(*exchange.tls));
    if (exchange.bodyBytes > static_cast<std::int64_t>(Exchange::kBodyKept))
        appendLine(out, ExchangeTr::tr("# %1 bytes in all, shown from the start").arg(exchange.bodyBytes));
    if (exchange.wireBytes != exchange.bodyBytes)
        appendLine(out, ExchangeTr::tr("# %1 bytes compressed").arg(exchange.wireBytes));
    const QString times = timingsText(exchange.timings);
    if (!times.isEmpty())
        appendLine(out, ExchangeTr::tr("# ms:%1").arg(times));
    if (!exchange.note.isEmpty())
        appendLine(out, QStringLiteral("# ") + exchange.note);
    if (exchange.error)
        appendLine(out, QStringLiteral("# ") + core::toText(*exchange.error).replace(QLatin1Char('\n'), QStringLiteral("\n# ")));
}

} // namespace

std::string toText(const Exchange &exchange)
{
    std::string out;
    QString title = QStringLiteral("# %1").arg(exchange.id);
    if (!exchange.purpose.isEmpty())
        title += QStringLiteral(" ") + exchange.purpose;
    if (!exchange.remoteAddress.empty())
        title += QStringLiteral(" -> ") + QString::fromStdString(exchange.remoteAddress);
    if (exchange.keptConnection)
        title += ExchangeTr::tr(", kept connection");
    appendLine(out, title);

    out += exchange.method + ' ' + target(exchange.url) + " HTTP/1.1\n";
    appendHeaders(out, exchange.requestHeaders);
    appendBlock(out, exchange.requestBody);
    if (exchange.head) {
        out += "HTTP/" + exchange.head->version + ' ' + std::to_string(exchange.head->status);
        out += exchange.head->reason.empty() ? "\n" : ' ' + exchange.head->reason + '\n';
        appendHeaders(out, exchange.head->headers);
        appendBlock(out, exchange.bodyStart);
    }
    appendSummary(out, exchange);
    return out;
}

} // namespace http
