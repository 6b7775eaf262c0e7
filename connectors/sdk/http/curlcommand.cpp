// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/exchange.h"

#include "http/redaction.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <strings.h>

namespace http {

namespace {

struct CurlCommandTr {
    Q_DECLARE_TR_FUNCTIONS(CurlCommandTr)
};

// The kernel takes no longer argument than 128 KB; a shell's own printf has no such limit.
constexpr std::size_t kLongestArgument = 100 * 1024;

bool isName(const std::string &text, const char *name)
{
    return strcasecmp(text.c_str(), name) == 0;
}

std::string singleQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

// Text that survives being shown, copied and pasted into a terminal.
bool isPasteable(std::string_view text)
{
    const bool isPlain = std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 ? byte != 0x7f : c == '\n';
    });
    if (!isPlain)
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    return decoded.isEmpty() == text.empty() && !decoder.hasError();
}

// The text as a format of printf(1), which stands for any bytes.
std::string printfFormat(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\' || c == '%') {
            out += c;
            out += c;
        } else if (byte < 0x20 || byte >= 0x7f || c == '\'') {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\%03o", static_cast<unsigned>(byte));
            out += buffer;
        } else {
            out += c;
        }
    }
    return out + '\'';
}

class CurlCommand
{
public:
    explicit CurlCommand(const Exchange &exchange)
        : m_exchange(exchange)
    {
    }

    std::string text()
    {
        m_command = "curl";
        addMethod();
        addUrl();
        for (const Header &header : m_exchange.requestHeaders)
            addHeader(header);
        suppress("User-Agent");
        suppress("Accept");
        if (hasBody()) {
            suppress("Content-Type");
            suppress("Expect");
        }
        addBody();
        return m_comments + m_feed + m_command + '\n';
    }

private:
    bool hasBody() const
    {
        const std::string &method = m_exchange.method;
        return !m_exchange.requestBody.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    }

    bool isSent(const char *name) const
    {
        return std::ranges::any_of(m_exchange.requestHeaders, [&](const Header &header) { return isName(header.name, name); });
    }

    void addMethod()
    {
        if (m_exchange.method == "HEAD")
            m_command += " --head";
        else if (m_exchange.method != (hasBody() ? "POST" : "GET"))
            m_command += " -X " + singleQuoted(m_exchange.method);
    }

    // A shell variable that stands for a secret, with a comment that says which.
    std::string variable(const std::string &name, const QString &meaning)
    {
        m_comments += "# " + CurlCommandTr::tr("%1: %2").arg(QString::fromStdString('$' + name), meaning).toStdString() + '\n';
        return "\"$" + name + '"';
    }

    void addUrl()
    {
        const std::string &url = m_exchange.url;
        if (url.find_first_of("[]{}") != std::string::npos)
            m_command += " --globoff";
        if (url.find("/.") != std::string::npos)
            m_command += " --path-as-is";
        std::string quoted;
        std::size_t shown = 0;
        for (std::size_t i = 0; i < m_exchange.urlBlanks.size(); ++i) {
            const std::size_t blank = m_exchange.urlBlanks[i];
            if (blank > shown)
                quoted += singleQuoted(std::string_view(url).substr(shown, blank - shown));
            quoted += variable("SECRET_" + std::to_string(i + 1), CurlCommandTr::tr("a secret in the URL, percent-encoded"));
            shown = blank + kBlank.size();
        }
        if (shown < url.size())
            quoted += singleQuoted(std::string_view(url).substr(shown));
        m_command += ' ' + quoted;
    }

    void addHeader(const Header &header)
    {
        // Made by curl itself, out of the URL and the body.
        if (isName(header.name, "Content-Length") || isName(header.name, "Proxy-Authorization"))
            return;
        if (isName(header.name, "Host") && m_exchange.url.find("://" + header.value) != std::string::npos)
            return;
        if (isName(header.name, "Accept-Encoding"))
            m_command += " \\\n  --compressed";
        m_command += " \\\n  -H ";
        if (!header.secret) {
            m_command += singleQuoted(header.value.empty() ? header.name + ';' : header.name + ": " + header.value);
            return;
        }
        std::string name = header.name;
        std::ranges::transform(name, name.begin(), [](char c) {
            const bool isWordCharacter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return isWordCharacter ? static_cast<char>(std::toupper(c)) : '_';
        });
        const QString meaning = CurlCommandTr::tr("the value of the header %1").arg(QString::fromStdString(header.name));
        m_command += singleQuoted(header.name + ": ") + variable("SECRET_" + name, meaning);
    }

    // Takes away what curl would add of its own.
    void suppress(const char *name)
    {
        if (!isSent(name))
            m_command += " \\\n  -H " + singleQuoted(std::string(name) + ':');
    }

    void addBody()
    {
        if (!hasBody())
            return;
        const std::string &body = m_exchange.requestBody;
        const bool isPlain = isPasteable(body);
        if (isPlain && body.size() <= kLongestArgument) {
            m_command += " \\\n  --data-raw " + singleQuoted(body);
            return;
        }
        m_feed = isPlain ? "printf %s " + singleQuoted(body) + " | " : "printf " + std::string(body.starts_with('-') ? "-- " : "") + printfFormat(body) + " | ";
        m_command += " \\\n  --data-binary @-";
    }

    const Exchange &m_exchange;
    std::string m_comments;
    std::string m_feed;
    std::string m_command;
};

} // namespace

std::string toCurl(const Exchange &exchange)
{
    return CurlCommand(exchange).text();
}

} // namespace http
