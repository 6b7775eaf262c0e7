// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/cookiefile.h"

#include "http/url.h"

#include <QDateTime>
#include <QStringList>

#include <algorithm>

namespace request {

namespace {

struct Cookie {
    QString domain; // empty: any
    bool hasSubdomains = false;
    QString path;
    bool isSecure = false;
    qint64 expiry = 0; // seconds since 1970; 0: none
    QString name;
    QString value;
};

std::optional<Cookie> netscapeCookie(QString line)
{
    if (line.startsWith(QLatin1String("#HttpOnly_")))
        line.remove(0, 10);
    if (line.startsWith(QLatin1Char('#')))
        return std::nullopt;
    const QStringList fields = line.split(QLatin1Char('\t'));
    if (fields.size() < 6)
        return std::nullopt;
    Cookie cookie;
    cookie.domain = fields[0].startsWith(QLatin1Char('.')) ? fields[0].mid(1) : fields[0];
    cookie.hasSubdomains = fields[1] == QLatin1String("TRUE");
    cookie.path = fields[2];
    cookie.isSecure = fields[3] == QLatin1String("TRUE");
    cookie.expiry = fields[4].toLongLong();
    cookie.name = fields[5];
    cookie.value = fields.value(6);
    return cookie;
}

std::optional<Cookie> headerCookie(const QString &line)
{
    constexpr QLatin1String kName("Set-Cookie:");
    if (!line.startsWith(kName, Qt::CaseInsensitive))
        return std::nullopt;
    const QStringList parts = line.mid(kName.size()).split(QLatin1Char(';'));
    const qsizetype equals = parts[0].indexOf(QLatin1Char('='));
    Cookie cookie;
    cookie.name = parts[0].left(equals).trimmed();
    cookie.value = parts[0].mid(equals + 1).trimmed();
    cookie.path = QStringLiteral("/");
    for (const QString &part : parts.mid(1)) {
        const QString word = part.trimmed();
        if (word.startsWith(QLatin1String("domain="), Qt::CaseInsensitive)) {
            cookie.domain = word.mid(7);
            if (cookie.domain.startsWith(QLatin1Char('.')))
                cookie.domain.remove(0, 1);
            cookie.hasSubdomains = true;
        } else if (word.startsWith(QLatin1String("path="), Qt::CaseInsensitive)) {
            cookie.path = word.mid(5);
        } else if (word.compare(QLatin1String("secure"), Qt::CaseInsensitive) == 0) {
            cookie.isSecure = true;
        }
    }
    return equals > 0 ? std::optional(cookie) : std::nullopt;
}

bool fits(const Cookie &cookie, const http::UrlParts &url)
{
    const QString host = QString::fromStdString(url.host);
    const bool isHost = cookie.domain.isEmpty() || host.compare(cookie.domain, Qt::CaseInsensitive) == 0
        || (cookie.hasSubdomains && host.endsWith(QLatin1Char('.') + cookie.domain, Qt::CaseInsensitive));
    const QString path = url.path.empty() ? QStringLiteral("/") : QString::fromStdString(url.path);
    const bool isPath = path.startsWith(cookie.path)
        && (cookie.path.endsWith(QLatin1Char('/')) || path.size() == cookie.path.size() || path[cookie.path.size()] == QLatin1Char('/'));
    const bool isLocal = url.host == "localhost" || url.host == "127.0.0.1" || url.host == "::1";
    const bool isAlive = cookie.expiry == 0 || cookie.expiry > QDateTime::currentSecsSinceEpoch();
    return isHost && isPath && isAlive && (!cookie.isSecure || url.scheme == "https" || isLocal);
}

} // namespace

std::string cookiesFor(std::string_view file, std::string_view url)
{
    const auto parts = http::parseUrl(url.substr(0, url.find('?')));
    if (!parts)
        return {};
    std::vector<Cookie> cookies;
    for (QString line : QString::fromUtf8(file.data(), static_cast<qsizetype>(file.size())).split(QLatin1Char('\n'))) {
        if (line.endsWith(QLatin1Char('\r')))
            line.chop(1);
        auto cookie = headerCookie(line);
        if (!cookie)
            cookie = netscapeCookie(line);
        if (cookie && fits(*cookie, *parts))
            cookies.push_back(std::move(*cookie));
    }
    // Longer paths first, then longer domains, then longer names: as curl sorts.
    std::stable_sort(cookies.begin(), cookies.end(), [](const Cookie &a, const Cookie &b) {
        if (a.path.size() != b.path.size())
            return a.path.size() > b.path.size();
        return a.domain.size() != b.domain.size() ? a.domain.size() > b.domain.size() : a.name.size() > b.name.size();
    });
    std::string out;
    for (const Cookie &cookie : cookies)
        out += (out.empty() ? "" : "; ") + cookie.name.toStdString() + '=' + cookie.value.toStdString();
    return out;
}

} // namespace request
